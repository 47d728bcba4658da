// Offices share computers: what the device kept of someone's forms (drafts.js) is forgotten when that person logs out.
// A line that is broken lets nobody log out, so then everything stays.
for (const form of document.querySelectorAll("form[data-leaves]")) {
  form.addEventListener("submit", () => {
    if (!navigator.onLine) return;
    const own = `casetrack:draft:${form.dataset.leaves}:`;
    for (const name of Object.keys(localStorage)) if (name.startsWith(own)) localStorage.removeItem(name);
  });
}

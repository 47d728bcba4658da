// What the device kept of a form is forgotten as soon as the service says that it is saved.
const saved = JSON.parse(document.getElementById("saved-form").textContent);
for (const name of Object.keys(localStorage)) {
  if (!name.startsWith("casetrack:draft:")) continue;
  if (localStorage.getItem(name).includes(saved)) localStorage.removeItem(name);
}
document.cookie = "casetrack_saved=; Max-Age=0; Path=/; SameSite=Lax";

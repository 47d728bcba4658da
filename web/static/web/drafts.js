// Keeps what is typed into a form on this device until it is saved, so that a broken line or a closed tab loses nothing.
// Telephone and identity numbers and addresses of people are never kept, nor long numbers within a text.
const PREFIX = "casetrack:draft:";
const KEPT_DAYS = 7;
const NUMBER = /(?<!\d)(?!\d{4}[-.]\d{1,2}[-.]\d{1,2}(?!\d))(?:\d[-－ ]?){7,}[xX]?/g;
const UNSAID = new Set(["csrfmiddlewaretoken", "version"]);

const form = document.querySelector("form[data-draft]");
const key = PREFIX + form.dataset.draft;
const restored = document.getElementById("draft-restored");
const offline = document.getElementById("draft-offline");
let waiting = 0;

function written(control) {
  const free = control.tagName === "TEXTAREA" || control.type === "text";
  return free ? control.value.replace(NUMBER, "（号码未留存）") : control.value;
}

function kept() {
  const controls = [...form.elements].filter(
    (control) => control.name && control.type !== "submit" && !UNSAID.has(control.name) && !("unkept" in control.dataset),
  );
  return controls.map((control) => [control.name, written(control), control.checked ?? false]);
}

function keep() {
  clearTimeout(waiting);
  waiting = 0;
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), token: form.elements.token.value, kept: kept() }));
  } catch {
    // a device without room keeps nothing; the form works all the same
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function forgetOld() {
  const oldest = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && !(read(name)?.at > oldest)) localStorage.removeItem(name);
  }
}

function restore(draft) {
  const rows = Number(draft.kept.find(([name]) => name === "parties-rows")?.[1] ?? 0);
  const shown = Number(form.elements["parties-rows"]?.value ?? 0);
  if (rows > shown && !location.search) return location.replace(`?rows=${rows}`);
  for (const [name, value, checked] of draft.kept) {
    const control = form.elements[name];
    if (!control || control.tagName === undefined || name === "parties-rows") continue;
    if (control.type === "checkbox") control.checked = checked;
    else control.value = value;
    if (value) control.closest("details")?.setAttribute("open", "");
  }
  restored.querySelector("time").textContent = new Date(draft.at).toLocaleString("zh-CN");
  restored.hidden = false;
}

forgetOld();
const draft = read(key);
if ("sent" in form.dataset) keep();
else if (draft) restore(draft);

restored.querySelector("button").addEventListener("click", () => {
  localStorage.removeItem(key);
  location.replace(location.pathname);
});
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, 300);
});
addEventListener("pagehide", () => waiting && keep());
for (const leaving of document.querySelectorAll("form[data-leaves]")) {
  leaving.addEventListener("submit", () => {
    clearTimeout(waiting); // what is forgotten on logging out (leaving.js) is not kept once more
    waiting = 0;
  });
}
addEventListener("online", () => (offline.hidden = true));
form.addEventListener("submit", (event) => {
  keep();
  if (!navigator.onLine) {
    event.preventDefault();
    offline.hidden = false;
    offline.scrollIntoView({ block: "center" });
    return;
  }
  // a second click does nothing; the first has the button's name by then
  setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});
addEventListener("pageshow", () => form.querySelectorAll("button").forEach((button) => (button.disabled = false)));

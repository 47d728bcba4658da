// j and k go from case to case, x chooses, Enter opens (it is a link). One who dictates or mistypes can turn the keys off.
const list = document.getElementById("list");
const button = document.getElementById("keys");
const OFF = "list-keys-off";
if (list && button) {
  const on = () => localStorage.getItem(OFF) === null;
  const show = () => button.setAttribute("aria-pressed", String(on()));
  button.hidden = false;
  button.addEventListener("click", () => {
    if (on()) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
    show();
  });
  show();
  const links = [...list.querySelectorAll("tbody th a")];
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    const step = { j: 1, k: -1, x: 0 }[event.key];
    if (!on() || typing || step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    if (step === 0) {
      links[here]?.closest("tr").querySelector("input")?.click();
      return;
    }
    const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step];
    if (next) next.focus();
  });
}

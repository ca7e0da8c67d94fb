// Any link or button with data-relais-key="n" is pressed by that key; "?" lists the keys of this page.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
const shortcuts = () => [...document.querySelectorAll("[data-relais-key]")].filter((one) => one.offsetParent);

export function watchKeys() {
  for (const button of document.querySelectorAll("[data-relais-keys]")) {
    button.hidden = false;
    button.addEventListener("click", list);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?") return list();
    const found = shortcuts().find((one) => one.dataset.relaisKey === event.key);
    if (!found) return;
    event.preventDefault();
    found.matches("input, select, textarea") ? found.focus() : found.click();
  });
}

function list() {
  const dialog = document.querySelector("#keys");
  if (!dialog || dialog.open) return;
  const names = dialog.querySelector("dl");
  names.replaceChildren();
  for (const one of [...shortcuts(), { dataset: { relaisKey: "?" }, textContent: dialog.dataset.self }]) {
    const key = document.createElement("dt");
    const name = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: one.dataset.relaisKey }));
    name.textContent = one.getAttribute?.("aria-label") || one.textContent.trim() || one.name;
    names.append(key, name);
  }
  dialog.showModal();
}

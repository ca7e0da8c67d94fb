// <ul data-relais-choices> with boxes, <output data-relais-chosen> in the same form: says how many are chosen.
export function watchChoices(root) {
  for (const list of root.querySelectorAll("[data-relais-choices]")) {
    const said = list.closest("form").querySelector("[data-relais-chosen]");
    const count = () => {
      const chosen = list.querySelectorAll("input[type=checkbox]:checked").length;
      said.textContent = chosen.toLocaleString(document.documentElement.lang);
    };
    list.addEventListener("change", count);
    count();
  }
}

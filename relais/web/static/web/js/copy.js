// <p data-relais-copy>: a click on the code copies it.
export function watchCopies(root) {
  if (!navigator.clipboard) return;
  for (const element of root.querySelectorAll("[data-relais-copy]")) {
    element.addEventListener("click", async () => {
      await navigator.clipboard.writeText(element.textContent.trim());
      element.classList.add("is-copied");
    });
  }
}

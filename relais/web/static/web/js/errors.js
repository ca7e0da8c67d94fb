// After a refused form, reading starts at what went wrong.
export function watchErrors(root) {
  root.querySelector("[data-relais-errors]")?.focus();
}

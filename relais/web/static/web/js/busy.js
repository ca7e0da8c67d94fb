// A button that was pressed shows that its answer is on the way; a slow network must not look like a broken page.
const LONGEST = 120000; // A file that is fetched leaves the page as it is.

export function watchSending() {
  document.addEventListener("submit", ({ submitter, defaultPrevented }) => {
    if (!submitter || defaultPrevented) return;
    submitter.ariaBusy = "true";
    setTimeout(() => (submitter.ariaBusy = null), LONGEST);
  });
  // Whoever comes back by the browser's arrow finds the page as it was kept.
  addEventListener("pageshow", () => document.querySelectorAll("button[aria-busy]").forEach((each) => (each.ariaBusy = null)));
}

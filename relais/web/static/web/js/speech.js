// <button data-relais-speak="id" hidden>: reads that element aloud, or the form around the button,
// where the device has a voice.
export function watchSpeech(root) {
  if (!("speechSynthesis" in window)) return;
  for (const button of root.querySelectorAll("[data-relais-speak]")) {
    button.hidden = false;
    button.addEventListener("click", () => toggle(button));
  }
}

function toggle(button) {
  const speaking = button.getAttribute("aria-pressed") === "true";
  speechSynthesis.cancel();
  for (const other of document.querySelectorAll("[data-relais-speak]")) other.setAttribute("aria-pressed", "false");
  if (speaking) return;
  const source = document.getElementById(button.dataset.relaisSpeak) || button.closest("form");
  const text = new SpeechSynthesisUtterance(source.innerText);
  text.lang = source.closest("[lang]").lang;
  text.rate = 0.9;
  text.onend = () => button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
  speechSynthesis.speak(text);
}

// [data-relais-voice]: records a voice note into its file field. Without a microphone the file field does the work.
export function watchVoices(root) {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  for (const box of root.querySelectorAll("[data-relais-voice]")) prepare(box);
}

function prepare(box) {
  const button = box.querySelector("button");
  let recorder;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (recorder?.state === "recording") return recorder.stop();
    try {
      recorder = new MediaRecorder(await navigator.mediaDevices.getUserMedia({ audio: true }), { audioBitsPerSecond: 24000 });
    } catch {
      box.querySelector("output").textContent = box.dataset.refused;
      return;
    }
    record(box, button, recorder);
  });
}

function record(box, button, recorder) {
  const heard = [];
  const clock = box.querySelector("output");
  const started = Date.now();
  const ticking = setInterval(() => (clock.textContent = minutes(Date.now() - started)), 250);
  button.querySelector("span").textContent = box.dataset.stop;
  button.setAttribute("aria-pressed", "true");
  recorder.ondataavailable = (event) => heard.push(event.data);
  recorder.onstop = () => {
    clearInterval(ticking);
    for (const track of recorder.stream.getTracks()) track.stop();
    button.querySelector("span").textContent = box.dataset.start;
    button.setAttribute("aria-pressed", "false");
    attach(box, new Blob(heard, { type: recorder.mimeType }));
  };
  recorder.start();
}

function attach(box, blob) {
  const ending = blob.type.includes("mp4") ? "m4a" : blob.type.includes("ogg") ? "ogg" : "webm";
  const files = new DataTransfer();
  files.items.add(new File([blob], `voice.${ending}`, { type: blob.type.split(";")[0] }));
  const input = box.querySelector("input[type=file]");
  input.files = files.files;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const player = box.querySelector("audio");
  player.src = URL.createObjectURL(blob);
  player.hidden = false;
}

const minutes = (milliseconds) => `${Math.floor(milliseconds / 60000)}:${String(Math.floor(milliseconds / 1000) % 60).padStart(2, "0")}`;

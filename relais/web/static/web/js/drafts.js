// <form data-relais-draft="barrier">: what is typed is kept on this device, sealed with a key only this account
// is given and only while it may open this page, until the form is sent or thirty days went by. It survives a closed
// page, a sign-out and an empty battery.
import { leaveGuard } from "./leave.js";

const KEPT = 30 * 24 * 60 * 60 * 1000;

const skipped = (field) => !field.name || field.name === "csrfmiddlewaretoken" || ["password", "file", "hidden"].includes(field.type);
const place = (form) => `draft ${location.pathname} ${form.dataset.relaisDraft}`;

export async function watchDrafts(root) {
  const secret = document.body.dataset.draftKey;
  forgetOld();
  for (const form of root.querySelectorAll("form[data-relais-draft]")) {
    leaveGuard(form);
    if (!secret || !crypto.subtle) continue;
    const key = await sealingKey(secret);
    await restore(form, key);
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => keep(form, key), 400);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      sessionStorage.setItem("sent", place(form));
    });
  }
  forgetSent();
}

function sealingKey(secret) {
  const bytes = Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function keep(form, key) {
  const values = [];
  for (const field of form.elements) {
    if (skipped(field) || (["checkbox", "radio"].includes(field.type) && !field.checked)) continue;
    values.push([field.name, field.value]);
  }
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(values)));
  localStorage.setItem(place(form), JSON.stringify([[...iv], [...new Uint8Array(sealed)], Date.now()]));
  const said = form.querySelector("[data-relais-saved]");
  if (said) said.hidden = false;
}

async function restore(form, key) {
  const kept = localStorage.getItem(place(form));
  if (!kept || form.querySelector("[data-relais-errors]")) return;
  try {
    const [iv, sealed] = JSON.parse(kept).slice(0, 2).map((bytes) => new Uint8Array(bytes));
    const values = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)));
    for (const field of form.elements) if (["checkbox", "radio"].includes(field.type)) field.checked = false;
    for (const [name, value] of values) {
      for (const field of form.elements) {
        if (field.name !== name || skipped(field)) continue;
        if (["checkbox", "radio"].includes(field.type)) field.checked ||= field.value === value;
        else field.value = value;
      }
    }
    const said = form.querySelector("[data-relais-restored]");
    if (said) said.hidden = false;
  } catch {
    // Sealed by another account of this phone: not ours to read, not ours to delete.
  }
}

// A form that was sent and led to another page, without errors, needs its draft no more.
function forgetSent() {
  const sent = sessionStorage.getItem("sent");
  if (!sent || document.querySelector("[data-relais-errors]")) return;
  localStorage.removeItem(sent);
  sessionStorage.removeItem("sent");
}

// What nobody came back for does not stay on a shared phone.
function forgetOld() {
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith("draft "))) {
    const [, , since] = JSON.parse(localStorage.getItem(name));
    if (!(Date.now() - since < KEPT)) localStorage.removeItem(name);
  }
}

// What a script adds to pages that already work without it.
import { watchSending } from "./busy.js";
import { watchChoices } from "./choices.js";
import { watchCodes } from "./code.js";
import { watchCopies } from "./copy.js";
import { watchDrafts } from "./drafts.js";
import { watchErrors } from "./errors.js";
import { watchKeys } from "./keys.js";
import { watchMenus } from "./menus.js";
import { watchSpeech } from "./speech.js";
import { watchVoices } from "./voice.js";

function wake(root) {
  watchChoices(root);
  watchCodes(root);
  watchCopies(root);
  watchDrafts(root);
  watchErrors(root);
  watchSpeech(root);
  watchVoices(root);
}

wake(document);
watchKeys();
watchMenus();
watchSending();
document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && wake(event.detail.elt));

/** The one toast of a screen: what was just done, and Undo for eight seconds. */

import { html, signal } from "../vendor/ui.js";

const TIME = 8000;
const toast = signal(null);
let timer = 0;

/** Offers to undo something; a later offer takes the place of an earlier one. */
export function offerUndo(text, undo) {
  clearTimeout(timer);
  toast.value = { text, undo };
  timer = setTimeout(() => { toast.value = null; }, TIME);
}

/** Takes the offer away (the step changed). */
export function clearToast() {
  clearTimeout(timer);
  toast.value = null;
}

/** Where the toast appears; readers hear of the action from the live region instead. */
export function Toast({ t }) {
  if (!toast.value) return null;
  const { text, undo } = toast.value;
  const act = () => {
    clearToast();
    undo();
  };
  return html`<div class="toast"><span class="grow" dir="auto">${text}</span><button type="button" onClick=${act}>${t("undo.undo")}</button></div>`;
}

/** The state of what a person did, in icon and word: saving, waiting, saved, refused. */

import { html } from "../vendor/ui.js";
import { Icon } from "./icons.js";

/** `state` as in the outbox; `at` (server ms) when it was received; nothing is said of the first moment. */
export function State({ room, state, at }) {
  const { t } = room;
  if (state === "saving") return html`<span class="st wait"><${Icon} name="clock" />${t("state.saving")}</span>`;
  if (state === "waiting") return html`<span class="st wait"><${Icon} name="clock" />${t("state.waiting")}</span>`;
  if (state === "refused") return html`<span class="st bad"><${Icon} name="warn" />${t("state.refused")}</span>`;
  if (state !== "saved") return html`<span class="st"></span>`;
  return html`<span class="st ok"><${Icon} name="check" />${at ? t("state.received", { time: room.time(at) }) : t("state.saved")}</span>`;
}

/** Copies a text; works on plain http too, where there is no clipboard object. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/** What was refused: the reason, the text to copy, and a way to clear it away. */
export function Refused({ room, entry, text }) {
  const { t } = room;
  return html`<div class="refused">
    <p class="st bad"><${Icon} name="warn" />${entry.answer.sentence || t("state.refused")}</p>
    <div class="row">
      ${text && html`<button class="lnk" type="button" onClick=${() => copy(text)}>${t("phone.copy_text")}</button>`}
      <button class="lnk" type="button" onClick=${() => room.outbox.dismiss(entry.id)}>${t("phone.remove")}</button>
    </div>
  </div>`;
}

/** Everything that is on this phone and not on the server, to copy: what was not sent or refused, and what was only begun. */

import { html } from "../vendor/ui.js";
import { copy } from "./state.js";

function Texts({ t, title, texts }) {
  if (!texts.length) return null;
  return html`<h2 class="head">${title}</h2><ul class="notes">${texts.map((text, index) => html`<li class="note" key=${index}><p class="say" dir="auto">${text}</p>
    <button class="lnk" type="button" onClick=${() => copy(text)}>${t("phone.copy_text")}</button></li>`)}</ul>`;
}

/** The lists; `notes`: also what was not sent, where the page does not show it as notes anyway. */
export function Rescue({ room, notes = true }) {
  const { t } = room;
  const unsent = room.outbox.entries.value.filter(entry => entry.state !== "saved" && entry.words.text).map(entry => entry.words.text);
  return html`${notes && html`<${Texts} t=${t} title=${t("phone.left.unsent")} texts=${unsent} />`}
    <${Texts} t=${t} title=${t("phone.left.begun")} texts=${room.drafts()} />`;
}

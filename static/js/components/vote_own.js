/** Adding an option of one's own to an open vote. */

import { announce } from "../core/live.js";
import { uuid } from "../core/uuid.js";
import { html, useState } from "../vendor/ui.js";
import { Composer } from "./composer.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { ownIdeas } from "./own_ideas.js";
import { Refused, State } from "./state.js";

/** A statement or idea of one's own, added to the open round. */
export function AddOwn({ room, activity, round }) {
  const { t } = room;
  const [open, setOpen] = useState(false);
  const pending = ownIdeas(room, activity).filter(idea => !room.row("options", `${round.id}/${idea.id}`));

  async function send(text) {
    setOpen(false);
    const answer = await room.send("ideas.add", { idea: uuid(), activity: activity.id, text });
    if (answer.ok) announce(t("vote.own_added"));
  }

  return html`${pending.length > 0 && html`<ul class="notes">${pending.map(idea => html`<li class=${`note mine ${idea.state}`} key=${idea.id}><p class="say" dir="auto">${idea.text}</p>
      ${idea.state === "refused" ? html`<${Refused} room=${room} entry=${idea.entry} text=${idea.text} />` : html`<${State} room=${room} state=${idea.state} />`}</li>`)}</ul>`}
    <button class="btn add-own" type="button" onClick=${() => setOpen(true)}><${Icon} name="add" />${t("vote.add_own")}</button>
    ${open && html`<${Dialog} t=${t} title=${t("vote.add_own")} close=${() => setOpen(false)}><p class="small muted">${t("vote.add_own_hint")}</p>
      <${Composer} room=${room} subject=${`${round.id}.own`} limit=${round.text_limit || 200} label=${t("vote.own")} placeholder=${t("vote.own_placeholder")} verb=${t("vote.own_send")} send=${send} focus /><//>`}`;
}

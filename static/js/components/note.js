/** One own idea as a note: its text, the truth about where it is, and a sheet to change it. */

import { announce } from "../core/live.js";
import { html, useState } from "../vendor/ui.js";
import { Counter, length } from "./composer.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { reword, withdraw } from "./own_ideas.js";
import { Refused, State } from "./state.js";
import { Toggle } from "./toggle.js";

const TOLD = new Set(["late", "held", "hidden"]);

/** Where an idea stands: on its way, received, or what the facilitator did with it. */
function Standing({ room, idea }) {
  const { t } = room;
  if (idea.state !== "saved" || !TOLD.has(idea.status)) return html`<${State} room=${room} state=${idea.state} at=${idea.at} />`;
  if (idea.status === "hidden" && idea.reason) return html`<span class="st"><${Icon} name="hidden" />${t("idea.hidden_because", { reason: idea.reason })}</span>`;
  return html`<span class=${idea.status === "hidden" ? "st" : "st wait"}><${Icon} name=${idea.status === "hidden" ? "hidden" : "clock"} />${t(`idea.standing.${idea.status}`)}</span>`;
}

/** The sheet in which an own idea is reworded, kept out of publication or taken back. */
function Edit({ room, idea, limit, close, focusAfter }) {
  const { t } = room;
  const [text, setText] = useState(idea.text);
  const [problem, setProblem] = useState("");
  const over = length(text) > limit;

  async function save() {
    const next = text.trim();
    if (!next || over) return setProblem(over ? t("phone.too_long", { n: length(text) - limit }) : t("phone.write_first"));
    if (next !== idea.text) reword(room, idea, next).then(answer => { if (answer.ok) announce(t("idea.changed")); });
    return close();
  }

  function takeBack() {
    withdraw(room, idea);
    announce(t("idea.withdrawn"));
    close();
    focusAfter();
  }

  const actions = html`<button class="btn ghost bad" type="button" onClick=${takeBack}>${t("idea.withdraw")}</button><span class="grow"></span>
    <button class="btn primary" type="button" onClick=${save}>${t("idea.save")}</button>`;
  return html`<${Dialog} t=${t} title=${t("idea.edit_title")} close=${close} actions=${actions}>
    <div class="field"><textarea class="input" rows="4" dir="auto" data-first aria-label=${t("idea.own")} aria-invalid=${over ? "true" : null} value=${text}
      onInput=${event => setText(event.target.value)}></textarea>
      <div class="row between"><p class="error" role="alert">${problem}</p><${Counter} t=${t} text=${text} limit=${limit} /></div></div>
    <${Toggle} label=${t("idea.not_published")} hint=${t("idea.not_published_hint")} on=${idea.publish === false}
      set=${on => room.send("ideas.publish", { idea: idea.id, publish: !on })} />
  <//>`;
}

/** `open`: whether the idea can still be changed; `limit` in characters; `focusAfter()` is called when the note is gone. */
export function Note({ room, idea, open, limit, focusAfter = () => 0 }) {
  const { t } = room;
  const [editing, setEditing] = useState(false);
  const refused = idea.state === "refused" && idea.entry;
  const challenge = room.row("challenges", idea.challenge);
  return html`<li class=${`note mine ${idea.state}${idea.status === "hidden" ? " dim" : ""}`}>
    ${challenge && html`<p class="small muted about" dir="auto">${challenge.title}</p>`}
    <p class="say" dir="auto">${idea.text}</p>
    ${refused ? html`<${Refused} room=${room} entry=${idea.entry} text=${idea.text} />` : html`<div class="row between foot">
      <span class="row wrap"><${Standing} room=${room} idea=${idea} />
        ${idea.publish === false && html`<span class="st"><${Icon} name="lock" />${t("idea.private_mark")}</span>`}</span>
      ${open && html`<button class="lnk" type="button" aria-label=${t("idea.edit_label", { text: idea.text })} onClick=${() => setEditing(true)}>${t("idea.edit")}</button>`}
    </div>`}
    ${idea.problem && html`<${Refused} room=${room} entry=${idea.problem} text=${idea.problem.words.text} />`}
    ${editing && html`<${Edit} room=${room} idea=${idea} limit=${limit} close=${() => setEditing(false)} focusAfter=${focusAfter} />`}
  </li>`;
}

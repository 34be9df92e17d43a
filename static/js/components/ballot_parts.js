/** What the ballots share that say something of each option: the list, segments to choose from, and the dock that counts. */

import { html } from "../vendor/ui.js";
import { Done } from "./done.js";
import { OptionText } from "./option.js";
import { State } from "./state.js";

/**
 * Radio buttons side by side: `steps` [{value, face, label, icon}], `value` the chosen one (undefined: none, and it looks like none).
 * `choose(value)` says whether it was taken; `kind` is a class, `blocked` whether a press only says why.
 */
export function Segments({ name, label, steps, value, blocked, choose, kind = "" }) {
  const press = (event, step) => { if (!choose(step)) event.preventDefault(); };
  return html`<div class=${`segs n${steps.length} ${kind}${value === undefined ? " unset" : ""}`} role="radiogroup" aria-label=${label}>
    ${steps.map(step => html`<label class=${`seg${value === step.value ? " on" : ""}`} key=${step.value}>
      <input type="radio" name=${name} checked=${value === step.value} aria-label=${step.label} aria-disabled=${blocked ? "true" : null} onClick=${event => press(event, step.value)} />
      <span aria-hidden="true">${step.face}</span></label>`)}
  </div>`;
}

/** An option with what one says of it: `foot` stands below the controls, at its end the way to take the answer back. */
export function Rated({ room, option, value, state, note, children, hint, clear, clearText }) {
  const { t } = room;
  return html`<li class=${`card rate${value === undefined ? "" : " has"}${option.status === "withdrawn" ? " dim" : ""}`}>
    <${OptionText} t=${t} option=${option} note=${note} />
    ${children}
    <div class="row between rate-foot"><span class="small muted grow">${hint}</span>
      ${value !== undefined && html`<${State} room=${room} state=${state} />`}
      ${value !== undefined && clear && html`<button class="lnk" type="button" onClick=${() => clear(option)}>${clearText}<span class="sr"> ${option.number}, ${option.title}</span></button>`}</div>
  </li>`;
}

/** The frame of a ballot: list, and a dock with a sentence, what was refused there, and Done. */
export function Frame({ room, activity, member, head, foot, dock, counted, under, reason = "", ready = false, children }) {
  const { t } = room;
  return html`<main class="main" id="main">${head}${children}${foot}</main>
    <section class="dock" aria-label=${dock}><div class="row">
      <div class="grow"><p><b>${reason || counted}</b></p>${under && html`<p class="small muted">${under}</p>`}</div>
      <${Done} room=${room} activity=${activity} ready=${ready} member=${member} />
    </div></section>`;
}

/** The words in the dock of how many open options were answered, and whether all were. */
export function answered({ t }, options, said) {
  const open = options.filter(option => option.status === "open");
  const n = open.filter(said).length;
  return { counted: t("vote.rated", { n, of: open.length }), under: n < open.length ? t("vote.rated_fine", { n: open.length - n }) : t("vote.move_until"), ready: n === open.length };
}

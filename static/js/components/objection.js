/** What became of an objection: resolved, or carried along openly, in a sentence; on the console with the buttons to say so. */

import { html, useState } from "../vendor/ui.js";
import { Dialog } from "./dialog.js";

const STATES = ["resolved", "carried"];
const LIMIT = 300; // characters of the sentence

function Form({ room, state, note, send, close }) {
  const { t } = room;
  const [problem, say] = useState("");
  const submit = async event => {
    event.preventDefault();
    const answer = await send(state, String(new FormData(event.target).get("note")).trim());
    if (answer.ok) close();
    else say(answer.sentence);
  };
  return html`<${Dialog} t=${t} title=${t(`vote.objection.${state}_title`)} close=${close}><form onSubmit=${submit}>
    <div class="field"><label for="o-note">${t("vote.objection.note")}</label><textarea class="input" id="o-note" name="note" rows="3" maxlength=${LIMIT} dir="auto" data-first>${note}</textarea></div>
    ${problem && html`<p class="said-no" role="alert">${problem}</p>`}
    <div class="dialog-actions"><button class="btn" type="button" onClick=${close}>${t("app.cancel")}</button><button class="btn primary" type="submit">${t("app.save")}</button></div></form><//>`;
}

/** The sentence below an objection; `place` is its place among those of its option (1-based), `edit`: with the buttons. */
export function Handled({ room, round, option, place, edit }) {
  const { t } = room;
  const [asking, ask] = useState("");
  const said = ((room.row("results", round.id) || {}).handled || {})[`${option}/${place}`];
  const send = (state, note = "") => room.send("voting.objection", { round: round.id, option, place, state, note });
  return html`${said && html`<p class=${`d-handled ${said.state}`} dir="auto">${t(`vote.objection.${said.state}${said.note ? "_note" : ""}`, { note: said.note })}</p>`}
    ${edit && html`<div class="row wrap d-handle">${STATES.map(state => html`<button key=${state} class="btn sm" type="button" onClick=${() => ask(state)}>${t(`vote.objection.${state}_verb`)}</button>`)}
      ${said && html`<button class="btn sm ghost" type="button" onClick=${() => send("open")}>${t("vote.objection.open")}</button>`}</div>`}
    ${asking && html`<${Form} room=${room} state=${asking} note=${said ? said.note : ""} send=${send} close=${() => ask("")} />`}`;
}

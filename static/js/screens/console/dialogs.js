/** The dialogs of the console: which one is open is one signal of the desk. */
import { Confirm, Dialog } from "../../components/dialog.js";
import { html } from "../../vendor/ui.js";
import { AddStep, EditStep } from "./edit.js";
import { Person } from "./person.js";
import { Seats } from "./seats.js";

const KEYS = [
  ["P", "console.key.pause"], ["[", "console.key.less"], ["]", "console.key.more"], ["C", "console.key.close"], ["R", "console.key.reveal"], ["N", "console.key.next"], ["Z", "console.key.undo"],
  ["Q", "console.key.qr"], ["B", "console.key.blank"], ["← →", "console.key.pages"], ["H", "console.key.help"], ["/", "console.key.search"], ["V", "console.key.cover"], ["?", "console.key.list"],
];

function Keys({ desk, close }) {
  const { t } = desk.room;
  return html`<${Dialog} t=${t} title=${t("console.keys")} close=${close}><table class="keys"><tbody>${KEYS.map(([key, words]) => html`<tr key=${key}><th scope="row"><kbd>${key}</kbd></th><td>${t(words)}</td></tr>`)}</tbody></table>
    <p class="small muted">${t("console.keys_hint")}</p><//>`;
}

function Rest({ desk, close }) {
  const { room, act } = desk;
  const { t } = room;
  const submit = async (event) => {
    event.preventDefault();
    const { value } = event.target.elements.until;
    const answer = await act("events.rest", { until: value ? new Date(value).getTime() : null });
    if (answer.ok) close();
  };
  return html`<${Dialog} t=${t} title=${t("console.rest")} close=${close}><form onSubmit=${submit}><p>${t("console.rest_text")}</p>
    <div class="field"><label for="rest-until">${t("console.rest_until")}</label><input class="input" id="rest-until" name="until" type="datetime-local" data-first /></div>
    <div class="dialog-actions"><button class="btn" type="button" onClick=${close}>${t("app.cancel")}</button><button class="btn primary" type="submit">${t("console.rest_now")}</button></div></form><//>`;
}

function asks(title, text, verb, act, kind) {
  return ({ desk, value, close }) => {
    const { t } = desk.room;
    return html`<${Confirm} t=${t} title=${t(title, { title: value ? value.title : "" })} text=${t(text)} verb=${t(verb)} kind=${kind} act=${() => act(desk, value)} close=${close} />`;
  };
}

const DIALOGS = {
  keys: Keys,
  rest: Rest,
  seats: Seats,
  person: ({ desk, value, close }) => html`<${Person} desk=${desk} id=${value} close=${close} />`,
  edit: ({ desk, value, close }) => html`<${EditStep} desk=${desk} activity=${value} close=${close} />`,
  add: ({ desk, value, close }) => html`<${AddStep} desk=${desk} after=${value} close=${close} />`,
  code: asks("console.new_code_title", "console.new_code_text", "console.new_code", (desk) => desk.act("events.new_code")),
  end: asks("console.end_title", "console.end_text", "console.end", (desk) => desk.act("events.end"), "danger"),
  again: asks("console.again_title", "console.again_text", "console.start_again", (desk, activity) => desk.act("events.start", { activity: activity.id })),
};

/** The open dialog, if any. */
export function Dialogs({ desk }) {
  if (!desk.dialog.value) return null;
  const [name, value] = desk.dialog.value;
  const Shown = DIALOGS[name];
  return html`<${Shown} key=${name} desk=${desk} value=${value} close=${desk.shut} />`;
}

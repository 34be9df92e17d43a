/** Add a step, or change one in place: title, question, minutes, settings. */
import { Dialog } from "../../components/dialog.js";
import { uuid } from "../../core/uuid.js";
import { html, useState } from "../../vendor/ui.js";
import { Fields, settled, types } from "./fields.js";

function Common({ t, activity, change }) {
  return html`<div class="field"><label for="e-title">${t("console.step_title")}</label><input class="input" id="e-title" maxlength="80" required defaultValue=${activity.title || ""} dir="auto" autocomplete="off" onInput=${(event) => change("title", event.target.value.trim())} /></div>
    <div class="field"><label for="e-question">${t("console.step_question")}</label><textarea class="input" id="e-question" rows="2" maxlength="300" dir="auto" data-first onInput=${(event) => change("question", event.target.value.trim())}>${activity.question || ""}</textarea></div>
    <div class="field"><label for="e-minutes">${t("console.step_minutes")}</label><input class="input" id="e-minutes" type="number" min="0" max="1440" defaultValue=${activity.minutes ?? 5} onInput=${(event) => change("minutes", Number(event.target.value) || 0)} /></div>`;
}

function Form({ desk, title, verb, activity, type, pick, send, close }) {
  const { t } = desk.room;
  const [words, setWords] = useState({});
  const [settings, setSettings] = useState({});
  const [problem, say] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    const given = { ...words };
    const changed = settled(desk.room, type, settings);
    if (Object.keys(changed).length) given.settings = changed;
    const answer = await send(given);
    if (answer.ok) close();
    else say({ sentence: answer.sentence || t("console.offline"), fields: answer.fields || {} });
  };
  const actions = html`<button class="btn" type="button" onClick=${close}>${t("app.cancel")}</button><button class="btn primary" type="submit" form="edit-step">${verb}</button>`;
  return html`<${Dialog} t=${t} title=${title} close=${close} actions=${actions} wide=${type === "vote"}><form id="edit-step" onSubmit=${submit}>
    ${pick && html`<fieldset class="kinds"><legend>${t("console.step_type")}</legend>${types.map((one) => html`<label key=${one} class=${one === type ? "on" : ""}><input type="radio" name="type" checked=${one === type} onChange=${() => { pick(one); setSettings({}); }} />${t(`console.type.${one}`)}</label>`)}</fieldset>`}
    <${Common} t=${t} activity=${activity} change=${(name, value) => setWords({ ...words, [name]: value })} />
    <details class="more-settings" open=${Boolean(pick)}><summary>${t("console.settings")}</summary>
      <${Fields} room=${desk.room} type=${type} settings=${{ ...(activity.settings || {}), ...settings }} change=${(name, value) => setSettings({ ...settings, [name]: value })} wrong=${problem ? problem.fields : {}} /></details>
    ${problem && html`<p class="said-no" role="alert">${problem.sentence}</p>`}</form><//>`;
}

/** Change a step; only what was changed is sent. */
export function EditStep({ desk, activity, close }) {
  const { t } = desk.room;
  const send = (words) => (Object.keys(words).length ? desk.act("events.edit", { activity: activity.id, ...words }) : { ok: true });
  return html`<${Form} desk=${desk} title=${t("console.edit_title", { title: activity.title })} verb=${t("app.save")} activity=${activity} type=${activity.type} send=${send} close=${close} />`;
}

/** Add a step behind another one (null: at the end). */
export function AddStep({ desk, after, close }) {
  const { t } = desk.room;
  const [type, pick] = useState("collect");
  const [id] = useState(uuid);
  const send = (words) => {
    const all = desk.room.rows("activities");
    const behind = after || all[all.length - 1];
    return desk.act("events.add", { settings: {}, ...words, activity: id, type, title: words.title || t(`console.type.${type}`), after: behind ? behind.id : null });
  };
  return html`<${Form} desk=${desk} title=${t("console.add_step")} verb=${t("console.add_step")} activity=${{}} type=${type} pick=${pick} send=${send} close=${close} />`;
}

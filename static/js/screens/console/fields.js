/** The settings of each activity type as fields of a form, and how their words are read back. */
import { html } from "../../vendor/ui.js";

const common = [["at_end", "choice", ["nothing", "close"]]];
const writing = [["visibility", "choice", ["private", "live"]], ["authors", "choice", ["anonymous", "alias", "name"]], ["text_limit", "number", 20, 400]];

/** type -> [[name, kind, …]]; kinds: choice (values), number (min, max), switch, text (limit), lines (limit), hour. */
const FIELDS = {
  present: [["show", "choice", ["text", "break", "challenges", "teams", "wall"]], ["text", "lines", 2000], ["back_at", "hour"], ...common],
  collect: [...writing, ["frame", "text", 120], ["limit", "number", 0, 50], ["moderated", "switch"], ["challenges", "switch"], ...common],
  sort: [["by", "choice", ["facilitator", "all"]], ["cells", "list"], ...common],
  vote: [["shape", "choice", ["points", "choices", "stance"]], ["budget", "number", 1, 100], ["cap", "number", 1, 100], ["max", "number", 1, 2000], ["results", "choice", ["close", "live", "after_vote", "never"]],
    ["secret", "switch"], ["staff_totals", "switch"], ["add_own", "switch"], ["own_barred", "switch"], ["order", "choice", ["shuffled", "number"]], ...common],
};

/** Fields that mean something only with a certain other word. */
const ONLY = { budget: ["shape", "points"], cap: ["shape", "points"], max: ["shape", "choices"], text: ["show", "text"], back_at: ["show", "break"] };
const DEFAULTS = { visibility: "private", authors: "anonymous", at_end: "nothing", text_limit: 200, show: "text", by: "facilitator", shape: "points", budget: 5, cap: 3, max: 2000, secret: true, staff_totals: true, results: "close", order: "shuffled" };

/** The activity types in the order in which they are offered. */
export const types = ["collect", "sort", "vote", "present"];

const clock = (ms) => {
  const date = new Date(ms);
  return ms ? `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}` : "";
};

/** The next time that the clock shows these hours and minutes, in ms; null for nothing. */
function hourToMs(text, now) {
  if (!/^\d\d:\d\d$/.test(text || "")) return null;
  const date = new Date(now);
  date.setHours(Number(text.slice(0, 2)), Number(text.slice(3)), 0, 0);
  return date.getTime() < now - 3_600_000 ? date.getTime() + 86_400_000 : date.getTime();
}

function Field({ t, field, value, change }) {
  const [name, kind, ...rest] = field;
  const id = `set-${name}`;
  const label = t(`console.field.${name}`);
  if (kind === "switch") return html`<label class="check-row"><input class="check" type="checkbox" name=${name} checked=${Boolean(value)} onChange=${(event) => change(name, event.target.checked)} />${label}</label>`;
  const box = {
    choice: () => html`<select class="input" id=${id} name=${name} onChange=${(event) => change(name, event.target.value)}>${rest[0].map((one) => html`<option value=${one} selected=${one === value}>${t(`console.value.${name}.${one}`)}</option>`)}</select>`,
    number: () => html`<input class="input" id=${id} name=${name} type="number" min=${rest[0]} max=${rest[1]} defaultValue=${value} onInput=${(event) => change(name, Number(event.target.value))} />`,
    text: () => html`<input class="input" id=${id} name=${name} maxlength=${rest[0]} defaultValue=${value || ""} dir="auto" onInput=${(event) => change(name, event.target.value)} />`,
    lines: () => html`<textarea class="input" id=${id} name=${name} rows="4" maxlength=${rest[0]} dir="auto" onInput=${(event) => change(name, event.target.value)}>${value || ""}</textarea>`,
    list: () => html`<textarea class="input" id=${id} name=${name} rows="3" dir="auto" onInput=${(event) => change(name, event.target.value.split("\n").map((one) => one.trim()).filter(Boolean))}>${(value || []).join("\n")}</textarea>`,
    hour: () => html`<input class="input" id=${id} name=${name} type="time" defaultValue=${clock(value)} onInput=${(event) => change(name, event.target.value)} />`,
  }[kind];
  return html`<div class="field"><label for=${id}>${label}</label>${box()}</div>`;
}

/** The fields of a type with the words so far; `change(name, value)` keeps one. */
export function Fields({ t, type, settings, change }) {
  const value = (name) => (settings[name] === undefined ? DEFAULTS[name] : settings[name]);
  const fits = ([name]) => !ONLY[name] || value(ONLY[name][0]) === ONLY[name][1];
  return html`<div class="settings">${FIELDS[type].filter(fits).map((field) => html`<${Field} key=${`${type}.${field[0]}`} t=${t} field=${field} value=${value(field[0])} change=${change} />`)}</div>`;
}

/** The words for the server: hours as milliseconds, and what was left empty left out. */
export function settled(changes, now) {
  const words = { ...changes };
  if (words.shape) words.method = { points: "dots", choices: "approval", stance: "agree-disagree-pass" }[words.shape];
  if ("back_at" in words) {
    words.back_at = hourToMs(words.back_at, now);
    if (words.back_at === null) delete words.back_at;
  }
  return words;
}

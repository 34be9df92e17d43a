/** The settings of each activity type as fields of a form, as the server describes them, and how their words are read back. */
import { html, useEffect, useState } from "../../vendor/ui.js";

const SETTLE = 300;
const NOT_HERE = new Set(["input", "people"]); // where items come from, and who may recount, is set in the studio

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

const lines = (text) => text.split("\n").map((one) => one.trim()).filter(Boolean);
const whole = (text) => (text.trim() === "" ? null : Number(text));
const option = (value) => ([one, words]) => html`<option key=${one} value=${one} selected=${one === value}>${words}</option>`;

/** kind -> the control of a field; `put` keeps its value. */
const CONTROLS = {
  choice: ({ field, value, put, same }) => html`<select class="input" ...${same} onChange=${(event) => put(event.target.value)}>${field.choices.map(option(value))}</select>`,
  families: ({ field, value, put, same }) => html`<select class="input" data-first ...${same} onChange=${(event) => put(event.target.value)}>
    ${field.families.map(([label, methods]) => html`<optgroup key=${label} label=${label}>${methods.map(option(value))}</optgroup>`)}</select>`,
  number: ({ field, value, put, same }) => html`<input class="input" type="number" ...${same} min=${field.low} max=${field.high} step="1" placeholder=${field.name === "max" ? undefined : field.usual ?? undefined} defaultValue=${value ?? ""} onInput=${(event) => put(whole(event.target.value))} />`,
  text: ({ field, value, put, same }) => html`<input class="input" ...${same} maxlength=${field.limit} defaultValue=${value || ""} dir="auto" onInput=${(event) => put(event.target.value)} />`,
  "lines-text": ({ field, value, put, same }) => html`<textarea class="input" ...${same} rows="4" maxlength=${field.limit} dir="auto" onInput=${(event) => put(event.target.value)}>${value || ""}</textarea>`,
  lines: ({ value, put, same }) => html`<textarea class="input" ...${same} rows="3" dir="auto" onInput=${(event) => put(lines(event.target.value))}>${(value || []).join("\n")}</textarea>`,
  moment: ({ value, put, same }) => html`<input class="input" type="time" ...${same} defaultValue=${clock(value)} onInput=${(event) => put(event.target.value)} />`,
};

function Field({ field, value, change, wrong, studio, t }) {
  const { name, kind, label, hint } = field;
  const id = `set-${name}`;
  const told = [hint && `${id}-h`, wrong && `${id}-e`].filter(Boolean).join(" ") || undefined;
  const put = (given) => change(name, given);
  const same = { id, name, "aria-describedby": told, "aria-invalid": wrong ? "true" : undefined };
  const below = html`${hint && html`<p class="hint" id=${`${id}-h`}>${hint}</p>`}${wrong && html`<p class="error" id=${`${id}-e`}>${wrong}</p>`}`;
  if (kind === "costs") return html`<p class="small">${t("activity.prices.in_studio")} <a href=${studio}>${t("console.to_studio")}</a></p>`;
  if (kind === "switch") return html`<div><label class="check-row"><input class="check" type="checkbox" ...${same} checked=${Boolean(value)} onChange=${(event) => put(event.target.checked)} />${label}</label>${below}</div>`;
  return html`<div class="field"><label for=${id}>${label}</label>${CONTROLS[kind]({ field, value, put, same })}${below}</div>`;
}

/** The phone with three samples, as the chosen method makes it; follows what is typed. */
function Preview({ t, type, settings }) {
  const query = new URLSearchParams(Object.entries(settings).filter(([, value]) => value !== null && value !== undefined && typeof value !== "object"));
  const wanted = `/studio/preview/${type}?${query}`;
  const [src, show] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(show, SETTLE, wanted);
    return () => clearTimeout(timer);
  }, [wanted]);
  return html`<figure class="phone-frame"><iframe key=${src} src=${src} title=${t("activity.preview.title")} tabindex="-1" aria-hidden="true" width="390" height="700"></iframe>
    <figcaption class="small muted">${t("activity.preview.title")}</figcaption></figure>`;
}

/** Why one picks a method, how it counts, and what its result looks like. */
function About({ offer }) {
  return html`<div class="about" aria-live="polite"><p><b>${offer.when}</b></p><p>${offer.sentence}</p><p class="muted">${offer.shows}</p></div>`;
}

/** The fields of a type with the words so far; `change(name, value)` keeps one; `wrong` has sentences by name. */
export function Fields({ room, type, settings, change, wrong = {} }) {
  const { t, boot } = room;
  const { fields, offers, decides } = boot.types[type];
  const value = (field) => (settings[field.name] === undefined || settings[field.name] === null && !field.only ? field.usual : settings[field.name]);
  const deciding = fields.find((field) => field.name === decides);
  const decided = deciding ? value(deciding) ?? Object.keys(offers)[0] : null;
  const shown = fields.filter((field) => !NOT_HERE.has(field.kind) && (!field.only || field.only.includes(decided)));
  const offer = offers[decided];
  const preview = { ...Object.fromEntries(shown.map((field) => [field.name, value(field)])), [decides]: decided };
  const one = (field) => html`<${Field} key=${`${type}.${field.name}`} t=${t} field=${field} value=${field === deciding ? decided : bounded(field, value(field))} change=${change} wrong=${wrong[field.name]} studio=${`${boot.studio_url}/agenda`} />`;
  return html`<div class=${`settings${offer && offer.when ? " pictured" : ""}`}>
    ${shown.map((field) => (field === deciding && offer.when ? html`${one(field)}<${About} offer=${offer} />` : one(field)))}
    ${boot.studio_url && fields.some((field) => field.kind === "people") && html`<p class="small muted">${t("console.more_in_studio")} <a href=${`${boot.studio_url}/agenda`}>${t("console.to_studio")}</a></p>`}
    ${offer && offer.when && html`<${Preview} t=${t} type=${type} settings=${preview} />`}</div>`;
}

/** The most of an ever so long list is no bound, and is not shown as one. */
const bounded = (field, value) => (field.name === "max" && value === field.high ? null : value);

/** The words for the server: hours as milliseconds; of another method nothing that it does not ask for; it decides the shape. */
export function settled(room, type, changes) {
  const words = { ...changes };
  const { fields, decides } = room.boot.types[type];
  if (decides === "method" && words.method) {
    for (const { name, only } of fields) if (only && !only.includes(words.method)) words[name] = null;
    words.shape = null;
  }
  if ("back_at" in words) {
    words.back_at = hourToMs(words.back_at, room.now());
    if (words.back_at === null) delete words.back_at;
  }
  return words;
}

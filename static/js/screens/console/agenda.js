/** The agenda at the left: planned against real, drift with the one-press fix, and everything that can be done with a step. */
import { Icon } from "../../components/icons.js";
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { Warnings } from "./ahead.js";
import { drift, fix, plannedEnd, schedule } from "./plan.js";

function Minutes({ desk, activity }) {
  const { t } = desk.room;
  const set = (minutes) => desk.act("events.edit", { activity: activity.id, minutes: Math.max(0, Math.min(1440, minutes)) });
  return html`<span class="minutes" role="group" aria-label=${t("console.minutes_of", { title: activity.title })}>
    <button class="btn sm icon" type="button" aria-label=${t("console.minute_less")} onClick=${() => set(activity.minutes - 1)}><${Icon} name="minus" size=${16} /></button>
    <input class="input num" type="number" min="0" max="1440" key=${activity.minutes} defaultValue=${activity.minutes} aria-label=${t("console.minutes_of", { title: activity.title })} onChange=${(event) => set(Number(event.target.value) || 0)} />
    <button class="btn sm icon" type="button" aria-label=${t("console.minute_more")} onClick=${() => set(activity.minutes + 1)}><${Icon} name="add" size=${16} /></button></span>`;
}

function move(desk, activity, by) {
  const others = desk.room.rows("activities").filter((one) => one.id !== activity.id);
  const all = desk.room.rows("activities");
  const place = all.findIndex((one) => one.id === activity.id) + by;
  if (place < 0 || place > others.length) return;
  desk.act("events.move", { activity: activity.id, after: place === 0 ? null : others[place - 1].id });
}

function Actions({ desk, item, first, last }) {
  const { t } = desk.room;
  const { activity, state } = item;
  const ahead = state === "next" || state === "coming" || state === "passed";
  const does = (name) => () => desk.act(name, { activity: activity.id });
  const run = activity.type === "vote" ? t("console.run_again") : t("console.start_again");
  const seen = useRef(null);
  useEffect(() => { if (seen.current) seen.current.scrollIntoView({ block: "nearest" }); }, []);
  return html`<div class="step-actions" ref=${seen}>
    ${ahead && html`<${Warnings} room=${desk.room} activity=${activity} />`}
    ${state !== "done" && state !== "now" && html`<${Minutes} desk=${desk} activity=${activity} />`}
    ${ahead && html`<button class="btn sm primary" type="button" onClick=${does("events.start")}>${t("console.start")}</button>
      <button class="btn sm" type="button" onClick=${does("events.skip")}>${t("console.skip")}</button>`}
    ${state === "skipped" && html`<button class="btn sm" type="button" onClick=${does("events.skip")}>${t("console.plan_again")}</button>`}
    ${state === "done" && html`<button class="btn sm" type="button" onClick=${does("events.reopen")}>${t("console.reopen")}</button>
      <button class="btn sm" type="button" onClick=${() => desk.open("again", activity)}>${run}</button>`}
    <button class="btn sm" type="button" onClick=${() => desk.open("edit", activity)}>${t("console.edit")}</button>
    <button class="btn sm icon" type="button" aria-label=${t("console.move_up")} disabled=${first} onClick=${() => move(desk, activity, -1)}><${Icon} name="up" size=${16} /></button>
    <button class="btn sm icon" type="button" aria-label=${t("console.move_down")} disabled=${last} onClick=${() => move(desk, activity, 1)}><${Icon} name="down" size=${16} /></button>
    ${!activity.started_at && html`<button class="btn sm icon" type="button" aria-label=${t("console.remove")} onClick=${does("events.remove")}><${Icon} name="trash" size=${16} /></button>`}
  </div>`;
}

function Step({ desk, item, open, toggle, first, last }) {
  const { room } = desk;
  const { activity, state, at, minutes } = item;
  const keys = (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    if (event.altKey) { move(desk, activity, by); return; }
    const all = [...event.currentTarget.closest("ol").querySelectorAll(".step")];
    const to = all[all.indexOf(event.currentTarget) + by];
    if (to) to.focus();
  };
  return html`<li class=${`${state}${open ? " open" : ""}`} aria-current=${state === "now" ? "step" : undefined}>
    <button class="step" type="button" aria-expanded=${String(open)} onClick=${toggle} onKeyDown=${keys}>
      <span class="tm">${at ? room.time(at) : "–"}</span><span class="ttl" dir="auto">${activity.title}${state === "skipped" && html` <span class="chip">${room.t("console.skipped")}</span>`}
        ${activity.stays_open && state === "now" && html` <span class="chip">${room.t("console.stays_open")}</span>`}</span>
      <span class="d" aria-hidden="true">${minutes}′</span><span class="sr">${room.t("state.minutes", { n: minutes })}</span></button>
    ${open && html`<${Actions} desk=${desk} item=${item} first=${first} last=${last} />`}
  </li>`;
}

function Drift({ desk, plan, end }) {
  const { room } = desk;
  const { t } = room;
  const behind = drift(plan.end, end);
  const offer = fix(plan.items, behind);
  if (behind < 2) return null;
  const press = () => desk.act("events.edit", { activity: offer.activity.id, minutes: offer.to });
  const title = offer && offer.activity.title;
  return html`<div class="drift" role="note"><b>${t("console.behind", { n: behind })}</b>${" "}
    ${offer && (offer.saved === behind ? t("console.take_all", { title, time: room.time(end) }) : t("console.take_some", { title, n: offer.saved }))}
    ${offer && html`<button class="btn sm" type="button" onClick=${press}>${t("console.take", { title, from: offer.from, to: offer.to })}</button>`}</div>`;
}

/** The whole list with its head. */
export function Agenda({ desk }) {
  const { room } = desk;
  const { t } = room;
  const [opened, open] = useState(null);
  desk.beat.value;
  const activities = room.rows("activities");
  const plan = schedule(activities, room.now(), room.event.starts_at, room.event.current);
  const end = room.event.plan_ends_at || plannedEnd(activities, plan.start);
  const range = { from: room.time(plan.start), to: room.time(plan.end), planned: room.time(end) };
  return html`<nav class="ag" aria-label=${t("console.agenda")}>
    <div class="hd row between"><div><h2>${t("console.agenda")}</h2><p class="small muted">${activities.length ? (plan.began ? t("console.range", range) : t("console.range_planned", range)) : t("console.agenda_empty")}</p></div>
      <button class="btn sm icon" type="button" aria-label=${t("console.add_step")} onClick=${() => desk.open("add", room.current)}><${Icon} name="add" size=${18} /></button></div>
    <ol>${plan.items.map((item, place) => html`<${Step} key=${item.activity.id} desk=${desk} item=${item} open=${opened === item.activity.id}
      toggle=${() => open(opened === item.activity.id ? null : item.activity.id)} first=${place === 0} last=${place === plan.items.length - 1} />`)}</ol>
    ${plan.began && room.event.status !== "ended" && html`<${Drift} desk=${desk} plan=${plan} end=${end} />`}
  </nav>`;
}

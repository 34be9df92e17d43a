/** The head of the centre: what runs and how it is set, the question, the clock's controls, people and time. */
import { Icon } from "../../components/icons.js";
import { Key } from "../../components/keys.js";
import { Ring } from "../../components/ring.js";
import { Digits, TimeBar, clockState, spoken } from "../../components/timer.js";
import { html } from "../../vendor/ui.js";
import { crowdOf } from "../projector/scene.js";
import { countWords } from "../projector/stage.js";
import { settingWords } from "./words.js";

const MINUTE = 60;

/** Pause or resume the current step. */
export function pause(desk) {
  const activity = desk.room.current;
  if (!activity) return;
  if (activity.status === "running") desk.act("events.pause", { activity: activity.id });
  if (activity.status === "paused") desk.act("events.resume", { activity: activity.id });
}

/** Give the current step a minute more, or take one. */
export function extend(desk, minutes) {
  const activity = desk.room.current;
  if (activity && (activity.status === "running" || activity.status === "paused")) desk.act("events.extend", { activity: activity.id, seconds: minutes * MINUTE });
}

function Controls({ desk, activity }) {
  const { t } = desk.room;
  const running = activity.status === "running";
  const open = running || activity.status === "paused";
  if (desk.room.event.status === "ended") return null;
  return html`<div class="row hero-controls" id="controls" tabindex="-1">
    ${open && html`<button class="btn sm" type="button" aria-keyshortcuts="P" onClick=${() => pause(desk)}><${Icon} name=${running ? "pause" : "play"} size=${16} />${running ? t("console.pause") : t("console.resume")} <${Key} name="P" /></button>
      <button class="btn sm" type="button" aria-keyshortcuts="[" onClick=${() => extend(desk, -1)}>${t("console.minus_minute")}</button>
      <button class="btn sm" type="button" aria-keyshortcuts="]" onClick=${() => extend(desk, 1)}>${t("console.plus_minute")}</button>`}
    ${activity.status === "closed" && html`<button class="btn sm" type="button" onClick=${() => desk.act("events.reopen", { activity: activity.id })}><${Icon} name="undo" size=${16} />${t("console.reopen")}</button>`}
    <button class="btn sm ghost" type="button" onClick=${() => desk.open("edit", activity)}>${t("console.edit_question")}</button>
  </div>`;
}

function Crowd({ room, activity }) {
  const { t } = room;
  const crowd = crowdOf(room, activity);
  const left = room.remaining(activity);
  const state = clockState(activity, left);
  const words = countWords(t, crowd);
  const label = `${left === null ? "" : `${spoken(t, activity, left)}. `}${words}`;
  return html`<${Ring} total=${crowd.total} filled=${crowd.filled} size=${148} tone=${state} label=${label}>
    ${left === null ? html`<p class="num whole">${crowd.filled}</p>` : html`<p><${Digits} room=${room} activity=${activity} over /></p><${TimeBar} room=${room} activity=${activity} />`}
    <span>${state === "paused" ? t("state.paused") : left === null ? t("screen.of_total", { total: crowd.total }) : words}</span>
  <//>`;
}

/** The hero of the current activity. */
export function Hero({ desk, activity }) {
  const { room } = desk;
  const text = activity.question || activity.title;
  const words = [activity.question ? activity.title : null, ...settingWords(room, activity)].filter(Boolean);
  return html`<div class="hero"><div class="hero-words">
      <p class="eyebrow">${[...new Set(words)].map((word, place) => html`${place > 0 ? " · " : ""}<span dir="auto">${word}</span>`)}</p>
      <h2 class=${`q${text.length > 80 ? " long" : ""}`} dir="auto">${text}</h2>
      <${Controls} desk=${desk} activity=${activity} /></div>
    <${Crowd} room=${room} activity=${activity} /></div>`;
}

/** The hero before the first step: the event itself, and what is needed to begin. */
export function Waiting({ desk }) {
  const { room } = desk;
  const { t, event } = room;
  const here = room.present;
  return html`<div class="hero"><div class="hero-words">
      <p class="eyebrow">${event.starts_at ? t("console.starts_at", { time: room.time(event.starts_at) }) : t("console.before")}</p>
      <h2 class="q" dir="auto">${event.title}</h2>
      <p class="muted">${event.status === "draft" ? t("console.draft_hint") : t("console.lobby_hint")}</p></div>
    <${Ring} total=${Math.max(9, here)} filled=${here} size=${148} label=${t("screen.people_here", { n: here })}><p class="num whole">${here}</p><span>${t("console.here")}</span><//></div>`;
}

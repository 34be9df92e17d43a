/** The facilitator's console: run the agenda, time, reveal, people, the room's picture; one page, one key each. */
import { warm } from "../components/faces.js";
import { Icon } from "../components/icons.js";
import { useKeys } from "../components/keys.js";
import { announce } from "../core/live.js";
import { createRoom, readBoot } from "../core/room.js";
import { html, render, useEffect } from "../vendor/ui.js";
import { Agenda } from "./console/agenda.js";
import { Bottom, closeHidden, next, reveal, undo } from "./console/bottom.js";
import { Centre } from "./console/centre.js";
import { createDesk } from "./console/desk.js";
import { Dialogs } from "./console/dialogs.js";
import { extend, pause } from "./console/hero.js";
import { People } from "./console/people.js";
import { Top } from "./console/top.js";
import { crowdOf, screenOf } from "./projector/scene.js";
import { countWords } from "./projector/stage.js";

const VIEWS = ["now", "agenda", "people"];

function go(desk, view, id) {
  const focus = () => {
    const target = document.getElementById(id);
    if (target) target.focus();
  };
  desk.view.value = view;
  focus(); // at once, for what is typed next belongs there
  setTimeout(focus, 0); // and after the next picture, where a small screen shows the panel only then
}

function useConsoleKeys(desk) {
  const { room, act } = desk;
  const screen = (words) => act("events.screen", words);
  const turn = (by) => screen({ page: Math.max(0, screenOf(room).page + by) });
  useKeys({
    P: () => pause(desk), "[": () => extend(desk, -1), "]": () => extend(desk, 1),
    C: () => closeHidden(desk), R: () => reveal(desk), N: () => next(desk), Z: () => undo(desk),
    Q: () => screen({ qr: !screenOf(room).qr }), B: () => screen({ blank: !screenOf(room).blank }), V: () => desk.toggleCover(),
    H: () => go(desk, "people", "people"), "/": () => go(desk, "people", "find-person"), "?": () => desk.open("keys"),
    ArrowLeft: (event) => { if (event.target === document.body) turn(-1); },
    ArrowRight: (event) => { if (event.target === document.body) turn(1); },
  });
}

/** Says progress at every quarter, and that time is up. */
function useAnnouncements(room) {
  const activity = room.current;
  const crowd = activity ? crowdOf(room, activity) : { total: 0, filled: 0 };
  const quarter = crowd.total ? Math.floor((crowd.filled / crowd.total) * 4) : 0;
  const left = activity ? room.remaining(activity) : null;
  const over = left !== null && left <= 0;
  useEffect(() => { if (quarter > 0) announce(countWords(room.t, crowd), "progress"); }, [activity && activity.id, quarter]);
  useEffect(() => {
    if (!over) return;
    announce(room.t("state.time_over"), "time");
    const button = document.querySelector(".ctl-main");
    if (button && document.activeElement === document.body) button.focus();
  }, [activity && activity.id, over]);
}

function Banner({ desk }) {
  const { room } = desk;
  const { t } = room;
  const { state, lastSynced } = room.connection.value;
  const left = room.left.value;
  if (left && left !== "stopped") return html`<p class="console-banner bad" role="alert"><${Icon} name="warn" size=${18} />${t("console.left")}</p>`;
  if (state !== "live") {
    return html`<p class="console-banner" role="status"><${Icon} name="offline" size=${18} /><b>${t("console.offline")}</b> <span>${t("console.as_of", { time: room.time(lastSynced) })}</span>
      <button class="lnk" type="button" onClick=${() => room.retry()}>${t("console.try_now")}</button></p>`;
  }
  if (!desk.notice.value) return null;
  return html`<p class="console-banner bad"><${Icon} name="warn" size=${18} /><span class="grow">${desk.notice.value}</span><button class="lnk" type="button" onClick=${() => { desk.notice.value = ""; }}>${t("app.close")}</button></p>`;
}

function Views({ desk }) {
  const { t } = desk.room;
  return html`<nav class="views" aria-label=${t("console.views")}>${VIEWS.map((view) => html`<button key=${view} type="button" aria-current=${desk.view.value === view ? "true" : undefined} onClick=${() => { desk.view.value = view; }}>${t(`console.view.${view}`)}</button>`)}</nav>`;
}

const isBoard = (activity) => Boolean(activity) && activity.type === "present" && ["teams", "challenges"].includes((activity.settings || {}).show);

function Console({ desk }) {
  const { room } = desk;
  const { t } = room;
  const { title } = room.event;
  const board = isBoard(room.current);
  useConsoleKeys(desk);
  useAnnouncements(room);
  useEffect(() => { document.title = t("console.title", { title }); }, [title]);
  return html`<div class=${`app view-${desk.view.value}${board ? " boarding" : ""}`}>
    ${room.current && html`<a class="skip" href="#controls">${t("console.skip_controls")}</a>`}<a class="skip" href="#people">${t("console.skip_people")}</a>
    <${Top} desk=${desk} /><${Banner} desk=${desk} /><${Views} desk=${desk} />
    <${Agenda} desk=${desk} /><${Centre} desk=${desk} /><${People} desk=${desk} /><${Bottom} desk=${desk} />
    <${Dialogs} desk=${desk} />
  </div>`;
}

const room = createRoom(readBoot());
const desk = createDesk(room);
room.ready.then(() => {
  warm(["collect", "sort", "vote", "present"]);
  const app = document.getElementById("app");
  app.textContent = "";
  document.body.classList.add("console");
  render(html`<${Console} desk=${desk} />`, app);
});

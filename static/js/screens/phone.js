/** The participant's phone: one address for the whole session, one question at a time. */

import { face, warm } from "../components/faces.js";
import { lazy } from "../components/lazy.js";
import { PhoneHead } from "../components/phone_head.js";
import { Door, Ended, Home, Left, Lobby, Rest } from "../components/phone_pages.js";
import { MovedOn, isOver, usePlace } from "../components/phone_steps.js";
import { Toast } from "../components/toast.js";
import "../core/display.js";
import { focusHeading } from "../core/focus.js";
import { announce, interrupt } from "../core/live.js";
import { createRoom, readBoot } from "../core/room.js";
import { html, render, useEffect, useErrorBoundary, useRef, useState } from "../vendor/ui.js";

const QUARTERS = [25, 50, 75, 100];
const TYPES = ["collect", "vote", "sort", "present"];
const MINE = /\/mine\/?$/;

const PhoneMenu = lazy(() => import("../components/phone_menu.js").then(file => file.PhoneMenu));
const Mine = lazy(() => import("../components/phone_mine.js").then(file => file.Mine));

/** Says progress at every quarter, and time at the half, the last minute and the last ten seconds. */
function useAnnouncements(room, activity) {
  const { t } = room;
  const turnout = activity ? room.turnout(activity) : null;
  const people = (turnout && turnout.eligible) || room.event.people || 0;
  const count = turnout ? turnout.cast ?? turnout.started ?? 0 : 0;
  const quarter = people ? QUARTERS.filter(one => (count / people) * 100 >= one).pop() || 0 : 0;
  const left = activity ? room.remaining(activity) : null;
  const whole = activity && activity.ends_at ? activity.ends_at - activity.started_at : 0;
  const mark = left === null || left > whole / 2 ? "" : left > 60_000 ? "half" : left > 10_000 ? "minute" : left > 0 ? "ten" : "over";
  const status = activity ? activity.status : "";
  const last = useRef({});
  useEffect(() => {
    const before = last.current;
    last.current = { id: activity && activity.id, quarter, mark, status };
    if (!activity || before.id !== activity.id) return;
    if (quarter > before.quarter) announce(t("phone.live.progress", { n: count, people }), "progress");
    if (mark && mark !== before.mark) announce(t(`phone.live.${mark}`), "time");
    if (status !== before.status && status === "closed") interrupt(t("phone.live.closed"));
    if (status !== before.status && status === "paused") announce(t("state.paused"), "time");
  }, [activity && activity.id, quarter, mark, status]);
}

/** Keeps `--dock` at the height of the dock and `--keys` at that of the keyboard, for what must stay in view. */
function useDock() {
  useEffect(() => {
    const root = document.documentElement;
    const measure = () => {
      const dock = document.querySelector(".dock");
      root.style.setProperty("--dock", `${dock ? dock.offsetHeight : 0}px`);
      const view = window.visualViewport;
      const keys = view ? Math.max(0, window.innerHeight - view.height - view.offsetTop) : 0;
      root.style.setProperty("--keys", `${Math.round(keys)}px`);
    };
    const watch = new ResizeObserver(measure);
    const look = () => {
      watch.disconnect();
      const dock = document.querySelector(".dock");
      if (dock) watch.observe(dock);
      measure();
    };
    const changes = new MutationObserver(look); // a dock may come with a part that is fetched
    changes.observe(document.querySelector(".phone"), { childList: true });
    look();
    if (window.visualViewport) window.visualViewport.addEventListener("resize", measure);
    return () => {
      watch.disconnect();
      changes.disconnect();
      if (window.visualViewport) window.visualViewport.removeEventListener("resize", measure);
    };
  });
}

function Step({ room, activity, held }) {
  const { t } = room;
  const [error] = useErrorBoundary(problem => console.error(problem));
  const Face = face(activity.type, "phone");
  if (error) {
    return html`<main class="main quiet" id="main"><h1 class="q ask short">${t("phone.error.title")}</h1><p class="say lead">${t("phone.error.text")}</p>
      <button class="btn primary" type="button" onClick=${() => location.reload()}>${t("phone.error.reload")}</button></main>`;
  }
  if (!Face) return html`<main class="main" id="main"><h1 class="q ask short" dir="auto">${activity.question || activity.title}</h1></main>`;
  return html`<${Face} room=${room} activity=${activity} held=${held} />`;
}

function useMine() {
  const [mine, setMine] = useState(MINE.test(location.pathname));
  useEffect(() => {
    const read = () => setMine(MINE.test(location.pathname));
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);
  const began = useRef(false);
  useEffect(() => {
    if (began.current) focusHeading();
    began.current = true;
  }, [mine]);
  const show = on => {
    const base = location.pathname.replace(MINE, "");
    history.pushState(null, "", (on ? `${base}/mine` : base) + location.search);
    setMine(on);
  };
  return [mine, show];
}

function Body({ room, place, steps, mine, showMine }) {
  const left = room.left.value;
  if (left && left !== "stopped") return html`<${Left} room=${room} why=${left} />`;
  if (mine) return html`<${Mine} room=${room} back=${() => showMine(false)} />`;
  const activity = room.row("activities", place);
  if (activity) return html`<${Step} key=${place} room=${room} activity=${activity} held=${steps.behind && activity.status === "closed"} />`;
  if (place === "home") return html`<${Home} room=${room} go=${one => steps.go(one.id)} mine=${() => showMine(true)} />`;
  const Page = { door: Door, ended: Ended, rest: Rest }[place] || Lobby;
  return html`<${Page} room=${room} mine=${() => showMine(true)} />`;
}

function Phone({ room }) {
  const { t } = room;
  const steps = usePlace(room);
  const [menu, setMenu] = useState(false);
  const [mine, showMine] = useMine();
  const { place } = steps;
  const activity = mine || room.left.value ? null : room.row("activities", place) || null;
  const name = activity ? activity.question || activity.title : room.event.title;
  useAnnouncements(room, activity);
  useDock();
  useEffect(() => { document.title = t("phone.title", { name }); }, [name]);
  const home = !mine && !isOver(room) && place !== "home" && room.open.length > 1 ? () => steps.go("home") : null;
  return html`<div class="phone">
    <a class="skip" href="#main">${t("phone.skip")}</a>
    <${PhoneHead} room=${room} activity=${activity} menu=${() => setMenu(true)} home=${home} over=${isOver(room)} />
    ${steps.held && html`<${MovedOn} t=${t} follow=${steps.follow} stay=${steps.stay} />`}
    <${Body} room=${room} place=${place} steps=${steps} mine=${mine} showMine=${showMine} />
    <aside class="toasts" aria-label=${t("phone.toasts")}><${Toast} t=${t} /></aside>
    ${menu && html`<${PhoneMenu} room=${room} close=${() => setMenu(false)} mine=${() => showMine(true)} />`}
  </div>`;
}

/** What somebody wrote into the field that the server painted, before this script ran: it becomes the draft. */
function takeOver(app) {
  const field = app.querySelector("textarea[name=text]");
  const step = app.querySelector("input[name=activity]");
  if (field && step && field.value.trim()) room.draft(step.value).set(field.value);
  return Boolean(field) && document.activeElement === field;
}

const room = createRoom(readBoot());
room.onAnswer((entry, answer) => { if (!answer.ok) interrupt(room.t("state.not_saved", { sentence: answer.sentence || "" })); });
if (room.current) warm([room.current.type]);
room.ready.then(() => {
  const app = document.getElementById("app");
  // What the server painted stays until the step's own part is here, so that nothing flickers.
  const ready = () => !room.current || face(room.current.type, "phone");
  const begun = Date.now();
  (function start() {
    if (!ready() && Date.now() - begun < 1500) return setTimeout(start, 30);
    const wrote = takeOver(app);
    app.textContent = "";
    render(html`<${Phone} room=${room} />`, app);
    const field = wrote && app.querySelector(".comp textarea");
    if (field) field.focus();
    if (field) field.setSelectionRange(field.value.length, field.value.length);
    return setTimeout(() => { warm(TYPES); PhoneMenu.warm(); Mine.warm(); }, 3000);
  })();
});

/** What the phone shows when no activity does: lobby, home, the door, the end, and goodbyes. */

import { html } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { Rescue } from "./phone_rescue.js";
import { Ring } from "./ring.js";

const page = (body, dock) => html`<main class="main quiet" id="main">${body}</main>${dock || null}`;

function starts(room) {
  const { t, event } = room;
  room.clock.tick.value;
  const soon = !event.starts_at || event.starts_at <= room.now();
  const values = { name: event.facilitator, time: soon ? "" : room.time(event.starts_at) };
  if (soon) return t(event.facilitator ? "phone.lobby.soon_by" : "phone.lobby.soon", values);
  return t(event.facilitator ? "phone.lobby.at_by" : "phone.lobby.at", values);
}

/** Before the first step: who is here, as the ring. */
export function Lobby({ room }) {
  const { t, event } = room;
  const here = room.present;
  const words = t("phone.lobby.here", { n: here });
  return page(html`<h1 class="q ask short">${t("phone.lobby.in")} ${starts(room)}</h1>
    <p class="say lead" dir="auto">${event.title}</p>
    <div class="lobby-ring"><${Ring} total=${Math.max(here, event.people || 0, 1)} filled=${here} size=${220} label=${words}><p class="num">${here}</p><p class="small muted">${t("phone.lobby.here_word")}</p><//></div>`);
}

/** Several things are open, or one wants to choose: each with until when. */
export function Home({ room, go, mine }) {
  const { t } = room;
  const { open, current } = room;
  const shown = current && !open.includes(current) && current.status === "closed" ? [current, ...open] : open;
  const until = activity => {
    if (activity.status === "closed") return t(activity.revealed ? "phone.home.result" : "phone.home.closed");
    if (activity.status === "paused") return t("state.paused");
    return activity.ends_at ? t("phone.home.until", { time: room.time(activity.ends_at) }) : t("phone.home.open_now");
  };
  return page(html`<h1 class="q ask short">${shown.length ? t("phone.home.title") : t("phone.home.nothing")}</h1>
    <ul class="home">${shown.map(activity => html`<li key=${activity.id}><button class="card home-card" type="button" onClick=${() => go(activity)}>
      <span class="grow"><span class="row between"><b dir="auto">${activity.title}</b><span class=${`chip${activity === current && activity.status === "running" ? " live" : ""}`}>${until(activity)}</span></span>
      <span class="say" dir="auto">${activity.question}</span></span><${Icon} name="right" /></button></li>`)}</ul>
    <button class="btn ghost" type="button" onClick=${mine}>${t("phone.mine.title")}</button>`);
}

/** The whole event rests. */
export function Rest({ room }) {
  const { t, event } = room;
  const until = event.paused_until;
  const date = until && room.date(until);
  return page(html`<h1 class="q ask short">${until ? t("phone.rest.until", { date, time: room.time(until) }) : t("phone.rest.now")}</h1><p class="say lead">${t("phone.rest.kept")}</p>`);
}

/** Before somebody was let in. */
export function Door({ room }) {
  const { t, event } = room;
  return page(html`<h1 class="q ask short">${t("phone.door.title")}</h1><p class="say lead">${event.facilitator ? t("phone.door.by", { name: event.facilitator }) : t("phone.door.text")}</p>`);
}

/** This screen is no longer part of the room: the seat moved to another device, or somebody was sent away. */
export function Left({ room, why }) {
  const { t } = room;
  const moved = why === "moved";
  const dock = moved && html`<section class="dock"><button class="btn primary block" type="button" onClick=${() => location.reload()}>${t("phone.left.here")}</button></section>`;
  const key = moved ? "moved" : why === "ended" ? "ended" : "gone";
  return page(html`<h1 class="q ask short">${t(`phone.left.${key}`)}</h1><p class="say lead">${t(`phone.left.${key}_text`)}</p><${Rescue} room=${room} />`, dock);
}

/** The end: thanks, and one's own things. */
export function Ended({ room, mine }) {
  const { t } = room;
  return page(html`<h1 class="q ask short">${t("phone.ended.title")}</h1><p class="say lead">${t("phone.ended.text")}</p><${Rescue} room=${room} /><button class="btn" type="button" onClick=${mine}>${t("phone.mine.title")}</button>`);
}

/** What the projector shows now: one scene, chosen from the event's row and the current activity. */
import { cardsOpen } from "../../components/cards.js";

/** The settings of the projector, with defaults where the row has none. */
export function screenOf(room) {
  return { blank: false, qr: false, page: 0, step: null, spotlight: null, theme: "dark", ...(room.event.screen || {}) };
}

/** ended | rest | blank | qr | spotlight | lobby | stage */
export function sceneOf(room) {
  const event = room.event;
  const screen = screenOf(room);
  if (event.status === "ended") return "ended";
  if (screen.blank) return "blank";
  if (screen.qr) return "qr";
  if (event.status === "paused") return "rest";
  if (screen.spotlight && thing(room, screen.spotlight)) return "spotlight";
  return room.current ? "stage" : "lobby";
}

/** The row that a spotlight points at, or null where it is gone or hidden. */
export function thing(room, spotlight) {
  if (!spotlight) return null;
  const id = spotlight.collection === "options" && !spotlight.id.includes("/") && room.current && room.current.round
    ? `${room.current.round}/${spotlight.id}` : spotlight.id;
  return room.row(spotlight.collection, id) || null;
}

/** Whether an activity's picture takes the whole width, without the rail of time and code. */
export function isWide(activity) {
  const show = (activity.settings || {}).show;
  if (activity.type === "present") return show === "challenges" || show === "teams" || show === "wall";
  return activity.type === "sort" || (activity.type === "collect" && cardsOpen(activity));
}

/** How many people there are and how many of them are in: cast votes, began to write, or said that they are done. */
export function crowdOf(room, activity) {
  const row = room.turnout(activity) || {};
  const total = Math.max(row.eligible || 0, room.event.people || 0);
  if (activity.type === "vote") return { total, filled: row.cast || 0, kind: "voted" };
  if (activity.type === "collect") return { total, filled: row.started || 0, kind: "wrote" };
  return { total, filled: row.done || 0, kind: "done" };
}

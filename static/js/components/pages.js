/** How many pages the projector's picture of an activity has; console and projector count alike. */
import { boardPages } from "./board.js";
import { cardsOf, sorted } from "./cards.js";
import { besidePages } from "./results_pages.js";
import { rowsAPage, runBefore } from "./runs.js";
import { wallPages } from "./wall.js";

function presented(room, activity) {
  const { show } = activity.settings || {};
  if (show === "challenges" || show === "teams") return boardPages(room, show);
  return show === "wall" ? wallPages({ groups: [], loose: cardsOf(room, activity) }) : 1;
}

function voted(room, activity) {
  const round = activity.round && room.row("rounds", activity.round);
  const before = round && runBefore(room, round);
  const count = (id) => room.rows("options").filter((option) => option.round === id).length;
  const rows = Math.max(1, Math.ceil(Math.max(count(activity.round), before ? count(before.id) : 0) / rowsAPage(round, before)));
  return rows + (round ? besidePages(round, room.row("results", round.id)) : 0);
}

const PAGES = {
  present: presented,
  collect: (room, activity) => (activity.revealed ? wallPages({ groups: [], loose: cardsOf(room, activity) }) : 1),
  sort: (room, activity) => wallPages(sorted(room, activity)),
  vote: voted,
};

/** The number of pages of the current picture, at least 1. */
export function pagesOf(room, activity) {
  return activity && PAGES[activity.type] ? PAGES[activity.type](room, activity) : 1;
}

/** Voting on the projector: hidden by default, a live race, then the reveal from last to first; five rows a page, numbers first. */

import { html, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { useFlip } from "./flip.js";
import { Icon } from "./icons.js";
import { ROWS } from "./pages.js";
import { ResultBeside, ResultList, mostOf, noteOf, rankingOf, rowsOf, tieOf, warmDisplay } from "./results.js";
import { besidePages } from "./results_pages.js";
import { style } from "./style.js";
import { optionsOf } from "./voting.js";

style("vote");

/** The page to show: the one asked for, or in a reveal the one on which the newest row appears. */
function pageOf({ page = 0, step = null }, count, beside = 0) {
  const last = Math.max(0, Math.ceil(count / ROWS) - 1) + (step === null ? beside : 0);
  const wanted = step === null ? page : Math.floor(Math.max(0, count - Math.max(1, step)) / ROWS);
  return Math.max(0, Math.min(wanted, last));
}

/** From roomy to tight: two lines a title as long as they fit, then one line with air again. */
const LEVELS = ["", "tight", "tight tightest", "one", "one tight", "one tight tightest", "one tight tightest mute"];

/**
 * Draws its children as roomy as they fit below the question: tighter step by step, until nothing is cut. It begins anew where
 * something else is shown (`of` names it) or where there is more or less room, so that a window that grows gets its air back.
 */
function Fitted({ of, children }) {
  const box = useRef(null);
  const [{ shown, room, level }, set] = useState({ shown: of, room: "", level: 0 });
  const current = shown === of ? level : 0;
  useLayoutEffect(() => {
    const fit = () => {
      if (!box.current) return;
      const there = `${box.current.clientWidth} × ${box.current.clientHeight}`;
      const overfull = box.current.scrollHeight > box.current.clientHeight + 1;
      if (shown !== of || there !== room) set({ shown: of, room: there, level: 0 });
      else if (overfull && current < LEVELS.length - 1) set({ shown: of, room, level: current + 1 });
    };
    fit();
    const watch = new ResizeObserver(fit); // fonts, styles and parts may come later than the rows, and the window may change
    for (const part of [box.current, ...box.current.querySelectorAll("*")].slice(0, 60)) watch.observe(part);
    return () => watch.disconnect();
  });
  return html`<div class=${`v-fit ${LEVELS[current]}`} ref=${box}>${children}</div>`;
}

/** The line below: what is said there, and the number of the page. */
function Foot({ t, page, pages, children = null }) {
  if (pages < 2 && !children) return null;
  return html`<p class="v-foot"><span>${children}</span>${pages > 1 && html`<span class="w-page num" aria-label=${t("screen.page", { n: page + 1, of: pages })}>${page + 1} / ${pages}</span>`}</p>`;
}

/** How it was counted and who took part, in one line. */
function Base({ room, round }) {
  const result = room.row("results", round.id);
  return result ? html`${room.t(`method.${round.method}`)} · ${room.t("vote.base", { n: result.base.cast, people: result.base.eligible })}` : null;
}

/** Rows with figures; in a reveal the first ones are still covered. After them come the pages of what stands beside. */
function Figures({ room, round, rows, label }) {
  const { t } = room;
  const screen = room.event.screen || {};
  const step = screen.step === undefined ? null : screen.step;
  const own = Math.ceil(rows.length / ROWS);
  const beside = besidePages(round, room.row("results", round.id));
  const page = pageOf({ ...screen, step }, rows.length, beside);
  const place = new Map(rows.map((row, index) => [row.id, index]));
  const covered = row => step !== null && place.get(row.id) < rows.length - step;
  const shown = page < own ? rows.slice(page * ROWS, (page + 1) * ROWS) : [];
  const box = useFlip(shown.map(row => row.id).join());
  const tie = page === 0 && (step === null || step >= rows.length) ? tieOf(room, rows) : "";
  const decorate = row => ({ ...row, hidden: covered(row), lead: row.lead && !covered(row), note: row.withdrawn || round.display === "bars" && round.shape === "choices" ? noteOf(room, round, row) : "" });
  const foot = html`<${Foot} t=${t} page=${page} pages=${own + (step === null ? beside : 0)}><${Base} room=${room} round=${round} /><//>`;
  if (page >= own) {
    return html`<div class="v-face"><${Fitted} key="beside" of=${`${round.id}${page}`}><div class="v-beside"><${ResultBeside} room=${room} round=${round} rows=${rows} page=${page - own} /></div><//>${foot}</div>`;
  }
  return html`<div class="v-face"><${Fitted} key="rows" of=${`${round.id}${tie}${shown.map(row => row.id).sort().join()}`}>${tie && html`<p class="v-tie">${tie}</p>`}
    <div class="v-rows" ref=${box}><${ResultList} room=${room} round=${round} rows=${shown} most=${mostOf(room, round, rows)} label=${label} decorate=${decorate} /></div><//>${foot}</div>`;
}

/** The options by number without any figure, so that the room can read along. */
function Options({ room, options, said }) {
  const { t } = room;
  const page = pageOf({ page: (room.event.screen || {}).page }, options.length);
  const shown = options.slice(page * ROWS, (page + 1) * ROWS);
  return html`<div class="v-face"><${Fitted} of=${shown.map(option => option.id).join()}><ol class="v-list">${shown.map(option => html`<li key=${option.id} class=${option.status === "withdrawn" ? "dim" : ""}><span class="num">${option.number}</span><span class="say" dir="auto">${option.title}</span></li>`)}</ol>
    <p class="v-note small"><${Icon} name="lock" size=${38} /><span>${said}</span></p><//><${Foot} t=${t} page=${page} pages=${Math.ceil(options.length / ROWS)} /></div>`;
}

/** The projector's face. */
export function VoteProjector({ room, activity }) {
  const { t } = room;
  const round = room.row("rounds", activity.round);
  if (!round || round.status === "draft") return html`<p class="v-note">${t("screen.vote.soon")}</p>`;
  warmDisplay(round);
  const options = optionsOf(room, round);
  const result = room.row("results", round.id);
  if (result && !result.base.cast) return html`<p class="v-note">${t("vote.no_votes", { n: result.base.eligible })}</p>`;
  if (result) return html`<${Figures} room=${room} round=${round} rows=${rowsOf(room, round, result.ranking, result.figures)} label=${t("vote.result")} />`;
  const figures = round.results === "live" ? room.figures(round.id) : null;
  if (figures) return html`<${Figures} room=${room} round=${round} rows=${rowsOf(room, round, rankingOf(round, options, figures), figures)} label=${t("vote.console.so_far")} />`;
  const open = round.status === "open" || round.status === "paused";
  return html`<${Options} room=${room} options=${options} said=${open ? t(`screen.vote.${round.results}`) : t("screen.vote.closed")} />`;
}

/** Voting on the projector: hidden by default, a live race, then the reveal from last to first; five rows a page, numbers first. */

import { html, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { useFlip } from "./flip.js";
import { Icon } from "./icons.js";
import { ResultBeside, ResultList, mostOf, noteOf, rankingOf, rowsOf, tieOf, warmDisplay } from "./results.js";
import { besidePages } from "./results_pages.js";
import { rowsAPage, rowsOfRun, runBefore, runName } from "./runs.js";
import { style } from "./style.js";
import { optionsOf } from "./voting.js";

style("vote");

/** The page to show: the one asked for, or in a reveal the one on which the newest row appears. */
function pageOf({ page = 0, step = null }, count, beside = 0, size = rowsAPage()) {
  const last = Math.max(0, Math.ceil(count / size) - 1) + (step === null ? beside : 0);
  const wanted = step === null ? page : Math.floor(Math.max(0, count - Math.max(1, step)) / size);
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

/** Beside a number stands only what the bar does not say: a share of the ballots, or that an option was withdrawn. */
const aside = (room, round, row) => (row.withdrawn || (round.display === "bars" && round.shape === "choices") ? noteOf(room, round, row) : "");

/** The run before this one as the left column: its own order, its own base. */
function Before({ room, round, page, size }) {
  const rows = rowsOfRun(room, round);
  const decorate = row => ({ ...row, note: aside(room, round, row) });
  return html`<${Column} room=${room} round=${round} tie=${page === 0 ? tieOf(room, rows, true) : ""}>
    <${ResultList} room=${room} round=${round} rows=${rows.slice(page * size, (page + 1) * size)} most=${mostOf(room, round, rows)} label=${runName(room, round)} decorate=${decorate} /><//>`;
}

function Column({ room, round, tie, children }) {
  return html`<section class="v-run" aria-labelledby=${`run-${round.id}`}><div class="v-head"><h2 id=${`run-${round.id}`} dir="auto">${runName(room, round)}</h2>
    <p class="v-base"><${Base} room=${room} round=${round} /></p></div>${tie && html`<p class="v-tie">${tie}</p>`}${children}</section>`;
}

/** Rows with figures; in a reveal the first ones are still covered. After them come the pages of what stands beside. */
function Figures({ room, round, rows, label }) {
  const { t } = room;
  const screen = room.event.screen || {};
  const step = screen.step === undefined ? null : screen.step;
  const before = runBefore(room, round);
  const size = rowsAPage(round, before);
  const own = Math.ceil(Math.max(rows.length, before ? rowsOfRun(room, before).length : 0) / size);
  const beside = besidePages(round, room.row("results", round.id));
  const page = pageOf({ ...screen, step }, step === null ? own * size : rows.length, beside, size);
  const place = new Map(rows.map((row, index) => [row.id, index]));
  const covered = row => step !== null && place.get(row.id) < rows.length - step;
  const shown = page < own ? rows.slice(page * size, (page + 1) * size) : [];
  const box = useFlip(shown.map(row => row.id).join());
  const tie = page === 0 && (step === null || step >= rows.length) ? tieOf(room, rows, Boolean(before)) : "";
  const decorate = row => ({ ...row, hidden: covered(row), lead: row.lead && !covered(row), note: aside(room, round, row) });
  const foot = html`<${Foot} t=${t} page=${page} pages=${own + (step === null ? beside : 0)}>${!before && html`<${Base} room=${room} round=${round} />`}<//>`;
  if (page >= own) {
    return html`<div class="v-face"><${Fitted} key="beside" of=${`${round.id}${page}`}><div class="v-beside"><${ResultBeside} room=${room} round=${round} rows=${rows} page=${page - own} /></div><//>${foot}</div>`;
  }
  const list = html`<div class="v-rows" ref=${box}><${ResultList} room=${room} round=${round} rows=${shown} most=${mostOf(room, round, rows)} label=${label} decorate=${decorate} /></div>`;
  const alone = html`${tie && html`<p class="v-tie">${tie}</p>`}${list}`;
  const two = before && html`<div class="v-two"><${Before} room=${room} round=${before} page=${page} size=${size} /><${Column} room=${room} round=${round} tie=${tie}>${list}<//></div>`;
  return html`<div class="v-face"><${Fitted} key="rows" of=${`${round.id}${tie}${page}${shown.map(row => row.id).sort().join()}`}>${before ? two : alone}<//>${foot}</div>`;
}

/** The options by number without any figure, so that the room can read along. */
function Options({ room, options, said }) {
  const { t } = room;
  const size = rowsAPage();
  const page = pageOf({ page: (room.event.screen || {}).page }, options.length);
  const shown = options.slice(page * size, (page + 1) * size);
  return html`<div class="v-face"><${Fitted} of=${shown.map(option => option.id).join()}><ol class="v-list">${shown.map(option => html`<li key=${option.id} class=${option.status === "withdrawn" ? "dim" : ""}><span class="num">${option.number}</span><span class="say" dir="auto">${option.title}</span></li>`)}</ol>
    <p class="v-note small"><${Icon} name="lock" size=${38} /><span>${said}</span></p><//><${Foot} t=${t} page=${page} pages=${Math.ceil(options.length / size)} /></div>`;
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

/** Voting on the projector: hidden by default, a live race, then the reveal from last to first; five rows a page, numbers first. */

import { html, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { useFlip } from "./flip.js";
import { Icon } from "./icons.js";
import { ROWS } from "./pages.js";
import { ResultList, noteOf, rankingOf, rowsOf, tieOf } from "./results.js";
import { style } from "./style.js";
import { optionsOf } from "./voting.js";

style("vote");

/** The page to show: the one asked for, or in a reveal the one on which the newest row appears. */
function pageOf({ page = 0, step = null }, count) {
  const last = Math.max(0, Math.ceil(count / ROWS) - 1);
  const wanted = step === null ? page : Math.floor(Math.max(0, count - Math.max(1, step)) / ROWS);
  return Math.max(0, Math.min(wanted, last));
}

const TIGHTEST = 3;

/** Draws its children as roomy as they fit below the question: tighter step by step, until nothing is cut. `of` names what is shown. */
function Fitted({ of, children }) {
  const box = useRef(null);
  const [{ shown, level }, set] = useState({ shown: of, level: 0 });
  const current = shown === of ? level : 0;
  useLayoutEffect(() => {
    const fit = () => {
      const bottom = element => element.getBoundingClientRect().bottom;
      if (bottom(box.current.lastElementChild) > bottom(box.current) + 1 && current < TIGHTEST) set({ shown: of, level: current + 1 });
    };
    fit();
    const watch = new ResizeObserver(fit); // fonts and styles may come later than the rows
    for (const child of box.current.children) watch.observe(child);
    return () => watch.disconnect();
  });
  return html`<div class=${`v-fit d${current}`} ref=${box}>${children}</div>`;
}

function Pages({ t, page, count }) {
  const pages = Math.ceil(count / ROWS);
  if (pages < 2) return null;
  return html`<p class="w-pages num" aria-label=${t("screen.page", { n: page + 1, of: pages })}>${page + 1} / ${pages}</p>`;
}

/** Rows with figures; in a reveal the first ones are still covered. */
function Figures({ room, round, rows, label }) {
  const { t } = room;
  const screen = room.event.screen || {};
  const step = screen.step === undefined ? null : screen.step;
  const page = pageOf({ ...screen, step }, rows.length);
  const place = new Map(rows.map((row, index) => [row.id, index]));
  const covered = row => step !== null && place.get(row.id) < rows.length - step;
  const shown = rows.slice(page * ROWS, (page + 1) * ROWS);
  const most = Math.max(1, ...rows.map(row => row.value));
  const box = useFlip(shown.map(row => row.id).join());
  const tie = step === null || step >= rows.length ? tieOf(room, rows) : "";
  const decorate = row => ({ ...row, hidden: covered(row), lead: row.lead && !covered(row), note: row.withdrawn ? noteOf(room, round, row) : "" });
  return html`<div class="v-face"><${Fitted} of=${`${round.id}${tie}${shown.map(row => row.id).sort().join()}`}>${tie && html`<p class="v-tie">${tie}</p>`}
    <div class="v-rows" ref=${box}><${ResultList} room=${room} round=${round} rows=${shown} most=${most} label=${label} decorate=${decorate} /></div><//>
    <${Pages} t=${t} page=${page} count=${rows.length} /></div>`;
}

/** The options by number without any figure, so that the room can read along. */
function Options({ room, options, said }) {
  const { t } = room;
  const page = pageOf({ page: (room.event.screen || {}).page }, options.length);
  const shown = options.slice(page * ROWS, (page + 1) * ROWS);
  return html`<div class="v-face"><${Fitted} of=${shown.map(option => option.id).join()}><ol class="v-list">${shown.map(option => html`<li key=${option.id} class=${option.status === "withdrawn" ? "dim" : ""}><span class="num">${option.number}</span><span class="say" dir="auto">${option.title}</span></li>`)}</ol>
    <p class="v-note small"><${Icon} name="lock" size=${38} /><span>${said}</span></p><//><${Pages} t=${t} page=${page} count=${options.length} /></div>`;
}

/** The projector's face. */
export function VoteProjector({ room, activity }) {
  const { t } = room;
  const round = room.row("rounds", activity.round);
  if (!round || round.status === "draft") return html`<p class="v-note">${t("screen.vote.soon")}</p>`;
  const options = optionsOf(room, round);
  const result = room.row("results", round.id);
  if (result && !result.base.cast) return html`<p class="v-note">${t("vote.no_votes", { n: result.base.eligible })}</p>`;
  if (result) return html`<${Figures} room=${room} round=${round} rows=${rowsOf(room, round, result.ranking, result.figures)} label=${t("vote.result")} />`;
  const figures = round.results === "live" ? room.figures(round.id) : null;
  if (figures) return html`<${Figures} room=${room} round=${round} rows=${rowsOf(room, round, rankingOf(round, options, figures), figures)} label=${t("vote.console.so_far")} />`;
  const open = round.status === "open" || round.status === "paused";
  return html`<${Options} room=${room} options=${options} said=${open ? t(`screen.vote.${round.results}`) : t("screen.vote.closed")} />`;
}

/** Voting on the console: the result so far for facilitators only, the options with their numbers, the result after the close. */

import { html, useState } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { ResultList, mostOf, rankingOf, rowsOf, tieOf } from "./results.js";
import { ResultMore } from "./results_more.js";
import { RunsTable, countedRuns } from "./runs.js";
import { style } from "./style.js";
import { optionsOf } from "./voting.js";

style("vote");

const FIRST = 6;

/** The first rows, the rest on demand. */
function Rows({ room, round, rows, label }) {
  const { t } = room;
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST);
  return html`<${ResultList} room=${room} round=${round} rows=${shown} most=${mostOf(room, round, rows)} label=${label} />
    ${rows.length > FIRST && html`<button class="lnk" type="button" aria-expanded=${String(all)} onClick=${() => setAll(!all)}>${all ? t("vote.fewer") : t("vote.more_options", { n: rows.length - FIRST })}</button>`}`;
}

function Options({ room, options }) {
  const { t } = room;
  const [all, setAll] = useState(false);
  const shown = all ? options : options.slice(0, 2 * FIRST);
  return html`<ul class="v-options">${shown.map(option => html`<li key=${option.id} class=${option.status === "withdrawn" ? "dim" : ""}><span class="num">${option.number}</span><span class="say" dir="auto">${option.title}</span>
      ${option.status === "withdrawn" && html`<span class="chip">${t("vote.withdrawn")}</span>`}</li>`)}</ul>
    ${options.length > 2 * FIRST && html`<button class="lnk" type="button" aria-expanded=${String(all)} onClick=${() => setAll(!all)}>${all ? t("vote.fewer") : t("vote.more_options", { n: options.length - 2 * FIRST })}</button>`}`;
}

/** Why there are no totals yet. */
function noTotals({ t }, round, turnout) {
  if (!round.staff_totals && round.results !== "live") return t("vote.console.no_totals");
  if (round.secret && turnout && turnout.cast < 5) return t("vote.console.five", { n: turnout.cast });
  return t("vote.console.soon");
}

function Head({ title, chip }) {
  return html`<div class="row between hd"><h2 id="v-head">${title}</h2>${chip}</div>`;
}

function Running({ room, activity, round, options }) {
  const { t } = room;
  const figures = room.figures(round.id);
  const private_ = html`<span class="chip"><${Icon} name=${round.results === "live" ? "eye" : "hidden"} size=${16} />${round.results === "live" ? t("vote.console.live") : t("console.private")}</span>`;
  if (!figures) {
    return html`<${Head} title=${t("vote.console.options", { n: options.length })} chip=${private_} /><p class="small muted">${noTotals(room, round, room.turnout(activity))}</p><${Options} room=${room} options=${options} />`;
  }
  const rows = rowsOf(room, round, rankingOf(round, options, figures), figures);
  return html`<${Head} title=${round.status === "closed" ? t("vote.console.closed") : t("vote.console.so_far")} chip=${private_} /><${Rows} room=${room} round=${round} rows=${rows} label=${t("vote.console.so_far")} />`;
}

function Sealed({ room, activity, round, result }) {
  const { t } = room;
  const rows = rowsOf(room, round, result.ranking, result.figures);
  const tie = tieOf(room, rows);
  const seen = round.results !== "never" && (activity.revealed || round.results !== "close");
  return html`<${Head} title=${t("vote.result")} chip=${html`<span class="chip"><${Icon} name=${seen ? "eye" : "hidden"} size=${16} />${seen ? t("vote.console.room_sees") : t("console.private")}</span>`} />
    ${tie && html`<p class="tie">${tie}</p>`}
    ${result.base.cast ? html`<${Rows} room=${room} round=${round} rows=${rows} label=${t("vote.result")} /><${Runs} room=${room} round=${round} /><${ResultMore} room=${room} round=${round} rows=${rows} result=${result} />` : html`<p class="say empty">${t("vote.no_votes", { n: result.base.eligible })}</p><${Runs} room=${room} round=${round} />`}`;
}

/** The runs of this vote beside one another, where there is more than the one above. */
function Runs({ room, round }) {
  const { t } = room;
  const runs = countedRuns(room, round);
  if (!runs.some(one => one.id !== round.id)) return null;
  return html`<section class="v-earlier" aria-labelledby="runs-head"><h3 id="runs-head">${t("vote.run.title")}</h3><${RunsTable} room=${room} runs=${runs} /></section>`;
}

/** The console's face. */
export function VoteConsole({ room, activity }) {
  const { t } = room;
  const round = room.row("rounds", activity.round);
  if (!round || round.status === "draft") return html`<section class="card res"><p class="say empty">${t("vote.console.none")}</p></section>`;
  const result = room.row("results", round.id);
  const options = optionsOf(room, round);
  return html`<section class="card res" aria-labelledby="v-head">${result
    ? html`<${Sealed} room=${room} activity=${activity} round=${round} result=${result} />`
    : html`<${Running} room=${room} activity=${activity} round=${round} options=${options} /><${Runs} room=${room} round=${round} />`}</section>`;
}

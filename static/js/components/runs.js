/** The runs of one vote: how each is called, which ones have a result, and their figures side by side. */

import { html } from "../vendor/ui.js";
import { rowsOf } from "./results.js";
import { figureOf, headKey } from "./results_table.js";

/** The runs of a round's vote up to that round that have a result with votes which this screen may see, the first one first. */
export function countedRuns(room, round) {
  const runs = room.rows("rounds").filter(one => one.activity === round.activity && one.run <= round.run);
  return runs.filter(one => (room.row("results", one.id) || { base: {} }).base.cast).sort((one, other) => one.run - other.run);
}

/** The last run before a counted one, to stand beside it; null where there is none. */
export function runBefore(room, round) {
  const runs = countedRuns(room, round);
  return runs.length > 1 && runs[runs.length - 1].id === round.id ? runs[runs.length - 2] : null;
}

/** How many rows of a result stand on one page of the projector: five, or four with what is said below each beside those of another run. */
export function rowsAPage(round, before) {
  return before && [round, before].some(one => one.display !== "bars") ? 4 : 5;
}

/** What a run is called: by its label, else by its number. */
export const runName = ({ t }, round) => round.label || t("vote.run.name", { run: round.run });

/** When a run closed, and which one it was where its name does not say so. */
export function runTime(room, round) {
  const time = round.closed_at ? room.time(round.closed_at) : "";
  return round.label ? [room.t("vote.run.name", { run: round.run }), time].filter(Boolean).join(", ") : time;
}

/** The result of a run as rows, in its own order. */
export function rowsOfRun(room, round) {
  const { ranking, figures } = room.row("results", round.id);
  return rowsOf(room, round, ranking, figures);
}

const Figure = ({ room, round, row }) => (row
  ? html`<td class=${`n${row.lead ? " lead" : ""}`}><span class="num">${figureOf(room, round, round.figures[0], row.figures[round.figures[0]])}</span>
      <small>${row.rank === null ? room.t("vote.withdrawn") : room.t("vote.run.place", { n: row.rank })}</small></td>`
  : html`<td class="n">–</td>`);

/** One column per run, each with its own base; the options stand in the order of the last one. Nothing is added up. */
export function RunsTable({ room, runs }) {
  const { t } = room;
  const columns = runs.map(round => ({ round, base: room.row("results", round.id).base, rows: new Map(rowsOfRun(room, round).map(row => [row.id, row])) }));
  const options = new Map([...columns].reverse().flatMap(({ rows }) => [...rows]).reverse()); // a title as the last run has it
  const ids = [...new Set([...columns].reverse().flatMap(({ rows }) => [...rows.keys()]))];
  return html`<div class="d-box" tabindex="0" role="group" aria-label=${t("vote.run.title")}><table class="d-table v-runs">
    <thead><tr><th scope="col">${t("vote.head.option")}</th>${columns.map(({ round }) => html`<th scope="col" class="n" key=${round.id}><b dir="auto">${runName(room, round)}</b> <small>${runTime(room, round)}</small>
      <small>${t(`method.${round.method}`)} · ${t(headKey(round, round.figures[0]))}</small></th>`)}</tr></thead>
    <tbody>${ids.map(id => html`<tr key=${id}><th scope="row" dir="auto"><span class="no num">${options.get(id).number}</span> <span class="txt">${options.get(id).title}</span></th>
      ${columns.map(({ round, rows }) => html`<${Figure} key=${round.id} room=${room} round=${round} row=${rows.get(id)} />`)}</tr>`)}</tbody>
    <tfoot><tr><th scope="row">${t("vote.how.turnout")}</th>${columns.map(({ round, base }) => html`<td class="n" key=${round.id}>${t("vote.base", { n: base.cast, people: base.eligible })}</td>`)}</tr></tfoot></table></div>`;
}

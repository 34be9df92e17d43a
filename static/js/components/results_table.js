/** A result as a table: place, number and option, then every figure that the method names. */

import { html } from "../vendor/ui.js";
import { wordOf } from "./display_profile.js";
import { written } from "./result_numbers.js";

/** The key of a figure's heading: dots, votes and points are called by what people gave. */
export function headKey(round, name) {
  if (name === "points" && round.method !== "dots") return round.method === "quadratic" ? "vote.head.votes" : "vote.head.score";
  return `vote.head.${name}`;
}

/** A figure of a result as people read it: a word where the method has words. */
export function figureOf(room, round, name, figure) {
  const { t } = room;
  if (name === "median") return figure === null || figure === undefined ? "–" : wordOf(room, figure);
  if (name === "funded") return t(figure ? "vote.fund.funded" : "vote.fund.not_funded");
  return written(room, figure);
}

/** The table. */
export function ResultTable({ room, round, rows }) {
  const { t } = room;
  return html`<div class="d-box" tabindex="0" role="group" aria-label=${t("vote.table")}><table class="d-table">
    <thead><tr><th scope="col">${t("vote.head.place")}</th><th scope="col">${t("vote.head.option")}</th>${round.figures.map(name => html`<th scope="col" class="n" key=${name}>${t(headKey(round, name))}</th>`)}</tr></thead>
    <tbody>${rows.map(row => html`<tr key=${row.id} class=${row.lead ? "lead" : ""}><td class="num">${row.rank === null ? t("vote.withdrawn") : row.rank}</td><th scope="row" dir="auto"><span class="no num">${row.number}</span> <span class="txt">${row.title}</span></th>
      ${round.figures.map(name => html`<td class="n num" key=${name}>${figureOf(room, round, name, row.figures[name])}</td>`)}</tr>`)}</tbody></table></div>`;
}

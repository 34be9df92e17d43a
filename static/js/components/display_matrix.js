/** Head to head: the ranking with the duels won by each, and the table of all duels. */

import { html } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { Row, RowList, Strip } from "./display_row.js";
import { TILE } from "./results_pages.js";

/** One row for each option, with the duels that it won. */
export function Rows({ room, label, compact, rows }) {
  const { t } = room;
  return html`<${RowList} label=${label} compact=${compact} kind="matrix">${rows.map(row => {
    const { wins = 0, losses = 0, ties = 0 } = row.figures;
    return html`<${Row} key=${row.id} row=${row} side=${wins} words=${t("vote.duels", { wins, losses, ties })} picture=${html`<${Strip} parts=${[["part", wins]]} whole=${wins + losses + ties} />`} />`;
  })}<//>`;
}

function Cell({ t, matrix, one, other }) {
  if (one.id === other.id) return html`<td class="self"><span class="sr">${t("vote.duel.self")}</span></td>`;
  const [mine, theirs] = [(matrix[one.id] || {})[other.id] || 0, (matrix[other.id] || {})[one.id] || 0];
  const state = mine > theirs ? "won" : mine < theirs ? "lost" : "drawn";
  return html`<td class=${state}><span class="d-duel">${state === "won" && html`<${Icon} name="check" size=${14} weight=${2.6} />`}<span class="num">${mine}</span><span class="sr"> ${t(`vote.duel.${state}`, { mine, theirs, number: other.number })}</span></span></td>`;
}

/** The table of some rows against some columns. */
function Duels({ room, details, rows, columns }) {
  const { t } = room;
  return html`<div class="d-box" tabindex=${room.kind === "projector" ? null : 0} role="group" aria-label=${t("vote.duel.title")}><table class="d-table d-duels"><caption>${t("vote.duel.caption")}</caption>
    <thead><tr><th scope="col">${t("vote.head.option")}</th>${columns.map(one => html`<th scope="col" class="num" key=${one.id}><span class="sr">${t("vote.duel.against", { number: one.number })}</span><span aria-hidden="true">${one.number}</span></th>`)}</tr></thead>
    <tbody>${rows.map(one => html`<tr key=${one.id}><th scope="row" dir="auto"><span class="no num">${one.number}</span> <span class="txt">${one.title}</span></th>${columns.map(other => html`<${Cell} key=${other.id} t=${t} matrix=${details.matrix} one=${one} other=${other} />`)}</tr>`)}</tbody></table></div>`;
}

/** All duels; on the projector a part of them that can be read from afar. */
export function Beside({ room, details, rows, page }) {
  const { t } = room;
  const ranked = rows.filter(row => row.rank !== null);
  if (!details.matrix || ranked.length < 2) return null;
  if (page === null) return html`<details class="d-more"><summary>${t("vote.duel.title")}</summary><${Duels} room=${room} details=${details} rows=${ranked} columns=${ranked} /></details>`;
  const across = Math.ceil(ranked.length / TILE);
  const cut = at => ranked.slice(at * TILE, (at + 1) * TILE);
  return html`<${Duels} room=${room} details=${details} rows=${cut(Math.floor(page / across))} columns=${cut(page % across)} />`;
}

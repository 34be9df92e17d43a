/** Strengths from comparisons: a point with the interval in which it lies with 95 % certainty, on one scale for all options. */

import { html } from "../vendor/ui.js";
import { Row, RowList } from "./display_row.js";
import { num } from "./result_numbers.js";

/** How many of a hundred comparisons with an average option somebody of this strength wins. */
export const ofHundred = strength => 100 / (1 + Math.exp(-num(strength)));

function Interval({ figures }) {
  const { strength, low, high } = figures;
  if (low === null || low === undefined) return null;
  const [from, to, at] = [ofHundred(low), ofHundred(high), ofHundred(strength)];
  return html`<svg class="d-interval" viewBox="0 0 100 12" preserveAspectRatio="none" focusable="false"><rect class="all" y="5.500" width="100" height="1" />
    <line class="d-middle" x1="50" x2="50" y1="0" y2="12" vector-effect="non-scaling-stroke" />
    <rect class="part" x=${from} y="4" width=${to - from} height="4" /><line class="d-point" x1=${at} x2=${at} y1="0" y2="12" vector-effect="non-scaling-stroke" /></svg>`;
}

/** One row for each option. */
export function Rows({ room, label, compact, rows }) {
  const { t } = room;
  return html`<${RowList} label=${label} compact=${compact} kind="intervals">${rows.map(row => {
    const { comparisons = 0, of_hundred: wins = 0, low = null, high = null } = row.figures;
    const words = comparisons ? t("vote.strength.words", { n: comparisons, low: Math.round(ofHundred(low)), high: Math.round(ofHundred(high)) }) : t("vote.strength.none");
    return html`<${Row} key=${row.id} row=${row} side=${comparisons ? wins : "–"} words=${words} picture=${html`<${Interval} figures=${row.figures} />`} />`;
  })}<//>`;
}

/** How much was compared. */
export function Beside({ room, details }) {
  return details.possible ? html`<p class="small muted">${room.t("vote.strength.coverage", { seen: details.seen, possible: details.possible, skipped: details.skipped })}</p>` : null;
}

/** What people said of each option on a scale: the six words as a strip with its middle marked, or scores as columns with their mean. */

import { html } from "../vendor/ui.js";
import { Mark, Row, RowList, Strip } from "./display_row.js";
import { num, written } from "./result_numbers.js";

const WORDS = "majority-judgement";

/** The word of a step of the scale. */
export const wordOf = ({ t }, step) => t(`method.majority-judgement.word.${step}`);

/** Columns, one for each step, and a line at the mean. */
function Columns({ tally, mean }) {
  const most = Math.max(1, ...tally);
  const wide = 100 / tally.length;
  return html`<svg class="d-columns" viewBox="0 0 100 30" preserveAspectRatio="none" focusable="false"><rect class="all" y="29" width="100" height="1" />
    ${tally.map((n, step) => html`<rect key=${step} class=${`grade g${step}`} x=${step * wide + 1} y=${29 - (n / most) * 28} width=${wide - 2} height=${(n / most) * 28} />`)}
    ${mean !== null && html`<line class="d-line" x1=${(mean + 0.5) * wide} x2=${(mean + 0.5) * wide} y1="0" y2="30" vector-effect="non-scaling-stroke" />`}</svg>
    <span class="d-steps">${tally.map((n, step) => html`<span key=${step}><b>${step}</b>${n ? ` ${"×"} ${n}` : ""}</span>`)}</span>`;
}

function score(room, round, row, tally, details) {
  const { t } = room;
  const { figures } = row;
  const said = tally.reduce((sum, n) => sum + n, 0);
  const mean = said ? tally.reduce((sum, n, step) => sum + n * step, 0) / said : null;
  const opinions = t("vote.profile.opinions", { n: said });
  const picture = html`<${Columns} tally=${tally} mean=${mean} />`;
  if (round.method === "star") {
    const mark = (details.finalists || []).includes(row.id) ? html`<${Mark} ok>${t("vote.profile.runoff")}<//>` : null;
    return { picture, mark, side: figures.score, words: `${opinions} · ${t("vote.profile.mean", { mean: written(room, mean) })}` };
  }
  const lowest = round.method === "fist-to-five" && figures.lowest !== null ? ` · ${t("vote.profile.lowest", { lowest: figures.lowest })}` : "";
  return { picture, side: said ? written(room, figures.mean) : "–", words: `${opinions}${lowest}`,
    mark: round.method === "fist-to-five" && said > 0 && num(figures.reserved) > 0 ? html`<span class="chip warn">${t("vote.profile.talk", { n: figures.reserved })}</span>` : null };
}

function words(room, row, tally) {
  const { t } = room;
  const said = tally.reduce((sum, n) => sum + n, 0);
  const { median, better = 0, worse = 0 } = row.figures;
  const parts = tally.map((n, step) => [`grade g${step}`, n]).reverse();
  return { picture: html`<${Strip} parts=${parts} whole=${said || 1} line=${(said || 1) / 2} />`,
    mark: median === null || median === undefined ? null : html`<span class="d-median">${wordOf(room, median)}</span>`,
    words: said ? t("vote.profile.around", { n: said, better, worse }) : t("vote.profile.opinions", { n: 0 }) };
}

/** One row for each option. */
export function Rows({ room, round, details, label, compact, rows }) {
  const tallies = details.tallies || {};
  return html`<${RowList} label=${label} compact=${compact} kind=${`profile ${round.method}`}>${rows.map(row => {
    const tally = tallies[row.id] || [];
    return html`<${Row} key=${row.id} row=${row} ...${round.method === WORDS ? words(room, row, tally) : score(room, round, row, tally, details)} />`;
  })}<//>${round.method === WORDS && html`<${Legend} room=${room} />`}`;
}

/** The words by their shades, the best one first. */
function Legend({ room }) {
  return html`<ul class="d-legend" aria-label=${room.t("vote.profile.legend")}>${[5, 4, 3, 2, 1, 0].map(step => html`<li key=${step}><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class=${`grade g${step}`} width="10" height="10" /></svg>${wordOf(room, step)}</li>`)}</ul>`;
}

/** What lies on the strip's line. */
export function Beside({ room, round }) {
  return round.method === WORDS ? html`<p class="small muted">${room.t("vote.profile.middle")}</p>` : null;
}

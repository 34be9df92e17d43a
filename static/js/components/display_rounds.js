/** Votes that move on from round to round: what each option began with and received as steps of one bar, with the line of the quota. */

import { html } from "../vendor/ui.js";
import { Mark, Row, RowList, Strip } from "./display_row.js";
import { num, written } from "./result_numbers.js";
import { TILE } from "./results_pages.js";

/** What an option had in the first round and received in each later one: [[round, votes], …]. */
export function stepsOf(rounds, id) {
  const steps = [];
  let before = 0;
  rounds.forEach((round, index) => {
    if (!(id in round.votes)) return;
    const now = num(round.votes[id]);
    if (now > before) steps.push([index, now - before]);
    before = now;
  });
  return steps;
}

/** How many votes are enough: the quota, or half of those that count in the last round. */
export function lineOf(details) {
  if (details.quota) return details.quota;
  const last = (details.rounds || [])[(details.rounds || []).length - 1];
  return last ? num(last.in_play) / 2 : null;
}

const goneIn = (rounds, id) => rounds.findIndex(round => round.excluded.includes(id)) + 1;
const chosenIn = (rounds, id) => rounds.findIndex(round => (round.elected || []).includes(id)) + 1;

function stateOf({ t }, rounds, row) {
  const gone = goneIn(rounds, row.id);
  if (gone) return html`<${Mark}>${t("vote.rounds.gone", { round: gone })}<//>`;
  const chosen = chosenIn(rounds, row.id);
  if (chosen) return html`<${Mark} ok>${t("vote.rounds.chosen", { round: chosen })}<//>`;
  return row.lead && !row.tied ? html`<${Mark} ok>${t("vote.rounds.won")}<//>` : null;
}

/** One row for each option. */
export function Rows({ room, details, label, compact, rows }) {
  const rounds = details.rounds || [];
  const line = lineOf(details);
  const total = one => stepsOf(rounds, one.id).reduce((sum, [, n]) => sum + n, 0);
  const whole = Math.max(1, line || 0, ...Object.keys((rounds[0] || { votes: {} }).votes).map(id => total({ id }))) * 1.02;
  return html`<${RowList} label=${label} compact=${compact} kind="rounds">${rows.map(row => {
    const steps = stepsOf(rounds, row.id);
    const said = steps.map(([, n]) => written(room, n)).join(" + ");
    const words = steps.length > 1 ? room.t("vote.rounds.sum", { said, all: written(room, total(row)) }) : "";
    return html`<${Row} key=${row.id} row=${row} mark=${stateOf(room, rounds, row)} side=${written(room, total(row))} words=${words}
      picture=${html`<${Strip} parts=${steps.map(([round, n]) => [`step s${round % 2}${round ? "" : " first"}`, n])} whole=${whole} line=${line} />`} />`;
  })}<//>`;
}

function Change({ room, before, now }) {
  const change = now - before;
  if (!change) return null;
  return html` <small>${change > 0 ? "+" : "−"}${written(room, Math.abs(change))}</small>`;
}

/** Every round as a table: votes, and what changed. */
export function Beside({ room, details, rows, page }) {
  const { t } = room;
  const rounds = details.rounds || [];
  if (!rounds.length) return null;
  const far = page !== null;
  const first = far ? Math.max(0, rounds.length - 5) : 0;
  const shown = rows.filter(row => row.rank !== null).slice(0, far ? TILE : undefined);
  const votes = (index, id) => (index >= 0 && id in rounds[index].votes ? num(rounds[index].votes[id]) : null);
  const cells = id => rounds.slice(first).map((_, at) => {
    const now = votes(first + at, id);
    return html`<td class="num" key=${at}>${now === null ? "" : html`${written(room, now)}${first + at > 0 && html`<${Change} room=${room} before=${votes(first + at - 1, id) || 0} now=${now} />`}`}</td>`;
  });
  const table = html`<div class="d-box" tabindex=${far ? null : 0} role="group" aria-label=${t("vote.rounds.title")}><table class="d-table"><caption>${details.quota ? t("vote.rounds.quota", { quota: details.quota, seats: details.seats }) : t("vote.rounds.half")}</caption>
    <thead><tr><th scope="col">${t("vote.head.option")}</th>${rounds.slice(first).map((_, at) => html`<th scope="col" class="num" key=${at}>${t("vote.rounds.round", { round: first + at + 1 })}</th>`)}</tr></thead>
    <tbody>${shown.map(row => html`<tr key=${row.id} class=${row.lead ? "lead" : ""}><th scope="row" dir="auto"><span class="no num">${row.number}</span> <span class="txt">${row.title}</span></th>${cells(row.id)}</tr>`)}
      <tr><th scope="row">${t("vote.rounds.exhausted")}</th>${rounds.slice(first).map((round, at) => html`<td class="num" key=${at}>${written(room, round.exhausted)}</td>`)}</tr></tbody></table></div>`;
  return far ? table : html`<details class="d-more"><summary>${t("vote.rounds.title")}</summary>${table}</details>`;
}

/** A result as rows: the counted order with ties together, figures by shape, and what one gave oneself. */

import { html } from "../vendor/ui.js";
import { Bars, Stack } from "./bars.js";
import { ThemeGlyph, themeClass } from "./icons.js";
import { optionsOf } from "./voting.js";

/** The number that a bar shows: points, votes, or those who agree. */
export function valueOf(round, figures) {
  if (!figures) return 0;
  return { points: figures.points, choices: figures.votes, stance: figures.agree }[round.shape] || 0;
}

/** The live order by the figures so far: a list of lists, equal ones together; stances by the share of those who agree. */
export function rankingOf(round, options, figures) {
  const score = option => {
    const one = figures[option.id] || {};
    return round.shape === "stance" ? ((one.agree || 0) + 1) / ((one.agree || 0) + (one.disagree || 0) + 2) : valueOf(round, one);
  };
  const levels = new Map();
  for (const option of options.filter(one => one.status !== "withdrawn")) levels.set(score(option), [...(levels.get(score(option)) || []), option.id]);
  return [...levels.keys()].sort((one, other) => other - one).map(key => levels.get(key));
}

/**
 * Rows {id, number, title, theme, value, figures, rank (equal ones share it), tied, lead, withdrawn} from first to last;
 * withdrawn options come last and have no rank. `ranking` is a list of lists of ids.
 */
export function rowsOf(room, round, ranking, figures) {
  const options = optionsOf(room, round);
  const byId = new Map(options.map(option => [option.id, option]));
  const number = id => (byId.get(id) ? byId.get(id).number : 0);
  const any = Object.values(figures || {}).some(one => valueOf(round, one) > 0);
  const row = (option, more) => ({ id: option.id, number: option.number, title: option.title, theme: option.theme, mine: option.mine,
    value: valueOf(round, (figures || {})[option.id]), figures: (figures || {})[option.id] || {}, ...more });
  const rows = [];
  for (const tied of ranking) {
    const known = tied.filter(id => byId.has(id)).sort((one, other) => number(one) - number(other));
    const rank = rows.length + 1;
    for (const id of known) rows.push(row(byId.get(id), { rank, tied: known.length > 1, lead: rank === 1 && any }));
  }
  const withdrawn = options.filter(option => option.status === "withdrawn");
  return [...rows, ...withdrawn.map(option => row(option, { rank: null, tied: false, lead: false, withdrawn: true }))];
}

/** The sentence of a tie at the top, with the numbers of those who share it; "" where one leads. */
export function tieOf({ t }, rows) {
  const first = rows.filter(row => row.rank === 1 && row.lead);
  if (first.length < 2) return "";
  if (first.length > 4) return t("vote.tie_many", { n: first.length });
  const numbers = first.map(row => row.number);
  return t("vote.tie", { numbers: numbers.slice(0, -1).join(", "), last: numbers[numbers.length - 1] });
}

/** What stands behind a number: voters of dots, the parts of a stance. */
export function noteOf({ t }, round, row) {
  if (row.withdrawn) return t("vote.withdrawn");
  if (round.shape === "points") return t("vote.voters", { n: row.figures.voters || 0 });
  return "";
}

/** The three parts of a stance as a bar and in words. */
export function StanceRow({ room, row }) {
  const { t } = room;
  const { agree = 0, disagree = 0, pass = 0 } = row.figures;
  return html`<li data-key=${row.id} class=${`bar-row stance-row${row.lead ? " lead" : ""}${row.hidden ? " covered" : ""}`}>
    ${row.hidden ? html`<span class="say"></span>` : html`<p class="say" dir="auto">${row.theme && html`<span class=${`glyph ${themeClass(row.theme)}`}><${ThemeGlyph} code=${row.theme} /></span>`}<span class="no">${row.number}</span> <span class="txt">${row.title}</span></p>
      <${Stack} parts=${[["agree", agree], ["pass", pass], ["disagree", disagree]]} />
      <p class="parts">${t("vote.parts", { agree, disagree, pass })}</p>`}
  </li>`;
}

/** The rows of a result as a list, for any shape; `decorate(row)` may add `note` or `hidden`. */
export function ResultList({ room, round, rows, label, compact = false, most, decorate = row => row }) {
  if (round.shape === "stance") {
    return html`<ol class=${`bars stance-bars${compact ? " compact" : ""}`} aria-label=${label}>${rows.map(row => html`<${StanceRow} key=${row.id} room=${room} row=${decorate(row)} />`)}</ol>`;
  }
  const full = most || Math.max(1, ...rows.map(row => row.value));
  return html`<${Bars} rows=${rows.map(row => decorate({ note: noteOf(room, round, row), ...row }))} most=${full} label=${label} compact=${compact} />`;
}

/** A result as rows: the counted order with ties together, drawn as its method says (`round.display`), by its figures (`round.figures`). */

import { html } from "../vendor/ui.js";
import { Bars } from "./bars.js";
import { lazy } from "./lazy.js";
import { num, percent, written } from "./result_numbers.js";
import { style } from "./style.js";
import { optionsOf } from "./voting.js";

const part = (name, what) => lazy(() => import(`./display_${name}.js`).then(file => file[what]));
const DRAWN = ["motions", "matrix", "rounds", "profile", "consent", "quadrants", "intervals", "funded", "consensus"];
/** What draws the rows of a display, what stands beside them, and what the projector shows on pages of their own. */
const PARTS = Object.fromEntries(DRAWN.map(name => [name, { rows: part(name, "Rows"), beside: part(name, "Beside") }]));
/** Displays that draw from more than the figures: before the count they are bars. */
const NEEDS_DETAILS = new Set(["motions", "rounds", "profile", "funded"]);
/** Displays in which each option stands for itself: that several are first is no tie. */
const APART = new Set(["motions", "consent", "funded"]);
const More = lazy(() => import("./results_more.js").then(file => file.ResultMore));

/** Begins to fetch what draws a round's result. */
export function warmDisplay(round) {
  if (PARTS[round.display]) PARTS[round.display].rows.warm();
}

/** The number that a bar shows: the first figure of the method. */
export function valueOf(round, figures) {
  return figures ? num(figures[(round.figures || [])[0]]) : 0;
}

const QUADRANTS = ["thankless", "fill", "big", "quick"];
/** By which number the options stand while a round is open, where it is not the first figure. */
const LIVE = {
  consensus: one => ((one.agree || 0) + 1) / ((one.agree || 0) + (one.disagree || 0) + 2),
  motions: one => (one.yes || 0) / ((one.yes || 0) + (one.no || 0) || 1),
  consent: one => -1000 * (one.objections || 0) - (one.concerns || 0) + (one.opinions ? 0.5 : -1e9),
  intervals: one => (one.comparisons ? one.strength : -99),
  quadrants: one => 10 * QUADRANTS.indexOf(one.quadrant) + num(one.impact) - num(one.effort),
  funded: one => 1e6 * (one.funded || 0) + (one.supporters || 0),
};

/** The live order by the figures so far: a list of lists, equal ones together. */
export function rankingOf(round, options, figures) {
  const score = option => (LIVE[round.display] ? LIVE[round.display](figures[option.id] || {}) : valueOf(round, figures[option.id]));
  const levels = new Map();
  for (const option of options.filter(one => one.status !== "withdrawn")) levels.set(score(option), [...(levels.get(score(option)) || []), option.id]);
  return [...levels.keys()].sort((one, other) => other - one).map(key => levels.get(key));
}

/** The ids that a result puts first where that is no matter of the first place: chosen, passed, funded; null where it is. */
function winners(round, details) {
  if (round.display === "motions") return Object.keys(details.motions || {}).filter(id => details.motions[id].passed);
  if (round.display === "consent") return details.passed || [];
  if (round.display === "funded") return (details.funded || []).map(one => one.option);
  return details.elected || null;
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
  const chosen = winners(round, detailsOf(room, round));
  const row = (option, more) => ({ id: option.id, number: option.number, title: option.title, theme: option.theme, mine: option.mine,
    value: valueOf(round, (figures || {})[option.id]), figures: (figures || {})[option.id] || {}, ...more });
  const rows = [];
  for (const tied of ranking) {
    const known = tied.filter(id => byId.has(id)).sort((one, other) => number(one) - number(other));
    const rank = rows.length + 1;
    const apart = APART.has(round.display);
    for (const id of known) rows.push(row(byId.get(id), { rank, tied: known.length > 1 && !apart && !(chosen && chosen.includes(id)), lead: chosen ? chosen.includes(id) : rank === 1 && any && !apart }));
  }
  const withdrawn = options.filter(option => option.status === "withdrawn");
  return [...rows, ...withdrawn.map(option => row(option, { rank: null, tied: false, lead: false, withdrawn: true }))];
}

/** What a method says beyond its figures; nothing while the round is not counted. */
export function detailsOf(room, round) {
  return (room.row("results", round.id) || {}).details || {};
}

/** The sentence of a tie at the top, with the numbers of those who share it, `short` for a narrow column; "" where one leads. */
export function tieOf({ t }, rows, short = false) {
  const first = rows.filter(row => row.rank === 1 && row.lead && row.tied);
  if (first.length < 2) return "";
  if (first.length > 4) return t(short ? "vote.tie_many_short" : "vote.tie_many", { n: first.length });
  const numbers = first.map(row => row.number);
  return t(short ? "vote.tie_short" : "vote.tie", { numbers: numbers.slice(0, -1).join(", "), last: numbers[numbers.length - 1] });
}

/** What stands behind a number: voters of dots, the share of the ballots. */
export function noteOf(room, round, row) {
  const { t } = room;
  if (row.withdrawn) return t("vote.withdrawn");
  if (round.shape === "points") return t(isWeighted(room, round) ? "vote.voters_weight" : "vote.voters", { n: row.figures.voters || 0 });
  return round.shape === "choices" ? shareOf(room, round, row) : "";
}

/** Of what the votes of a choice are a share: the valid ballots or their weights, or the ballots so far; nought of a roll before the count. */
export function baseOf(room, round) {
  const result = room.row("results", round.id);
  if (result) return result.base.weight || result.base.valid;
  return round.roll === "frozen" ? 0 : (room.row("turnout", round.id) || {}).cast || 0;
}

/** Whether ballots were counted by weight: then numbers are of votes and not of people. */
const isWeighted = (room, round) => Boolean((room.row("results", round.id) || { base: {} }).base.weight);

const shareOf = (room, round, row) => (baseOf(room, round) ? percent(room, row.value, baseOf(room, round)) : "");

/** How long the longest bar is: all ballots where votes are a share of them, else the largest number. */
export function mostOf(room, round, rows) {
  const largest = Math.max(1, ...rows.map(row => row.value));
  return round.shape === "choices" && round.display === "bars" ? Math.max(largest, baseOf(room, round)) : largest;
}

/**
 * The rows of a result as a list, drawn as the method's display says; `decorate(row)` may add `note` or `hidden`. On phones
 * (`compact`) all that belongs to a counted result follows below.
 */
export function ResultList({ room, round, rows, label, compact = false, most, decorate = row => row }) {
  style("displays");
  const result = room.row("results", round.id);
  const details = detailsOf(room, round);
  const own = PARTS[round.display];
  const shown = rows.map(row => decorate({ note: noteOf(room, round, row), ...row }));
  const props = { room, round, details, label, compact, rows: shown, most: most || mostOf(room, round, rows) };
  const drawn = own && (result || !NEEDS_DETAILS.has(round.display));
  const bars = () => html`<${Bars} rows=${shown.map(row => ({ ...row, shown: written(room, row.value) }))} most=${props.most} label=${label} compact=${compact} />`;
  return html`${drawn ? html`<${own.rows} ...${props} />` : bars()}${compact && result && html`<${More} room=${room} round=${round} rows=${rows} result=${result} />`}`;
}

/** What a display shows beside its rows (a matrix, a map, reasons); `page` is the projector's page of it. */
export function ResultBeside({ room, round, rows, page = null }) {
  const own = PARTS[round.display];
  return own && room.row("results", round.id) ? html`<${own.beside} room=${room} round=${round} rows=${rows} details=${detailsOf(room, round)} page=${page} />` : null;
}

/** Statements: who agrees, passes and disagrees, what unites and what divides, and the map of opinions where enough people made one. */

import { html } from "../vendor/ui.js";
import { OptionName, Row, RowList, Strip } from "./display_row.js";
import { percent } from "./result_numbers.js";
import { consensusPages } from "./results_pages.js";

const LISTED = 5;
const FAR = 3;

/** One row for each statement. */
export function Rows({ room, label, compact, rows }) {
  const { t } = room;
  return html`<${RowList} label=${label} compact=${compact} kind="consensus">${rows.map(row => {
    const { agree = 0, disagree = 0, pass = 0 } = row.figures;
    const all = agree + disagree + pass;
    return html`<${Row} key=${row.id} row=${row} side=${all ? percent(room, agree, all) : "–"} words=${t("vote.parts", { agree, disagree, pass })}
      picture=${html`<${Strip} parts=${[["agree", agree], ["pass", pass], ["disagree", disagree]]} whole=${all} />`} />`;
  })}<//>`;
}

function shares(room, one) {
  return one.shares.map((share, index) => room.t("vote.opinion.share", { letter: letter(index), share: percent(room, share, 1) })).join(" · ");
}

const letter = index => String.fromCharCode(65 + index);

function List({ room, rows, head, said, far }) {
  const Head = far ? "h2" : "h3";
  const most = far ? FAR : LISTED;
  const byId = new Map(rows.map(row => [row.id, row]));
  const shown = said.filter(one => byId.has(one.option)).slice(0, most);
  if (!shown.length) return null;
  return html`<section><${Head}>${head}<//><ul class="d-names">${shown.map(one => html`<li key=${one.option}><${OptionName} row=${byId.get(one.option)} /><span class="d-words">${one.stance === "disagree" ? `${room.t("vote.stance.disagree")} · ` : ""}${one.shares ? shares(room, one) : parts(room, byId.get(one.option))}</span></li>`)}</ul></section>`;
}

const parts = ({ t }, row) => t("vote.parts", { agree: 0, disagree: 0, pass: 0, ...row.figures });

/** What unites (or divides): between the groups of the map where there is one, else among all. */
export function saidOf(details, kind) {
  if (details.map) return details.map[kind];
  return (details[kind === "unites" ? "agreed" : "divides"] || []).flat().map(option => ({ option }));
}

const MARKS = ["circle", "square", "diamond", "triangle", "cross"];

function Point({ kind, x, y }) {
  if (kind === "circle") return html`<circle cx=${x} cy=${y} r="4" />`;
  const paths = { square: `M${x - 3.5} ${y - 3.5}h7v7h-7z`, diamond: `M${x} ${y - 5}l5 5-5 5-5-5z`, triangle: `M${x} ${y - 5}l5 8.500h-10z`, cross: `M${x - 4} ${y - 1.5}h2.500v-2.500h3v2.500h2.500v3h-2.500v2.500h-3v-2.500h-2.500z` };
  return html`<path d=${paths[kind]} />`;
}

/** The map: one mark for each participant, by group; nobody is named. */
export function OpinionMap({ room, map }) {
  const xs = map.points.map(point => point[0]);
  const ys = map.points.map(point => point[1]);
  const scale = (value, all, size) => 14 + ((value - Math.min(...all)) / (Math.max(...all) - Math.min(...all) || 1)) * (size - 28);
  const middle = group => {
    const own = map.points.filter(point => point[2] === group);
    const mean = index => own.reduce((sum, point) => sum + point[index], 0) / (own.length || 1);
    return [scale(mean(0), xs, 400), scale(mean(1), ys, 300)];
  };
  return html`<svg class="d-scatter" viewBox="0 0 400 300" role="img" aria-label=${room.t("vote.opinion.map", { n: map.people, groups: map.groups.length })}><rect class="all" width="400" height="300" rx="6" />
    ${map.points.map(([x, y, group], index) => html`<g key=${index} class=${`d-group o${group}`}><${Point} kind=${MARKS[group]} x=${scale(x, xs, 400)} y=${scale(y, ys, 300)} /></g>`)}
    ${map.groups.map((_, group) => html`<g key=${group} class="d-letter"><circle cx=${middle(group)[0]} cy=${middle(group)[1]} r="12" /><text x=${middle(group)[0]} y=${middle(group)[1] + 5} text-anchor="middle">${letter(group)}</text></g>`)}</svg>`;
}

function Groups({ room, map, rows, far }) {
  const { t } = room;
  const byId = new Map(rows.map(row => [row.id, row]));
  const Head = far ? "h3" : "h4";
  return html`<ol class="d-groups">${map.groups.map((group, index) => html`<li key=${index}><${Head}><span class="d-key">${letter(index)}</span> ${t("vote.opinion.group", { n: group.size })}<//>
    <ul class="d-names">${group.says.filter(one => byId.has(one.option)).slice(0, far ? 1 : LISTED).map(one => html`<li key=${one.option}><${OptionName} row=${byId.get(one.option)} /><span class="d-words">${t(`vote.opinion.said_${one.stance}`, { n: one.n, of: one.of })}</span></li>`)}</ul></li>`)}</ol>`;
}

function OnMap({ room, details, rows, far }) {
  const Head = far ? "h2" : "h3";
  return html`<section class="d-opinions"><${Head}>${room.t("vote.opinion.title")}<//><div class="d-two"><${OpinionMap} room=${room} map=${details.map} /><${Groups} room=${room} map=${details.map} rows=${rows} far=${far} /></div>
    ${!far && html`<p class="small muted">${room.t("vote.opinion.note")}</p>`}</section>`;
}

/** What unites, what divides, and the map; on the projector one of them. */
export function Beside({ room, details, rows, page }) {
  const { t } = room;
  const known = consensusPages(details);
  const shown = page === null ? known : [known[page]];
  const far = page !== null;
  const part = {
    unites: () => html`<${List} room=${room} rows=${rows} head=${t("vote.opinion.unites")} said=${saidOf(details, "unites")} far=${far} />`,
    divides: () => html`<${List} room=${room} rows=${rows} head=${t("vote.opinion.divides")} said=${saidOf(details, "divides")} far=${far} />`,
    map: () => html`<${OnMap} room=${room} details=${details} rows=${rows} far=${far} />`,
  };
  return html`<div class=${`d-consensus-more${far ? " far" : ""}`}>${shown.filter(Boolean).map(name => part[name]())}</div>`;
}

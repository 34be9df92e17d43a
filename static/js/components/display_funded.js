/** A budget: what is funded at which price, why the rest is not, what the simple count would have funded, and how content people are. */

import { html } from "../vendor/ui.js";
import { Mark, OptionName, Row, RowList, Strip } from "./display_row.js";
import { written } from "./result_numbers.js";

function said(room, round, funded, row) {
  const { t } = room;
  const n = row.figures.supporters || 0;
  const cost = funded ? funded.cost : ((round.settings || {}).costs || {})[row.id];
  if (!funded) return cost === undefined ? t("vote.fund.supporters", { n }) : t("vote.fund.wanted", { n, cost: written(room, cost) });
  if (funded.price === null) return t("vote.fund.rest", { n, cost: written(room, cost) });
  return t("vote.fund.price", { n, cost: written(room, cost), price: written(room, funded.price) });
}

/** One row for each option, the funded ones first. */
export function Rows({ room, round, details, label, compact, rows, most }) {
  const { t } = room;
  const funded = new Map((details.funded || []).map(one => [one.option, one]));
  return html`<${RowList} label=${label} compact=${compact} kind="funded">${rows.map(row => html`<${Row} key=${row.id} row=${row} side=${row.figures.supporters || 0} words=${said(room, round, funded.get(row.id), row)}
      mark=${html`<${Mark} ok=${row.lead}>${t(row.lead ? "vote.fund.funded" : "vote.fund.not_funded")}<//>`}
      picture=${html`<${Strip} parts=${[["part", row.figures.supporters || 0]]} whole=${most} />`}>${!row.lead && (details.not_funded || {})[row.id] && room.kind !== "projector" && html`<p class="d-why">${details.not_funded[row.id]}</p>`}<//>`)}<//>`;
}

/** "12 people got 2 of their wishes": one bar for each number of wishes. */
function Content({ room, satisfaction }) {
  const { t } = room;
  const most = Math.max(1, ...satisfaction);
  return html`<ul class="d-content">${satisfaction.map((people, n) => html`<li key=${n}><span>${t("vote.fund.got", { n })}</span><span class="d-pic" aria-hidden="true"><${Strip} parts=${[["part", people]]} whole=${most} /></span><span class="num">${people}</span></li>`)}</ul>`;
}

/** The money, the greedy count beside it, and how many wishes came true. */
export function Beside({ room, details, rows, page }) {
  const { t } = room;
  const Head = page === null ? "h3" : "h2";
  const { money = 0, spent = 0, left = 0, greedy = null, satisfaction = [] } = details;
  const byId = new Map(rows.map(row => [row.id, row]));
  const mine = new Set((details.funded || []).map(one => one.option));
  const same = greedy && greedy.funded.length === mine.size && greedy.funded.every(id => mine.has(id));
  return html`<div class="d-money"><section><${Head}>${t("vote.fund.money")}<//><span class="d-pic" aria-hidden="true"><${Strip} parts=${[["lead", spent]]} whole=${money} /></span>
      <p>${t("vote.fund.spent", { spent: written(room, spent), money: written(room, money), left: written(room, left) })}</p></section>
    ${greedy && html`<section><${Head}>${t("vote.fund.greedy")}<//>${same ? html`<p>${t("vote.fund.greedy_same")}</p>` : html`<ul class="d-names">${greedy.funded.map(id => byId.get(id)).filter(Boolean).map(row => html`<li key=${row.id}><${OptionName} row=${row} /></li>`)}</ul>`}</section>`}
    <section><${Head}>${t("vote.fund.content")}<//><${Content} room=${room} satisfaction=${satisfaction} /></section></div>`;
}

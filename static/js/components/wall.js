/** The wall: cards by pages and groups for the projector; every card can be reached, number first, three lines each. */
import { html } from "../vendor/ui.js";

/** Cards on a page without groups: three columns of four; cards in a column of a group; columns on a page. */
export const CARDS = 12;
export const DEEP = 4;
export const COLUMNS = 3;

/** Columns {group, cards, part, parts}: a long group goes on in the next column; loose cards come last, without a group. */
export function columnsOf({ groups, loose }) {
  const columns = [];
  const cut = (group, cards) => {
    const parts = Math.max(1, Math.ceil(cards.length / DEEP));
    for (let part = 0; part < parts; part += 1) columns.push({ group, cards: cards.slice(part * DEEP, (part + 1) * DEEP), part: part + 1, parts, count: cards.length });
  };
  for (const { group, cards } of groups) cut(group, cards);
  if (loose.length) cut(null, loose);
  return columns;
}

/** How many pages a wall has. */
export function wallPages({ groups, loose }) {
  if (!groups.length) return Math.max(1, Math.ceil(loose.length / CARDS));
  return Math.max(1, Math.ceil(columnsOf({ groups, loose }).length / COLUMNS));
}

function Card({ card }) {
  return html`<li class="w-card"><span class="num">${card.number}</span><span class="say" dir="auto">${card.title}</span></li>`;
}

function Column({ column, t }) {
  const title = column.group ? column.group.title : t("screen.ungrouped");
  return html`<section class=${`w-column${column.group ? "" : " loose"}`}>
    <h2><span class="w-title" dir="auto">${column.group && html`<span class="num">${column.group.number}</span>`}${title}</span>
      <span class="num w-count">${column.parts > 1 ? t("screen.part", { part: column.part, parts: column.parts }) : column.count}</span></h2>
    <ul>${column.cards.map((card) => html`<${Card} key=${card.id} card=${card} />`)}</ul>
  </section>`;
}

/** One page of {groups, loose}; `page` counts from 0 and is brought into range. `empty` is said when there is nothing. */
export function Wall({ t, groups = [], loose = [], page = 0, empty }) {
  const pages = wallPages({ groups, loose });
  const here = Math.max(0, Math.min(page, pages - 1));
  if (!groups.length && !loose.length) return html`<p class="s-note">${empty}</p>`;
  const shown = columnsOf({ groups, loose }).slice(here * COLUMNS, (here + 1) * COLUMNS);
  const full = shown.some((column) => column.cards.length === DEEP);
  const body = groups.length
    ? html`<div class=${`w-columns${full ? " full" : ""}`}>${shown.map((column) => html`<${Column} key=${`${column.group ? column.group.id : ""}${column.part}`} column=${column} t=${t} />`)}</div>`
    : html`<ul class="w-grid">${loose.slice(here * CARDS, (here + 1) * CARDS).map((card) => html`<${Card} key=${card.id} card=${card} />`)}</ul>`;
  return html`<div class="wall">${body}${pages > 1 && html`<p class="w-pages num" aria-label=${t("screen.page", { n: here + 1, of: pages })}>${here + 1} / ${pages}</p>`}</div>`;
}

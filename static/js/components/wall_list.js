/** All ideas of the room as a list on the phone, by groups where there are any. */

import { html } from "../vendor/ui.js";
import { cardsOf } from "./cards.js";

function Card({ t, idea }) {
  return html`<li class=${`note card-row${idea.mine ? " own" : ""}`}><span class="tag">${idea.number}</span>
    <div class="grow"><p class="say" dir="auto">${idea.text}</p>
      ${(idea.author || idea.mine) && html`<p class="small muted" dir="auto">${idea.mine ? t("idea.yours") : idea.author}</p>`}</div></li>`;
}

function List({ t, ideas }) {
  return html`<ul class="notes long">${ideas.map(idea => html`<${Card} key=${idea.id} t=${t} idea=${idea} />`)}</ul>`;
}

/** The shown ideas of a collect, grouped as the room grouped them; people's own marked. */
export function Wall({ room, activity }) {
  const { t } = room;
  const ideas = cardsOf(room, activity);
  const groups = room.rows("groups").filter(group => ideas.some(idea => idea.group === group.id));
  const known = new Set(groups.map(group => group.id));
  const loose = ideas.filter(idea => !known.has(idea.group));
  return html`<section aria-labelledby="wall-head">
    <h2 class="head" id="wall-head">${t("phone.ideas.all", { n: ideas.length })}</h2>
    ${groups.map(group => html`<div class="group" key=${group.id}><h3 class="q" dir="auto"><span class="tag">${group.number}</span> ${group.title}</h3>
      <${List} t=${t} ideas=${ideas.filter(idea => idea.group === group.id)} /></div>`)}
    ${groups.length && loose.length ? html`<h3 class="head">${t("phone.ideas.loose")}</h3>` : null}
    <${List} t=${t} ideas=${loose} />
  </section>`;
}

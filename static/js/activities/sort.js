/** Sort: cards are grouped, named and merged, or moved to named cells, by the facilitator or by all; its three faces. */
import { sorted } from "../components/cards.js";
import { Done } from "../components/done.js";
import { Icon } from "../components/icons.js";
import { Question } from "../components/question.js";
import { similar } from "../components/similar.js";
import { GroupAs, Sorted, useSorting } from "../components/sorting.js";
import { style } from "../components/style.js";
import { Wall } from "../components/wall.js";
import { uuid } from "../core/uuid.js";
import { html, useMemo, useState } from "../vendor/ui.js";

style("board");

const open = (activity) => activity.status === "running" || activity.status === "paused";
const everybody = (activity) => (activity.settings || {}).by === "all";
const cardsIn = (parts) => parts.groups.reduce((cards, part) => cards.concat(part.cards), []).concat(parts.loose);

function Phone({ room, activity }) {
  const { t } = room;
  const parts = sorted(room, activity);
  const state = useSorting(room, activity, cardsIn(parts));
  const may = everybody(activity) && activity.status === "running";
  return html`<main class="main sorting" id="main"><${Question} activity=${activity} />
      <p class="lead-in">${may ? t("group.by_all") : everybody(activity) ? t("phone.step_closed") : t("group.by_facilitator")}</p>
      <h2 class="sr">${t("group.count", { n: parts.groups.length })}</h2>
      <${Sorted} room=${room} parts=${parts} may=${may} state=${state} /></main>
    <section class="dock" aria-label=${t("phone.dock")}>
      ${may && state.picked.length > 0
        ? html`<${GroupAs} room=${room} groups=${parts.groups.map((part) => part.group)} picked=${state.picked} send=${state.send} clear=${state.clear} />`
        : html`<${Done} room=${room} activity=${activity} />`}</section>`;
}

/** Two cards that may say the same: one press groups them, another keeps both; one pair at a time. */
function Duplicate({ room, activity, loose }) {
  const { t } = room;
  const [kept, keep] = useState(() => new Set());
  const pairs = useMemo(() => similar(loose), [loose.map((card) => card.id + card.text.length).join()]);
  const pair = pairs.find(([one, other]) => !kept.has(one.id + other.id));
  if (!pair) return null;
  const [one, other] = pair;
  const group = () => room.send("groups.make", { group: uuid(), activity: activity.id, title: one.title.slice(0, 60), ideas: [one.id, other.id] });
  return html`<section class="duplicate" aria-labelledby="duplicate"><div class="row between"><h3 id="duplicate">${t("group.duplicate")}</h3>
      <span class="row"><button class="btn sm" type="button" onClick=${group}>${t("group.together")}</button>
        <button class="btn sm ghost" type="button" onClick=${() => keep(new Set(kept).add(one.id + other.id))}>${t("group.keep_both")}</button></span></div>
    ${[one, other].map((card) => html`<p key=${card.id} class="say" dir="auto"><span class="tag">${card.number}</span> ${card.text}</p>`)}</section>`;
}

function Console({ room, activity }) {
  const { t } = room;
  const [search, find] = useState("");
  const parts = sorted(room, activity);
  const cards = cardsIn(parts);
  const state = useSorting(room, activity, cards);
  const may = activity.status !== "planned";
  return html`<section class="card sorting" aria-labelledby="sorting">
    <div class="row between sort-head"><h2 id="sorting">${t("group.count", { n: parts.groups.length })} <span class="muted small of">${t("group.loose", { n: parts.loose.length, total: cards.length })}</span></h2>
      <label class="finder"><${Icon} name="search" size=${16} /><span class="sr">${t("group.search")}</span><input class="input sm" type="search" placeholder=${t("group.search")} onInput=${(event) => find(event.target.value)} /></label></div>
    ${may && (state.picked.length > 0
      ? html`<${GroupAs} room=${room} groups=${parts.groups.map((part) => part.group)} picked=${state.picked} send=${state.send} clear=${state.clear} />`
      : cards.length > 0 && html`<p class="small muted hint">${open(activity) ? t("group.how") : t("group.how_closed")}</p>`)}
    ${may && !state.picked.length && html`<${Duplicate} room=${room} activity=${activity} loose=${parts.loose} />`}
    <${Sorted} room=${room} parts=${parts} may=${may} state=${state} search=${search} /></section>`;
}

function Projector({ room, activity }) {
  const { groups, loose } = sorted(room, activity);
  return html`<${Wall} t=${room.t} groups=${groups} loose=${loose} page=${(room.event.screen || {}).page || 0} empty=${room.t("group.nothing")} />`;
}

export const faces = { phone: Phone, console: Console, projector: Projector };

/** Before the next vote opens: what the server warns of, and cards that may say the same while they can still be sorted out. */
import { Icon } from "../../components/icons.js";
import { similar } from "../../components/similar.js";
import { html, useMemo, useState } from "../../vendor/ui.js";
import { nextOf } from "./desk.js";

const MAKERS = new Set(["collect", "sort", "vote"]);

/** The collect whose cards come into a vote as they are, or null: a sort between them offers duplicates itself. */
function written(room, vote) {
  const { from } = (vote.settings || {}).input || { from: "previous" };
  const before = room.rows("activities").filter((one) => MAKERS.has(one.type) && one.status !== "skipped" && one.position < vote.position);
  const source = from === "previous" ? before[before.length - 1] : room.row("activities", from);
  return source && source.type === "collect" ? source : null;
}

/** The sentences of the server about an activity that was not opened yet, as soon as anybody is there whom they concern. */
export function Warnings({ room, activity }) {
  return (room.event.people ? activity.warnings || [] : []).map((sentence) => html`<p key=${sentence} class="ahead-warning"><${Icon} name="warn" size=${18} /><span>${sentence}</span></p>`);
}

/** Two cards that may say the same: one can be hidden, or both stay; one pair at a time. */
function Pair({ desk, source }) {
  const { room, act } = desk;
  const { t } = room;
  const [kept, keep] = useState(() => new Set());
  const cards = room.rows("ideas").filter((idea) => idea.activity === source.id && idea.status === "shown");
  const pairs = useMemo(() => similar(cards), [cards.map((card) => card.id + card.text.length).join()]);
  const pair = pairs.find(([one, other]) => !kept.has(one.id + other.id));
  if (!pair) return null;
  return html`<div class="duplicate"><div class="row between"><h3>${t("group.duplicate")}</h3>
      <button class="btn sm ghost" type="button" onClick=${() => keep(new Set(kept).add(pair[0].id + pair[1].id))}>${t("group.keep_both")}</button></div>
    ${pair.map((card) => html`<div key=${card.id} class="row between"><p class="say" dir="auto"><span class="tag">${card.number}</span> ${card.text}</p>
      <button class="btn sm" type="button" onClick=${() => act("ideas.hide", { idea: card.id, reason: t("console.hide_same") })}>${t("console.hide_card", { number: card.number })}</button></div>`)}</div>`;
}

/** The card about the next step, where it is a vote and there is something to know before it opens. */
export function Ahead({ desk }) {
  const { room } = desk;
  const vote = nextOf(room);
  if (!vote || vote.type !== "vote" || room.event.status === "ended") return null;
  const current = room.current;
  const source = written(room, vote);
  const settled = source && source.status === "closed" && !(current && current.type === "vote" && current.status !== "closed");
  return html`<section class="ahead" aria-label=${room.t("console.before_opens", { title: vote.title })}>
    <${Warnings} room=${room} activity=${vote} />${settled && html`<${Pair} desk=${desk} source=${source} />`}</section>`;
}

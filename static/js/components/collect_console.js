/** Collecting ideas on the console: every card with its number, the trays for late and waiting ones, hide and show. */

import { html, useState } from "../vendor/ui.js";
import { cardsOpen } from "./cards.js";
import { Dialog, Menu } from "./dialog.js";
import { Icon } from "./icons.js";
import { style } from "./style.js";

style("vote");

/** Why a card is hidden, as an answer to its author. */
function Reason({ room, idea, close }) {
  const { t } = room;
  const [reason, setReason] = useState("");
  const hide = () => {
    room.send("ideas.hide", { idea: idea.id, reason: reason.trim() });
    close();
  };
  const actions = html`<button class="btn" type="button" onClick=${close}>${t("app.cancel")}</button><button class="btn primary" type="button" onClick=${hide}>${t("idea.hide")}</button>`;
  return html`<${Dialog} t=${t} title=${t("idea.hide_title", { number: idea.number })} close=${close} actions=${actions}>
    <p class="say" dir="auto">${idea.text}</p>
    <div class="field"><label for="hide-reason">${t("idea.hide_reason")}</label>
      <input class="input" id="hide-reason" data-first maxlength="200" value=${reason} onInput=${event => setReason(event.target.value)} /></div><//>`;
}

function Actions({ room, idea, ask }) {
  const { t } = room;
  const { spotlight } = room.event.screen || {};
  const lit = spotlight && spotlight.id === idea.id;
  if (idea.status === "hidden") return html`<button class="btn sm" type="button" onClick=${() => room.send("ideas.show", { idea: idea.id })}>${t("idea.show")}</button>`;
  const light = () => room.send("events.screen", { spotlight: lit ? null : { collection: "ideas", id: idea.id } });
  return html`<button class="btn sm ghost" type="button" aria-label=${t("idea.hide_label", { number: idea.number })} onClick=${() => room.send("ideas.hide", { idea: idea.id })}>${t("idea.hide")}</button>
    <${Menu} label=${t("idea.more_label", { number: idea.number })} kind="btn sm ghost icon">
      <button type="button" onClick=${light}>${lit ? t("idea.spotlight_off") : t("idea.spotlight")}</button>
      <button type="button" onClick=${ask}>${t("idea.hide_why")}</button><//>`;
}

function Card({ room, idea }) {
  const { t } = room;
  const [asking, setAsking] = useState(false);
  const challenge = room.row("challenges", idea.challenge);
  const facts = [idea.author, challenge && challenge.title, idea.publish === false && t("idea.private_mark"), idea.status === "hidden" && (idea.reason ? t("idea.hidden_because", { reason: idea.reason }) : t("idea.standing.hidden"))];
  return html`<li class=${`c-card${idea.status === "hidden" ? " dim" : ""}`}><span class="num">${idea.number}</span>
    <div class="grow"><p class="say" dir="auto">${idea.text}</p>${facts.some(Boolean) && html`<p class="small muted">${facts.filter(Boolean).join(" · ")}</p>`}</div>
    <div class="row"><${Actions} room=${room} idea=${idea} ask=${() => setAsking(true)} /></div>
    ${asking && html`<${Reason} room=${room} idea=${idea} close=${() => setAsking(false)} />`}</li>`;
}

/** Ideas that a facilitator has to decide about: one by one, or all with one press. */
function Tray({ room, activity, ideas, title, verb, only }) {
  const { t } = room;
  if (!ideas.length) return null;
  // The command for all takes from both trays, so it is used where the other one is empty.
  const takeAll = () => (only ? room.send("ideas.take_all", { activity: activity.id }) : ideas.forEach(idea => room.send("ideas.take", { idea: idea.id })));
  return html`<section class="c-tray" aria-label=${title}>
    <div class="row between"><p><b>${title}</b></p><button class="btn sm primary" type="button" onClick=${takeAll}>${t("idea.take_all", { n: ideas.length })}</button></div>
    <ul>${ideas.map(idea => html`<li class="c-card" key=${idea.id}><span class="num">${idea.number}</span><p class="say grow" dir="auto">${idea.text}</p>
      <div class="row"><button class="btn sm" type="button" aria-label=${t("idea.take_label", { number: idea.number })} onClick=${() => room.send("ideas.take", { idea: idea.id })}>${verb}</button>
        <button class="btn sm ghost" type="button" aria-label=${t("idea.hide_label", { number: idea.number })} onClick=${() => room.send("ideas.hide", { idea: idea.id })}>${t("idea.hide")}</button></div></li>`)}</ul>
  </section>`;
}

/** The console's face. */
export function CollectConsole({ room, activity }) {
  const { t } = room;
  const all = room.rows("ideas").filter(idea => idea.activity === activity.id && idea.status !== "withdrawn");
  const late = all.filter(idea => idea.status === "late");
  const held = all.filter(idea => idea.status === "held");
  const cards = all.filter(idea => idea.status === "shown" || idea.status === "hidden").reverse();
  const open = cardsOpen(activity);
  return html`<section class="card c-ideas" aria-labelledby="c-ideas-head">
    <div class="row between hd"><h2 id="c-ideas-head">${t("idea.count", { n: cards.filter(idea => idea.status === "shown").length })}</h2>
      <span class="chip"><${Icon} name=${open ? "eye" : "hidden"} size=${16} />${open ? t("idea.room_sees") : t("console.private")}</span></div>
    <${Tray} room=${room} activity=${activity} ideas=${late} only=${!held.length} title=${t("idea.late_tray")} verb=${t("idea.take")} />
    <${Tray} room=${room} activity=${activity} ideas=${held} only=${!late.length} title=${t("idea.held_tray")} verb=${t("idea.approve")} />
    ${cards.length ? html`<ul class="c-cards">${cards.map(idea => html`<${Card} key=${idea.id} room=${room} idea=${idea} />`)}</ul>` : html`<p class="say empty">${t("idea.none_yet")}</p>`}
  </section>`;
}

/** The people at the right: everybody with state, who waits at the door, what needs a decision, and search. */
import { memo } from "../../components/memo.js";
import { Icon } from "../../components/icons.js";
import { called, initials } from "../../components/people.js";
import { html, useState } from "../../vendor/ui.js";
import { crowdOf } from "../projector/scene.js";
import { crowd, stateOf, useMarks, waiting, wordOf } from "./states.js";

const LEGEND = ["done", "in", "wait", "plain", "off", "away"];

const Face = memo(function Face({ name, number, state, label, open, id, covered }) {
  return html`<li><button type="button" class=${`av person-${state}`} aria-label=${label} title=${label} onClick=${() => open(id)}><span aria-hidden="true">${covered ? "" : initials(name, number)}</span></button></li>`;
});

const Row = memo(function Row({ name, number, state, label, word, open, id }) {
  return html`<li><button type="button" class="person-row" onClick=${() => open(id)}><span class=${`av person-${state}`} aria-hidden="true">${initials(name, number)}</span>
    <b class="grow" dir="auto">${label}</b><span class="small muted">${word}</span></button></li>`;
});

function Head({ desk, people, marks }) {
  const { room } = desk;
  const { t } = room;
  const activity = room.current;
  const count = t("console.people", { n: people.length });
  if (!activity || activity.status === "closed") return html`<h2>${count}</h2>`;
  const { filled, kind } = crowdOf(room, activity);
  const turnout = room.turnout(activity) || {};
  return html`<h2>${t(`console.people.${kind}`, { people: count, n: filled })}</h2>
    ${kind !== "done" && turnout.done > 0 && html`<p class="small muted">${t("console.people_done", { n: turnout.done })}</p>`}
    ${!marks.told && html`<p class="small muted">${t("console.counts_only")}</p>`}`;
}

function Door({ desk }) {
  const { room, act } = desk;
  const { t } = room;
  const people = waiting(room);
  if (!people.length) return null;
  const all = () => people.forEach((member) => act("members.admit", { member: member.id }));
  return html`<section class="ask" aria-labelledby="door-title"><div class="row between"><h2 id="door-title">${t("console.at_the_door", { n: people.length })}</h2>
      ${people.length > 1 && html`<button class="btn sm" type="button" onClick=${all}>${t("console.admit_all")}</button>`}</div>
    <ul>${people.slice(0, 20).map((member) => html`<li key=${member.id} class="row"><b class="grow" dir="auto">${called(t, member)}</b>
      <button class="btn sm" type="button" onClick=${() => act("members.admit", { member: member.id })}>${t("console.admit")}</button>
      <button class="btn sm ghost" type="button" onClick=${() => act("members.remove", { member: member.id })}>${t("console.send_away")}</button></li>`)}</ul></section>`;
}

/** Cards that wait for a decision, in any step: late ones and those that wait for approval. */
function Trays({ desk }) {
  const { room, act } = desk;
  const { t } = room;
  const waits = room.rows("ideas").filter((idea) => idea.status === "late" || idea.status === "held");
  if (!waits.length) return null;
  const byStep = new Map();
  for (const idea of waits) byStep.set(idea.activity, (byStep.get(idea.activity) || 0) + 1);
  return html`<section class="ask" aria-labelledby="tray-title"><h2 id="tray-title">${t("console.need_you", { n: waits.length })}</h2>
    <ul>${[...byStep].map(([id, n]) => html`<li key=${id} class="row"><span class="grow small">${t("console.cards_wait", { n, title: (room.row("activities", id) || {}).title || "" })}</span>
      <button class="btn sm" type="button" onClick=${() => act("ideas.take_all", { activity: id })}>${t("console.take_cards")}</button></li>`)}</ul></section>`;
}

function Found({ desk, people, marks, search, open }) {
  const { t } = desk.room;
  const wanted = search.trim().toLocaleLowerCase();
  const found = people.filter((member) => `${member.number} ${member.name || ""}`.toLocaleLowerCase().includes(wanted)).slice(0, 40);
  if (!found.length) return html`<p class="small muted">${t("console.nobody_found")}</p>`;
  return html`<ul class="found">${found.map((member) => {
    const state = stateOf(desk, marks, member);
    return html`<${Row} key=${member.id} id=${member.id} name=${member.name} number=${member.number} label=${called(t, member)} state=${state} word=${wordOf(t, state, desk.room.current)} open=${open} />`;
  })}</ul>`;
}

function Legend({ desk, states }) {
  const { t } = desk.room;
  const shown = LEGEND.filter((state) => states.has(state));
  return html`<p class="key">${shown.map((state) => html`<span key=${state}><i class=${`person-${state}`}></i>${wordOf(t, state, desk.room.current)}</span>`)}</p>`;
}

function Grid({ desk, people, marks, open }) {
  const { t } = desk.room;
  const covered = desk.covered.value;
  const states = new Set();
  const faces = people.map((member) => {
    const state = stateOf(desk, marks, member);
    states.add(state);
    const label = covered ? t("app.person", { number: member.number }) : t("console.person_state", { name: called(t, member), state: wordOf(t, state, desk.room.current) });
    return html`<${Face} key=${member.id} id=${member.id} name=${member.name} number=${member.number} state=${state} label=${label} open=${open} covered=${covered} />`;
  });
  return html`<ul class="ppl">${faces}</ul><${Legend} desk=${desk} states=${states} />`;
}

/** The panel. */
export function People({ desk }) {
  const { room } = desk;
  const { t } = room;
  const [search, find] = useState("");
  const people = crowd(room);
  const marks = useMarks(room);
  const open = desk.openPerson;
  return html`<aside class="pp" id="people" tabindex="-1" aria-label=${t("console.people_panel")}>
    <${Door} desk=${desk} /><${Trays} desk=${desk} />
    <section><div class="row between"><div><${Head} desk=${desk} people=${people} marks=${marks} /></div>
        ${room.event.seating === "list" && html`<button class="btn sm" type="button" onClick=${() => desk.open("seats")}>${t("console.seats")}</button>`}</div>
      <label class="finder"><${Icon} name="search" size=${16} /><span class="sr">${t("console.search_people")}</span>
        <input class="input sm" id="find-person" type="search" placeholder=${t("console.search_people")} aria-keyshortcuts="/" autocomplete="off" onInput=${(event) => find(event.target.value)} /></label>
      ${!people.length ? html`<p class="say empty">${t("console.nobody")}</p>` : search.trim()
        ? html`<${Found} desk=${desk} people=${people} marks=${marks} search=${search} open=${open} />`
        : html`<${Grid} desk=${desk} people=${people} marks=${marks} open=${open} />`}</section>
  </aside>`;
}

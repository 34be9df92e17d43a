/** The board on the console: people who need a team, columns of challenges, team cards; place, move, suggest, lock. */
import { html, useState } from "../vendor/ui.js";
import { ChallengeHead, TeamCard, columnClass, columnsOf, freeSeats, lacking, neediest, proposed, unplaced } from "./board.js";
import { AddChallenge, ChallengeMenu, EditChallenge, NewTeam, TeamMenu } from "./board_forms.js";
import { Confirm, Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { Key, useKeys } from "./keys.js";
import { Avatar, called } from "./people.js";

function MoveTo({ room, person, place, close }) {
  const { t } = room;
  const teams = room.rows("teams").filter((team) => freeSeats(team) > 0 && !team.members.some((one) => one.id === person.id));
  const go = (team) => { place(person, team); close(); };
  return html`<${Dialog} t=${t} title=${t("team.move_title", { name: called(t, person) })} close=${close}>
    ${!teams.length && html`<p>${t("team.no_seat")}</p>`}
    <ul class="choices">${teams.map((team) => html`<li key=${team.id}><button class="btn block-row" type="button" onClick=${() => go(team)}>
      <span class="grow" dir="auto"><span class="tag">${team.number}</span> ${team.title}</span><span class="muted small">${t("team.of", { n: team.members.length, max: team.max })}</span></button></li>`)}</ul><//>`;
}

function Suggest({ room, people, place, close }) {
  const { t } = room;
  const places = proposed(room.rows("teams"), people);
  const act = () => { for (const [person, team] of places) place(person, team); close(); };
  const actions = html`<button class="btn" type="button" onClick=${close}>${t("app.cancel")}</button>
    <button class="btn primary" type="button" data-first disabled=${!places.length} onClick=${act}>${t("team.place_all", { n: places.length })}</button>`;
  return html`<${Dialog} t=${t} title=${t("team.suggest_title")} close=${close} actions=${actions}>
    <p class="muted small">${t("team.suggest_rule")}</p>
    <ul class="suggested">${places.map(([person, team]) => html`<li key=${person.id} class="row"><${Avatar} name=${person.name} number=${person.number} />
      <b dir="auto">${called(t, person)}</b><${Icon} name="arrow" size=${16} /><span dir="auto">${team.title}</span></li>`)}</ul>
    ${places.length < people.length && html`<p>${t("team.left_over", { n: people.length - places.length })}</p>`}<//>`;
}

function Person({ room, person, chosen, choose, place, move }) {
  const { t } = room;
  const best = chosen ? neediest(room.rows("teams").slice()) : null;
  const lack = best ? lacking(best) : 0;
  return html`<li class=${chosen ? "sel" : ""}><button type="button" class="person" aria-pressed=${String(chosen)} onClick=${() => choose(chosen ? null : person.id)}>
      <${Avatar} name=${person.name} number=${person.number} /><b dir="auto">${called(t, person)}</b></button>
    ${chosen && html`<div class="fit">
      <p>${best ? (lack ? t("team.best_lacks", { title: best.title, n: lack }) : t("team.best_smallest", { title: best.title })) : t("team.no_seat")}</p>
      ${best && html`<button class="btn sm primary" type="button" onClick=${() => place(person, best)}>${t("team.place")}</button>`}
      <button class="btn sm" type="button" aria-keyshortcuts="M" onClick=${move}>${t("team.move")} <${Key} name="M" /></button></div>`}
  </li>`;
}

const SOME = 8;

function Side({ room, people, chosen, choose, place, move, suggest }) {
  const { t } = room;
  const [all, show] = useState(false);
  const total = room.event.people || 0;
  const shown = all ? people : people.slice(0, SOME);
  return html`<aside class="side" aria-label=${t("team.without")}>
    <div><h2>${t("team.need_a_team", { n: people.length })}</h2><p class="small muted">${t("team.placed", { n: total - people.length, total })}</p></div>
    <ul>${shown.map((person) => html`<${Person} key=${person.id} room=${room} person=${person} chosen=${person.id === chosen} choose=${choose} place=${place} move=${move} />`)}</ul>
    ${people.length > shown.length && html`<button class="lnk" type="button" onClick=${() => show(true)}>${t("team.show_more", { n: people.length - shown.length })}</button>`}
    ${people.length > 0 && room.rows("teams").length > 0 && html`<div class="sug"><p class="small muted">${t("team.suggest_hint")}</p>
      <button class="btn primary" type="button" onClick=${suggest}>${t("team.suggest", { n: people.length })}</button></div>`}
  </aside>`;
}

function Team({ room, team, person, best, place, act, pick }) {
  const { t } = room;
  const takes = person && freeSeats(team) > 0 && !team.members.some((one) => one.id === person.id);
  const tools = html`<${TeamMenu} room=${room} team=${team} act=${act} pick=${pick} />`;
  return html`<${TeamCard} t=${t} team=${team} kind=${takes && best ? "drop" : ""} most=${6} tools=${tools}>
    ${takes && html`<button class=${`btn sm team-act ${best ? "primary" : "ghost"}`} type="button" aria-label=${t("team.place_in", { name: called(t, person), title: team.title })} onClick=${() => place(person, team)}>${t("team.place_here")}</button>`}<//>`;
}

function Column({ room, column, show, person, best, place, act, pick, edit }) {
  const { t } = room;
  const { challenge } = column;
  const waits = Boolean(challenge) && challenge.status === "proposed";
  const tools = challenge && html`<${ChallengeMenu} t=${t} column=${column} act=${act} edit=${() => edit(challenge)} />`;
  return html`<section class=${columnClass(column)} aria-label=${challenge ? challenge.title : t("challenge.none")}>
    <${ChallengeHead} t=${t} column=${column} tools=${tools}>
      ${waits && html`<div class="row col-act"><button class="btn sm primary" type="button" onClick=${() => act("challenges.set_status", { challenge: challenge.id, status: "approved" })}>${t("challenge.approve")}</button><span class="chip warn">${t("challenge.proposed")}</span></div>`}
      ${challenge && challenge.status === "closed" && html`<p class="col-act"><span class="chip"><${Icon} name="lock" size=${14} />${t("challenge.closed")}</span></p>`}<//>
    ${show === "challenges" && challenge && challenge.problem && html`<p class="say problem" dir="auto">${challenge.problem}</p>`}
    ${column.teams.map((team) => html`<${Team} key=${team.id} room=${room} team=${team} person=${person} best=${best === team.id} place=${place} act=${act} pick=${pick} />`)}
    ${show === "teams" && html`<${NewTeam} room=${room} challenge=${challenge} act=${act} />`}
  </section>`;
}

function Head({ room, columns, show, act, add }) {
  const { t } = room;
  const locked = room.event.teams_locked;
  const [ask, set] = useState(false);
  const sizes = { min: room.event.team_min, max: room.event.team_max };
  return html`<div class="board-head"><div class="grow"><h2>${t("challenge.count", { n: columns.filter((column) => column.challenge).length })}, ${t("team.count", { n: room.rows("teams").length })}</h2>
      <p class="small muted">${t("team.sizes", sizes)}</p></div>
    <button class="btn sm" type="button" onClick=${add}><${Icon} name="add" size=${16} />${t("challenge.add")}</button>
    ${show === "teams" && html`<button class="btn sm" type="button" onClick=${() => (locked ? act("teams.lock", { locked: false }) : set(true))}><${Icon} name="lock" size=${16} />${locked ? t("team.unlock") : t("team.lock")}</button>`}
    ${ask && html`<${Confirm} t=${t} title=${t("team.lock_title")} text=${t("team.lock_text")} verb=${t("team.lock")} close=${() => set(false)} act=${() => act("teams.lock", { locked: true })} />`}</div>`;
}

/** `show` is challenges or teams. */
export function BoardConsole({ room, show }) {
  const { t } = room;
  const [chosen, choose] = useState(null);
  const [open, set] = useState(null);
  const [problem, say] = useState("");
  const columns = columnsOf(room);
  const people = unplaced(room);
  const best = neediest(room.rows("teams").slice());
  const person = chosen ? room.row("members", chosen) : null;
  const act = async (command, words) => {
    say("");
    const answer = await room.send(command, words);
    if (!answer.ok) say(answer.sentence);
    return answer;
  };
  const place = (one, team) => { choose(null); return act("teams.place", { team: team ? team.id : null, member: one.id }); };
  const pick = (one) => { choose(one.id); set({ move: true }); };
  useKeys({ M: () => { if (person) set({ move: true }); } });
  const close = () => set(null);
  return html`<section class=${`board ${show}`}>
    ${show === "teams" && html`<${Side} room=${room} people=${people} chosen=${chosen} choose=${choose} place=${place} move=${() => set({ move: true })} suggest=${() => set({ suggest: true })} />`}
    <div class="board-main"><${Head} room=${room} columns=${columns} show=${show} act=${act} add=${() => set({ add: true })} />
      ${problem && html`<p class="said-no" role="alert"><${Icon} name="warn" size=${18} />${problem}</p>`}
      <div class="cols" tabindex="0" role="group" aria-label=${t("challenge.board")}>${columns.map((column) => html`<${Column} key=${column.challenge ? column.challenge.id : "none"} room=${room} column=${column} show=${show}
        person=${person} best=${person && best ? best.id : null} place=${place} act=${act} pick=${pick} edit=${(challenge) => set({ edit: challenge })} />`)}</div></div>
    ${open && open.move && person && html`<${MoveTo} room=${room} person=${person} place=${place} close=${close} />`}
    ${open && open.suggest && html`<${Suggest} room=${room} people=${people} place=${place} close=${close} />`}
    ${open && open.add && html`<${AddChallenge} room=${room} act=${act} close=${close} />`}
    ${open && open.edit && html`<${EditChallenge} room=${room} challenge=${open.edit} act=${act} close=${close} />`}
  </section>`;
}

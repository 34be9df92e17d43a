/** The board on a phone: my team first, then each challenge with its teams; start, join, leave. */
import { uuid } from "../core/uuid.js";
import { html, useState } from "../vendor/ui.js";
import { NeedChip, columnsOf, freeSeats } from "./board.js";
import { Dialog } from "./dialog.js";
import { Done } from "./done.js";
import { Icon, ThemeMark, themeClass } from "./icons.js";
import { Avatars } from "./people.js";
import { Question } from "./question.js";

const TITLE = 40;
const SENTENCE = 140;
const NEED = 60;

/** A field of the forms below. */
function Field({ name, label, hint, limit, value, lines, first, required }) {
  const shared = { name, id: `f-${name}`, class: "input", maxlength: limit, required, "data-first": first ? "" : undefined, dir: "auto" };
  return html`<div class="field"><label for=${`f-${name}`}>${label}</label>
    ${lines ? html`<textarea ...${shared} rows=${lines}>${value || ""}</textarea>` : html`<input ...${shared} defaultValue=${value || ""} autocomplete="off" />`}
    ${hint && html`<p class="hint">${hint}</p>`}</div>`;
}

/** A form in a sheet: sends `name` with the written words and `more`; stays open with the sentence when it is refused. */
function Sheet({ room, title, verb, command, more, close, children, said }) {
  const { t } = room;
  const [problem, set] = useState("");
  const [busy, work] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    const given = {};
    for (const [name, value] of new FormData(event.target)) if (name !== "challenge" || value) given[name] = String(value).trim();
    work(true);
    const answer = await room.send(command, { ...given, ...more() });
    work(false);
    if (answer.ok) { close(); if (said) said(); } else set(answer.sentence);
  };
  return html`<${Dialog} t=${t} title=${title} close=${close}><form onSubmit=${submit}>${children}
    ${problem && html`<p class="said-no" role="alert"><${Icon} name="warn" size=${18} />${problem}</p>`}
    <button class="btn primary block" type="submit" aria-disabled=${busy ? "true" : undefined}>${verb}</button></form><//>`;
}

function StartTeam({ room, challenge, close }) {
  const { t } = room;
  const columns = columnsOf(room).filter((column) => column.challenge && column.challenge.status !== "closed");
  const [id] = useState(uuid);
  return html`<${Sheet} room=${room} title=${t("team.start")} verb=${t("team.start")} command="teams.start" more=${() => ({ team: id })} close=${close}>
    <${Field} name="title" label=${t("team.name")} limit=${TITLE} first required />
    ${columns.length > 0 && html`<div class="field"><label for="f-challenge">${t("team.challenge")}</label>
      <select class="input" id="f-challenge" name="challenge">${columns.map(({ challenge: one }) => html`<option value=${one.id} selected=${one.id === challenge}>${one.number} · ${one.title}</option>`)}
      <option value="" selected=${!challenge}>${t("challenge.none")}</option></select></div>`}
    <${Field} name="sentence" label=${t("team.sentence")} limit=${SENTENCE} lines=${2} />
    <${Field} name="need" label=${t("team.need")} hint=${t("team.need_hint")} limit=${NEED} />
  <//>`;
}

function EditTeam({ room, team, close }) {
  const { t } = room;
  return html`<${Sheet} room=${room} title=${t("team.edit")} verb=${t("app.save")} command="teams.edit" more=${() => ({ team: team.id })} close=${close}>
    <${Field} name="title" label=${t("team.name")} limit=${TITLE} value=${team.title} first required />
    <${Field} name="sentence" label=${t("team.sentence")} limit=${SENTENCE} lines=${2} value=${team.sentence} />
    <${Field} name="need" label=${t("team.need")} hint=${t("team.need_hint")} limit=${NEED} value=${team.need} />
  <//>`;
}

function Propose({ room, close }) {
  const { t } = room;
  const [id] = useState(uuid);
  return html`<${Sheet} room=${room} title=${t("challenge.propose")} verb=${t("challenge.propose")} command="challenges.add" more=${() => ({ challenge: id })} close=${close}>
    <${Field} name="title" label=${t("challenge.title")} limit=${60} first required />
    <${Field} name="problem" label=${t("challenge.problem")} hint=${t("challenge.problem_hint")} limit=${400} lines=${4} />
  <//>`;
}

function Mine({ room, team, locked, act }) {
  const { t } = room;
  const [edit, set] = useState(false);
  const challenge = room.row("challenges", team.challenge);
  return html`<section class="card mine-team" aria-labelledby="my-team"><p class="eyebrow">${t("team.mine")}</p>
    <h2 id="my-team" class="q" dir="auto"><span class="tag">${team.number}</span> ${team.title}</h2>
    ${challenge && html`<${ThemeMark} code=${challenge.theme} t=${t} />`}
    ${team.sentence && html`<p class="say" dir="auto">${team.sentence}</p>`}
    <div class="row between"><${Avatars} people=${team.members} t=${t} free=${freeSeats(team)} /><${NeedChip} t=${t} team=${team} /></div>
    ${locked ? html`<p class="st"><${Icon} name="lock" size=${16} />${t("team.locked")}</p>` : html`<div class="row actions">
      <button class="btn" type="button" onClick=${() => set(true)}>${t("team.edit")}</button>
      <button class="btn ghost" type="button" onClick=${() => act("teams.leave", team)}>${t("team.leave")}</button></div>`}
    ${edit && html`<${EditTeam} room=${room} team=${team} close=${() => set(false)} />`}</section>`;
}

function Team({ room, team, mine, locked, act }) {
  const { t } = room;
  const free = freeSeats(team);
  return html`<li class="note team-note"><div class="row between"><h3 dir="auto"><span class="tag">${team.number}</span> ${team.title}</h3>
      <span class="muted small">${t("team.of", { n: team.members.length, max: team.max })}</span></div>
    ${team.sentence && html`<p class="say" dir="auto">${team.sentence}</p>`}
    <${Avatars} people=${team.members} t=${t} most=${7} />
    <div class="row between foot"><${NeedChip} t=${t} team=${team} />
      ${team.id === mine ? html`<span class="chip">${t("team.yours")}</span>` : !locked && free > 0 && html`<button class="btn" type="button"
        aria-label=${t("team.join_named", { title: team.title })} onClick=${() => act("teams.join", team)}>${t("team.join")}</button>`}</div></li>`;
}

function Column({ room, column, show, mine, locked, act, start }) {
  const { t } = room;
  const { challenge } = column;
  return html`<section class=${`phone-col ${(challenge && themeClass(challenge.theme)) || "t-plain"}`}>
    ${challenge && html`<${ThemeMark} code=${challenge.theme} t=${t} />`}
    <h2 class="q" dir="auto">${challenge ? html`<span class="tag">${challenge.number}</span> ${challenge.title}` : t("challenge.none")}</h2>
    ${challenge && challenge.problem && html`<p class="say" dir="auto">${challenge.problem}</p>`}
    ${challenge && challenge.host && html`<p class="small muted" dir="auto">${t("challenge.host", { host: challenge.host })}</p>`}
    ${show === "teams" && html`<ul>${column.teams.map((team) => html`<${Team} key=${team.id} room=${room} team=${team} mine=${mine} locked=${locked} act=${act} />`)}</ul>
      ${!column.teams.length && html`<p class="small muted">${t("team.none_yet")}</p>`}
      ${!locked && !mine && html`<button class="btn dashed" type="button" onClick=${() => start(challenge ? challenge.id : null)}>${t("team.start")}</button>`}`}
  </section>`;
}

/** The sentence for a seat that somebody else took first; it says what one keeps. */
function lost(room, answer, mine) {
  if (answer.code !== "full") return answer.sentence;
  return mine ? room.t("team.seat_taken_kept", { title: mine.title }) : room.t("team.seat_taken");
}

/** `show` is challenges (to read, and to propose one) or teams. */
export function BoardPhone({ room, activity, show }) {
  const { t } = room;
  const [problem, set] = useState("");
  const [sheet, open] = useState(null);
  const teams = room.rows("teams");
  const mine = teams.find((team) => team.members.some((member) => member.id === room.me.id));
  const locked = Boolean(room.event.teams_locked);
  const act = async (command, team) => {
    set("");
    const answer = await room.send(command, { team: team.id });
    if (!answer.ok) set(lost(room, answer, mine));
  };
  return html`<main class="main board-phone" id="main"><${Question} activity=${activity} />
      ${show === "teams" && !mine && html`<p class="lead-in">${locked ? t("team.locked_none") : t("team.choose")}</p>`}
      ${problem && html`<p class="said-no" role="alert"><${Icon} name="warn" size=${18} />${problem}</p>`}
      ${show === "teams" && mine && html`<${Mine} room=${room} team=${mine} locked=${locked} act=${act} />`}
      ${columnsOf(room).map((column) => html`<${Column} key=${column.challenge ? column.challenge.id : "none"} room=${room} column=${column} show=${show}
        mine=${mine && mine.id} locked=${locked} act=${act} start=${(challenge) => open({ challenge })} />`)}
    </main>
    <section class="dock" aria-label=${t("phone.dock")}>
      ${show === "teams" ? (mine || locked ? html`<${Done} room=${room} activity=${activity} />`
        : html`<button class="btn primary block" type="button" onClick=${() => open({ challenge: null })}>${t("team.start")}</button>`)
        : html`<div class="row"><button class="btn" type="button" onClick=${() => open({ propose: true })}>${t("challenge.propose")}</button><div class="grow"><${Done} room=${room} activity=${activity} /></div></div>`}
    </section>
    ${sheet && sheet.propose && html`<${Propose} room=${room} close=${() => open(null)} />`}
    ${sheet && !sheet.propose && html`<${StartTeam} room=${room} challenge=${sheet.challenge} close=${() => open(null)} />`}`;
}

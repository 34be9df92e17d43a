/** The board of challenges and teams: its columns and pages, and the parts that all three screens draw. */
import { html } from "../vendor/ui.js";
import { Icon, ThemeMark, themeClass } from "./icons.js";
import { Avatars } from "./people.js";

/** On the projector: columns on a page, teams in a column. */
const COLUMNS = 3;
const DEEP = 3;
const HIDDEN = new Set(["draft"]);

/** Columns {challenge, teams, ideas}; teams without a challenge come last, in a column without one. */
export function columnsOf(room) {
  const teams = room.rows("teams");
  const ideas = room.rows("ideas");
  const columns = room.rows("challenges").filter((challenge) => !HIDDEN.has(challenge.status)).map((challenge) => ({
    challenge,
    teams: teams.filter((team) => team.challenge === challenge.id),
    ideas: ideas.filter((idea) => idea.challenge === challenge.id).length,
  }));
  const known = new Set(columns.map((column) => column.challenge.id));
  const free = teams.filter((team) => !known.has(team.challenge));
  if (free.length || !columns.length) columns.push({ challenge: null, teams: free, ideas: 0 });
  return columns;
}

/** The columns as the projector turns through them: one with many teams goes on in the next. */
export function projected(room, show) {
  const columns = [];
  for (const column of columnsOf(room)) {
    const parts = show === "teams" ? Math.max(1, Math.ceil(column.teams.length / DEEP)) : 1;
    for (let part = 0; part < parts; part += 1) columns.push({ ...column, part, teams: column.teams.slice(part * DEEP, (part + 1) * DEEP) });
  }
  return columns;
}

/** How many pages the projector's board has. */
export function boardPages(room, show) {
  return Math.max(1, Math.ceil(projected(room, show).length / COLUMNS));
}

/** The columns of one page, brought into range. */
export function boardPage(room, show, page) {
  const columns = projected(room, show);
  const last = Math.max(1, Math.ceil(columns.length / COLUMNS)) - 1;
  const here = Math.max(0, Math.min(page || 0, last));
  return { columns: columns.slice(here * COLUMNS, (here + 1) * COLUMNS), here, pages: last + 1 };
}

/** Seats that are free in a team. */
export const freeSeats = (team) => Math.max(0, team.max - team.members.length);

/** How many people a team lacks to start. */
export const lacking = (team) => Math.max(0, team.min - team.members.length);

/** Participants without a team, by number. */
export function unplaced(room) {
  const placed = new Set();
  for (const team of room.rows("teams")) for (const member of team.members) placed.add(member.id);
  return room.rows("members").filter((member) => member.role === "participant" && member.status === "in" && !placed.has(member.id));
}

/** The team that needs a person most: first those that cannot start yet, the nearest to its minimum first, then the smallest. */
export function neediest(teams) {
  const open = teams.filter((team) => freeSeats(team) > 0);
  const rank = (team) => (lacking(team) > 0 ? lacking(team) : 100 + team.members.length);
  return open.sort((one, other) => rank(one) - rank(other) || one.number - other.number)[0] || null;
}

/** Places for people in teams, one by one where they are needed most: [[member, team], …]; who finds no seat is left out. */
export function proposed(teams, people) {
  const tables = teams.map((team) => ({ ...team, members: [...team.members] }));
  const places = [];
  for (const person of people) {
    const team = neediest([...tables]);
    if (!team) break;
    team.members.push(person);
    places.push([person, team]);
  }
  return places;
}

/** What a team says of its seats: one chip, icon and words. */
export function NeedChip({ t, team }) {
  const lack = lacking(team);
  if (lack > 0) return html`<span class="chip bad"><${Icon} name="warn" size=${14} />${t("team.to_start", { n: lack })}</span>`;
  if (freeSeats(team) === 0) return html`<span class="chip ok"><${Icon} name="check" size=${14} />${t("team.full")}</span>`;
  if (team.need) return html`<span class="chip warn" dir="auto">${t("team.needs", { need: team.need })}</span>`;
  return html`<span class="chip">${t("team.seats", { n: freeSeats(team) })}</span>`;
}

/** The head of a column: theme, title, who set it, how many ideas. */
export function ChallengeHead({ t, column, children, tools }) {
  const { challenge } = column;
  if (!challenge) return html`<header><h3 class="q">${t("challenge.none")}</h3><p class="by">${t("challenge.none_hint")}</p>${children}</header>`;
  const facts = [challenge.host && t("challenge.host", { host: challenge.host }), column.ideas > 0 && t("challenge.ideas", { n: column.ideas })].filter(Boolean);
  return html`<header><div class="col-top">${challenge.theme ? html`<${ThemeMark} code=${challenge.theme} t=${t} />` : html`<span></span>`}${tools}</div>
    <h3 class="q" dir="auto"><span class="tag">${challenge.number}</span> ${challenge.title}</h3>
    ${facts.length > 0 && html`<p class="by" dir="auto">${facts.join(" · ")}</p>`}${children}</header>`;
}

/** The class of a column: its theme's colours. */
export const columnClass = (column) => `col ${(column.challenge && themeClass(column.challenge.theme)) || "t-plain"}`;

/** One team: name, seats, sentence, people, one chip; `children` are what can be done with it. */
export function TeamCard({ t, team, kind = "", children, tools, most }) {
  const facts = { n: team.members.length, max: team.max };
  return html`<article class=${`card team ${kind}`} aria-label=${team.title}>
    <div class="row between"><h4 dir="auto"><span class="tag">${team.number}</span> ${team.title}</h4>${tools}</div>
    ${team.sentence && html`<p class="say" dir="auto">${team.sentence}</p>`}
    <div class="row between"><${Avatars} people=${team.members} t=${t} most=${most} free=${freeSeats(team)} /><span class="ct" aria-label=${t("team.people_of", facts)}>${t("team.of", facts)}</span></div>
    <p class="need"><${NeedChip} t=${t} team=${team} />${team.need && (lacking(team) > 0) ? html`<span class="chip" dir="auto">${t("team.needs", { need: team.need })}</span>` : null}</p>
    ${children}
  </article>`;
}

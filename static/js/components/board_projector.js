/** The board on the projector: three columns a page, large enough to read from the back. */
import { html } from "../vendor/ui.js";
import { NeedChip, boardPage, columnClass } from "./board.js";
import { ThemeMark } from "./icons.js";
import { Avatars } from "./people.js";

function Team({ t, team }) {
  return html`<li class="b-team"><div class="b-teamhead"><h3 dir="auto"><span class="num">${team.number}</span> ${team.title}</h3>
      <span class="b-count">${t("team.of", { n: team.members.length, max: team.max })}</span></div>
    <div class="b-people"><${Avatars} people=${team.members} t=${t} most=${6} /><${NeedChip} t=${t} team=${team} /></div></li>`;
}

function Column({ t, column, show }) {
  const { challenge } = column;
  return html`<section class=${`b-column ${columnClass(column)}`}>
    <header>${challenge && html`<${ThemeMark} code=${challenge.theme} t=${t} size=${36} />`}
      <h2 class="q" dir="auto">${challenge ? html`<span class="num">${challenge.number}</span> ${challenge.title}` : t("challenge.none")}</h2></header>
    ${show === "teams" ? html`<ul>${column.teams.map((team) => html`<${Team} key=${team.id} t=${t} team=${team} />`)}</ul>
      ${!column.teams.length && html`<p class="b-note">${t("screen.no_team")}</p>`}` : html`
      ${challenge && challenge.problem && html`<p class="say b-problem" dir="auto">${challenge.problem}</p>`}
      ${challenge && challenge.host && html`<p class="b-note" dir="auto">${t("challenge.host", { host: challenge.host })}</p>`}`}
  </section>`;
}

/** One page of the board; `show` is challenges or teams. */
export function BoardProjector({ room, show, page }) {
  const { t } = room;
  const { columns, here, pages } = boardPage(room, show, page);
  return html`<div class="b-board">${columns.map((column) => html`<${Column} key=${`${column.challenge ? column.challenge.id : ""}${column.part}`} t=${t} column=${column} show=${show} />`)}
    ${pages > 1 && html`<p class="w-pages num" aria-label=${t("screen.page", { n: here + 1, of: pages })}>${here + 1} / ${pages}</p>`}</div>`;
}

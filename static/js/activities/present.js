/** Present: a text, a break with the clock of return, the board of challenges, team formation, or the wall of cards; its three faces. */
import { BoardConsole } from "../components/board_console.js";
import { BoardPhone } from "../components/board_phone.js";
import { BoardProjector } from "../components/board_projector.js";
import { cardsOf } from "../components/cards.js";
import { Done } from "../components/done.js";
import { Question } from "../components/question.js";
import { style } from "../components/style.js";
import { Wall } from "../components/wall.js";
import { html } from "../vendor/ui.js";

style("board");

const LONG = 400;
const showOf = (activity) => (activity.settings || {}).show || "text";
const textOf = (activity) => (activity.settings || {}).text || "";

/** When the break ends: the set hour, else the end of the clock. */
const backAt = (activity) => (activity.settings || {}).back_at || activity.ends_at;

function BackAt({ room, activity }) {
  const back = backAt(activity);
  if (!back) return html`<p class="back-at"><span class="muted">${room.t("activity.break.soon")}</span></p>`;
  return html`<p class="back-at"><span class="muted">${room.t("activity.break.back_at")}</span><span class="num">${room.time(back)}</span></p>`;
}

function Cards({ room, activity }) {
  const cards = cardsOf(room, activity);
  if (!cards.length) return html`<p class="say empty">${room.t("activity.wall.empty")}</p>`;
  return html`<ul class="plain-cards">${cards.map((card) => html`<li key=${card.id} class="note"><span class="tag">${card.number}</span><p class="say" dir="auto">${card.text}</p></li>`)}</ul>`;
}

const Text = ({ activity }) => (textOf(activity) ? html`<div class="say prose" dir="auto">${textOf(activity)}</div>` : null);

const PHONE = { text: Text, break: BackAt, wall: Cards };

function Phone({ room, activity }) {
  const show = showOf(activity);
  if (show === "challenges" || show === "teams") return html`<${BoardPhone} room=${room} activity=${activity} show=${show} />`;
  const Body = PHONE[show] || Text;
  return html`<main class="main" id="main"><${Question} activity=${activity} /><${Body} room=${room} activity=${activity} /></main>
    ${show !== "break" && html`<section class="dock" aria-label=${room.t("phone.dock")}><${Done} room=${room} activity=${activity} /></section>`}`;
}

function ConsoleText({ room, activity }) {
  const { t } = room;
  return html`<section class="card plain-face"><h2>${t("console.present.text")}</h2>
    ${textOf(activity) ? html`<${Text} activity=${activity} />` : html`<p class="muted">${t("console.present.no_text")}</p>`}</section>`;
}

const Framed = (Body, key) => ({ room, activity }) => html`<section class="card plain-face"><h2>${room.t(key)}</h2><${Body} room=${room} activity=${activity} /></section>`;

const CONSOLE = { text: ConsoleText, break: Framed(BackAt, "console.present.break"), wall: Framed(Cards, "console.present.wall") };

function Console({ room, activity }) {
  const show = showOf(activity);
  if (show === "challenges" || show === "teams") return html`<${BoardConsole} room=${room} activity=${activity} show=${show} />`;
  const Body = CONSOLE[show] || ConsoleText;
  return html`<${Body} room=${room} activity=${activity} />`;
}

function Projector({ room, activity }) {
  const { t } = room;
  const show = showOf(activity);
  const page = (room.event.screen || {}).page || 0;
  if (show === "challenges" || show === "teams") return html`<${BoardProjector} room=${room} show=${show} page=${page} />`;
  if (show === "wall") return html`<${Wall} t=${t} loose=${cardsOf(room, activity)} page=${page} empty=${t("activity.wall.empty")} />`;
  if (show === "break") {
    const back = backAt(activity);
    return html`<div class="p-break">${back ? html`<p class="s-label">${t("activity.break.back_at")}</p><p class="num">${room.time(back)}</p>` : html`<p class="s-label">${t("activity.break.soon")}</p>`}</div>`;
  }
  const text = textOf(activity);
  return html`<div class=${`say p-text${text.length > LONG ? " long" : ""}`} dir="auto">${text}</div>`;
}

export const faces = { phone: Phone, console: Console, projector: Projector };

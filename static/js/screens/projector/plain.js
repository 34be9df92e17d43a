/** The projector's scenes without an activity: lobby, full-screen QR, spotlight, rest, thank you. */
import { Icon, Mark } from "../../components/icons.js";
import { Qr, joinAddress, spaced } from "../../components/qr.js";
import { Ring } from "../../components/ring.js";
import { html } from "../../vendor/ui.js";
import { sizeClass } from "./fit.js";
import { screenOf, thing } from "./scene.js";

function Steps({ room }) {
  const { t, event } = room;
  if (event.door === "closed") return html`<p class="s-note">${t("screen.doors_closed")}</p>`;
  return html`<ol class="s-steps">
    <li><span class="s-label">${t("screen.open_address")}</span><span class="s-url">${joinAddress(room)}</span></li>
    <li><span class="s-label">${t("screen.type_code")}</span><span class="num s-code">${spaced(event.code)}</span></li>
  </ol>`;
}

/** QR and code as large as the room needs them; before the start with the title and who is here. */
export function Lobby({ room, started }) {
  const { t, event } = room;
  const here = room.present || 0;
  const soon = !started && event.starts_at > room.now();
  return html`<div class="s-lobby">
    <main class="s-welcome">
      <p class="s-brand"><${Mark} size=${54} /><span>facilitate</span>${soon && html`<span class="s-label s-starts">${t("console.starts_at", { time: room.time(event.starts_at) })}</span>`}</p>
      <h1 class=${`q ${started ? "q2" : sizeClass(event.title)}`} dir="auto">${started ? t("screen.join_now") : event.title}</h1>
      <${Steps} room=${room} />
      <div class="s-here"><${Ring} total=${Math.max(here, 9)} filled=${here} size=${200} label=${t("screen.people_here", { n: here })}><p class="num">${here}</p><//>
        <p class="s-label" aria-hidden="true">${t("screen.people_here", { n: here })}</p></div>
    </main>
    <aside class="s-bigqr"><${Qr} room=${room} /></aside>
  </div>`;
}

function Cards({ room, group }) {
  const cards = room.rows("ideas").filter((idea) => idea.group === group.id);
  return html`<ul class="s-more">${cards.slice(0, 4).map((card) => html`<li key=${card.id} class="say" dir="auto">${card.title}</li>`)}</ul>
    ${cards.length > 4 && html`<p class="s-label">${room.t("screen.more_cards", { n: cards.length - 4 })}</p>`}`;
}

/** One card, group or option, as large as it gets. */
export function Spotlight({ room }) {
  const { collection } = screenOf(room).spotlight;
  const row = thing(room, screenOf(room).spotlight);
  const text = row.text || row.title;
  const step = room.row("activities", row.activity) || room.current;
  return html`<main class="s-spot">
    <p class="eyebrow"><span class="num s-number">${row.number}</span>${step ? step.title : ""}</p>
    <h1 class=${`q ${sizeClass(text)}`} dir="auto">${text}</h1>
    ${row.author && html`<p class="s-label">${row.author}</p>`}
    ${collection === "groups" && html`<${Cards} room=${room} group=${row} />`}
  </main>`;
}

/** The whole event rests, until a time or until it is woken. */
export function Rest({ room }) {
  const { t, event } = room;
  const date = event.paused_until && new Date(event.paused_until).toLocaleDateString(room.language === "en" ? "en-GB" : room.language, { weekday: "long", day: "numeric", month: "long" });
  return html`<main class="s-quiet">
    <p class="s-brand"><${Icon} name="pause" size=${46} /><span>${event.title}</span></p>
    <h1 class="q q1">${date ? t("screen.rest_until", { date, time: room.time(event.paused_until) }) : t("screen.rest")}</h1>
    <p class="s-label">${t("screen.rest_seats")}</p>
  </main>`;
}

/** The end. */
export function ThankYou({ room }) {
  const { t, event } = room;
  return html`<main class="s-quiet">
    <p class="s-brand"><${Mark} size=${54} /><span>${event.title}</span></p>
    <h1 class="q q1">${t("screen.thanks")}</h1>
    ${event.people > 0 && html`<p class="s-label">${t("screen.thanks_people", { n: event.people })}</p>`}
  </main>`;
}

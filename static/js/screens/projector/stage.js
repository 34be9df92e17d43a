/** The projector while an activity is current: eyebrow, question, the activity's own picture, and the rail of time and code. */
import { face } from "../../components/faces.js";
import { Icon } from "../../components/icons.js";
import { JoinText, Qr, spaced } from "../../components/qr.js";
import { Ring } from "../../components/ring.js";
import { runBefore } from "../../components/runs.js";
import { Digits, TimeBar, clockState, spoken } from "../../components/timer.js";
import { html } from "../../vendor/ui.js";
import { sizeClass } from "./fit.js";
import { crowdOf, isWide } from "./scene.js";

const WORDS = { voted: "screen.count.voted", wrote: "screen.count.wrote", done: "screen.count.done" };

/** "34 of 42 in", by what the activity counts. */
export function countWords(t, crowd) {
  return t(WORDS[crowd.kind], { n: crowd.filled, total: crowd.total });
}

function Badge({ t, activity }) {
  if (activity.status === "running") return html`<span class="chip live">${t("screen.live")}</span>`;
  if (activity.status === "paused") return html`<span class="chip"><${Icon} name="pause" size=${26} />${t("state.paused")}</span>`;
  return html`<span class="chip">${activity.revealed && activity.type === "vote" ? t("screen.result") : t("screen.closed")}</span>`;
}

function Eyebrow({ room, activity }) {
  const { t } = room;
  const step = room.step(activity);
  return html`<p class="eyebrow"><${Badge} t=${t} activity=${activity} /><span dir="auto">${activity.title}</span>
    ${step.of > 1 && html`<span class="s-step">${t("screen.step", { n: step.n, of: step.of })}</span>`}</p>`;
}

function Crowd({ room, activity }) {
  const { t } = room;
  const crowd = crowdOf(room, activity);
  const left = room.remaining(activity);
  const state = clockState(activity, left);
  const counted = activity.type !== "present" || crowd.filled > 0;
  const people = counted ? crowd : { total: Math.max(room.present, crowd.total), filled: room.present };
  const words = counted ? countWords(t, crowd) : t("screen.here", { n: room.present });
  const label = `${left === null ? "" : `${spoken(t, activity, left)}. `}${words}`;
  return html`<${Ring} total=${people.total} filled=${people.filled} size=${388} tone=${state} label=${label}>
    ${left === null ? html`<p class="num whole">${people.filled}</p>` : html`<p><${Digits} room=${room} activity=${activity} /></p><${TimeBar} room=${room} activity=${activity} />`}
    <p class="s-count">${state === "paused" ? t("state.paused") : state === "over" ? t("screen.time_over") : left === null && counted ? t("screen.of_total", { total: people.total }) : words}</p>
  <//>`;
}

function Rail({ room, activity }) {
  return html`<aside class="s-rail" aria-label=${room.t("screen.rail")}>
    <${Crowd} room=${room} activity=${activity} />
    ${room.event.door === "closed" ? html`<span></span>` : html`<${Qr} room=${room} /><${JoinText} room=${room} />`}
  </aside>`;
}

function Corner({ room, activity }) {
  const left = room.remaining(activity);
  return html`<aside class="s-corner" aria-label=${room.t("screen.rail")}>
    ${left !== null && html`<span class=${`s-clock ${clockState(activity, left)}`}><${Digits} room=${room} activity=${activity} /><${TimeBar} room=${room} activity=${activity} /></span>`}
    ${room.event.door !== "closed" && html`<span class="s-cornercode"><span class="num">${spaced(room.event.code)}</span></span>`}
  </aside>`;
}

/** The class of a stage on which a result is drawn that needs the room more than its question does; "" on any other. */
function drawn(room, activity) {
  const round = activity.round && room.row("results", activity.round) ? room.row("rounds", activity.round) : null;
  return round && round.display !== "bars" ? " drawn" : "";
}

/** Whether two runs of a vote stand side by side: they need the width more than the room needs the QR code. */
function hasTwo(room, activity) {
  const round = activity.type === "vote" && activity.round ? room.row("rounds", activity.round) : null;
  return Boolean(round && runBefore(room, round));
}

/** The current activity; `step` counts the rows of a playing reveal. */
export function Stage({ room, activity, step }) {
  const Face = face(activity.type, "projector");
  const text = activity.question || activity.title;
  const wide = isWide(activity) || hasTwo(room, activity);
  return html`<div class=${`s-stage ${activity.type}${wide ? " wide" : ""}${drawn(room, activity)}`}>
    <main class="s-left">
      <header class="s-head"><div class="grow"><${Eyebrow} room=${room} activity=${activity} />
        <h1 class=${`q ${sizeClass(text)}`} dir="auto">${text}</h1></div>${wide && html`<${Corner} room=${room} activity=${activity} />`}</header>
      <div class="s-face">${Face ? html`<${Face} key=${activity.id} room=${room} activity=${activity} step=${step} />` : null}</div>
    </main>
    ${!wide && html`<${Rail} room=${room} activity=${activity} />`}
  </div>`;
}

/** The centre of the console: hero, the activity's own face (or its cover), and the cards below. */
import { face } from "../../components/faces.js";
import { Icon } from "../../components/icons.js";
import { Key } from "../../components/keys.js";
import { html, useErrorBoundary } from "../../vendor/ui.js";
import { Ahead } from "./ahead.js";
import { Hero, Waiting } from "./hero.js";
import { Sees } from "./sees.js";

const TOP = 3;

function Cover({ desk }) {
  const { t } = desk.room;
  return html`<section class="card covered"><${Icon} name="hidden" size=${28} /><p class="say">${t("console.covered")}</p>
    <button class="btn sm" type="button" aria-keyshortcuts="V" onClick=${desk.toggleCover}>${t("console.uncover")} <${Key} name="V" /></button></section>`;
}

/** The latest vote with a result that can become challenges: the current step, or the last one that was counted. */
function decided(room) {
  const current = room.current;
  const counted = (activity) => activity && activity.type === "vote" && activity.round && room.row("results", activity.round);
  if (counted(current)) return current;
  const before = room.rows("activities").filter((one) => counted(one) && current && one.position <= current.position);
  return current && current.type === "present" ? before[before.length - 1] || null : null;
}

/** The options that *adopt* takes: the first few with everything tied with the last of them, but none that nobody chose. */
function winners(room, vote) {
  const { ranking, figures } = room.row("results", vote.round);
  const chosen = [];
  for (const tied of ranking) {
    if (chosen.length >= TOP) break;
    const marked = tied.filter((id) => Object.values(figures[id] || {}).some(Boolean));
    chosen.push(...marked.map((id) => room.row("options", `${vote.round}/${id}`)).filter(Boolean).sort((one, other) => one.number - other.number));
  }
  return chosen;
}

function Adopt({ desk }) {
  const { room, act } = desk;
  const { t } = room;
  const vote = decided(room);
  if (!vote) return null;
  const options = winners(room, vote);
  if (!options.length || options.every((option) => option.kind === "challenge" || option.kind === "team")) return null;
  const titles = new Set(room.rows("challenges").map((challenge) => challenge.title));
  const done = options.every((option) => titles.has(option.title));
  return html`<section class="card adopt" aria-labelledby="adopt-title"><div class="row between"><h2 id="adopt-title">${t("console.after_vote")}</h2></div>
    ${done ? html`<p class="st ok"><${Icon} name="check" size=${18} />${t("console.adopted")}</p>` : html`
      <ol>${options.map((option) => html`<li key=${option.id} class="say" dir="auto"><span class="tag">${option.number}</span> ${option.title}</li>`)}</ol>
      <button class="btn sm" type="button" onClick=${() => act("challenges.adopt", { round: vote.round, top: TOP })}>${t("console.adopt", { n: options.length })}</button>`}
    ${room.boot.studio_url && html`<a class="lnk" href=${`${room.boot.studio_url}/export`}>${t("console.to_records")}</a>`}</section>`;
}

function Step({ desk, activity }) {
  const { room } = desk;
  const [error] = useErrorBoundary((problem) => console.error(problem));
  const Face = face(activity.type, "console");
  if (error) return html`<section class="card"><p>${room.t("console.face_failed")}</p></section>`;
  if (desk.covered.value && activity.type !== "present") return html`<${Cover} desk=${desk} />`;
  return Face ? html`<${Face} key=${activity.id} room=${room} activity=${activity} covered=${desk.covered.value} />` : html`<section class="card loading" aria-hidden="true"></section>`;
}

/** All of the centre. */
export function Centre({ desk }) {
  const { room } = desk;
  const activity = room.current;
  const open = activity && activity.status !== "closed";
  const ahead = html`<${Ahead} key="ahead" desk=${desk} />`;
  return html`<main class="stage" id="centre" tabindex="-1">
    ${activity ? html`<${Hero} key=${activity.id} desk=${desk} activity=${activity} />${!open && ahead}<${Step} key=${`${activity.id}.face`} desk=${desk} activity=${activity} />` : html`<${Waiting} desk=${desk} />`}
    ${(open || !activity) && ahead}
    <div class="two"><${Sees} desk=${desk} /><${Adopt} desk=${desk} /></div>
  </main>`;
}

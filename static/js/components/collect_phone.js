/** Collecting ideas on the phone: the question, one's own ideas, the composer; after the reveal everybody's. */

import { isDone, sayDone } from "../core/done.js";
import { writing } from "../core/focus.js";
import { announce } from "../core/live.js";
import { uuid } from "../core/uuid.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { cardsOpen } from "./cards.js";
import { Composer } from "./composer.js";
import { Done } from "./done.js";
import { Icon } from "./icons.js";
import { Note } from "./note.js";
import { ownIdeas } from "./own_ideas.js";
import { Rescue } from "./phone_rescue.js";
import { Question } from "./question.js";
import { Wall } from "./wall_list.js";

const HELD = 30_000; // how long after the close a text that was begun before it may still be finished

/** Who sees what is written here, in the words that were fixed before writing began. */
function promise({ t }, { settings }) {
  const live = settings.visibility === "live";
  if (settings.authors === "name") return t(live ? "idea.promise.live_names" : "idea.promise.names");
  return t(live ? "idea.promise.live" : "idea.promise.private");
}

/** When an idea counts as written: before the close, where its text was begun before and finished within the hold. */
function writtenAt(room, activity, touched) {
  const closed = activity.closed_at;
  return closed && room.now() < closed + HELD ? Math.min(closed, touched || closed) : undefined;
}

function ChallengePicker({ room, value, set }) {
  const { t } = room;
  const open = room.rows("challenges").filter(one => one.status === "open" || one.status === "approved");
  if (!open.length) return null;
  return html`<label class="pick"><span class="small">${t("idea.challenge")}</span>
    <select class="input" value=${value} onChange=${event => set(event.target.value)}>
      <option value="">${t("idea.no_challenge")}</option>
      ${open.map(one => html`<option key=${one.id} value=${one.id}>${one.title}</option>`)}
    </select></label>`;
}

function Progress({ room, activity }) {
  const { started } = room.turnout(activity) || { started: 0 };
  const stale = room.connection.value.state !== "live";
  return html`<p class=${`small${stale ? " stale" : " muted"}`}>${room.t("phone.ideas.progress", { n: started, people: room.event.people || 0 })}</p>`;
}

/** Whether the composer stays for somebody who was writing when the step closed: thirty seconds for the last words. */
function useLastWords(open) {
  const was = useRef(open);
  const until = useRef(0);
  const [, again] = useState(0);
  if (was.current && !open && writing()) until.current = Date.now() + HELD;
  was.current = open;
  const lasting = !open && Date.now() < until.current;
  useEffect(() => {
    if (!lasting) return undefined;
    const timer = setTimeout(() => again(until.current), until.current - Date.now() + 10);
    return () => clearTimeout(timer);
  }, [lasting]);
  return lasting;
}

/** The composer's dock while ideas are taken, paused, or just closed under somebody who writes. */
function WriteDock({ room, activity, count }) {
  const { t } = room;
  const { settings } = activity;
  const challengeDraft = room.draft(`${activity.id}.challenge`);
  const [challenge, setChallenge] = useState(challengeDraft.get);
  const done = isDone(room, activity);
  const limit = settings.limit || 0;
  const full = limit > 0 && count >= limit;

  async function send(text, touched) {
    const words = { idea: uuid(), activity: activity.id, text };
    if (settings.challenges && challenge) words.challenge = challenge;
    const at = writtenAt(room, activity, touched);
    window.scrollTo(0, 0);
    const answer = await room.send("ideas.add", words, at ? { at } : {});
    if (answer.ok) announce(t("idea.received"));
  }

  function choose(value) {
    setChallenge(value);
    challengeDraft.set(value);
  }

  if (done || full) {
    return html`<section class="dock" aria-label=${t("phone.ideas.dock")}>
      <div class="row between"><div><p><b>${done ? t("phone.ideas.done") : t("phone.ideas.full", { n: limit })}</b></p><${Progress} room=${room} activity=${activity} /></div>
        ${done && !full ? html`<button class="btn" type="button" onClick=${() => sayDone(room, activity, false)}>${t("phone.ideas.more")}</button>` : html`<${Done} room=${room} activity=${activity} ready />`}</div>
    </section>`;
  }
  const hint = { paused: t("phone.ideas.paused"), closed: t("phone.ideas.last_words") }[activity.status];
  return html`<section class="dock" aria-label=${t("phone.ideas.dock")}>
    <div class="row between room-line">${hint ? html`<p class="small"><b>${hint}</b></p>` : html`<${Progress} room=${room} activity=${activity} />`}
      ${activity.status === "running" && html`<${Done} room=${room} activity=${activity} />`}</div>
    ${settings.challenges && html`<${ChallengePicker} room=${room} value=${challenge} set=${choose} />`}
    <${Composer} room=${room} subject=${activity.id} limit=${settings.text_limit || 200} label=${t("idea.own")} verb=${t("idea.send")}
      placeholder=${settings.frame || t("idea.placeholder")} send=${send} inert=${activity.status === "paused" ? hint : ""} />
  </section>`;
}

function ClosedDock({ room, activity }) {
  const { t } = room;
  const said = activity.revealed ? t("phone.ideas.revealed") : t("phone.ideas.closed");
  return html`<section class="dock" aria-label=${t("phone.ideas.dock")}><p class="row"><${Icon} name="check" />${said}</p></section>`;
}

/** The phone's face; `held`: the room has moved on, and somebody still writes here. */
export function CollectPhone({ room, activity, held = false }) {
  const { t } = room;
  const list = useRef(null);
  const mine = ownIdeas(room, activity);
  const open = activity.status === "running";
  const ended = room.event.status === "ended"; // nothing is taken any more, not even last words
  const last = useLastWords(open) && !ended;
  const shown = cardsOpen(activity);
  const limit = (activity.settings || {}).text_limit || 200;
  const written = mine.filter(idea => idea.state !== "refused").length;
  const focusList = () => list.current && list.current.focus();
  return html`<main class="main" id="main">
      <${Question} activity=${activity} />
      ${open && html`<p class="priv"><${Icon} name=${(activity.settings || {}).visibility === "live" ? "eye" : "lock"} size=${18} /><span>${promise(room, activity)}</span></p>`}
      <h2 class="head" ref=${list} tabindex="-1">${mine.length ? t("phone.ideas.yours", { n: mine.length }) : ""}</h2>
      ${mine.length ? html`<ul class="notes">${mine.map(idea => html`<${Note} key=${idea.id} room=${room} idea=${idea} open=${open} limit=${limit} focusAfter=${focusList} />`)}</ul>`
        : open && html`<p class="say empty">${t("phone.ideas.empty")}</p>`}
      ${ended && html`<${Rescue} room=${room} notes=${false} />`}
      ${shown && html`<${Wall} room=${room} activity=${activity} />`}
    </main>
    ${open || (held && !ended) || last || activity.status === "paused" ? html`<${WriteDock} room=${room} activity=${activity} count=${written} />` : html`<${ClosedDock} room=${room} activity=${activity} />`}`;
}

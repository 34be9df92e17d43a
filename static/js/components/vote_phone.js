/** Voting on the phone: the ballot of the round's shape while it is open, then what the policy shows. */

import { uuid } from "../core/uuid.js";
import { announce } from "../core/live.js";
import { html, useEffect, useState } from "../vendor/ui.js";
import { ChoicesBallot } from "./ballot_choices.js";
import { PointsBallot } from "./ballot_points.js";
import { StanceBallot } from "./ballot_stance.js";
import { Composer } from "./composer.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { nameOf } from "./option.js";
import { ownIdeas } from "./own_ideas.js";
import { Question } from "./question.js";
import { ResultList, noteOf, rowsOf, tieOf } from "./results.js";
import { Refused, State } from "./state.js";
import { clearToast } from "./toast.js";
import { inOrder, optionsOf, promise, shuffled } from "./voting.js";

const BALLOTS = { points: PointsBallot, choices: ChoicesBallot, stance: StanceBallot };
const OPEN = new Set(["open", "paused"]);

/** A statement or idea of one's own, added to the open round. */
function AddOwn({ room, activity, round }) {
  const { t } = room;
  const [open, setOpen] = useState(false);
  const pending = ownIdeas(room, activity).filter(idea => !room.row("options", `${round.id}/${idea.id}`));

  async function send(text) {
    setOpen(false);
    const answer = await room.send("ideas.add", { idea: uuid(), activity: activity.id, text });
    if (answer.ok) announce(t("vote.own_added"));
  }

  return html`${pending.length > 0 && html`<ul class="notes">${pending.map(idea => html`<li class=${`note mine ${idea.state}`} key=${idea.id}><p class="say" dir="auto">${idea.text}</p>
      ${idea.state === "refused" ? html`<${Refused} room=${room} entry=${idea.entry} text=${idea.text} />` : html`<${State} room=${room} state=${idea.state} />`}</li>`)}</ul>`}
    <button class="btn add-own" type="button" onClick=${() => setOpen(true)}><${Icon} name="add" />${t("vote.add_own")}</button>
    ${open && html`<${Dialog} t=${t} title=${t("vote.add_own")} close=${() => setOpen(false)}><p class="small muted">${t("vote.add_own_hint")}</p>
      <${Composer} room=${room} subject=${`${round.id}.own`} limit=${round.text_limit || 200} label=${t("vote.own")} placeholder=${t("vote.own_placeholder")} verb=${t("vote.own_send")} send=${send} focus /><//>`}`;
}

/** What this phone knows of the own ballot, after the close. */
function OwnBallot({ room, round, options }) {
  const { t } = room;
  const ballot = room.ballot(round.id) || {};
  const has = Array.isArray(ballot) ? id => ballot.includes(id) : id => id in ballot;
  const marked = options.filter(option => has(option.id));
  if (!marked.length) return null;
  const said = option => {
    if (round.shape === "points") return t("vote.dots", { n: ballot[option.id] });
    return round.shape === "stance" ? t(`vote.stance.said_${ballot[option.id]}`) : t("vote.your_choice");
  };
  return html`<section><h2 class="head">${t("vote.your_ballot")}</h2><p class="small muted">${t("vote.your_ballot_hint")}</p>
    <ul class="own-ballot">${marked.map(option => html`<li key=${option.id}><span class="say" dir="auto"><span class="tag">${option.number}</span> ${option.title}</span><span class="small">${said(option)}</span></li>`)}</ul></section>`;
}

/** Marks that came too late or were refused at the end, with the server's reason. */
function RefusedMarks({ room, round, options }) {
  const refused = room.outbox.entries.value.filter(entry => entry.state === "refused" && entry.name.startsWith("voting.") && entry.words.round === round.id);
  if (!refused.length) return null;
  const name = id => nameOf(options.find(option => option.id === id) || { number: "", title: "" });
  return html`<ul class="notes">${refused.map(entry => html`<li class="note refused" key=${entry.id}>${entry.words.option && html`<p class="say">${name(entry.words.option)}</p>`}<${Refused} room=${room} entry=${entry} /></li>`)}</ul>`;
}

function Result({ room, round, result, own }) {
  const { t } = room;
  const rows = rowsOf(room, round, result.ranking, result.figures);
  const tie = tieOf(room, rows);
  const mine = row => {
    const value = Array.isArray(own) ? own.includes(row.id) : own[row.id];
    if (!value) return { ...row, note: row.withdrawn ? noteOf(room, round, row) : "" };
    return { ...row, note: round.shape === "points" ? t("vote.you_gave", { n: value }) : t("vote.you_chose") };
  };
  if (!result.base.cast) return html`<p class="say empty">${t("vote.no_votes", { n: result.base.eligible })}</p>`;
  return html`<section aria-labelledby="result-head"><h2 class="head" id="result-head">${t("vote.result")}</h2>
    ${tie && html`<p class="tie">${tie}</p>`}
    <div class="card"><${ResultList} room=${room} round=${round} rows=${rows} label=${t("vote.result")} decorate=${mine} compact /></div>
    <p class="small muted method">${t("vote.base", { n: result.base.cast, people: result.base.eligible })} ${result.steps.join(" ")}</p></section>`;
}

function Closed({ room, activity, round, options }) {
  const { t } = room;
  useEffect(clearToast, []); // a mark can no longer be taken back
  const result = room.row("results", round.id);
  const waiting = round.results === "never" ? t("vote.wait.never") : activity.revealed || round.results !== "close" ? t("vote.wait.counting") : t("vote.wait.reveal");
  return html`<main class="main" id="main"><${Question} activity=${activity} />
      ${round.closed_at && html`<p class="priv"><${Icon} name="check" size=${18} /><span>${t("vote.closed_at", { time: room.time(round.closed_at) })}</span></p>`}
      <${RefusedMarks} room=${room} round=${round} options=${options} />
      ${result ? html`<${Result} room=${room} round=${round} result=${result} own=${room.ballot(round.id) || {}} />` : html`<p class="say empty" role="status">${waiting}</p>`}
      <${OwnBallot} room=${room} round=${round} options=${options} /></main>
    <section class="dock" aria-label=${t("vote.dock.closed")}><p class="row"><${Icon} name="check" />${result ? t("vote.dock.result") : t("vote.dock.closed")}</p></section>`;
}

function Nothing({ room, activity, add }) {
  const { t } = room;
  return html`<main class="main" id="main"><${Question} activity=${activity} /><p class="say empty">${t(add ? "vote.empty_add" : "vote.empty")}</p>${add}</main>`;
}

/** The phone's face. */
export function VotePhone({ room, activity }) {
  const { t } = room;
  const round = room.row("rounds", activity.round);
  if (!round || round.status === "draft") return html`<${Nothing} room=${room} activity=${activity} />`;
  const options = optionsOf(room, round);
  if (!OPEN.has(round.status)) return html`<${Closed} room=${room} activity=${activity} round=${round} options=${options} />`;
  const add = round.add_own && round.status === "open" ? html`<${AddOwn} room=${room} activity=${activity} round=${round} />` : null;
  if (!options.length) return html`<${Nothing} room=${room} activity=${activity} add=${add} />`;
  const Ballot = BALLOTS[round.shape];
  const inert = round.status === "paused" ? t("vote.inert.paused") : room.me.role !== "participant" ? t("vote.inert.staff") : "";
  const head = html`<${Question} activity=${activity} />
    <p class="priv"><${Icon} name=${round.secret ? "lock" : "eye"} size=${18} /><span>${inert || promise(room, round)} ${shuffled(round, options) && round.shape !== "stance" ? t("vote.shuffled") : ""}</span></p>`;
  return html`<${Ballot} key=${round.id} room=${room} activity=${activity} round=${round} options=${inOrder(room, round, options)} inert=${inert} head=${head} foot=${add} />`;
}

/** A vote on the phone after its close: what was refused, the result where the policy shows it, one's own ballot. */

import { html, useEffect } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { nameOf } from "./option.js";
import { OwnBallots } from "./own_ballot.js";
import { Question } from "./question.js";
import { ResultList, noteOf, tieOf } from "./results.js";
import { countedRuns, rowsOfRun, runName, runTime } from "./runs.js";
import { Refused } from "./state.js";
import { style } from "./style.js";
import { clearToast } from "./toast.js";

style("vote");

/** The shapes of which one number or word fits beside a bar; the others stand below as a ballot. */
const NOTED = new Set(["points", "choices", "stance"]);

/** Marks that came too late or were refused at the end, with the server's reason. */
function RefusedMarks({ room, round, options }) {
  const refused = room.outbox.entries.value.filter(entry => entry.state === "refused" && entry.name.startsWith("voting.") && entry.words.round === round.id);
  if (!refused.length) return null;
  const name = id => nameOf(options.find(option => option.id === id) || { number: "", title: "" });
  return html`<ul class="notes">${refused.map(entry => html`<li class="note refused" key=${entry.id}>${entry.words.option && html`<p class="say">${name(entry.words.option)}</p>`}<${Refused} room=${room} entry=${entry} /></li>`)}</ul>`;
}

/** The result of one run; where there are several, under the name of the run. */
function Result({ room, round, several, own }) {
  const { t } = room;
  const result = room.row("results", round.id);
  const rows = rowsOfRun(room, round);
  const tie = tieOf(room, rows);
  const mine = row => {
    if (!NOTED.has(round.shape)) return row;
    const value = Array.isArray(own) ? own.includes(row.id) : own[row.id];
    if (!value) return { ...row, note: row.withdrawn ? noteOf(room, round, row) : "" };
    return { ...row, note: round.shape === "points" ? t("vote.you_gave", { n: value }) : t("vote.you_chose") };
  };
  const head = `result-${round.id}`;
  const title = several ? html`<span dir="auto">${runName(room, round)}</span> <small>${runTime(room, round)}</small>` : t("vote.result");
  return html`<section aria-labelledby=${head}><h2 class="head" id=${head}>${title}</h2>
    ${tie && html`<p class="tie">${tie}</p>`}
    <div class="card"><${ResultList} room=${room} round=${round} rows=${rows} label=${t("vote.result")} decorate=${mine} compact /></div></section>`;
}

/** The result, and below it those of earlier runs, the last one first. */
function Results({ room, round, result }) {
  const runs = countedRuns(room, round).reverse();
  return html`${!result.base.cast && html`<p class="say empty">${room.t("vote.no_votes", { n: result.base.eligible })}</p>`}
    ${runs.map(one => html`<${Result} key=${one.id} room=${room} round=${one} several=${runs.length > 1 || !result.base.cast} own=${room.ballot(one.id) || {}} />`)}`;
}

/** What stands where the ballot was. */
export function Closed({ room, activity, round, options }) {
  const { t } = room;
  useEffect(clearToast, []); // a mark can no longer be taken back
  const result = room.row("results", round.id);
  const waiting = round.results === "never" ? t("vote.wait.never") : activity.revealed || round.results !== "close" ? t("vote.wait.counting") : t("vote.wait.reveal");
  return html`<main class="main" id="main"><${Question} activity=${activity} />
      ${round.closed_at && html`<p class="priv"><${Icon} name="check" size=${18} /><span>${t("vote.closed_at", { time: room.time(round.closed_at) })}</span></p>`}
      <${RefusedMarks} room=${room} round=${round} options=${options} />
      ${result ? html`<${Results} room=${room} round=${round} result=${result} />` : html`<p class="say empty" role="status">${waiting}</p>`}
      <${OwnBallots} room=${room} round=${round} options=${options} /></main>
    <section class="dock" aria-label=${t("vote.dock.closed")}><p class="row"><${Icon} name="check" />${result ? t("vote.dock.result") : t("vote.dock.closed")}</p></section>`;
}

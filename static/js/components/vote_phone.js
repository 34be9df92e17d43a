/** Voting on the phone: the ballot of the round's shape while it is open, then what the policy shows. */

import { html, useEffect } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { lazy } from "./lazy.js";
import { Question } from "./question.js";
import { style } from "./style.js";
import { inOrder, optionsOf, promise, shuffled } from "./voting.js";

/** The question stands while its ballot is on the way. */
const Head = ({ head }) => html`<main class="main" id="main">${head}</main>`;
const ballot = load => lazy(load, Head);
/** A ballot with the style sheet that it needs. */
const styled = load => lazy(() => Promise.all([load(), style("ballots")]).then(([found]) => found), Head);

// Each in a file of its own: a phone fetches only what it votes with.
const BALLOTS = {
  points: ballot(() => import("./ballot_points.js").then(file => file.PointsBallot)),
  choices: ballot(() => import("./ballot_choices.js").then(file => file.ChoicesBallot)),
  stance: ballot(() => import("./ballot_stance.js").then(file => file.StanceBallot)),
  motions: styled(() => import("./ballot_motions.js").then(file => file.MotionsBallot)),
  scale: styled(() => import("./ballot_scale.js").then(file => file.ScaleBallot)),
  ranking: styled(() => import("./ballot_ranking.js").then(file => file.RankingBallot)),
  two_scales: styled(() => import("./ballot_two_scales.js").then(file => file.TwoScalesBallot)),
};
const OPEN = new Set(["open", "paused"]);
const AddOwn = lazy(() => import("./vote_own.js").then(file => file.AddOwn));
const Closed = lazy(() => import("./vote_closed.js").then(file => file.Closed));

function Nothing({ room, activity, add }) {
  const { t } = room;
  return html`<main class="main" id="main"><${Question} activity=${activity} /><p class="say empty">${t(add ? "vote.empty_add" : "vote.empty")}</p>${add}</main>`;
}

/** The phone's face. */
export function VotePhone({ room, activity }) {
  const { t } = room;
  const round = room.row("rounds", activity.round);
  useEffect(() => {
    const timer = setTimeout(Closed.warm, 3000); // so that the result shows no gap when it comes
    return () => clearTimeout(timer);
  }, []);
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

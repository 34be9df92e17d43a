/** Voting on the phone: the ballot of the round's shape while it is open, then what the policy shows. */

import { html, useEffect, useState } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { lazy } from "./lazy.js";
import { Question } from "./question.js";
import { style } from "./style.js";
import { inOrder, optionsOf, promise, shuffled } from "./voting.js";

/** The question stands while its ballot is on the way. */
const Head = ({ head }) => html`<main class="main" id="main">${head}</main>`;
const ballot = load => lazy(load, Head);
/** A ballot with the style sheet that it needs. */
const styled = (load, Meanwhile = Head) => lazy(() => Promise.all([load(), style("ballots")]).then(([found]) => found), Meanwhile);

// Each in a file of its own: a phone fetches only what it votes with.
const BALLOTS = {
  points: ballot(() => import("./ballot_points.js").then(file => file.PointsBallot)),
  choices: ballot(() => import("./ballot_choices.js").then(file => file.ChoicesBallot)),
  stance: ballot(() => import("./ballot_stance.js").then(file => file.StanceBallot)),
  credits: styled(() => import("./ballot_points.js").then(file => file.PointsBallot)),
  motions: styled(() => import("./ballot_motions.js").then(file => file.MotionsBallot)),
  scale: styled(() => import("./ballot_scale.js").then(file => file.ScaleBallot)),
  ranking: styled(() => import("./ballot_ranking.js").then(file => file.RankingBallot)),
  two_scales: styled(() => import("./ballot_two_scales.js").then(file => file.TwoScalesBallot)),
  pair: styled(() => import("./ballot_pair.js").then(file => file.PairBallot)),
  budget: styled(() => import("./ballot_budget.js").then(file => file.BudgetBallot)),
};
const ballotOf = round => BALLOTS[round.settings.cost === "square" ? "credits" : round.shape];
const ONE_AT_A_TIME = new Set(["stance", "pair"]);
const OPEN = new Set(["open", "paused"]);
/** Whether the ballot is here that the page was opened with: until then what the server painted stays. */
export function ballotHere({ state: { event, collections } }) {
  const { current } = collections.events[event];
  const round = (collections.rounds || {})[(collections.activities[current] || {}).round];
  return !round || !OPEN.has(round.status) || ballotOf(round).here();
}

const AddOwn = lazy(() => import("./vote_own.js").then(file => file.AddOwn));
const Closed = lazy(() => import("./vote_closed.js").then(file => file.Closed));

const VoteFor = styled(() => import("./vote_for.js").then(file => file.VoteFor), null);

/** Whose ballot is on the screen: [member or null, the switch]; on a frozen roll also why one has none of one's own. */
function useWhose(room, activity, round) {
  const [chosen, choose] = useState(null);
  const frozen = Boolean(round && round.roll === "frozen" && OPEN.has(round.status));
  const rights = frozen ? room.rows("rights").filter(right => right.activity === activity.id) : [];
  const held = frozen ? room.paper(round.id).held || [] : [];
  const mine = rights.find(right => right.member === room.me.id);
  const own = !frozen || room.store.seen.value < 0 || Boolean(mine && (!mine.holder || mine.holder === room.me.id));
  const missing = rights.some(right => right.holder === room.me.id && right.member !== room.me.id) && !held.length;
  useEffect(() => { if (missing) room.refresh(); }, [round && round.id, missing]); // no frame carries ballots, nor whose one casts
  const who = held.some(one => one.member === chosen) ? chosen : own || !held.length ? null : held[0].member;
  const why = own || who ? "" : room.t(mine ? "vote.inert.holder" : "vote.inert.roll");
  return { who, why, held, own, choose };
}

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
  const { who, why, held, own, choose } = useWhose(room, activity, round);
  if (!round || round.status === "draft") return html`<${Nothing} room=${room} activity=${activity} />`;
  const options = optionsOf(room, round);
  if (!OPEN.has(round.status)) return html`<${Closed} room=${room} activity=${activity} round=${round} options=${options} />`;
  const add = !who && round.add_own && round.status === "open" ? html`<${AddOwn} room=${room} activity=${activity} round=${round} />` : null;
  if (!options.length) return html`<${Nothing} room=${room} activity=${activity} add=${add} />`;
  const Ballot = ballotOf(round);
  const inert = round.status === "paused" ? t("vote.inert.paused") : room.me.role !== "participant" ? t("vote.inert.staff") : why;
  const mixed = shuffled(round, options) && !ONE_AT_A_TIME.has(round.shape);
  const said = [inert || promise(room, round), mixed && t("vote.shuffled")].filter(Boolean).join(" "); // one text, which a late font does not move
  const head = html`<${Question} activity=${activity} />
    <p class="priv"><${Icon} name=${round.secret ? "lock" : "eye"} size=${18} /><span>${said}</span></p>
    ${held.length > 0 && html`<${VoteFor} room=${room} held=${held} own=${own} who=${who} choose=${choose} />`}`;
  return html`<${Ballot} key=${`${round.id}/${who || ""}`} member=${who} room=${room} activity=${activity} round=${round} options=${inOrder(room, round, options)} inert=${inert} head=${head} foot=${add} />`;
}

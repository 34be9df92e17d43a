/** What one's own ballot says, in words, for every shape; after the close this device alone knows it. */

import { html } from "../vendor/ui.js";
import { nameOf } from "./option.js";
import { Receipt } from "./receipt.js";

const WORDED = new Set(["consent", "fist-to-five", "majority-judgement"]);

function scaleWords({ t }, round, mark) {
  const { value, reason } = mark && typeof mark === "object" ? mark : { value: mark, reason: "" };
  const word = WORDED.has(round.method) ? t(`method.${round.method}.word.${value}`) : t("vote.scale.step", { n: value, max: round.settings.max });
  return reason ? t("vote.own_ballot.reason", { word, reason }) : word;
}

function twoWords({ t }, { impact, effort }) {
  if (!impact) return t("vote.own_ballot.effort", { n: effort });
  return effort ? t("vote.own_ballot.both", { impact, effort }) : t("vote.own_ballot.impact", { n: impact });
}

/** What a ballot says of one option, by shape: (room, round, mark) → words. */
const SAYS = {
  points: ({ t }, round, mark) => t("vote.dots", { n: mark }),
  stance: ({ t }, round, mark) => t(`vote.stance.said_${mark}`),
  motions: ({ t }, round, mark) => t(`vote.motion.said_${mark}`),
  scale: scaleWords,
  two_scales: (room, round, mark) => twoWords(room, mark),
  ranking: ({ t }, round, mark) => t("vote.own_ballot.place", { n: mark }),
};

function comparisons({ t }, ballot, byId) {
  const known = ballot.map(one => [one, one.winner ? [one.winner, one.loser] : one.equal || one.skip]).filter(([, two]) => two.every(id => byId.has(id)));
  return known.map(([one, [first, second]]) => {
    const name = nameOf(byId.get(second));
    const words = one.winner ? t("vote.own_ballot.over", { name }) : one.equal ? t("vote.own_ballot.equal", { name }) : t("vote.own_ballot.skipped", { name });
    return { key: `${first}/${second}`, option: byId.get(first), words };
  });
}

/** The lines {key, option, words} of a ballot; none where it is empty. */
export function linesOf(room, round, options, ballot) {
  const byId = new Map(options.map(option => [option.id, option]));
  if (!ballot) return [];
  if (round.shape === "pair") return comparisons(room, Array.isArray(ballot) ? ballot : [], byId);
  const line = (id, words) => ({ key: id, option: byId.get(id), words });
  if (round.shape === "ranking") {
    const tiers = (Array.isArray(ballot) ? ballot : []).map(tier => tier.filter(id => byId.has(id))).filter(tier => tier.length);
    return tiers.flatMap((tier, index) => tier.map(id => line(id, SAYS.ranking(room, round, index + 1))));
  }
  const has = Array.isArray(ballot) ? id => ballot.includes(id) : id => id in ballot;
  const words = id => (Array.isArray(ballot) ? room.t(round.shape === "budget" ? "vote.own_ballot.cart" : "vote.your_choice") : SAYS[round.shape](room, round, ballot[id]));
  return options.filter(option => has(option.id)).map(option => line(option.id, words(option.id)));
}

function Ballot({ room, round, options, title, hint, paper }) {
  const lines = linesOf(room, round, options, paper.ballot);
  if (!lines.length) return null;
  return html`<section><h2 class="head">${title}</h2><p class="small muted">${hint}</p>
    <ul class="own-ballot">${lines.map(one => html`<li key=${one.key}><span class="say" dir="auto"><span class="tag">${one.option.number}</span> ${one.option.title}</span><span class="small">${one.words}</span></li>`)}</ul>
    <${Receipt} room=${room} round=${round} receipt=${paper.receipt} /></section>`;
}

/** One's own ballot after the close, and those that one cast for others. */
export function OwnBallots({ room, round, options }) {
  const { t } = room;
  const paper = room.paper(round.id);
  return html`<${Ballot} room=${room} round=${round} options=${options} title=${t("vote.your_ballot")} hint=${t("vote.your_ballot_hint")} paper=${paper} />
    ${(paper.held || []).map(one => html`<${Ballot} key=${one.member} room=${room} round=${round} options=${options} title=${t("vote.for.ballot", { name: one.name || t("vote.for.nobody") })}
      hint=${t("vote.your_ballot_hint")} paper=${one} />`)}`;
}

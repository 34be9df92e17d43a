/** The ballot of pairs: which of two is better, again and again; equal and skip are answers, and the last one may be taken back. */

import { forget, keep, kept } from "../core/keep.js";
import { announce } from "../core/live.js";
import { askRound } from "../core/of_round.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { Done } from "./done.js";
import { Icon } from "./icons.js";
import { OptionText, nameOf } from "./option.js";
import { goalOf, keyOf, pairsHere, twoOf } from "./pairs.js";
import { Spent } from "./spent.js";
import { State } from "./state.js";
import { useBallot } from "./voting.js";

const KEYS = { 1: "first", 2: "second", "=": "equal", 0: "equal", s: "skip", S: "skip" };
const NEVER = "never";
const FEW = 3; // so many pairs from the server in hand are enough

/** The pairs that the server wants compared, as far as it could be asked; asked again when few are left. */
function useOffers(room, round, member, done) {
  const [offers, setOffers] = useState([]);
  const asked = useRef("");
  const seen = new Set(done.map(keyOf));
  const open = offers.filter(pair => !seen.has(keyOf(pair)));
  const live = room.connection.value.state === "live";
  useEffect(() => {
    const now = `${done.length}/${member || ""}`;
    if (!live || open.length >= FEW || asked.current === now || asked.current === NEVER) return undefined;
    asked.current = now;
    let here = true;
    const of = member ? `?member=${member}` : "";
    askRound(room, round.id, `pairs${of}`).then(({ pairs, refused }) => {
      if (refused) asked.current = NEVER; // the pairs from here serve as well
      if (here) setOffers(pairs || []);
    }, () => { if (asked.current === now) asked.current = ""; });
    return () => { here = false; };
  }, [live, done.length, member]);
  return open;
}

/** Both cards, the one that comes next, and what can be said of them. */
function usePairs({ room, round, activity, options, inert, member }) {
  const { t } = room;
  const use = useBallot(room, round, member);
  const ballot = Array.isArray(use.ballot) ? use.ballot : [];
  const done = ballot.map(twoOf);
  const barred = (activity.settings || {}).own_barred;
  const standing = options.filter(option => option.status === "open" && !(barred && option.mine));
  const byId = new Map(standing.map(option => [option.id, option]));
  const known = pair => pair.every(id => byId.has(id));
  const salt = `${member || room.me.id}/${round.id}`;
  const offered = useOffers(room, round, member, done).filter(known);
  const stays = useRef(null); // what is on the screen does not change because an answer of the server comes
  const over = new Set(done.map(keyOf));
  const next = skipped => (offered.find(pair => keyOf(pair) !== skipped) || pairsHere([...byId.keys()], done, salt, 2).find(pair => keyOf(pair) !== skipped) || null);
  if (!stays.current || !known(stays.current) || over.has(keyOf(stays.current))) stays.current = next("");
  const pair = stays.current;
  const lastKey = `${room.place}compared.${round.id}.${member || ""}`;
  const last = kept(lastKey);
  const [reason, setReason] = useState("");

  function said(answer) {
    setReason(inert);
    if (inert) return announce(inert);
    const [one, other] = answer === "second" ? [pair[1], pair[0]] : pair;
    use.mark(one, answer === "first" || answer === "second" ? { loser: other } : { [answer]: other }, "");
    keep(lastKey, pair);
    return null;
  }

  function undo() {
    setReason(inert);
    if (inert) return announce(inert);
    use.mark(last[0], { clear: last[1] }, t("vote.pair.undone"));
    forget(lastKey);
    stays.current = known(last) ? last : null;
    return null;
  }

  return { pair: pair && pair.map(id => byId.get(id)), n: done.length, goal: goalOf(standing), said, undo, reason, state: use.last, can: Boolean(last && over.has(keyOf(last))),
    refused: pair ? use.refusalOf(pair[0]) || use.refusalOf(pair[1]) : "" };
}

function Card({ t, option, place, blocked, take }) {
  return html`<button type="button" class="card pair-card" aria-disabled=${blocked ? "true" : null} aria-label=${t("vote.pair.better", { place, name: nameOf(option), text: option.text || option.title })} onClick=${take}>
    <${OptionText} t=${t} option=${option} whole /><kbd aria-hidden="true">${place}</kbd></button>`;
}

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function PairBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const { pair, n, goal, said, undo, reason, refused, state, can } = usePairs({ room, round, activity, options, inert, member });
  const began = useRef(false);
  useEffect(() => {
    if (began.current) announce(pair ? t("vote.pair.next", { one: nameOf(pair[0]), other: nameOf(pair[1]) }) : t("vote.pair.all"), "statement");
    began.current = true;
  }, [pair ? keyOf(pair.map(option => option.id)) : ""]);
  // The signs act while the focus is on the cards or the buttons below, nowhere else (WCAG 2.1.4).
  const keys = event => {
    const answer = KEYS[event.key];
    if (answer && pair && !event.ctrlKey && !event.metaKey && !event.altKey) said(answer);
  };
  const progress = n < goal ? t("vote.pair.progress", { n, of: goal }) : t("vote.pair.enough", { n });
  return html`<main class="main" id="main">${head}
      ${pair ? html`<div class="pair" role="group" aria-label=${t("vote.pair.which")} onKeyDown=${keys}>
        <${Card} t=${t} option=${pair[0]} place=${1} blocked=${inert} take=${() => said("first")} />
        <p class="pair-or small muted" aria-hidden="true">${t("vote.pair.or")}</p>
        <${Card} t=${t} option=${pair[1]} place=${2} blocked=${inert} take=${() => said("second")} /></div>`
    : html`<p class="say empty">${t("vote.pair.all")}</p>`}${refused && html`<p class="st bad"><${Icon} name="warn" />${refused}</p>`}${foot}</main>
    <section class="dock" aria-label=${t("vote.dock.pair")} onKeyDown=${keys}>
      ${pair && html`<div class="pair-btns"><button class="btn" type="button" aria-disabled=${inert ? "true" : null} onClick=${() => said("equal")}>${t("vote.pair.equal")}</button>
        <button class="btn" type="button" aria-disabled=${inert ? "true" : null} onClick=${() => said("skip")}>${t("vote.pair.skip")}</button></div>`}
      <div class="row"><div class="grow"><p class="small"><b>${reason || progress}</b> ${state !== "saved" && html`<${State} room=${room} state=${state} />`}</p><${Spent} spent=${Math.min(n, goal)} of=${goal} />
        ${can && html`<button class="lnk pair-more" type="button" onClick=${undo}>${t("vote.pair.undo")}</button>`}</div>
        <${Done} room=${room} activity=${activity} ready=${n >= goal} member=${member} /></div>
    </section>`;
}

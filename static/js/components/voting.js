/** What every ballot on the phone needs: options in a fair order, marks, and the truth about each mark. */

import { announce } from "../core/live.js";
import { useMemo, useRef } from "../vendor/ui.js";

const SHUFFLED_FROM = 5;
const orders = new Map(); // member/round -> the ids in the order in which they were shown first

/** A number that looks random and is the same for the same text (FNV-1a). */
export function hash(text) {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0), 16777619);
  value ^= value >>> 15;
  return Math.imul(value, 2246822519) >>> 0;
}

/** The options of a round by number. */
export function optionsOf(room, round) {
  return round ? room.rows("options").filter(option => option.round === round.id) : [];
}

/** Whether this member sees the options in an order of their own. */
export const shuffled = (round, options) => round.order === "shuffled" && options.length >= SHUFFLED_FROM;

/** The options as this member sees them: shuffled per member; what is added later comes at the end, so that nothing jumps. */
export function inOrder(room, round, options) {
  if (!shuffled(round, options)) return options;
  const mine = `${room.me.id}/${round.id}`;
  const known = orders.get(mine) || [];
  const byId = new Map(options.map(option => [option.id, option]));
  const place = id => hash(`${mine}/${id}`);
  const added = options.map(option => option.id).filter(id => !known.includes(id)).sort((one, other) => place(one) - place(other));
  orders.set(mine, [...known, ...added]);
  return orders.get(mine).map(id => byId.get(id)).filter(Boolean);
}

/** The words for how secret a round is and who sees totals when. */
export function promise({ t }, round) {
  if (round.small && round.secret) return t("vote.promise.small");
  return t(`vote.promise.${round.secret ? "secret" : "named"}.${round.results}`);
}

/** The entries of the outbox that are about a ballot: of its marks the last one by option, and the last one that replaced it whole. */
function entriesOf(room, round, member) {
  const marks = new Map();
  let whole = null;
  for (const entry of room.outbox.entries.value) {
    if (entry.words.round !== round.id || (entry.words.member || null) !== member) continue;
    if (entry.name === "voting.mark") {
      marks.delete(entry.words.option); // so that the last one stands last
      marks.set(entry.words.option, entry);
    }
    if (entry.name === "voting.cast") whole = entry;
  }
  return { marks, whole };
}

const has = (ballot, id) => (Array.isArray(ballot) ? ballot.includes(id) : id in ballot);
const refusal = entry => (entry && entry.state === "refused" ? entry.answer.sentence : "");

/**
 * A ballot as a component uses it, one's own or that of `member`: `ballot`, `stateOf(option)` (outbox state; "saved" for a mark
 * that the server has), `refusalOf(option)`, `mark(option, value, said)`, which says in words what it did, and for shapes whose
 * ballots go as a whole `cast(ballot, said)`, `state` and `refused`; `last` is the state of the last mark.
 */
export function useBallot(room, round, member = null) {
  const paper = room.paper(round.id);
  const own = member ? (paper.held || []).find(one => one.member === member) || {} : paper;
  const ballot = own.ballot || {};
  const entries = entriesOf(room, round, member);
  const latest = useRef(entries);
  latest.current = entries;
  const whose = member ? { member } : {};

  const mark = useMemo(() => (option, value, said) => {
    const before = latest.current.marks.get(option);
    if (before && before.answer) room.outbox.dismiss(before.id);
    if (said) announce(said);
    return room.send("voting.mark", { round: round.id, option, value, ...whose });
  }, [round.id, member]);

  const cast = useMemo(() => (next, said) => {
    const before = latest.current.whole;
    if (before) room.outbox.dismiss(before.id); // what was not sent yet is replaced, what was refused is answered
    if (said) announce(said);
    return room.send("voting.cast", { round: round.id, ballot: next, ...whose });
  }, [round.id, member]);

  const { marks, whole } = entries;
  return {
    ballot, mark, cast,
    stateOf: id => (marks.has(id) ? marks.get(id).state : has(ballot, id) ? "saved" : "local"),
    refusalOf: id => refusal(marks.get(id)),
    state: whole ? whole.state : own.ballot && Object.keys(own.ballot).length ? "saved" : "local",
    refused: refusal(whole),
    last: marks.size ? [...marks.values()].pop().state : "saved",
  };
}

/** Why an option takes no new mark, in words, or "": nothing can be changed now, it is withdrawn, or it is one's own. */
export function barredBy({ t }, activity, option, inert) {
  if (inert) return inert;
  if (option.status === "withdrawn") return t("vote.withdrawn");
  return (activity.settings || {}).own_barred && option.mine ? t("vote.own_barred") : "";
}

/** What the round's figures say of an option while it is open, in words; "" where the policy does not show them yet. */
export function soFar(room, round, option, voted) {
  if (round.results !== "live" && !(round.results === "after_vote" && voted)) return "";
  const figures = (room.figures(round.id) || {})[option.id];
  if (!figures) return "";
  if (round.shape === "stance") return room.t("vote.so_far.stance", figures);
  if (round.shape === "points") return room.t("vote.so_far.points", { n: figures.points });
  return round.shape === "choices" ? room.t("vote.so_far.choices", { n: figures.votes }) : "";
}

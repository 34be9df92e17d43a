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

function entriesOf(room, round) {
  const states = new Map();
  for (const entry of room.outbox.entries.value) {
    if (entry.name === "voting.mark" && entry.words.round === round.id) states.set(entry.words.option, entry);
  }
  return states;
}

/**
 * A ballot as a component uses it: `ballot`, `stateOf(option)` (outbox state; "saved" for a mark that the server has),
 * `refusalOf(option)`, and `mark(option, value)`, which says in words what it did (`said`).
 */
export function useBallot(room, round) {
  const ballot = room.ballot(round.id);
  const entries = entriesOf(room, round);
  const latest = useRef(entries);
  latest.current = entries;

  const mark = useMemo(() => (option, value, said) => {
    const before = latest.current.get(option);
    if (before && before.answer) room.outbox.dismiss(before.id);
    if (said) announce(said);
    return room.send("voting.mark", { round: round.id, option, value });
  }, [round.id]);

  const has = Array.isArray(ballot) ? id => ballot.includes(id) : id => id in ballot;
  return {
    ballot, mark,
    stateOf: id => (entries.has(id) ? entries.get(id).state : has(id) ? "saved" : "local"),
    refusalOf: id => (entries.has(id) && entries.get(id).state === "refused" ? entries.get(id).answer.sentence : ""),
  };
}

/** What the round's figures say of an option while it is open, in words; "" where the policy does not show them yet. */
export function soFar(room, round, option, voted) {
  if (round.results !== "live" && !(round.results === "after_vote" && voted)) return "";
  const figures = (room.figures(round.id) || {})[option.id];
  if (!figures) return "";
  if (round.shape === "stance") return room.t("vote.so_far.stance", figures);
  return room.t(`vote.so_far.${round.shape}`, { n: round.shape === "points" ? figures.points : figures.votes });
}

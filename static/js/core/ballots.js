/** One's own ballots, and those one casts for others: what the server has, and on top what is under way; no frame carries them. */

import { effect } from "../vendor/ui.js";
import { forget, keep, kept } from "./keep.js";

const VOTING = new Set(["voting.mark", "voting.cast"]);

/** Whether two comparisons are of the same two options. */
const alike = (one, a, b) => [one.winner, one.loser, ...(one.equal || one.skip || [])].filter(id => id === a || id === b).length === 2;

function compared(ballot, { option, value }) {
  const [[said, other]] = Object.entries(value);
  const rest = (Array.isArray(ballot) ? ballot : []).filter(one => !alike(one, option, other));
  if (said === "clear") return rest;
  return [...rest, said === "loser" ? { winner: option, loser: other } : { [said]: [option, other] }];
}

function placed(ballot, { option, value }) {
  const tiers = (Array.isArray(ballot) ? ballot : []).map(tier => tier.filter(id => id !== option));
  while (value && tiers.length < value) tiers.push([]);
  if (value) tiers[value - 1].push(option);
  return tiers;
}

/** A ballot with one command of voting applied to it; `shape` is the round's. */
export function marked(ballot, { name, words }, shape = "") {
  if (name === "voting.cast") return words.ballot;
  if (shape === "pair") return compared(ballot, words);
  if (shape === "ranking") return placed(ballot, words);
  if (typeof words.value === "boolean" || Array.isArray(ballot)) {
    const others = (Array.isArray(ballot) ? ballot : []).filter(option => option !== words.option);
    return words.value ? [...others, words.option] : others;
  }
  const next = { ...ballot };
  if (words.value === null || (words.value === 0 && shape !== "scale")) delete next[words.option];
  else next[words.option] = words.value;
  return next;
}

/** A row with what one command changed in it: one's own ballot, or that of `words.member`. */
function changed(row, entry, shape, receipt) {
  const take = part => ({ ...part, ballot: marked(part.ballot || {}, entry, shape), ...(receipt ? { receipt } : {}) });
  const { member } = entry.words;
  if (!member) return take(row);
  return { ...row, held: (row.held || []).map(one => (one.member === member ? take(one) : one)) };
}

/**
 * Gives a room `paper(round)`: {ballot, receipt, held: [{member, name, ballot, receipt}]}, and `ballot(round)`, its own ballot
 * alone (an object, or a list for choices, carts, rankings and comparisons; {} when empty).
 *
 * A mark counts at once, is kept when the server took it, and is gone again when the server refused it. Another tab of the
 * same member is told to ask the server. Once a round is sealed nobody can say what one chose but this device.
 */
export function createBallots(room) {
  const { store, outbox } = room;
  const poke = `${room.place}voted`;
  const shapeOf = round => (store.row("rounds", round) || {}).shape;

  // What stands on paper is kept here: after the sealing no other place has it.
  effect(() => {
    for (const row of store.rows("ballots")) keep(`${room.place}paper.${row.id}`, row);
  });

  outbox.onAnswer((entry, answer) => {
    if (!VOTING.has(entry.name)) return;
    if (answer.ok) {
      const round = entry.words.round;
      const before = store.row("ballots", round) || { id: round };
      store.put([["ballots", round, changed(before, entry, shapeOf(round), answer.receipt)]]);
      keep(poke, entry.id);
      forget(poke);
    } else if (answer.code !== "round_closed") {
      room.refresh(); // another tab or device may have voted: the server's ballot is the true one
    }
  });
  window.addEventListener("storage", event => {
    if (event.key === poke && event.newValue) room.refresh();
  });

  function sealed(round) {
    const { status } = store.row("rounds", round) || {};
    return status === "sealed" ? kept(`${room.place}paper.${round}`) : null;
  }

  function paper(round) {
    const row = store.row("ballots", round) || sealed(round) || { id: round };
    const pending = outbox.entries.value.filter(entry => !entry.answer && VOTING.has(entry.name) && entry.words.round === round);
    return pending.reduce((before, entry) => changed(before, entry, shapeOf(round)), row);
  }
  return { paper, ballot: round => paper(round).ballot || {} };
}

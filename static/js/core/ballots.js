/** One's own ballots: what the server has, and on top what is still under way; no frame ever carries them. */

import { forget, keep, kept } from "./keep.js";

const VOTING = new Set(["voting.mark", "voting.cast"]);

/** A ballot with one command of voting applied to it. */
export function marked(ballot, { name, words }) {
  if (name === "voting.cast") return words.ballot;
  if (typeof words.value === "boolean" || Array.isArray(ballot)) {
    const others = (Array.isArray(ballot) ? ballot : []).filter(option => option !== words.option);
    return words.value ? [...others, words.option] : others;
  }
  const next = { ...ballot };
  if (words.value === null || words.value === 0) delete next[words.option];
  else next[words.option] = words.value;
  return next;
}

/**
 * The function `ballot(round)` of a room: the own ballot (an object, or a list for choices; {} when empty).
 *
 * A mark counts at once, is kept when the server took it, and is gone again when the server refused it. Another tab of the
 * same member is told to ask the server. Once a round is sealed nobody can say what one chose but this device.
 */
export function createBallots(room) {
  const { store, outbox } = room;
  const poke = `${room.place}voted`;

  outbox.onAnswer((entry, answer) => {
    if (!VOTING.has(entry.name)) return;
    if (answer.ok) {
      const round = entry.words.round;
      const before = (store.row("ballots", round) || {}).ballot;
      const ballot = marked(before || {}, entry);
      store.put([["ballots", round, { id: round, ballot }]]);
      keep(`${room.place}ballot.${round}`, ballot);
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
    return status === "sealed" ? { ballot: kept(`${room.place}ballot.${round}`) } : null;
  }

  return function ballot(round) {
    const row = store.row("ballots", round) || sealed(round);
    const pending = outbox.entries.value.filter(entry => !entry.answer && VOTING.has(entry.name) && entry.words.round === round);
    return pending.reduce(marked, (row && row.ballot) || {});
  };
}

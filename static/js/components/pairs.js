/** Which two options to compare next: what the server offers, and by a hash where it does not. */

import { hash } from "./voting.js";

export const GOAL = 24;

/** The two of a comparison, in the order of their ids. */
export const twoOf = one => (one.winner ? [one.winner, one.loser] : [...(one.equal || one.skip)]).sort();

/** A pair as a key. */
export const keyOf = pair => [...pair].sort().join("/");

/** How many comparisons are asked of one person: all pairs where they are few. */
export const goalOf = options => Math.min(GOAL, (options.length * (options.length - 1)) / 2);

/**
 * Up to `count` pairs of ids that are not compared yet, in an order of one's own: `salt` names person and round. Options that one
 * has compared least come first; of 300 options not all 44,850 pairs are looked at, but for each option its next ones.
 */
export function pairsHere(ids, done, salt, count = 8) {
  const seen = new Set(done.map(keyOf));
  const times = new Map(ids.map(id => [id, 0]));
  for (const id of done.flat()) times.set(id, (times.get(id) || 0) + 1);
  const place = new Map(ids.map(id => [id, hash(`${salt}/${id}`)]));
  const found = [];
  while (found.length < count) {
    const order = [...ids].sort((one, other) => times.get(one) - times.get(other) || place.get(one) - place.get(other));
    const pair = firstPair(order, seen);
    if (!pair) break;
    found.push(pair);
    seen.add(keyOf(pair));
    for (const id of pair) times.set(id, times.get(id) + 1);
  }
  return found;
}

function firstPair(order, seen) {
  for (const [index, one] of order.entries()) {
    const other = order.slice(index + 1).find(id => !seen.has(keyOf([one, id])));
    if (other) return [one, other];
  }
  return null;
}

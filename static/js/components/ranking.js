/** What may be done to a ranking, a list of places [[best], [two, that share a place], …]: pure functions, each gives a new one. */

const copy = tiers => tiers.map(tier => [...tier]);
const full = tiers => tiers.filter(tier => tier.length);

/** A stored ballot as rows show it: without empty places, with the options that are there (`known`, by id); who share a place stand by number. */
export function tidy(ballot, known) {
  const number = id => known.get(id).number;
  return full((Array.isArray(ballot) ? ballot : []).map(tier => tier.filter(id => known.has(id)).sort((one, other) => number(one) - number(other))));
}

/** The index of the place that holds an option; -1 where none does. */
export const tierOf = (tiers, id) => tiers.findIndex(tier => tier.includes(id));

/** Every option in the order in which rows show it. */
export const rowsIn = tiers => tiers.flat();

/** The ranking with an option at the end. */
export const added = (tiers, id) => [...removed(tiers, id), [id]];

/** The ranking without an option. */
export const removed = (tiers, id) => full(tiers.map(tier => tier.filter(one => one !== id)));

/** The ranking with an option one row up (-1) or down (1); one that shares its place steps out of it first. */
export function moved(tiers, id, step) {
  const at = tierOf(tiers, id);
  if (at < 0) return tiers;
  const next = copy(tiers);
  if (tiers[at].length > 1) {
    next[at] = next[at].filter(one => one !== id);
    next.splice(step < 0 ? at : at + 1, 0, [id]);
    return next;
  }
  const other = at + step;
  if (other < 0 || other >= tiers.length) return tiers;
  [next[at], next[other]] = [next[other], next[at]];
  return next;
}

/** The ranking with an option alone on the row `row` of all rows, counted from 0. */
export function dropped(tiers, id, row) {
  const rest = removed(tiers, id);
  let before = 0;
  let at = 0;
  while (at < rest.length && before + rest[at].length <= row) {
    before += rest[at].length;
    at += 1;
  }
  return [...rest.slice(0, at), [id], ...rest.slice(at)];
}

/** The ranking with an option on the place of the one above it, or alone again below those that it shared one with. */
export function joined(tiers, id) {
  const at = tierOf(tiers, id);
  if (at < 0) return tiers;
  const next = copy(tiers);
  const shared = tiers[at].indexOf(id) > 0;
  next[at] = next[at].filter(one => one !== id);
  if (shared) next.splice(at + 1, 0, [id]);
  else if (at > 0) next[at - 1].push(id);
  else return tiers;
  return full(next);
}

/** Whether an option shares its place with the row above. */
export const shares = (tiers, id) => {
  const at = tierOf(tiers, id);
  return at >= 0 && tiers[at].indexOf(id) > 0;
};

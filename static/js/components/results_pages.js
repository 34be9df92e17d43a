/** How many pages of its own the projector has for what stands beside the rows of a result. */

/** Options in a row of the projector's table of duels. */
export const TILE = 8;
/** Reasons on one page of the projector. */
export const REASONS = 3;

const count = table => Object.values(table || {}).reduce((sum, list) => sum + list.length, 0);
const some = list => (list || []).length > 0;

/** The parts of a consensus that have a page: what unites, what divides, the map. */
export function consensusPages(details) {
  const map = details.map;
  const united = map ? map.unites : (details.agreed || []).flat();
  const divided = map ? map.divides : (details.divides || []).flat();
  return [...(some(united) ? ["unites"] : []), ...(some(divided) ? ["divides"] : []), ...(map ? ["map"] : [])];
}

const PAGES = {
  matrix: (details, ranked) => (details.matrix && ranked > 1 ? Math.ceil(ranked / TILE) ** 2 : 0),
  rounds: details => (some(details.rounds) ? 1 : 0),
  consent: details => Math.ceil((count(details.objections) + count(details.concerns)) / REASONS),
  quadrants: () => 1,
  funded: () => 1,
  consensus: details => consensusPages(details).length,
};

/** The pages beside the rows of a counted result; none before. */
export function besidePages(round, result) {
  if (!result || !PAGES[round.display] || !result.base.cast) return 0;
  return PAGES[round.display](result.details || {}, result.ranking.flat().length);
}

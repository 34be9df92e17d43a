/** Finds cards that may say the same: by the letter groups that two texts share. Pure; a person decides. */

const MOST = 300;
const ALIKE = 0.55;

/** The groups of three letters in a text's words, in any script. */
function trigrams(text) {
  const found = new Set();
  for (const word of text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").split(/[^\p{L}\p{N}]+/u)) {
    const padded = ` ${word} `;
    for (let place = 0; place < padded.length - 2; place += 1) found.add(padded.slice(place, place + 3));
  }
  return found;
}

/** How alike two sets are, 0..1 (Sørensen and Dice). */
function alike(one, other) {
  if (!one.size || !other.size) return 0;
  let shared = 0;
  for (const part of one) if (other.has(part)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}

/** Pairs [card, card] of cards that may be duplicates, the most alike first; of the first three hundred cards only. */
export function similar(cards) {
  const known = cards.slice(0, MOST).map((card) => [card, trigrams(card.text)]);
  const pairs = [];
  for (let one = 0; one < known.length; one += 1) {
    for (let other = one + 1; other < known.length; other += 1) {
      const score = alike(known[one][1], known[other][1]);
      if (score >= ALIKE) pairs.push([score, known[one][0], known[other][0]]);
    }
  }
  return pairs.sort((one, other) => other[0] - one[0]).map(([, one, other]) => [one, other]);
}

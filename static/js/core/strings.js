/** Says the sentences of the catalogue: places filled, plural forms chosen as the CLDR has them. */

const PLACE = /\{([a-z_]+)\}/g;
const missing = new Set();

/**
 * The function `t(key, values)` of a catalogue `{key: sentence | {category: sentence}}` in a language; `later()` says whether a
 * key that is not here may still come, and fetches the rest.
 */
export function createStrings(catalogue, language, later = () => false) {
  const rules = pluralRules(language);
  return function t(key, values = {}) {
    const entry = catalogue[key];
    if (entry === undefined) return later() ? "" : unknown(key);
    const sentence = typeof entry === "string" ? entry : entry[rules.select(Number(values.n) || 0)] || entry.other;
    return sentence.replace(PLACE, (place, name) => (name in values ? String(values[name]) : place));
  };
}

/** Fetches a catalogue; tries again for as long as the network needs. */
export async function fetchStrings(url, wait = 500) {
  for (;;) {
    try {
      const response = await fetch(url);
      if (response.ok) return await response.json();
    } catch {
      // The network is away; the page that the server painted stays readable meanwhile.
    }
    await new Promise(resolve => setTimeout(resolve, wait));
    wait = Math.min(8000, wait * 2);
  }
}

function pluralRules(language) {
  try {
    return new Intl.PluralRules(language);
  } catch {
    return new Intl.PluralRules("en");
  }
}

function unknown(key) {
  if (!missing.has(key)) console.error(`no string for ${key}`);
  missing.add(key);
  return key;
}

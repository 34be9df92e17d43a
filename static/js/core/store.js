/** The state of one event as this screen may see it: `state[collection][id] = row`, or delete. */

import { batch, computed, signal } from "../vendor/ui.js";

/**
 * A store filled from a state document.
 *
 * `seen` is a signal of the number up to which it is complete (-1: nothing), `me` one of who is looking.
 * Frames that come while a join is under way are held (`hold`) and taken after its answer.
 */
export function createStore(state) {
  const collections = new Map();
  const sorted = new Map();
  const seen = signal(-1);
  const me = signal({});
  let held = null;

  function collection(name) {
    if (!collections.has(name)) collections.set(name, signal({}));
    return collections.get(name);
  }

  function put(rows) {
    const next = new Map();
    for (const [name, id, row] of rows) {
      if (!next.has(name)) next.set(name, { ...collection(name).peek() });
      if (row === null) delete next.get(name)[id];
      else next.get(name)[id] = row;
    }
    for (const [name, value] of next) collection(name).value = value;
  }

  function fill(document) {
    batch(() => {
      const given = document.collections || {};
      for (const name of new Set([...collections.keys(), ...Object.keys(given)])) collection(name).value = given[name] || {};
      me.value = document.me || {};
      seen.value = document.partial ? -1 : document.seq;
    });
  }

  /** Takes a frame `[slug, from, to, rows]`; says "applied", "old", "held", or "gap" where the screen has to join again. */
  function frame([slug, from, to, rows]) {
    if (slug !== state.event) return "old";
    if (held) return held.push([slug, from, to, rows]) && "held";
    if (to <= seen.peek()) return "old";
    if (from > seen.peek()) return "gap";
    batch(() => {
      put(rows);
      seen.value = to;
    });
    return "applied";
  }

  function release() {
    const waiting = held || [];
    held = null;
    // After a gap the rest may be dropped: the next join brings everything since `seen`.
    return waiting.some(one => frame(one) === "gap") ? "gap" : "applied";
  }

  /** Takes the answer `{seq, rows}` of a join, then what was held. */
  function joined({ seq, rows }) {
    if (seq >= seen.peek()) {
      batch(() => {
        put(rows);
        seen.value = seq;
      });
    }
    return release();
  }

  /** Replaces everything by a fresh state document, then takes what was held. */
  function replace(document) {
    fill(document);
    return release();
  }

  function rows(name) {
    if (!sorted.has(name)) sorted.set(name, computed(() => Object.values(collection(name).value).sort(byPlace)));
    return sorted.get(name).value;
  }

  fill(state);
  return {
    seen, me, frame, joined, replace, rows,
    hold: () => { held = held || []; },
    put: changes => batch(() => put(changes)),
    row: (name, id) => (id == null ? undefined : collection(name).value[id]),
  };
}

function byPlace(one, other) {
  return order(one.position, other.position) || order(one.number, other.number) || order(String(one.id), String(other.id));
}

function order(one, other) {
  if (one === other || one == null || other == null) return 0;
  return one < other ? -1 : 1;
}

/** What a person did and the server may not have yet: kept on the device, sent in order, one at a time. */

import { effect, signal } from "../vendor/ui.js";
import { forget, keep, kept, keysOf } from "./keep.js";
import { uuid } from "./uuid.js";

const PATIENCE = 400; // ms before "saving" is said
const WORDS_LIMIT = 64_000;
const AGAIN = new Set(["slow_down", "unavailable"]);
const BROKEN = 5; // tries of a command that the server could not carry out: the same one will fail again, and others wait behind it
const BUSY = 40; // tries where the server itself asks to come again (a database that cannot be reached): about a quarter of an hour
const LONGEST = 30_000; // ms between two tries
const STRANGER = new Set(["sign_in", "unknown_event"]); // the shell says what happened; what was written stays

/**
 * An outbox.
 *
 * transport: `ready`, a signal of whether commands may go, and `emit(envelope)`, a promise of the answer that rejects when the
 * connection breaks. connection: a signal of `{state}`. prefix: under which keys it keeps. `entries` is a signal of
 * `[{id, name, words, at, state, answer, sent, tries}]` in order; state is local, saving, waiting, saved or refused. breath: ms
 * before the second try of what the server could not carry out; each pause is twice the one before, and after some tries the
 * server's answer counts as a refusal.
 */
export function createOutbox({ transport, connection, prefix, now, refuse, breath = 500 }) {
  const entries = signal(restore(prefix));
  const waiting = new Map(); // id -> resolve
  const listeners = new Set();
  let busy = false;
  let pause = 0;

  const find = id => entries.peek().find(entry => entry.id === id);
  const change = (id, values) => { entries.value = entries.peek().map(entry => (entry.id === id ? { ...entry, ...values } : entry)); };
  const open = entry => !entry.answer;
  const late = entry => entry.within && Date.now() - entry.born >= entry.within;

  function save(entry) {
    const { id, name, words, at, order, answer, sent, tries } = entry;
    if (!entry.within) keep(prefix + id, { id, name, words, at, order, answer, sent, tries });
  }

  function drop(id) {
    forget(prefix + id);
    entries.value = entries.peek().filter(entry => entry.id !== id);
  }

  function moodOf(entry) {
    if (entry.answer) return entry.answer.ok ? "saved" : "refused";
    if (pause || connection.peek().state !== "live") return "waiting";
    return now() - entry.at < PATIENCE ? "local" : "saving";
  }

  function refresh() {
    if (entries.peek().some(entry => moodOf(entry) !== entry.state)) {
      entries.value = entries.peek().map(entry => (moodOf(entry) === entry.state ? entry : { ...entry, state: moodOf(entry) }));
    }
  }

  function settle(entry, answer) {
    change(entry.id, { answer, state: answer.ok ? "saved" : "refused" });
    if (answer.ok) forget(prefix + entry.id);
    else save(find(entry.id));
    const resolve = waiting.get(entry.id);
    waiting.delete(entry.id);
    for (const listener of listeners) listener(find(entry.id), answer);
    if (resolve) resolve(answer);
  }

  function later(ms) {
    pause = setTimeout(() => {
      pause = 0;
      refresh();
      pump();
    }, ms);
    refresh();
  }

  /** The server did nothing and may do it later: another try after a pause, or the end of all trying. */
  function again(entry, answer) {
    const failed = answer.code === "unavailable";
    const tries = (entry.tries || 0) + (failed ? 1 : 0);
    change(entry.id, { tries, undone: answer });
    if (late(entry) || tries >= (answer.retry_after ? BUSY : BROKEN)) return settle(find(entry.id), answer);
    save(find(entry.id));
    const first = answer.retry_after || (failed ? breath : 1000);
    return later(failed ? Math.min(LONGEST, first * 2 ** (tries - 1)) : first);
  }

  async function pump() {
    const entry = entries.peek().find(open);
    if (busy || pause || !entry || !transport.ready.peek()) return;
    busy = true;
    change(entry.id, { sent: true });
    save(find(entry.id));
    try {
      const { id, name, words, at } = find(entry.id);
      const answer = await transport.emit({ id, name, words, at });
      if (!answer.ok && AGAIN.has(answer.code)) again(find(entry.id), answer);
      else if (answer.ok || !STRANGER.has(answer.code)) settle(entry, answer);
      else later(5000);
    } catch {
      // The connection broke: the same id goes again when it is back, so nothing counts twice.
    }
    busy = false;
    if (transport.ready.peek()) setTimeout(pump, 0);
  }

  /** Takes a command. Options: `at`, server ms at which the person acted; `within`, ms after which one that was not done is refused; it is not kept. */
  function send(name, words, options = {}) {
    const entry = { id: uuid(), name, words, at: options.at || now(), order: place(), within: options.within, born: Date.now(), sent: false, state: "local" };
    entries.value = [...entries.peek(), entry];
    const answer = new Promise(resolve => waiting.set(entry.id, resolve));
    if (new Blob([JSON.stringify(words)]).size > WORDS_LIMIT) settle(entry, refuse("too_large"));
    else save(entry);
    setTimeout(refresh, PATIENCE + 20);
    if (options.within) setTimeout(() => expire(entry.id), options.within);
    pump();
    return answer;
  }

  function expire(id) {
    const entry = find(id);
    if (!entry || !open(entry)) return;
    if (!entry.sent) settle(entry, refuse("offline"));
    else if (entry.undone && !busy) settle(entry, entry.undone);
  }

  /** Changes the words of an entry that was never sent; false where it is too late for that. */
  function amend(id, words) {
    const entry = find(id);
    if (!entry || entry.sent) return false;
    change(id, { words });
    save(find(id));
    return true;
  }

  /** Takes back an entry that was never sent, or clears away a refused one; false where the server has it, or may have it. */
  function dismiss(id) {
    const entry = find(id);
    if (!entry || (entry.answer ? entry.answer.ok : entry.sent)) return false;
    waiting.delete(id);
    drop(id);
    return true;
  }

  /** Forgets the saved entries that a state up to number `seen` shows by itself. */
  function shown(seen) {
    const over = entry => entry.answer && entry.answer.ok && entry.answer.seq <= seen;
    if (entries.peek().some(over)) entries.value = entries.peek().filter(entry => !over(entry));
  }

  const stops = [
    effect(() => { if (transport.ready.value) pump(); }),
    effect(() => { connection.value; refresh(); }),
  ];
  return {
    entries, send, amend, dismiss, shown,
    onAnswer: listener => { listeners.add(listener); return () => listeners.delete(listener); },
    stop: () => { stops.forEach(stop => stop()); clearTimeout(pause); },
  };
}

let last = 0;

/** A number above all that this device gave before, so that order survives a reload. */
function place() {
  last = Math.max(last + 1, Date.now());
  return last;
}

function restore(prefix) {
  const found = keysOf(prefix).map(kept).filter(entry => entry && entry.id && entry.name);
  found.sort((one, other) => one.order - other.order);
  return found.map(entry => ({ ...entry, state: entry.answer ? "refused" : "waiting" }));
}

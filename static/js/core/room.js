/** One event as a screen knows it: rows, people, time, connection, and the one way to change something. */

import { computed, effect, signal } from "../vendor/ui.js";
import { createBallots } from "./ballots.js";
import { createClock, dateIn, timeOfDay } from "./clock.js";
import { createDrafts } from "./drafts.js";
import { createOutbox } from "./outbox.js";
import { createSocket } from "./socket.js";
import { createStore } from "./store.js";
import { createStrings, fetchStrings } from "./strings.js";

const STALE = 10_000; // what staff press while the line is down must not happen minutes later
const OPEN = new Set(["running", "paused"]);

/** The page's boot document, `<script type="application/json" id="boot">`. */
export function readBoot() {
  return JSON.parse(document.getElementById("boot").textContent);
}

/**
 * A room from a boot document. Everything that is read is reactive; `ready` is a promise of the sentences being there, and the drafts of closed tabs.
 *
 * send(name, words, {at, within}) -> Promise of {ok, seq} or {ok: false, code, sentence, fields}; see outbox.js for the states
 * in `outbox.entries`. On the console `events.*` are refused ("offline") when they could not leave within ten seconds.
 * `connect` stands in for the line of socket.io where there is no room behind the rows (pages/preview.js).
 */
export function createRoom(boot, connect) {
  const store = createStore({ ...boot.state, partial: boot.partial });
  const clock = createClock(boot.now);
  const language = boot.language || "en";
  const catalogue = signal({});
  const rest = { asked: false, here: false }; // what is seldom said is fetched when it is first said
  const say = computed(() => createStrings(catalogue.value, language, later));
  const crowd = signal(null);
  const here = signal(new Set());
  const totals = signal({});
  const who = (store.me.peek() || {}).id || boot.as;
  const place = `facilitate.${boot.event}.${who}.`;
  const mine = message => message[0] === boot.event;

  /** Whether more sentences may still come; they are on their way then. */
  function later() {
    if (!Object.keys(catalogue.peek()).length) return true;
    if (!rest.asked) {
      rest.asked = true;
      fetchStrings(`${boot.strings}&later`).then(found => {
        rest.here = true;
        catalogue.value = { ...catalogue.peek(), ...found };
      });
    }
    return !rest.here;
  }

  const socket = createSocket(boot, store, {
    clock: ([ms]) => clock.learn(ms),
    presence: message => { if (mine(message)) crowd.value = message[1]; },
    here: message => { if (mine(message)) here.value = new Set(message[1]); },
    figures: message => { if (mine(message)) totals.value = { ...totals.peek(), [message[1]]: message[2] }; },
  }, connect);
  const refuse = code => ({ ok: false, code, sentence: say.peek()(`refusal.${code}`) });
  const outbox = createOutbox({ transport: socket, connection: socket.connection, prefix: `${place}outbox.`, now: clock.now, refuse });
  const drafts = createDrafts(place);
  effect(() => outbox.shown(store.seen.value));

  const eventRow = computed(() => store.rows("events")[0] || {});
  const me = computed(() => ({ ...store.me.value, ...(store.row("members", store.me.value.id) || {}) }));
  const steps = computed(() => store.rows("activities").filter(activity => activity.status !== "skipped"));

  const room = {
    boot, language, store, clock, outbox, kind: boot.kind,
    connection: socket.connection, left: socket.left, retry: socket.retry, refresh: socket.refresh,
    ready: Promise.all([fetchStrings(boot.strings).then(found => { catalogue.value = found; }), drafts.ready]),
    t: (key, values) => say.value(key, values),
    get me() { return me.value; },
    get event() { return eventRow.value; },
    get here() { return here.value; },
    get present() { return crowd.value === null ? eventRow.value.people || 0 : crowd.value; },
    get current() { return store.row("activities", eventRow.value.current) || null; },
    get open() { return steps.value.filter(activity => OPEN.has(activity.status)); },
    rows: store.rows,
    row: store.row,
    now: clock.now,
    time: timeOfDay(language),
    date: dateIn(language),
    figures: round => totals.value[round] || null,
    turnout: activity => store.row(activity.round ? "turnout" : "progress", activity.round || activity.id) || null,
    step: activity => ({ n: steps.value.findIndex(one => one.id === activity.id) + 1, of: steps.value.length }),
    remaining: activity => remaining(activity, clock),
    send: (name, words, options) => outbox.send(name, words, options || (boot.kind === "console" && name.startsWith("events.") ? { within: STALE } : {})),
    onAnswer: outbox.onAnswer,
    draft: drafts.draft, // what is being written and was not sent yet, by subject; survives a reload
    drafts: drafts.all,
    place,
  };
  Object.assign(room, createBallots(room));
  return room;
}

/** Milliseconds left of an activity (negative when over, null without a clock); changes each second while it runs. */
function remaining(activity, clock) {
  if (activity.status === "paused") return activity.left;
  if (activity.status !== "running" || !activity.ends_at) return null;
  clock.tick.value;
  return activity.ends_at - clock.now();
}

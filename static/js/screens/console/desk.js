/** What the parts of the console share: sending with an answer in words, the cover, who is reconnecting, the closing question. */
import { announce, interrupt } from "../../core/live.js";
import { computed, effect, signal } from "../../vendor/ui.js";

const LATELY = 60_000;
const BEAT = 10_000;
const isOpen = (activity) => Boolean(activity) && (activity.status === "running" || activity.status === "paused");

/** Whether closing an activity ends something that people are still doing. */
export const counts = (activity) => isOpen(activity) && (activity.type === "vote" || activity.type === "collect");

/** Whether an activity has something to reveal. */
export const reveals = (activity) => activity.type === "vote" || activity.type === "collect";

/** Remembers when each phone was last here; nothing is known before the first list comes. */
function absence(room) {
  const lost = signal(new Map());
  const heard = signal(false);
  let before = new Set();
  effect(() => {
    const now = room.here;
    if (!now.size && !heard.peek()) return;
    heard.value = true;
    const next = new Map(lost.peek());
    for (const id of before) if (!now.has(id)) next.set(id, Date.now());
    for (const id of now) next.delete(id);
    before = now;
    lost.value = next;
  });
  return {
    /** here, reconnecting (lost within a minute), away, or unknown. */
    of(id) {
      if (!heard.value) return "unknown";
      if (room.here.has(id)) return "here";
      if (!lost.value.has(id)) return "away";
      room.clock.tick.value;
      return Date.now() - lost.value.get(id) < LATELY ? "reconnecting" : "away";
    },
  };
}

/** The desk of a room. `dialog` is a signal of [name, value] or null; `notice` of a sentence; `closing` of {activity, reveal, until}. */
export function createDesk(room) {
  const notice = signal("");
  const dialog = signal(null);
  const closing = signal(null);
  const cover = signal(null);
  const view = signal("now");
  const beat = computed(() => Math.floor(room.clock.tick.value / BEAT));
  const people = absence(room);
  const reconnecting = computed(() => room.rows("members").filter((member) => member.role === "participant" && member.status === "in" && people.of(member.id) === "reconnecting").length);
  const covered = computed(() => (cover.value === null ? isOpen(room.current) && room.current.type === "vote" : cover.value));
  let step = null;
  effect(() => {
    const id = room.current && room.current.id;
    if (id === step) return;
    step = id;
    cover.value = null;
    closing.value = null;
  });

  function refuse(sentence) {
    notice.value = sentence;
    interrupt(sentence);
  }

  /** Sends a command; what was refused is said in words. Nothing leaves while the line is down. */
  async function act(name, words = {}) {
    notice.value = "";
    if (room.connection.value.state !== "live") {
      interrupt(room.t("console.offline")); // the banner says it already
      return { ok: false, code: "offline" };
    }
    const answer = await room.send(name, words);
    if (!answer.ok) refuse(answer.sentence);
    return answer;
  }

  function finish(activity, reveal) {
    closing.value = null;
    return act(reveal ? "events.reveal" : "events.close", { activity: activity.id });
  }

  /** Closes, or closes and reveals; asks first when phones are just reconnecting. */
  function close(activity, reveal) {
    if (counts(activity) && reconnecting.value > 0) {
      closing.value = { activity, reveal, until: null };
      announce(room.t("console.reconnecting", { n: reconnecting.value }));
      return null;
    }
    return finish(activity, reveal);
  }

  return {
    room, act, close, finish, beat, notice, dialog, closing, covered, view, people, reconnecting,
    toggleCover: () => { cover.value = !covered.value; },
    open: (name, value) => { dialog.value = [name, value]; },
    openPerson: (id) => { dialog.value = ["person", id]; },
    shut: () => { dialog.value = null; },
  };
}

/** The activity that carries the offer to undo, with it, or null. */
export function undoOf(room) {
  const holder = room.rows("activities").find((activity) => activity.undo);
  return holder ? holder.undo : null;
}

/** The planned step that *next* would start, or null. */
export function nextOf(room) {
  const current = room.current;
  const after = current ? current.position : -1;
  return room.rows("activities").find((activity) => activity.status === "planned" && activity.position > after) || null;
}

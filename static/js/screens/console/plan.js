/** The agenda against the clock: when each step runs, how far behind we are, and what one press could save. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When the running step will end: at its end time, or now if that is over. */
function endOfRunning(activity, now) {
  const planned = (activity.started_at || now) + (activity.minutes || 0) * MINUTE;
  const end = activity.status === "paused" ? now + (activity.left || 0) : activity.ends_at || planned;
  return Math.max(now, end);
}

/**
 * {items, start, end, began}: `items` are {activity, at, minutes, state} in the agenda's order; state is done, now, next, coming,
 * passed (planned, but before the step `current`, an id, so that Next never comes to it) or skipped; `at` server ms, `minutes`
 * what it took or will take. `starts_at` is the event's planned start, may be null.
 */
export function schedule(activities, now, startsAt, current = null) {
  const here = activities.findIndex((one) => one.id === current);
  const began = activities.reduce((first, one) => (one.started_at && (!first || one.started_at < first) ? one.started_at : first), 0);
  const planned = startsAt && (!began || Math.abs(began - startsAt) < HOUR) ? startsAt : 0;
  const running = activities.filter((one) => one.status === "running" || one.status === "paused");
  let cursor = running.reduce((end, one) => Math.max(end, endOfRunning(one, now)), 0);
  if (!cursor) cursor = began ? now : Math.max(planned || now, now);
  const start = Math.min(planned || began || cursor, began || Infinity);
  let next = true;
  const items = activities.map((activity, place) => {
    if (activity.status === "skipped") return { activity, at: null, minutes: activity.minutes, state: "skipped" };
    if (activity.status === "closed") return { activity, at: activity.started_at, minutes: Math.round((activity.actual || 0) / MINUTE), state: "done" };
    if (activity.status !== "planned") return { activity, at: activity.started_at, minutes: activity.minutes, state: "now" };
    if (place < here) return { activity, at: null, minutes: activity.minutes, state: "passed" };
    const item = { activity, at: cursor, minutes: activity.minutes, state: next ? "next" : "coming" };
    next = false;
    cursor += (activity.minutes || 0) * MINUTE;
    return item;
  });
  return { items, start, end: cursor, began: Boolean(began) };
}

/** When the plan ends: its start and all its minutes, what was skipped left out. */
export function plannedEnd(activities, start) {
  const minutes = activities.reduce((sum, one) => sum + (one.status === "skipped" ? 0 : one.minutes || 0), 0);
  return start + minutes * MINUTE;
}

/** Whole minutes behind (positive) or ahead (negative). */
export const drift = (end, planned) => Math.round((end - planned) / MINUTE);

const isBreak = (activity) => activity.type === "present" && (activity.settings || {}).show === "break";

/**
 * {activity, from, to, saved} that takes `behind` minutes out of one coming step, or null. The first step that loses at most a
 * quarter of its time is chosen, breaks last; else the longest one, which loses at most half.
 */
export function fix(items, behind) {
  const coming = items.filter((item) => item.state === "next" || item.state === "coming").map((item) => item.activity).filter((one) => one.minutes >= 4);
  if (behind < 1 || !coming.length) return null;
  const working = coming.filter((one) => !isBreak(one));
  const pool = working.length ? working : coming;
  const gentle = pool.find((one) => behind * 4 <= one.minutes);
  const longest = pool.reduce((best, one) => (one.minutes > best.minutes ? one : best));
  const activity = gentle || longest;
  const saved = Math.min(behind, Math.floor(activity.minutes / 2));
  return { activity, from: activity.minutes, to: activity.minutes - saved, saved };
}

/** "I am done" with an activity: kept on this device, told to the server, and taken back like any other word. */

import { signal } from "../vendor/ui.js";
import { forget, keep, kept } from "./keep.js";

const marks = signal({});
const subjectOf = (activity, member) => (activity.round || activity.id) + (member ? `.${member}` : "");
const keyOf = (room, subject) => `${room.place}done.${subject}`;

function set(room, subject, done) {
  marks.value = { ...marks.peek(), [subject]: done };
  if (done) keep(keyOf(room, subject), true);
  else forget(keyOf(room, subject));
}

/** Whether this member, or `member` for whom it votes, said to be done with an activity (with this run of a vote). */
export function isDone(room, activity, member = null) {
  const subject = subjectOf(activity, member);
  const said = marks.value[subject];
  return said === undefined ? kept(keyOf(room, subject)) === true : said;
}

/** Says, or takes back, that this member is done. */
export async function sayDone(room, activity, done, member = null) {
  const subject = subjectOf(activity, member);
  set(room, subject, done);
  const answer = await (activity.round
    ? room.send("voting.done", { round: activity.round, done, ...(member ? { member } : {}) })
    : room.send("events.done", { activity: activity.id, done }));
  if (!answer.ok && isDone(room, activity, member) === done) set(room, subject, !done);
}

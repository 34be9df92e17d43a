/** How each person stands in the current step, from what the server tells of single people; it may tell nothing. */
import { useMemo } from "../../vendor/ui.js";

const STAFF = new Set(["organiser", "facilitator", "observer"]);

/** Who is counted: people in the event who are not staff. */
export const crowd = (room) => room.rows("members").filter((member) => !STAFF.has(member.role) && member.status === "in");

/** Who waits at the door. */
export const waiting = (room) => room.rows("members").filter((member) => member.status === "waiting");

/** {told, marks}: `marks` by member; `told` is false where only counts may be shown. */
export function useMarks(room) {
  const activity = room.current;
  const subject = activity ? activity.round || activity.id : null;
  const rows = room.rows("participation");
  return useMemo(() => {
    const marks = new Map(rows.filter((row) => row.subject === subject).map((row) => [row.member, row]));
    const turnout = activity ? room.turnout(activity) : null;
    const some = turnout ? (turnout.cast || turnout.started || turnout.done || 0) > 0 : false;
    return { marks, told: marks.size > 0 || !some };
  }, [rows, subject, activity && room.turnout(activity)]);
}

/** done, in, wait, off (reconnecting), away, plain (here, and no more may be told). */
export function stateOf(desk, marks, member) {
  const { room } = desk;
  const place = desk.people.of(member.id);
  const open = Boolean(room.current) && room.current.status !== "closed";
  const mark = open ? marks.marks.get(member.id) : null;
  if (place === "reconnecting") return "off";
  if (mark && mark.done) return "done";
  if (mark && mark.started) return "in";
  if (place === "away") return "away";
  return open && marks.told ? "wait" : "plain";
}

/** The word for "in" by what the step is: voted, wrote, took part. */
export function wordOf(t, state, activity) {
  if (state === "in") return t(`console.state.in.${activity ? activity.type : "present"}`);
  return t(`console.state.${state}`);
}

/** The reveal of a result: rows appear from the last to the first, one every 600 ms, here and on the console's small picture. */
import { moves } from "../../core/display.js";
import { useEffect, useMemo, useRef, useState } from "../../vendor/ui.js";
import { screenOf } from "./scene.js";

const PACE = 600;

/** The result of the current vote that its reveal has just uncovered: {id, rows}, or null. */
function uncovered(room) {
  const activity = room.current;
  const round = activity && activity.type === "vote" && activity.revealed && activity.round ? room.row("rounds", activity.round) : null;
  if (!round || round.results !== "close") return null;
  const result = room.row("results", round.id);
  if (!result || !result.base || !result.base.cast) return null;
  return { id: `${round.id}/${activity.closed_at}`, rows: result.ranking.reduce((sum, tied) => sum + tied.length, 0) };
}

/** How many rows are shown while a reveal plays, null when none does. A page that opens on a result shows it whole. */
function useSteps(room) {
  const result = uncovered(room);
  const [step, set] = useState(null);
  const known = useRef(result && result.id);
  const fresh = Boolean(result) && known.current !== result.id;
  useEffect(() => {
    if (!fresh) return;
    known.current = result.id;
    if (moves()) set(0);
  }, [fresh]);
  useEffect(() => {
    if (step === null) return undefined;
    if (!result || step >= result.rows) { set(null); return undefined; }
    const timer = setTimeout(() => set(step + 1), PACE);
    return () => clearTimeout(timer);
  }, [step, result && result.id]);
  useEffect(() => {
    const skip = (event) => { if (!event.metaKey && !event.ctrlKey && !event.altKey) set(null); };
    if (step === null || room.preview) return undefined;
    window.addEventListener("keydown", skip);
    window.addEventListener("pointerdown", skip);
    return () => { window.removeEventListener("keydown", skip); window.removeEventListener("pointerdown", skip); };
  }, [step === null]);
  return fresh && moves() ? 0 : step;
}

/** The room with the rows of a playing reveal still covered; a step that the facilitator set wins. */
export function useReveal(room) {
  const step = useSteps(room);
  const current = useRef(step);
  current.current = step;
  const playing = useMemo(() => Object.create(room, {
    event: {
      get() {
        const screen = screenOf(room);
        return { ...room.event, screen: { ...screen, step: screen.step === null ? current.current : screen.step } };
      },
    },
  }), [room]);
  return [playing, step];
}

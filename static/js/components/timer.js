/** The clock of an activity: seconds left by the server's time, digits, the straight bar that empties, the hour in words. */
import { html, useEffect, useState } from "../vendor/ui.js";

/** Milliseconds left of an activity (negative when over), or null where no clock runs. */
export function timeLeft(room, activity) {
  if (!activity) return null;
  if (activity.status === "paused") return activity.left;
  if (activity.status !== "running" || activity.ends_at === null || activity.ends_at === undefined) return null;
  return activity.ends_at - room.now();
}

/** "2:12", "1:05:00"; whole seconds, rounded up so that the last second is seen. */
export function digits(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const pair = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${pair(minutes)}:${pair(seconds % 60)}` : `${minutes}:${pair(seconds % 60)}`;
}

/** The time of day of a server time, on this device's clock: "10:52". */
export function hour(ms, language) {
  const format = { hour: "2-digit", minute: "2-digit", hour12: false };
  try {
    return new Date(ms).toLocaleTimeString(language || undefined, format);
  } catch (error) {
    return new Date(ms).toLocaleTimeString(undefined, format);
  }
}

/** Renders the component again on every full second of the activity's clock; returns the milliseconds left, or null. */
export function useTimeLeft(room, activity) {
  const [, again] = useState(0);
  const left = timeLeft(room, activity);
  const ticking = left !== null && activity.status === "running";
  useEffect(() => {
    if (!ticking) return undefined;
    let timer;
    const wait = () => {
      const now = timeLeft(room, activity);
      const rest = ((now % 1000) + 1000) % 1000 || 1000;
      timer = setTimeout(() => { again((n) => n + 1); wait(); }, rest + 5);
    };
    wait();
    return () => clearTimeout(timer);
  }, [ticking, activity && activity.ends_at]);
  return left;
}

/** Renders the component again every `seconds` of wall time (agenda, ages); returns the server's time in ms. */
export function useNow(room, seconds = 30) {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return room.now();
}

/** How the clock stands: none, paused, running, last (one minute), final (ten seconds), over. */
export function clockState(activity, left) {
  if (left === null) return activity && activity.status === "paused" ? "paused" : "none";
  if (activity.status === "paused") return "paused";
  if (left <= 0) return "over";
  if (left <= 10_000) return "final";
  return left <= 60_000 ? "last" : "running";
}

/** The time left in words for screen readers, e.g. "2 minutes 12 seconds left". */
export function spoken(t, activity, left) {
  if (activity && activity.status === "paused") return t("state.paused");
  if (left === null) return t("state.no_clock");
  if (left <= 0) return t("state.time_over");
  const seconds = Math.ceil(left / 1000);
  const words = [];
  if (seconds >= 60) words.push(t("state.minutes", { n: Math.floor(seconds / 60) }));
  if (seconds % 60 || seconds < 60) words.push(t("state.seconds", { n: seconds % 60 }));
  return t("state.left", { time: words.join(" ") });
}

/** The digits alone, as `role=timer` without live updates. Over time shows 0:00, or how much with `over`. */
export function Digits({ room, activity, over = false }) {
  const left = useTimeLeft(room, activity);
  if (left === null) return null;
  const text = left < 0 && over ? `+${digits(-left - 999)}` : digits(left);
  return html`<span class=${`num time ${clockState(activity, left)}`} role="timer" aria-label=${spoken(room.t, activity, left)}><span aria-hidden="true">${text}</span></span>`;
}

/** The straight bar that empties with the time; decorative, the digits stand beside it. */
export function TimeBar({ room, activity }) {
  const left = useTimeLeft(room, activity);
  if (left === null) return null;
  const started = activity.started_at || 0;
  const whole = activity.status === "paused" ? activity.minutes * 60_000 : activity.ends_at - started;
  const part = Math.max(0, Math.min(1, whole > 0 ? left / whole : 0));
  return html`<svg class=${`timebar ${clockState(activity, left)}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="off" x="0" y="0" width="100" height="4" /><rect class="on" x="0" y="0" width=${part * 100} height="4" /></svg>`;
}

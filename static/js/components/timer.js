/** The clock of an activity on a screen: digits, the straight bar that empties, and the time left in words. */
import { digits } from "../core/clock.js";
import { html } from "../vendor/ui.js";

/** How a clock with `left` ms stands: none, paused, running, last (one minute), final (ten seconds), over. */
export function clockState(activity, left) {
  if (activity && activity.status === "paused") return "paused";
  if (left === null) return "none";
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
  if (seconds % 60) words.push(t("state.seconds", { n: seconds % 60 }));
  return t("state.left", { time: words.join(" ") });
}

/** The digits alone, as `role=timer` without live updates. Over time shows 0:00, or by how much where `over` is set. */
export function Digits({ room, activity, over = false }) {
  const left = room.remaining(activity);
  if (left === null) return null;
  const text = left < 0 && over ? `+${digits(Math.floor(-left / 1000) * 1000)}` : digits(left);
  return html`<span class=${`num digits ${clockState(activity, left)}${text.length > 5 ? " longest" : text.length > 4 ? " long" : ""}`} role="timer" aria-label=${spoken(room.t, activity, left)}><span aria-hidden="true">${text}</span></span>`;
}

/** The straight bar that empties with the time; decorative, the digits stand beside it. */
export function TimeBar({ room, activity }) {
  const left = room.remaining(activity);
  if (left === null) return null;
  const planned = (activity.minutes || 0) * 60_000;
  const whole = activity.status === "paused" ? Math.max(planned, left) : activity.ends_at - (activity.started_at || 0);
  const part = Math.max(0, Math.min(1, whole > 0 ? left / whole : 0));
  return html`<svg class=${`timebar ${clockState(activity, left)}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="off" x="0" y="0" width="100" height="4" /><rect class="on" x="0" y="0" width=${part * 100} height="4" /></svg>`;
}

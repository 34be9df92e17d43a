/** "Done" for activities that are not votes: said once, can be taken back; this device remembers what it said. */
import { keep, kept } from "../core/keep.js";
import { html, useState } from "../vendor/ui.js";
import { Icon } from "./icons.js";

/** The button; `label` names another word than "Done". */
export function Ready({ room, activity, label }) {
  const { t } = room;
  const place = `${room.place}done.${activity.id}.${activity.started_at}`;
  const [done, set] = useState(() => kept(place) === true);
  const open = activity.status === "running" || activity.status === "paused";
  const say = async () => {
    const next = !done;
    set(next);
    keep(place, next);
    const answer = await room.send("events.done", { activity: activity.id, done: next });
    if (!answer.ok) { set(!next); keep(place, !next); }
  };
  if (!open) return html`<p class="muted">${t("phone.step_closed")}</p>`;
  return html`<button class=${`btn block${done ? "" : " primary"}`} type="button" aria-pressed=${String(done)} onClick=${say}>
    ${done && html`<${Icon} name="check" size=${22} />`}${done ? t("phone.done_said") : label || t("phone.done")}</button>`;
}

/** The bar at the bottom: undo at the left, what comes next at the right, and the only marigold button of the page. */
import { Icon } from "../../components/icons.js";
import { Key } from "../../components/keys.js";
import { html, useEffect, useState } from "../../vendor/ui.js";
import { screenOf } from "../projector/scene.js";
import { counts, nextOf, reveals, undoOf } from "./desk.js";

const WAIT = 20;

/** Take back the last room-changing command. */
export function undo(desk) {
  const last = undoOf(desk.room);
  if (last) desk.act("events.undo", { command: last.command });
}

/** Close and reveal, or reveal what is closed. */
export function reveal(desk) {
  const activity = desk.room.current;
  if (activity && reveals(activity) && activity.status !== "planned" && !(activity.revealed && activity.status === "closed")) desk.close(activity, true);
}

/** Close without showing. */
export function closeHidden(desk) {
  const activity = desk.room.current;
  if (activity && (activity.status === "running" || activity.status === "paused")) desk.close(activity, false);
}

/** Start the next step; from an open one that people are still in, the same question comes first. */
export function next(desk) {
  const { room } = desk;
  if (nextOf(room) || room.current) desk.act("events.next");
}

/** Which button is the marigold one: [words, key, icon, act], or null. */
function main(desk) {
  const { room } = desk;
  const { t, event } = room;
  const activity = room.current;
  const coming = nextOf(room);
  if (event.status === "draft") return [t("console.open_doors"), null, "people", () => desk.act("events.open")];
  if (event.status === "paused") return [t("console.wake"), null, "play", () => desk.act("events.wake")];
  if (activity && reveals(activity) && counts(activity)) return [t("console.close_reveal"), "R", "eye", () => reveal(desk)];
  if (activity && reveals(activity) && activity.status === "closed" && !activity.revealed) return [t("console.reveal"), "R", "eye", () => reveal(desk)];
  if (coming) return [t("console.start_named", { title: coming.title }), "N", "next", () => next(desk)];
  return activity && activity.status !== "closed" ? [t("console.close_step"), "C", "check", () => closeHidden(desk)] : null;
}

function Countdown({ desk, closing }) {
  const { t } = desk.room;
  const [, again] = useState(0);
  const left = Math.ceil((closing.until - Date.now()) / 1000);
  const back = desk.reconnecting.value === 0;
  useEffect(() => {
    if (left <= 0 || back) { desk.finish(closing.activity, closing.reveal); return undefined; }
    const timer = setTimeout(() => again((n) => n + 1), 500);
    return () => clearTimeout(timer);
  });
  return html`<p class="grow"><b>${t("console.closing_in", { n: Math.max(0, left) })}</b> ${t("console.closing_or_back")}</p>`;
}

/** "3 phones are reconnecting. Wait 20 s / Close now". */
function Closing({ desk }) {
  const { t } = desk.room;
  const closing = desk.closing.value;
  if (!closing) return null;
  const wait = () => { desk.closing.value = { ...closing, until: Date.now() + WAIT * 1000 }; };
  return html`<div class="closing" role="alertdialog" aria-label=${t("console.closing")} onKeyDown=${(event) => { if (event.key === "Escape") desk.closing.value = null; }}>
    <${Icon} name="offline" size=${22} />
    ${closing.until ? html`<${Countdown} desk=${desk} closing=${closing} />` : html`<p class="grow"><b>${t("console.reconnecting", { n: desk.reconnecting.value })}</b></p>
      <button class="btn" type="button" ref=${(button) => { if (button && !button.dataset.seen) { button.dataset.seen = "1"; button.focus(); } }} onClick=${wait}>${t("console.wait", { n: WAIT })}</button>`}
    <button class="btn" type="button" onClick=${() => desk.finish(closing.activity, closing.reveal)}>${t("console.close_now")}</button>
    <button class="btn ghost" type="button" onClick=${() => { desk.closing.value = null; }}>${t("app.cancel")}</button></div>`;
}

/** The bar. */
export function Bottom({ desk }) {
  const { room } = desk;
  const { t } = room;
  const last = room.event.status === "ended" ? null : undoOf(room);
  const coming = nextOf(room);
  const activity = room.current;
  const primary = room.event.status === "ended" ? null : main(desk);
  const open = activity && (activity.status === "running" || activity.status === "paused");
  const screen = screenOf(room);
  const hide = open && reveals(activity);
  const skip = coming && room.event.status === "open" && !(primary && primary[1] === "N");
  return html`<footer class="ctl" aria-label=${t("console.controls")}>
    <${Closing} desk=${desk} />
    <button class="btn sm ghost ctl-undo" type="button" aria-disabled=${last ? undefined : "true"} aria-keyshortcuts="Z" onClick=${() => undo(desk)}><${Icon} name="undo" size=${18} /><span class="ctl-label">${last ? t("console.undo", { label: last.label }) : t("console.undo_none")}</span> <${Key} name="Z" /></button>
    <button class="btn ctl-blank" type="button" aria-pressed=${String(screen.blank)} onClick=${() => desk.act("events.screen", { blank: !screen.blank })}>${screen.blank ? t("console.unblank") : t("console.blank")}</button>
    <span class="grow"></span>
    ${skip && html`<span class="small muted ctl-next">${t("console.next", { title: coming.title, n: coming.minutes })}</span>
      <button class="btn ctl-skip" type="button" aria-keyshortcuts="N" onClick=${() => next(desk)}>${t("console.skip_to_next")} <${Key} name="N" /></button><span class="sep"></span>`}
    ${hide && html`<button class="btn ctl-hide" type="button" aria-keyshortcuts="C" onClick=${() => closeHidden(desk)}>${t("console.close_hidden")} <${Key} name="C" /></button>`}
    ${primary && html`<button class="btn live ctl-main" type="button" aria-keyshortcuts=${primary[1] || undefined} onClick=${primary[3]}><${Icon} name=${primary[2]} size=${20} /><span>${primary[0]}</span> ${primary[1] && html`<${Key} name=${primary[1]} />`}</button>`}
  </footer>`;
}

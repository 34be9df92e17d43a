/** "The room sees": a true small picture of the projector, and the controls of what it shows. */
import { Icon } from "../../components/icons.js";
import { Key } from "../../components/keys.js";
import { pagesOf } from "../../components/pages.js";
import { style } from "../../components/style.js";
import { html, useLayoutEffect, useMemo, useRef, useState } from "../../vendor/ui.js";
import { sceneOf, screenOf } from "../projector/scene.js";
import { Screen } from "../projector/screen.js";
import { asProjector } from "../projector/view.js";

style("projector");

const WIDTH = 1920;

/** The projector's own component, scaled into a box; nothing in it can be reached by keyboard or reader. */
function Picture({ room, label }) {
  const view = useMemo(() => asProjector(room), [room]);
  const box = useRef(null);
  const [scale, set] = useState(0.15);
  useLayoutEffect(() => {
    const measure = () => { if (box.current) set(box.current.clientWidth / WIDTH); };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return html`<div class="picture" ref=${box} role="img" aria-label=${label}><div class="picture-in" aria-hidden="true" inert style=${{ transform: `scale(${scale})` }}><${Screen} room=${view} /></div></div>`;
}

/** What the room sees, in words. */
function sceneWords(room) {
  const { t } = room;
  const scene = sceneOf(room);
  if (scene !== "stage") return t(`console.sees.${scene}`);
  const activity = room.current;
  if (activity.type === "vote") return activity.revealed ? t("console.sees.result") : liveRace(room, activity) ? t("console.sees.race") : t("console.sees.question");
  if (activity.type === "collect" && !activity.revealed && (activity.settings || {}).visibility !== "live") return t("console.sees.collect");
  return t("console.sees.content");
}

function liveRace(room, activity) {
  return (room.row("rounds", activity.round) || {}).results === "live";
}

/** What is changed by *page*: rows that a reveal has shown, from the last one up; null shows all. */
function Steps({ desk }) {
  const { room, act } = desk;
  const { t } = room;
  const activity = room.current;
  const result = activity && activity.revealed && activity.type === "vote" && activity.round ? room.row("results", activity.round) : null;
  if (!result) return null;
  const all = result.ranking.reduce((sum, tied) => sum + tied.length, 0);
  const { step } = screenOf(room);
  const shown = step === null ? all : step;
  return html`<div class="row sees-steps" role="group" aria-label=${t("console.reveal_steps")}><span class="small muted grow">${t("console.shown_rows", { n: shown, all })}</span>
    <button class="btn sm icon" type="button" aria-label=${t("console.step_less")} disabled=${shown <= 0} onClick=${() => act("events.screen", { step: shown - 1 })}><${Icon} name="minus" size=${16} /></button>
    <button class="btn sm icon" type="button" aria-label=${t("console.step_more")} disabled=${shown >= all} onClick=${() => act("events.screen", { step: shown + 1 >= all ? null : shown + 1 })}><${Icon} name="add" size=${16} /></button></div>`;
}

function Pages({ desk }) {
  const { room, act } = desk;
  const { t } = room;
  const pages = useMemo(() => asProjector(room), [room]);
  const count = room.current ? pagesOf(pages, room.current) : 1;
  const here = Math.min(screenOf(room).page, count - 1);
  if (count < 2) return null;
  return html`<div class="row" role="group" aria-label=${t("console.pages")}>
    <button class="btn sm icon" type="button" aria-label=${t("console.page_before")} disabled=${here <= 0} onClick=${() => act("events.screen", { page: here - 1 })}><${Icon} name="left" size=${16} /></button>
    <span class="small num" aria-live="polite">${here + 1} / ${count}</span>
    <button class="btn sm icon" type="button" aria-label=${t("console.page_after")} disabled=${here >= count - 1} onClick=${() => act("events.screen", { page: here + 1 })}><${Icon} name="right" size=${16} /></button></div>`;
}

/** The card. */
export function Sees({ desk }) {
  const { room, act } = desk;
  const { t } = room;
  const screen = screenOf(room);
  const words = sceneWords(room);
  const live = room.current && room.current.status === "running" && sceneOf(room) === "stage";
  return html`<section class=${`card sees${room.current ? "" : " large"}`} aria-labelledby="sees-title">
    <div class="row between"><h2 id="sees-title">${t("console.room_sees")}</h2>${live ? html`<span class="chip live">${t("screen.live")}</span>` : html`<span class="chip">${t(`console.scene.${sceneOf(room)}`)}</span>`}</div>
    <div class="mini"><${Picture} room=${room} label=${t("console.preview", { words })} />
      <div class="mini-words"><p class="small muted">${words}</p>
        <div class="row wrap"><button class="btn sm sees-blank" type="button" aria-pressed=${String(screen.blank)} aria-keyshortcuts="B" onClick=${() => act("events.screen", { blank: !screen.blank })}>${screen.blank ? t("console.unblank") : t("console.blank")} <${Key} name="B" /></button>
          ${screen.spotlight && html`<button class="btn sm" type="button" onClick=${() => act("events.screen", { spotlight: null })}>${t("console.end_spotlight")}</button>`}
          <${Pages} desk=${desk} /></div>
        <${Steps} desk=${desk} /></div></div>
  </section>`;
}

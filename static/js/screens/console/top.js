/** The console's top bar: which event, the code, the projector, who runs it, and everything about the event as a whole. */
import { Menu } from "../../components/dialog.js";
import { Icon, Mark } from "../../components/icons.js";
import { Key, lettersOn, setLetters } from "../../components/keys.js";
import { Avatars } from "../../components/people.js";
import { spaced } from "../../components/qr.js";
import { choose, display } from "../../core/display.js";
import { html } from "../../vendor/ui.js";
import { screenOf } from "../projector/scene.js";

const STAFF = new Set(["organiser", "facilitator"]);
const THEMES = ["system", "light", "dark"];
const DOORS = ["open", "admit", "closed"];

function Choices({ label, values, now, words, pick }) {
  return html`<fieldset class="menu-choice"><legend>${label}</legend>${values.map((value) => html`<label key=${value}><input type="radio" name=${label} checked=${value === now} onChange=${() => pick(value)} />${words(value)}</label>`)}</fieldset>`;
}

function EventMenu({ desk }) {
  const { room, act, open } = desk;
  const { t, event } = room;
  const alive = event.status !== "ended";
  return html`<${Menu} label=${t("console.menu")} face=${html`<${Icon} name="menu" size=${18} />`} kind="btn sm icon">
    ${alive && html`<${Choices} label=${t("console.doors")} values=${DOORS} now=${event.door} words=${(value) => t(`console.door.${value}`)} pick=${(door) => act("events.door", { door })} />
      <button type="button" onClick=${() => open("code")}>${t("console.new_code")}</button>
      <button type="button" onClick=${() => open("seats")}>${t("console.seats")}</button>
      ${event.status === "paused" ? html`<button type="button" onClick=${() => act("events.wake")}>${t("console.wake")}</button>` : html`<button type="button" onClick=${() => open("rest")}>${t("console.rest")}</button>`}`}
    <hr />
    <button type="button" onClick=${desk.toggleCover}>${desk.covered.value ? t("console.uncover") : t("console.cover")}<${Key} name="V" /></button>
    <button type="button" onClick=${() => open("keys")}>${t("console.keys")}<${Key} name="?" /></button>
    <label><input type="checkbox" checked=${lettersOn.value} onChange=${(change) => setLetters(change.target.checked)} />${t("console.letters")}</label>
    <${Choices} label=${t("console.theme")} values=${THEMES} now=${display.value.theme || "system"} words=${(value) => t(`console.theme.${value}`)} pick=${(value) => choose({ theme: value === "system" ? null : value })} />
    <${Choices} label=${t("console.screen_theme")} values=${["dark", "light"]} now=${screenOf(room).theme} words=${(value) => t(`console.theme.${value}`)} pick=${(value) => act("events.screen", { theme: value })} />
    <hr />
    ${room.boot.studio_url && html`<a href=${`${room.boot.studio_url}/agenda`}>${t("console.studio")}</a>`}
    ${alive && html`<button type="button" class="danger" onClick=${() => open("end")}>${t("console.end")}</button>`}
  <//>`;
}

/** The bar itself. */
export function Top({ desk }) {
  const { room, act } = desk;
  const { t, event } = room;
  const staff = room.rows("members").filter((member) => STAFF.has(member.role) && member.status === "in");
  const { qr } = screenOf(room);
  return html`<header class="top">
    <a class="logo" href=${room.boot.studio_url ? "/studio" : "/"} aria-label=${t("console.home")}><${Mark} /><span>facilitate</span></a>
    <h1 class="grow" dir="auto">${event.title}</h1>
    ${event.code && html`<p class="join-code"><span class="muted">${t("console.join_code")}</span> <span class="code num">${spaced(event.code)}</span></p>`}
    <button class="btn sm top-qr" type="button" aria-pressed=${String(qr)} aria-keyshortcuts="Q" onClick=${() => act("events.screen", { qr: !qr })}>${qr ? t("console.hide_qr") : t("console.show_qr")} <${Key} name="Q" /></button>
    <a class="btn sm top-screen" href=${room.boot.screen_url || `/screen/${event.slug}`} target="_blank" rel="noopener" aria-label=${t("console.projector")}><${Icon} name="projector" size=${18} /><span>${t("console.projector")}</span></a>
    <span class="top-staff"><${Avatars} people=${staff} t=${t} most=${4} /></span>
    <${EventMenu} desk=${desk} />
  </header>`;
}

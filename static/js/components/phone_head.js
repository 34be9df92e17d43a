/** The head of the phone: time, step, connection, and the way to one's own things. */

import { html, signal, useEffect } from "../vendor/ui.js";
import { Icon, Mark } from "./icons.js";
import { called, initials, tone } from "./people.js";
import { Digits, TimeBar, clockState } from "./timer.js";

const BACK = 3000;
const WROTE = new Set(["ideas.add", "ideas.edit"]);
const back = signal(false);
const before = signal(new Set()); // what was refused already when the connection broke

const refused = room => room.outbox.entries.value.filter(entry => entry.state === "refused");

/** How a step stands, in one line: which of how many, and until when. */
function standing(room, activity) {
  const { t } = room;
  const { n, of } = room.step(activity);
  const left = room.remaining(activity);
  if (activity.status === "paused") return t("phone.step.paused", { step: n, of });
  if (activity.status === "closed") return t("phone.step.closed", { step: n, of });
  if (left === null) return t("phone.step.open", { step: n, of });
  if (left <= 0) return t("phone.step.over");
  const closes = (activity.settings || {}).at_end === "close";
  return t(closes ? "phone.step.closes" : "phone.step.until", { step: n, of, time: room.time(activity.ends_at) });
}

/** What is safe on this phone and not on the server yet, in one sentence; "" when nothing is. */
function safe(room) {
  const open = room.outbox.entries.value.filter(entry => !entry.answer);
  const ideas = open.filter(entry => WROTE.has(entry.name)).length;
  if (ideas) return room.t("phone.net.safe_ideas", { n: ideas });
  return open.length ? room.t("phone.net.safe_changes", { n: open.length }) : "";
}

function Connection({ room, state, lastSynced }) {
  const { t } = room;
  if (state === "live") {
    const lost = refused(room).filter(entry => !before.value.has(entry.id)).length;
    const settled = lost ? t("phone.net.not_saved", { n: lost }) : t("phone.net.all_saved");
    return html`<${Icon} name=${lost ? "warn" : "check"} size=${20} /><p class="ttl grow net"><b>${t("phone.net.back")}</b> ${safe(room) ? t("phone.net.sending") : settled}</p>`;
  }
  const offline = state === "offline";
  const said = offline ? t("phone.net.offline", { time: room.time(lastSynced - Date.now() + room.now()) }) : t("phone.net.reconnecting");
  return html`<${Icon} name="offline" size=${20} /><p class="ttl grow net"><b>${said}</b> ${safe(room)}</p>
    ${offline && html`<button class="btn sm" type="button" onClick=${room.retry}>${t("phone.net.try")}</button>`}`;
}

/** For three seconds after a gap that was shown: whether to say that all is well again. */
function useBack(room, connection) {
  useEffect(() => {
    if (connection.state === "live") return undefined;
    before.value = new Set(refused(room).map(entry => entry.id));
    return () => {
      back.value = true;
      setTimeout(() => { back.value = false; }, BACK);
    };
  }, [connection.state === "live"]);
  return back.value;
}

/** `activity` may be null (lobby, home); `menu()` opens one's own things; `home` is a function or null; `over`: no line matters any more. */
export function PhoneHead({ room, activity, menu, home, over }) {
  const { t, me } = room;
  const connection = room.connection.value;
  const wasAway = useBack(room, connection);
  const telling = !over && (connection.state !== "live" || wasAway);
  const left = activity ? room.remaining(activity) : null;
  return html`<header class=${`bar${telling ? " telling" : ""}`}>
    ${left === null ? null : html`<div class=${`clock ${clockState(activity, left)}`}><${Digits} room=${room} activity=${activity} /><${TimeBar} room=${room} activity=${activity} /></div>`}
    ${!activity && !telling && html`<${Mark} size=${30} />`}
    ${telling
      ? html`<${Connection} room=${room} ...${connection} />`
      : html`<p class="ttl grow"><b dir="auto">${activity ? activity.title : room.event.title}</b>${activity ? html`<span>${standing(room, activity)}</span>` : null}</p>`}
    ${home && html`<button class="btn ghost icon round" type="button" aria-label=${t("phone.home.open")} onClick=${home}><${Icon} name="menu" /></button>`}
    <button class="me" type="button" aria-haspopup="dialog" aria-label=${t("phone.menu.open", { name: called(t, me) })} onClick=${menu}>
      <span class=${`av ${tone(me.number)}`} aria-hidden="true">${initials(me.name, me.number)}</span></button>
  </header>`;
}

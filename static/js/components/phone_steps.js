/** Which step the phone shows: it follows the room, but never takes the page from somebody who writes. */

import { focusHeading, writing } from "../core/focus.js";
import { announce } from "../core/live.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { clearToast } from "./toast.js";

const HOLD = 30_000;

/** What the room is at, as a key: the id of an activity, or the name of a page. */
export function placeOf(room) {
  const { event, current, open, me } = room;
  if (me.status === "waiting") return "door";
  if (event.status === "ended") return current && current.revealed ? current.id : "ended";
  if (event.status === "paused") return "rest";
  if (current && current.status !== "planned") return current.id;
  return open.length ? "home" : "lobby";
}

/** Whether this phone's part is over: the event has ended, or somebody was sent away, or the seat moved. */
export const isOver = room => room.event.status === "ended" || Boolean(room.left.value && room.left.value !== "stopped");

/**
 * `place` is what to show, `held` whether the room is elsewhere already, `go(place)` changes it by hand, `follow()` goes to
 * the room's place. Where somebody writes, the room's move waits for thirty seconds, then the draft is kept and the page goes.
 */
export function usePlace(room) {
  const target = placeOf(room);
  const [place, setPlace] = useState(() => (room.open.length > 1 ? "home" : target));
  const [asked, setAsked] = useState(false);
  const seen = useRef(target);
  const timer = useRef(0);
  const began = useRef(false);

  function move(to) {
    clearTimeout(timer.current);
    setAsked(false);
    clearToast();
    setPlace(to);
  }

  useEffect(() => {
    if (seen.current === target) return;
    seen.current = target;
    if (!writing() || isOver(room)) move(target);
    else {
      setAsked(true);
      announce(room.t("phone.moved_on.said"));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => move(seen.current), HOLD);
    }
  }, [target]);

  useEffect(() => {
    if (began.current && !writing()) focusHeading();
    began.current = true;
  }, [place]);

  return {
    place, held: asked && !isOver(room), go: move, follow: () => move(target),
    stay: () => { setAsked(false); clearTimeout(timer.current); },
    behind: place !== target,
  };
}

/** "The room moved on": go now, or finish the sentence. */
export function MovedOn({ t, follow, stay }) {
  return html`<div class="moved" role="group" aria-label=${t("phone.moved_on.said")}><p class="grow"><b>${t("phone.moved_on.said")}</b> ${t("phone.moved_on.hold")}</p>
    <button class="btn sm" type="button" onClick=${stay}>${t("phone.moved_on.stay")}</button><button class="btn sm primary" type="button" onClick=${follow}>${t("phone.moved_on.go")}</button></div>`;
}

/** The projector: fills the window with the room's picture, stays awake, and takes keys only from staff. */
import { face, warm } from "../components/faces.js";
import { useKeys } from "../components/keys.js";
import { createRoom, readBoot } from "../core/room.js";
import { uuid } from "../core/uuid.js";
import { html, render, useEffect } from "../vendor/ui.js";
import { useFit, useWakeLock } from "./projector/fit.js";
import { screenOf } from "./projector/scene.js";
import { Screen } from "./projector/screen.js";

const PATIENCE = 10_000;

function Reconnecting({ room }) {
  const { state, since } = room.connection.value;
  room.clock.tick.value;
  // `since` is when the loss was noticed, two seconds after it began.
  if (state === "live" || Date.now() - since < PATIENCE - 2000) return null;
  return html`<p class="s-lost" role="status">${room.t("screen.reconnecting")}</p>`;
}

/** A command of the staff whose browser opened this projector; the screen itself holds no right to send any. */
function asStaff(room, name, words) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-As": room.boot.staff, "Idempotency-Key": uuid() };
  fetch(`/api/events/${room.boot.event}/commands/${name}`, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(words) }).catch(() => {});
}

function useStaffKeys(room) {
  const set = (words) => { if (room.boot.staff) asStaff(room, "events.screen", words); };
  const turn = (by) => set({ page: Math.max(0, screenOf(room).page + by) });
  useKeys({
    Q: () => set({ qr: !screenOf(room).qr }),
    B: () => set({ blank: !screenOf(room).blank }),
    ArrowLeft: () => turn(-1),
    ArrowRight: () => turn(1),
    F: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {})),
  });
}

function Projector({ room }) {
  const fit = useFit();
  const { theme } = screenOf(room);
  const title = room.event.title;
  useWakeLock();
  useStaffKeys(room);
  useEffect(() => { document.documentElement.dataset.theme = theme; }, [theme]);
  useEffect(() => { document.title = room.t("screen.title", { title }); }, [title]);
  return html`<div class="screen-fit" style=${{ transform: `scale(${fit.scale})`, width: `${fit.width}px`, height: `${fit.height}px` }}>
    <${Screen} room=${room} width=${fit.width} height=${fit.height} />
    <${Reconnecting} room=${room} />
  </div>`;
}

const room = createRoom(readBoot());
room.ready.then(() => {
  warm(["collect", "sort", "vote", "present"]);
  const app = document.getElementById("app");
  const start = () => { app.textContent = ""; render(html`<${Projector} room=${room} />`, app); };
  // The server's first picture stays until the activity's own part is here, at most a second.
  const wait = Date.now() + 1000;
  const ready = () => !room.current || face(room.current.type, "projector") || Date.now() > wait;
  const look = () => (ready() ? start() : setTimeout(look, 30));
  look();
});

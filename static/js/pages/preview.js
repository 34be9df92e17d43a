/** The phone of the designer's preview: the true face of a step over samples, with no line to any room. */
import { face } from "../components/faces.js";
import { PhoneHead } from "../components/phone_head.js";
import { createRoom, readBoot } from "../core/room.js";
import { html, render } from "../vendor/ui.js";

/** A line on which nothing ever comes: it joins a room that never changes. */
function silent() {
  const emit = (name, body, answer) => { if (name === "join") answer(null, { ok: true, seq: 0, rows: [] }); };
  return { connected: true, on(name, hear) { if (name === "connect") setTimeout(hear); }, connect() {}, disconnect() {}, timeout: () => ({ emit }) };
}

const room = createRoom(readBoot(), silent);
const nothing = () => {};

function Phone() {
  const activity = room.current;
  const Face = face(activity.type, "phone");
  if (!Face) return null;
  return html`<div class="phone"><${PhoneHead} room=${room} activity=${activity} menu=${nothing} home=${null} /><${Face} room=${room} activity=${activity} /></div>`;
}

room.ready.then(() => {
  const app = document.getElementById("app");
  app.textContent = "";
  render(html`<${Phone} />`, app);
});

/** The picture of the projector, 1920 × 1080 or a little more; the projector scales it to its window, the console to a card. */
import { html } from "../../vendor/ui.js";
import { Lobby, Rest, Spotlight, ThankYou } from "./plain.js";
import { useReveal } from "./reveal.js";
import { sceneOf, screenOf } from "./scene.js";
import { Stage } from "./stage.js";

const SCENES = {
  ended: (room) => html`<${ThankYou} room=${room} />`,
  rest: (room) => html`<${Rest} room=${room} />`,
  blank: () => html`<main class="s-blank"></main>`,
  qr: (room) => html`<${Lobby} room=${room} started />`,
  spotlight: (room) => html`<${Spotlight} room=${room} />`,
  lobby: (room) => html`<${Lobby} room=${room} />`,
  stage: (room, step) => html`<${Stage} key=${room.current.id} room=${room} activity=${room.current} step=${step} />`,
};

/** The whole picture in its theme. */
export function Screen({ room, width = 1920, height = 1080 }) {
  const [playing, step] = useReveal(room);
  return html`<div class="screen" data-theme=${screenOf(room).theme} style=${{ width: `${width}px`, height: `${height}px` }}>${SCENES[sceneOf(room)](playing, step)}</div>`;
}

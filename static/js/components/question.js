/** The question of a step: the page's heading, smaller the longer it is so that answers stay in view. */

import { html } from "../vendor/ui.js";

const size = text => (text.length <= 45 ? "short" : text.length <= 80 ? "middle" : "long");

/** The question of an activity, or its title where it asks nothing. */
export function Question({ activity }) {
  const text = activity.question || activity.title || "";
  return html`<h1 class=${`q ask ${size(text)}`} dir="auto">${text}</h1>`;
}

/** Collecting ideas on the projector: hidden, with how many there are; after the reveal the wall. */

import { html } from "../vendor/ui.js";
import { cardsOf, cardsOpen } from "./cards.js";
import { Icon } from "./icons.js";
import { style } from "./style.js";
import { Wall } from "./wall.js";

style("vote");

/** The projector's face. */
export function CollectProjector({ room, activity }) {
  const { t } = room;
  const { page } = room.event.screen || {};
  if (cardsOpen(activity)) return html`<${Wall} t=${t} loose=${cardsOf(room, activity)} page=${page || 0} empty=${t("screen.collect.empty")} />`;
  const names = (activity.settings || {}).authors === "name";
  return html`<p class="v-note"><${Icon} name="lock" size=${46} /><span>${activity.status === "running" || activity.status === "paused"
    ? t(names ? "screen.collect.private_names" : "screen.collect.private") : t("screen.collect.closed")}</span></p>`;
}

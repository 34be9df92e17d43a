/** The switch between one's own ballot and those of people without a device for whom one votes. */

import { html } from "../vendor/ui.js";

/** `who` is null for oneself or a member's id; `own`: whether one has a ballot of one's own; `choose(who)` switches. */
export function VoteFor({ room, held, own, who, choose }) {
  const { t } = room;
  const faces = [...(own ? [[null, t("vote.for.own")]] : []), ...held.map(one => [one.member, t("vote.for.other", { name: one.name || t("vote.for.nobody") })])];
  return html`<div class="vote-for" role="radiogroup" aria-label=${t("vote.for.label")}>
    ${faces.map(([member, words]) => html`<label class=${`seg${who === member ? " on" : ""}`} key=${member || "own"}>
      <input type="radio" name="vote-for" checked=${who === member} onClick=${() => choose(member)} /><span dir="auto">${words}</span></label>`)}
  </div>`;
}

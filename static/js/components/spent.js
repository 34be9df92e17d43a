/** A bar of how much is used of what there is; the numbers stand beside it. */

import { html } from "../vendor/ui.js";

/** `spent` out of `of`. */
export function Spent({ spent, of }) {
  const part = of > 0 ? Math.min(100, (100 * spent) / of) : 0;
  return html`<svg class="spent" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="off" width="100" height="6" /><rect class="on" width=${part} height="6" /></svg>`;
}

/** A row with a switch; the whole row is the target. */

import { html } from "../vendor/ui.js";

/** `set(on)` is called with the new state. */
export function Toggle({ label, hint, on, set }) {
  return html`<button class="toggle" type="button" role="switch" aria-checked=${String(on)} onClick=${() => set(!on)}>
    <span>${label}${hint && html`<span class="hint">${hint}</span>`}</span><span class="switch" aria-hidden="true"></span></button>`;
}

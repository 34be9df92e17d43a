/** The ring: one dot per person in the room, filled when that person is done; above sixty people an arc in sixty steps. */
import { html } from "../vendor/ui.js";

const MOST = 60;
const NOBODY = 9;

/** Lengths of the dashes for `shown` of `all` dots on a circle, starting at its top. */
function dashes(shown, all, circle) {
  const step = circle / all;
  return shown === all ? `0 ${step}` : `${`0 ${step} `.repeat(shown - 1)}0 ${2 * circle}`; // n dots have n − 1 gaps between them
}

/** The stroke of the dots: as large as the mock-up's on forty-two people, never touching, never a blob. */
function dotSize(all, circle, size) {
  return Math.min((circle / all) * 0.68, size * 0.062);
}

function Dots({ total, filled, size }) {
  const all = total || NOBODY;
  const widest = size * 0.062;
  const middle = size / 2;
  const radius = middle - widest / 2 - size * 0.01;
  const circle = 2 * Math.PI * radius;
  const stroke = dotSize(all, circle, size);
  const shape = { cx: middle, cy: middle, r: radius, "stroke-width": stroke };
  return html`<circle class="off" ...${shape} stroke-dasharray=${`0 ${circle / all}`} />
    ${filled > 0 && html`<circle class="on" ...${shape} stroke-dasharray=${dashes(filled, all, circle)} />`}`;
}

function Arc({ total, filled, size }) {
  const middle = size / 2;
  const stroke = size * 0.045;
  const radius = middle - stroke / 2 - size * 0.012;
  const circle = 2 * Math.PI * radius;
  const steps = filled === 0 ? 0 : Math.max(1, Math.floor((filled / total) * MOST));
  const shape = { cx: middle, cy: middle, r: radius, "stroke-width": stroke };
  return html`<circle class="off" ...${shape} />
    ${steps > 0 && html`<circle class="on arc" ...${shape} stroke-dasharray=${`${(circle * steps) / MOST} ${2 * circle}`} />`}`;
}

/**
 * `total` people, `filled` of them done; `label` says both in words; `children` stand in the middle (hidden from readers).
 * `size` is that of the drawing, CSS gives the one on screen; `tone` adds a class (last, paused).
 */
export function Ring({ total, filled, size = 148, label, tone = "", children }) {
  const people = Math.max(0, total || 0);
  const done = Math.min(people, Math.max(0, filled || 0));
  const Shape = people > MOST ? Arc : Dots;
  return html`<div class=${`ring ${tone}`} role="img" aria-label=${label}>
    <svg viewBox=${`0 0 ${size} ${size}`} aria-hidden="true" focusable="false"><${Shape} total=${people} filled=${done} size=${size} /></svg>
    <div aria-hidden="true">${children}</div>
  </div>`;
}

/** Bars of a result: a real list with the number always printed; the bars themselves are decoration. */
import { html } from "../vendor/ui.js";
import { ThemeGlyph, themeClass } from "./icons.js";

/** One bar, `part` of its track (0..1). It moves by transform only, so that a race costs no layout. */
export function Track({ part }) {
  const share = Math.max(0, Math.min(1, part || 0));
  return html`<span class="track" aria-hidden="true"><i style=${{ transform: `translateX(${(share - 1) * 100}%)` }}></i></span>`;
}

/** A bar in parts, e.g. agree, disagree, pass: `parts` are [class, number]. */
export function Stack({ parts }) {
  const total = parts.reduce((sum, [, n]) => sum + n, 0) || 1;
  let x = 0;
  return html`<svg class="stackbar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${parts.map(([kind, n]) => {
      const width = (n / total) * 100;
      const bar = html`<rect key=${kind} class=${kind} x=${x} y="0" width=${width} height="8" />`;
      x += width;
      return bar;
    })}</svg>`;
}

/**
 * Rows {id, number, title, text?, theme?, value, lead?, note?, hidden?}, in the order to show; `most` is the value of a full bar.
 * A hidden row keeps its place with neither name nor number (a reveal that is still going on).
 */
export function Bars({ rows, most, label, compact = false }) {
  const full = most || Math.max(1, ...rows.map((row) => row.value || 0));
  return html`<ol class=${`bars${compact ? " compact" : ""}`} aria-label=${label}>
    ${rows.map((row) => html`<li key=${row.id} data-key=${row.id} class=${`bar-row${row.lead ? " lead" : ""}${row.hidden ? " covered" : ""}`}>
      <span class="say" dir="auto">${row.theme && html`<span class=${`glyph ${themeClass(row.theme)}`}><${ThemeGlyph} code=${row.theme} /></span>`}
        <span class="no">${row.hidden ? "" : row.number}</span> <span class="txt">${row.hidden ? "" : row.title}</span></span>
      <${Track} part=${row.hidden ? 0 : row.value / full} />
      <span class="num">${row.hidden ? "" : row.value}${row.note && !row.hidden ? html`<small>${row.note}</small>` : null}</span>
    </li>`)}
  </ol>`;
}

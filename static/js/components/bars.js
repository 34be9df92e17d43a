/** Bars of a result: a real list with the number always printed; the bars themselves are decoration. */
import { html } from "../vendor/ui.js";
import { ThemeGlyph, themeClass } from "./icons.js";

/** One bar, `part` of its track (0..1). It moves by transform only, so that a race costs no layout. */
export function Track({ part }) {
  const share = Math.max(0, Math.min(1, part || 0));
  return html`<span class="track" aria-hidden="true"><i style=${{ transform: `translateX(${(share - 1) * 100}%)` }}></i></span>`;
}

/**
 * Rows {id, number, title, text?, theme?, value, shown? (the value as people read it), lead?, note?, hidden?}, in the order to show; `most` is the value of a full bar.
 * A hidden row keeps its place with neither name nor number (a reveal that is still going on).
 */
export function Bars({ rows, most, label, compact = false }) {
  const full = most || Math.max(1, ...rows.map((row) => row.value || 0));
  return html`<ol class=${`bars${compact ? " compact" : ""}${rows.some((row) => row.note) ? " noted" : ""}`} aria-label=${label}>
    ${rows.map((row) => html`<li key=${row.id} data-key=${row.id} class=${`bar-row${row.lead ? " lead" : ""}${row.hidden ? " covered" : ""}`}>
      <span class="say" dir="auto">${row.theme && html`<span class=${`glyph ${themeClass(row.theme)}`}><${ThemeGlyph} code=${row.theme} /></span>`}
        <span class="no">${row.hidden ? "" : row.number}</span> <span class="txt">${row.hidden ? "" : row.title}</span></span>
      <${Track} part=${row.hidden ? 0 : row.value / full} />
      <span class="num">${row.hidden ? "" : row.shown === undefined ? row.value : row.shown}${row.note && !row.hidden ? html`<small>${row.note}</small>` : null}</span>
    </li>`)}
  </ol>`;
}

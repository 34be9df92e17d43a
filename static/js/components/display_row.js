/** One row of a result that is more than a bar: number and title, a figure at the end, a picture, and what it says in words. */

import { html } from "../vendor/ui.js";
import { Icon, ThemeGlyph, themeClass } from "./icons.js";

/** The mark of a row in icon and word: it passed, was chosen, was funded, or not. */
export function Mark({ ok, children }) {
  return html`<span class=${`d-mark ${ok ? "ok" : "no"}`}><${Icon} name=${ok ? "check" : "close"} size=${18} weight=${2.4} />${children}</span>`;
}

/** The list around the rows. */
export function RowList({ label, compact, kind, children }) {
  return html`<ol class=${`d-rows d-${kind}${compact ? " compact" : ""}`} aria-label=${label}>${children}</ol>`;
}

/** A row; one that is still covered keeps its place with neither name nor number. */
export function Row({ row, side = null, mark = null, picture = null, words = "", children = null }) {
  const state = `d-row${row.lead ? " lead" : ""}${row.hidden ? " covered" : ""}${row.withdrawn ? " gone" : ""}`;
  if (row.hidden) return html`<li data-key=${row.id} class=${state}><p class="say"></p><span class="d-pic empty"></span><p class="d-words"></p></li>`;
  return html`<li data-key=${row.id} class=${state}>
    <p class="say" dir="auto">${row.theme && html`<span class=${`glyph ${themeClass(row.theme)}`}><${ThemeGlyph} code=${row.theme} /></span>`}<span class="no">${row.number}</span> <span class="txt">${row.title}</span></p>
    ${(side !== null || mark) && html`<span class="d-side">${mark}${side !== null && html`<span class="num">${side}</span>`}</span>`}
    ${picture && html`<span class="d-pic" aria-hidden="true">${picture}</span>`}
    ${(words || row.note) && html`<p class="d-words">${words}${words && row.note ? " · " : ""}${row.note}</p>`}${children}</li>`;
}

/** A strip of parts, `[class, number]`, as wide as `whole`; `line` is where something is reached, in the same measure. */
export function Strip({ parts, whole, line = null }) {
  const all = whole || parts.reduce((sum, [, n]) => sum + n, 0) || 1;
  let x = 0;
  const place = n => Math.max(0, Math.min(100, (n / all) * 100));
  return html`<svg class="d-strip" viewBox="0 0 100 12" preserveAspectRatio="none" focusable="false"><rect class="all" y="2" width="100" height="8" />
    ${parts.map(([kind, n], index) => {
      const from = x;
      x += n;
      return n > 0 && html`<rect key=${index} class=${kind} x=${place(from)} y="2" width=${place(n)} height="8" />`;
    })}
    ${line !== null && html`<line class="d-line" x1=${place(line)} x2=${place(line)} y1="0" y2="12" vector-effect="non-scaling-stroke" />`}</svg>`;
}

/** What an option is called: its number and title, as a heading of its part. */
export function OptionName({ row }) {
  return html`<span class="say" dir="auto"><span class="no">${row.number}</span> ${row.title}</span>`;
}

/** Impact and effort: the options on a field of four parts, each at its means with a cross as wide as opinions spread, by number. */

import { html } from "../vendor/ui.js";
import { Row, RowList } from "./display_row.js";
import { num, written } from "./result_numbers.js";

/** Where a mean from 1 to 5 lies on the field of 400. */
export const place = mean => ((num(mean) - 1) / 4) * 400;
const [NEAR, FAR] = [10, 20];

/** Points {row, x, y, dx, dy, labelX, labelY} for labels of a radius; numbers that would cover each other are moved apart a little, always in the same way. */
export function pointsOf(rows, radius = NEAR) {
  const least = 2 * radius + 1;
  const points = rows.filter(row => row.figures.opinions > 0).map(row => ({
    row, x: place(row.figures.effort), y: 400 - place(row.figures.impact),
    dx: Math.min(200, Math.sqrt(num(row.figures.effort_spread)) * 100), dy: Math.min(200, Math.sqrt(num(row.figures.impact_spread)) * 100),
  })).map(point => ({ ...point, labelX: point.x, labelY: point.y }));
  for (let turn = 0; turn < 40; turn += 1) {
    let moved = false;
    points.forEach((one, index) => points.slice(index + 1).forEach(other => {
      const [dx, dy] = [other.labelX - one.labelX, other.labelY - one.labelY];
      const far = Math.hypot(dx, dy);
      if (far >= least) return;
      const push = (least - far) / 2 + 0.5;
      const [ux, uy] = far ? [dx / far, dy / far] : [Math.cos(index + 1), Math.sin(index + 1)];
      one.labelX -= ux * push; one.labelY -= uy * push; other.labelX += ux * push; other.labelY += uy * push;
      moved = true;
    }));
    if (!moved) break;
  }
  return points.map(point => ({ ...point, labelX: Math.max(radius, Math.min(400 - radius, point.labelX)), labelY: Math.max(radius, Math.min(400 - radius, point.labelY)) }));
}

/** The field itself; what it shows stands in the list beside it. */
export function Field({ room, rows, radius = NEAR }) {
  const { t } = room;
  const corner = (name, x, y, anchor) => html`<text class="d-corner" x=${x} y=${y} text-anchor=${anchor}>${t(`vote.quadrant.${name}`)}</text>`;
  return html`<svg class="d-field" viewBox="-30 -6 442 436" aria-hidden="true" focusable="false"><rect class="all" width="400" height="400" /><rect class="quick" width="200" height="200" />
    <path class="d-axes" d="M200 0V400M0 200H400" />${corner("quick", 10, 22, "start")}${corner("big", 390, 22, "end")}${corner("fill", 10, 390, "start")}${corner("thankless", 390, 390, "end")}
    <text class="d-axis" x="200" y="422" text-anchor="middle">${t("vote.quadrant.effort")}</text><text class="d-axis" x="-10" y="200" text-anchor="middle" transform="rotate(-90 -10 200)">${t("vote.quadrant.impact")}</text>
    ${pointsOf(rows, radius).map(({ row, x, y, dx, dy, labelX, labelY }) => html`<g key=${row.id} class=${row.figures.quadrant === "quick" ? "lead" : ""}><path class="d-spread" d=${`M${Math.max(0, x - dx)} ${y}H${Math.min(400, x + dx)}M${x} ${Math.max(0, y - dy)}V${Math.min(400, y + dy)}`} />
      <circle class="d-dot" cx=${labelX} cy=${labelY} r=${radius} /><text class="d-number" x=${labelX} y=${labelY + radius * 0.45} text-anchor="middle">${row.number}</text></g>`)}</svg>`;
}

/** One row for each option, with the part of the field that it lies in. */
export function Rows({ room, label, compact, rows }) {
  const { t } = room;
  const said = figures => (figures.opinions ? t("vote.quadrant.words", { n: figures.opinions, impact: written(room, figures.impact), effort: written(room, figures.effort) }) : t("vote.profile.opinions", { n: 0 }));
  return html`<${RowList} label=${label} compact=${compact} kind="quadrants">${rows.map(row => html`<${Row} key=${row.id} row=${row} words=${said(row.figures)}
    mark=${row.figures.quadrant && html`<span class=${`chip q-${row.figures.quadrant}`}>${t(`vote.quadrant.${row.figures.quadrant}`)}</span>`} />`)}<//>`;
}

/** The field with its numbers. */
export function Beside({ room, rows, page }) {
  const shown = rows.filter(row => row.rank !== null);
  if (page === null) return html`<figure class="d-map"><${Field} room=${room} rows=${shown} /><figcaption class="small muted">${room.t("vote.quadrant.caption")}</figcaption></figure>`;
  return html`<div class="d-map far"><${Field} room=${room} rows=${shown} radius=${FAR} /><ol class="d-names">${shown.slice(0, 8).map(row => html`<li key=${row.id}><span class="say"><span class="no">${row.number}</span> <span class="txt">${row.title}</span></span></li>`)}</ol></div>`;
}

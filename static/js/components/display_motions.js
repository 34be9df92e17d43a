/** Motions: yes, no and abstentions as a strip with the line that yes has to reach, passed or not, and the quorum. */

import { html } from "../vendor/ui.js";
import { Mark, Row, RowList, Strip } from "./display_row.js";

/** One row for each motion. */
export function Rows({ room, details, label, compact, rows }) {
  const { t } = room;
  return html`<${RowList} label=${label} compact=${compact} kind="motions">${rows.map(row => {
    const { yes = 0, no = 0, abstain = 0 } = row.figures;
    const motion = (details.motions || {})[row.id];
    const words = motion ? t("vote.motion.words", { yes, no, abstain, needed: motion.needed, of: motion.of }) : t("vote.motion.parts", { yes, no, abstain });
    return html`<${Row} key=${row.id} row=${row} words=${words}
      mark=${motion && html`<${Mark} ok=${motion.passed}>${t(motion.passed ? "vote.motion.passed" : "vote.motion.failed")}<//>`}
      picture=${html`<${Strip} parts=${[["yes", yes], ["no", no], ["abstain", abstain]]} whole=${Math.max(motion ? motion.of : 0, yes + no + abstain)} line=${motion ? motion.needed : null} />`} />`;
  })}<//>`;
}

/** Whether enough took part. */
export function Beside({ room, details }) {
  const { t } = room;
  const { quorum, cast } = details;
  if (!quorum || !quorum.needed) return null;
  return html`<p class="d-quorum"><${Mark} ok=${quorum.reached}>${t(quorum.reached ? "vote.motion.quorum" : "vote.motion.no_quorum", { n: cast, needed: quorum.needed })}<//></p>`;
}

/** Consent: what passed and what did not, and before all else the objections with their reasons, then the concerns. */

import { html } from "../vendor/ui.js";
import { Mark, OptionName, Row, RowList, Strip } from "./display_row.js";
import { Handled } from "./objection.js";
import { REASONS } from "./results_pages.js";

function mark({ t }, row) {
  const { objections = 0, opinions = 0 } = row.figures;
  if (objections) return html`<${Mark}>${t("vote.consent.objections", { n: objections })}<//>`;
  return opinions ? html`<${Mark} ok>${t("vote.consent.passed")}<//>` : html`<${Mark}>${t("vote.consent.silent")}<//>`;
}

/** One row for each option. */
export function Rows({ room, label, compact, rows }) {
  const { t } = room;
  return html`<${RowList} label=${label} compact=${compact} kind="consent">${rows.map(row => {
    const { consents = 0, concerns = 0, objections = 0, opinions = 0 } = row.figures;
    return html`<${Row} key=${row.id} row=${row} mark=${mark(room, row)} words=${t("vote.consent.words", { consents, concerns, objections })}
      picture=${html`<${Strip} parts=${[["yes", consents], ["abstain", concerns], ["no", objections]]} whole=${opinions} />`} />`;
  })}<//>`;
}

/** The reasons one after the other: objections of all options first. */
export function reasonsOf(details, rows) {
  const of = kind => rows.flatMap(row => ((details[kind] || {})[row.id] || []).map((reason, index) => ({ kind, row, reason, place: index + 1 })));
  return [...of("objections"), ...of("concerns")];
}

/** Objections and concerns in the words of those who have them. */
export function Beside({ room, round, details, rows, page }) {
  const { t } = room;
  const every = reasonsOf(details, rows);
  const shown = page === null ? every : every.slice(page * REASONS, (page + 1) * REASONS);
  if (!shown.length) return null;
  const Head = page === null ? "h3" : "h2";
  const HEADS = { objections: t("vote.consent.head_objections"), concerns: t("vote.consent.head_concerns") };
  return html`<div class="d-reasons">${["objections", "concerns"].map(kind => shown.some(one => one.kind === kind) && html`<section key=${kind} class=${kind}><${Head}>${HEADS[kind]}<//>
    <ul>${shown.filter(one => one.kind === kind).map((one, index) => html`<li key=${index}><p class="d-of"><${OptionName} row=${one.row} /></p><blockquote class="say" dir="auto">${one.reason}</blockquote>
      ${kind === "objections" && html`<${Handled} room=${room} round=${round} option=${one.row.id} place=${one.place} edit=${page === null && room.kind === "console"} />`}</li>`)}</ul></section>`)}</div>`;
}

/** The receipt of a ballot, and whether it is among the published ones: it proves that a ballot was counted, not what it says. */

import { askRound } from "../core/of_round.js";
import { html, signal, useEffect } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { style } from "./style.js";

style("ballots");

const lists = signal({}); // round -> the published receipts
const asked = new Set();

async function fetchReceipts(room, round) {
  if (asked.has(round)) return;
  asked.add(round);
  try {
    const { receipts } = await askRound(room, round, "receipts");
    if (receipts) lists.value = { ...lists.peek(), [round]: receipts };
  } catch {
    asked.delete(round); // without a line; the next look asks again
  }
}

function Checked({ room, round, receipt }) {
  const { t } = room;
  const list = lists.value[round.id];
  const live = room.connection.value.state === "live";
  const shown = round.status === "sealed" && Boolean(room.row("results", round.id)); // they are published with the result
  useEffect(() => { if (shown && live) fetchReceipts(room, round.id); }, [shown, live]);
  if (!shown || !list) return null;
  if (!list.length) return html`<p class="small muted">${t("vote.receipt.few")}</p>`;
  if (list.includes(receipt)) return html`<p class="st ok"><${Icon} name="check" />${t("vote.receipt.counted", { n: list.length })}</p>`;
  return html`<p class="st bad"><${Icon} name="warn" />${t("vote.receipt.missing", { n: list.length })}</p>`;
}

/** The code with what it is good for; nothing where there is none; `brief`: that is said once for several. */
export function Receipt({ room, round, receipt, brief = false }) {
  if (!receipt) return null;
  const { t } = room;
  return html`<div class="receipt"><p>${t("vote.receipt.yours")} <b class="code">${receipt}</b></p>
    <${Checked} room=${room} round=${round} receipt=${receipt} />${!brief && html`<p class="small muted">${t("vote.receipt.what")}</p>`}</div>`;
}

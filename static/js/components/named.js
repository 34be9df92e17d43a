/** Who voted how, in a round that was announced as named. */

import { askRound } from "../core/of_round.js";
import { html, useState } from "../vendor/ui.js";
import { linesOf } from "./own_ballot.js";
import { called } from "./people.js";
import { nameOf } from "./option.js";
import { optionsOf } from "./voting.js";

const CALLED = new Set(["choices", "budget"]); // of these a ballot says which options, and nothing more of each

function Person({ room, round, options, one }) {
  const { t } = room;
  const lines = linesOf(room, round, options, one.ballot);
  const who = one.number === null ? t("vote.named.gone") : called(t, one);
  return html`<li><b dir="auto">${one.weight > 1 ? t("vote.named.weight", { name: who, n: one.weight }) : who}</b>
    <ul>${lines.map(line => html`<li key=${line.key} dir="auto">${CALLED.has(round.shape) ? nameOf(line.option) : t("vote.named.line", { name: nameOf(line.option), words: line.words })}</li>`)}
      ${!lines.length && html`<li>${t("vote.named.nothing")}</li>`}</ul></li>`;
}

/** Everybody with what they chose, fetched when it is opened. */
export function Named({ room, round }) {
  const { t } = room;
  const [found, setFound] = useState(null);
  if (round.secret) return null;
  const options = optionsOf(room, round);

  function look(event) {
    if (!event.target.open || Array.isArray(found)) return;
    setFound("wait");
    askRound(room, round.id, "names").then(answer => setFound(answer.ballots || "none"), () => setFound("none"));
  }

  return html`<details class="d-more" onToggle=${look}><summary>${t("vote.named.title")}</summary>
    ${found === "wait" && html`<p class="small muted">${t("vote.named.wait")}</p>`}${found === "none" && html`<p class="small muted">${t("vote.named.none")}</p>`}
    ${Array.isArray(found) && html`<ol class="r-named">${found.map((one, index) => html`<${Person} key=${index} room=${room} round=${round} options=${options} one=${one} />`)}</ol>`}</details>`;
}

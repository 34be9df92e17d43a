/** The ballot of check boxes: up to so many options; with one choice, radio buttons. */

import { announce } from "../core/live.js";
import { html, useRef, useState } from "../vendor/ui.js";
import { Done } from "./done.js";
import { memo } from "./memo.js";
import { OptionText, nameOf } from "./option.js";
import { State } from "./state.js";
import { offerUndo } from "./toast.js";
import { soFar, useBallot } from "./voting.js";

const Card = memo(({ room, option, on, single, state, refusal, blocked, note, choose }) => {
  const { t } = room;
  const id = `choice-${option.id}`;
  const press = event => {
    if (!choose(option, single ? true : !on)) event.preventDefault();
  };
  return html`<li class=${`card opt choose${on ? " has" : ""}${option.status === "withdrawn" ? " dim" : ""}`}>
    <input class="check" id=${id} type=${single ? "radio" : "checkbox"} name=${single ? "choice" : `choice-${option.number}`} checked=${on} aria-labelledby=${`${id}-text`}
      aria-disabled=${blocked ? "true" : null} onClick=${press} />
    <label for=${id} class="grow"><${OptionText} t=${t} option=${option} id=${`${id}-text`} note=${refusal || note} /></label>
    ${on && state !== "saved" && html`<${State} room=${room} state=${state} />`}
  </li>`;
});

function Count({ t, max, n, reason, missing }) {
  return html`<div class="grow"><p><b>${reason || t("vote.chosen", { n, max })}</b></p>
    <p class="small muted">${missing || t("vote.move_until")}</p></div>`;
}

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function ChoicesBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const { ballot, mark, stateOf, refusalOf } = useBallot(room, round, member);
  const [reason, setReason] = useState("");
  const chosen = Array.isArray(ballot) ? ballot : [];
  const { min } = round.settings;
  const single = round.settings.max === 1;
  const max = Math.min(round.settings.max, options.filter(option => option.status !== "withdrawn" || chosen.includes(option.id)).length);
  const missing = chosen.length && chosen.length < min ? t("vote.choose_more", { n: min - chosen.length }) : "";

  function why(option, value) {
    if (inert) return inert;
    if (!value) return "";
    if (option.status === "withdrawn") return t("vote.withdrawn");
    if ((activity.settings || {}).own_barred && option.mine) return t("vote.own_barred");
    return !single && chosen.length >= max ? t("vote.at_max", { n: max }) : "";
  }

  async function set(option, value, said) {
    // With one choice the earlier one has to go first: the server counts after every mark.
    if (single && value) for (const other of chosen) if (other !== option.id) mark(other, false);
    mark(option.id, value, said);
  }

  /** Whether the choice was taken. */
  function choose(option, value) {
    const no = why(option, value);
    setReason(no);
    if (no) {
      announce(no);
      return false;
    }
    const before = chosen.slice();
    const n = value ? (single ? 1 : chosen.length + 1) : chosen.length - 1;
    set(option, value, t("vote.chosen", { n, max }));
    offerUndo(t(value ? "vote.chose" : "vote.unchose", { name: nameOf(option) }), () => {
      mark(option.id, !value, t("vote.undone"));
      if (single) for (const other of before) if (other !== option.id) mark(other, true);
    });
    return true;
  }

  const latest = useRef(choose);
  latest.current = choose;
  const stable = useRef((option, value) => latest.current(option, value));

  return html`<main class="main" id="main">${head}<ul class="opts" aria-label=${t("vote.options")} role=${single ? "radiogroup" : null}>
      ${options.map(option => html`<${Card} key=${option.id} room=${room} option=${option} on=${chosen.includes(option.id)} single=${single} state=${stateOf(option.id)}
        refusal=${refusalOf(option.id)} blocked=${!chosen.includes(option.id) && Boolean(why(option, true))} note=${soFar(room, round, option, chosen.length > 0)} choose=${stable.current} />`)}
    </ul>${foot}</main>
    <section class="dock" aria-label=${t("vote.dock.choices")}><div class="row">
      <${Count} t=${t} max=${max} n=${chosen.length} reason=${reason} missing=${missing} /><${Done} room=${room} activity=${activity} ready=${chosen.length >= max} missing=${missing} tell=${setReason} member=${member} />
    </div></section>`;
}

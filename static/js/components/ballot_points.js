/** The ballot of dots: minus, dots and plus on every card, the budget as dots in the dock; or as credits, where k dots cost k². */

import { announce } from "../core/live.js";
import { html, useRef, useState } from "../vendor/ui.js";
import { Done } from "./done.js";
import { Icon } from "./icons.js";
import { memo } from "./memo.js";
import { OptionText, nameOf } from "./option.js";
import { Spent } from "./spent.js";
import { State } from "./state.js";
import { offerUndo } from "./toast.js";
import { soFar, useBallot } from "./voting.js";

const MANY = 12; // above this the dock counts in digits

const dots = (n, kind = "") => Array.from({ length: n }, (_, index) => html`<i class=${`dot on ${kind}`} key=${index}></i>`);

const Card = memo(({ room, option, points, price, state, refusal, blocked, note, change }) => {
  const { t } = room;
  const gone = option.status === "withdrawn";
  const name = nameOf(option);
  const minus = event => {
    if (points === 1) event.currentTarget.parentNode.lastElementChild.focus(); // the minus goes with the last dot
    change(option, -1);
  };
  return html`<li class=${`card opt${points ? " has" : ""}${gone ? " dim" : ""}`}>
    <${OptionText} t=${t} option=${option} note=${refusal || note} />
    ${points > 0 && html`<${State} room=${room} state=${state} />`}
    <div class="step" role="group" aria-label=${t("vote.dots_on", { name })}>
      ${points > 0 && html`<button type="button" class="take" aria-label=${t("vote.take_dot")} onClick=${minus}><${Icon} name="minus" /></button>
        <span class="dots" role="img" aria-label=${t("vote.dots", { n: points })}>${points > 5 ? html`<b class="num">${points}</b>` : dots(points)}</span>`}
      ${!gone && html`<button type="button" class=${`add${price ? " priced" : ""}`} aria-label=${price ? t("vote.credits.add", { n: price }) : t("vote.add_dot")} aria-disabled=${blocked ? "true" : null} onClick=${() => change(option, 1)}><${Icon} name="add" size=${price ? 18 : 20} />${price > 0 && html`<span class="num" aria-hidden="true">${price}</span>`}</button>`}
    </div>
  </li>`;
});

function Budget({ t, budget, left, reason }) {
  const placed = budget - left;
  return html`<div class="tray grow">
    <div class="dots five" role="img" aria-label=${t("vote.placed", { n: placed, budget })}>
      ${budget > MANY ? html`<b class="num">${placed} / ${budget}</b>` : Array.from({ length: budget }, (_, index) => html`<i class=${`dot big${index < placed ? " on" : ""}`} key=${index}></i>`)}</div>
    <p class="small">${reason ? html`<b>${reason}</b>` : html`<b>${t("vote.dots_left", { n: left })}</b>`}</p>
  </div>`;
}

/** The budget where dots cost their square: what is left, and a bar. */
function Credits({ t, budget, left, reason }) {
  return html`<div class="tray grow"><p><b>${reason || t("vote.credits.left", { n: left, budget })}</b></p>
    <${Spent} spent=${budget - left} of=${budget} /></div>`;
}

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function PointsBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const { ballot, mark, stateOf, refusalOf } = useBallot(room, round, member);
  const [reason, setReason] = useState("");
  const { budget, cap, cost } = round.settings;
  const square = cost === "square";
  const priceOf = points => (square ? points * points : points);
  const left = budget - Object.values(ballot).reduce((sum, points) => sum + priceOf(points), 0);
  const next = option => priceOf((ballot[option.id] || 0) + 1) - priceOf(ballot[option.id] || 0);
  const barred = (activity.settings || {}).own_barred;

  function why(option, delta) {
    if (inert) return inert;
    if (delta < 0) return "";
    if (barred && option.mine) return t("vote.own_barred");
    if (left <= 0) return t(square ? "vote.credits.none" : "vote.none_left");
    if ((ballot[option.id] || 0) >= cap) return t("vote.at_cap", { n: cap });
    return next(option) > left ? t("vote.credits.short", { n: next(option), left }) : "";
  }

  function change(option, delta) {
    const no = why(option, delta);
    setReason(no);
    if (no) return announce(no);
    const before = ballot[option.id] || 0;
    const value = before + delta;
    const then = left + priceOf(before) - priceOf(value);
    mark(option.id, value, square ? t("vote.credits.now", { n: value, name: nameOf(option), left: then }) : t("vote.now", { n: value, name: nameOf(option), left: then }));
    return offerUndo(t(delta > 0 ? "vote.added" : "vote.taken", { name: nameOf(option) }), () => mark(option.id, before, t("vote.undone")));
  }

  // One function for all cards, so that a dot draws one card anew and not three hundred.
  const latest = useRef(change);
  latest.current = change;
  const stable = useRef((option, delta) => latest.current(option, delta));

  const affordable = options.some(option => option.status === "open" && !why(option, 1));
  const Tray = square ? Credits : Budget;
  return html`<main class="main" id="main">${head}${square && html`<p class="small muted rule">${t("vote.credits.rule", { n: budget })}</p>`}<ul class="opts" aria-label=${t("vote.options")}>
      ${options.map(option => html`<${Card} key=${option.id} room=${room} option=${option} points=${ballot[option.id] || 0} price=${square ? next(option) : 0} state=${stateOf(option.id)}
        refusal=${refusalOf(option.id)} blocked=${Boolean(why(option, 1))} note=${soFar(room, round, option, left < budget)} change=${stable.current} />`)}
    </ul>${foot}</main>
    <section class="dock" aria-label=${t("vote.dock.points")}><div class="row">
      <${Tray} t=${t} budget=${budget} left=${left} reason=${reason} /><${Done} room=${room} activity=${activity} ready=${square ? left < budget && !affordable : left === 0} member=${member} />
    </div></section>`;
}

/** The ballot of a cart: what one supports, with its price, as far as the money goes. */

import { announce } from "../core/live.js";
import { html, useRef, useState } from "../vendor/ui.js";
import { Done } from "./done.js";
import { memo } from "./memo.js";
import { OptionText, nameOf } from "./option.js";
import { Spent } from "./spent.js";
import { State } from "./state.js";
import { offerUndo } from "./toast.js";
import { barredBy, useBallot } from "./voting.js";

const Item = memo(({ room, option, price, on, state, refusal, why, choose }) => {
  const { t } = room;
  const id = `cart-${option.id}`;
  const press = event => { if (!choose(option, !on)) event.preventDefault(); };
  return html`<li class=${`card opt choose cart${on ? " has" : ""}${option.status === "withdrawn" ? " dim" : ""}`}>
    <input class="check" id=${id} type="checkbox" checked=${on} aria-labelledby=${`${id}-text ${id}-price`} aria-describedby=${why ? `${id}-why` : null} aria-disabled=${why && !on ? "true" : null} onClick=${press} />
    <label for=${id} class="grow"><${OptionText} t=${t} option=${option} id=${`${id}-text`} note=${refusal} />
      ${why && !on && html`<span class="small muted" id=${`${id}-why`}>${why}</span>`}</label>
    <p class="price num" id=${`${id}-price`}><span class="sr">${t("vote.cart.price", { n: price })}</span><span aria-hidden="true">${price}</span></p>
    ${on && state !== "saved" && html`<${State} room=${room} state=${state} />`}
  </li>`;
});

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function BudgetBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const { ballot, mark, stateOf, refusalOf } = useBallot(room, round, member);
  const [reason, setReason] = useState("");
  const { money, costs, free_cart: free } = round.settings;
  const cart = Array.isArray(ballot) ? ballot : [];
  const price = id => (costs || {})[id] || 0;
  const spent = cart.reduce((sum, id) => sum + price(id), 0);
  const left = money - spent;
  const tooDear = option => !free && price(option.id) > left;
  const why = option => barredBy(room, activity, option, inert) || (tooDear(option) ? t("vote.cart.too_dear", { price: price(option.id), left }) : "");

  function choose(option, on) {
    const no = on ? why(option) : inert;
    setReason(no);
    if (no) {
      announce(no);
      return false;
    }
    const then = left + (on ? -1 : 1) * price(option.id);
    const words = t(on ? "vote.cart.put" : "vote.cart.took", { name: nameOf(option) });
    mark(option.id, on, free ? words : t("vote.cart.now", { what: words, left: then }));
    offerUndo(words, () => mark(option.id, !on, t("vote.undone")));
    return true;
  }

  const latest = useRef(choose);
  latest.current = choose;
  const stable = useRef((option, on) => latest.current(option, on));
  const affordable = options.some(option => option.status === "open" && !cart.includes(option.id) && !tooDear(option));
  return html`<main class="main" id="main">${head}<p class="small muted rule">${free ? t("vote.cart.rule_free", { n: money }) : t("vote.cart.rule", { n: money })} ${t(`vote.cart.rule_${round.method}`)}</p>
      <ul class="opts" aria-label=${t("vote.options")}>
      ${options.map(option => html`<${Item} key=${option.id} room=${room} option=${option} price=${price(option.id)} on=${cart.includes(option.id)} state=${stateOf(option.id)}
        refusal=${refusalOf(option.id)} why=${cart.includes(option.id) ? "" : why(option)} choose=${stable.current} />`)}</ul>${foot}</main>
    <section class="dock" aria-label=${t("vote.dock.budget")}><div class="row">
      <div class="grow"><p><b>${reason || (free ? t("vote.cart.chosen", { n: cart.length }) : t("vote.cart.left", { left, money }))}</b></p>
        ${free ? html`<p class="small muted">${t("vote.move_until")}</p>` : html`<${Spent} spent=${spent} of=${money} />`}</div>
      <${Done} room=${room} activity=${activity} ready=${cart.length > 0 && !affordable} member=${member} />
    </div></section>`;
}

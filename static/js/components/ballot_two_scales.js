/** The ballot of two scales: how much each option would change and how much work it would be, from 1 to 5. */

import { announce } from "../core/live.js";
import { html, useState } from "../vendor/ui.js";
import { Frame, Rated, Segments, answered } from "./ballot_parts.js";
import { nameOf } from "./option.js";
import { offerUndo } from "./toast.js";
import { barredBy, useBallot } from "./voting.js";

const AXES = ["impact", "effort"];
const STEPS = [1, 2, 3, 4, 5];

const whole = mark => Boolean(mark && mark.impact && mark.effort);

function Axis({ t, axis, option, value, blocked, choose }) {
  const steps = STEPS.map(step => ({ value: step, face: step, label: t("vote.two.step", { n: step, word: t(`vote.two.word.${step}`) }) }));
  return html`<div class="axis"><p class="row between"><b>${t(`vote.two.${axis}`)}</b><span class="small muted">${value ? t(`vote.two.word.${value}`) : t("vote.two.unset")}</span></p>
    <${Segments} name=${`${axis}-${option.id}`} label=${t(`vote.two.group_${axis}`, { name: nameOf(option) })} steps=${steps} value=${value} blocked=${blocked} choose=${choose} /></div>`;
}

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function TwoScalesBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const { ballot, mark, stateOf, refusalOf } = useBallot(room, round, member);
  const [reason, setReason] = useState("");
  const told = why => {
    setReason(why);
    if (why) announce(why);
    return !why;
  };

  function choose(option, axis, value) {
    if (!told(barredBy(room, activity, option, inert))) return false;
    const next = { ...ballot[option.id], [axis]: value };
    const said = t(`vote.two.now_${axis}`, { name: nameOf(option), n: value, word: t(`vote.two.word.${value}`) });
    mark(option.id, next, whole(next) ? said : t("vote.two.now_half", { said, missing: t(`vote.two.missing_${next.impact ? "effort" : "impact"}`) }));
    return true;
  }

  function clear(option) {
    if (!told(inert)) return;
    const before = ballot[option.id];
    mark(option.id, null, t("vote.scale.cleared", { name: nameOf(option) }));
    offerUndo(t("vote.scale.cleared", { name: nameOf(option) }), () => mark(option.id, before, t("vote.undone")));
  }

  const hint = value => {
    if (!value) return t("vote.scale.unset");
    return whole(value) ? "" : html`<span class="st wait">${t(`vote.two.missing_${value.impact ? "effort" : "impact"}`)}</span>`;
  };
  const dock = answered(room, options, option => whole(ballot[option.id]));
  const half = options.filter(option => option.id in ballot && !whole(ballot[option.id])).length;
  if (half) dock.under = t("vote.two.half", { n: half });
  return html`<${Frame} room=${room} activity=${activity} member=${member} head=${head} foot=${foot} dock=${t("vote.dock.two_scales")} reason=${reason} ...${dock}>
    <ul class="opts" aria-label=${t("vote.options")}>${options.map(option => html`<${Rated} key=${option.id} room=${room} option=${option} value=${ballot[option.id]} state=${stateOf(option.id)}
      note=${refusalOf(option.id)} hint=${hint(ballot[option.id])} clear=${clear} clearText=${t("vote.scale.none")}>
      <div class="axes">${AXES.map(axis => html`<${Axis} key=${axis} t=${t} axis=${axis} option=${option} value=${(ballot[option.id] || {})[axis]} blocked=${Boolean(barredBy(room, activity, option, inert))}
        choose=${value => choose(option, axis, value)} />`)}</div><//>`)}</ul><//>`;
}

/** The ballot of motions: yes, no or abstain on each. */

import { announce } from "../core/live.js";
import { html, useState } from "../vendor/ui.js";
import { Frame, Rated, Segments, answered } from "./ballot_parts.js";
import { Icon } from "./icons.js";
import { nameOf } from "./option.js";
import { offerUndo } from "./toast.js";
import { barredBy, useBallot } from "./voting.js";

const ANSWERS = [["yes", "check"], ["no", "close"], ["abstain", "minus"]];

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function MotionsBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const { ballot, mark, stateOf, refusalOf } = useBallot(room, round, member);
  const [reason, setReason] = useState("");
  const steps = ANSWERS.map(([value, icon]) => ({ value, label: t(`vote.motion.${value}`), face: html`<${Icon} name=${icon} />${t(`vote.motion.${value}`)}` }));
  const told = why => {
    setReason(why);
    if (why) announce(why);
    return !why;
  };

  function choose(option, value) {
    if (!told(barredBy(room, activity, option, inert))) return false;
    mark(option.id, value, t("vote.motion.now", { name: nameOf(option), answer: t(`vote.motion.said_${value}`) }));
    return true;
  }

  function clear(option) {
    if (!told(inert)) return;
    const before = ballot[option.id];
    mark(option.id, null, t("vote.motion.cleared", { name: nameOf(option) }));
    offerUndo(t("vote.motion.cleared", { name: nameOf(option) }), () => mark(option.id, before, t("vote.undone")));
  }

  return html`<${Frame} room=${room} activity=${activity} member=${member} head=${head} foot=${foot} dock=${t("vote.dock.motions")} reason=${reason} ...${answered(room, options, option => option.id in ballot)}>
    <ul class="opts" aria-label=${t("vote.motions")}>${options.map(option => html`<${Rated} key=${option.id} room=${room} option=${option} value=${ballot[option.id]} state=${stateOf(option.id)}
      note=${refusalOf(option.id)} hint=${option.id in ballot ? "" : t("vote.unanswered")} clear=${clear} clearText=${t("vote.take_back")}>
      <${Segments} name=${`m-${option.id}`} kind="motion" label=${t("vote.motion.group", { name: nameOf(option) })} steps=${steps} value=${ballot[option.id]}
        blocked=${Boolean(barredBy(room, activity, option, inert))} choose=${value => choose(option, value)} /><//>`)}</ul><//>`;
}

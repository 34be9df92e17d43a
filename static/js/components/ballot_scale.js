/** The ballot of steps: how good each option is in digits or in words; an objection carries its reason, and no opinion is not nought. */

import { announce } from "../core/live.js";
import { html, useState } from "../vendor/ui.js";
import { Frame, Rated, Segments, answered } from "./ballot_parts.js";
import { Composer } from "./composer.js";
import { nameOf } from "./option.js";
import { offerUndo } from "./toast.js";
import { barredBy, useBallot } from "./voting.js";

const WORDED = new Set(["consent", "fist-to-five", "majority-judgement"]);
const DIGITS = new Set(["fist-to-five"]); // words that are too long for a segment stand below it
const REASON = 500;

const stepOf = mark => (mark && typeof mark === "object" ? mark.value : mark);
const reasonOf = mark => (mark && typeof mark === "object" ? mark.reason : "");

/** What a step of a round says, in words. */
export function wordOf({ t }, round, step) {
  return WORDED.has(round.method) ? t(`method.${round.method}.word.${step}`) : t("vote.scale.step", { n: step, max: round.settings.max });
}

function stepsOf(room, round) {
  const steps = Array.from({ length: round.settings.max + 1 }, (_, value) => {
    const word = wordOf(room, round, value);
    const digits = !WORDED.has(round.method) || DIGITS.has(round.method);
    return { value, face: digits ? value : word, label: digits && WORDED.has(round.method) ? room.t("vote.scale.worded", { n: value, word }) : word };
  });
  return WORDED.has(round.method) && !DIGITS.has(round.method) ? steps.reverse() : steps;
}

/** The words at the ends where the segments are digits. */
function Ends({ room, round }) {
  const { t } = room;
  if (WORDED.has(round.method) && !DIGITS.has(round.method)) return null;
  const [low, high] = DIGITS.has(round.method) ? [wordOf(room, round, 0), wordOf(room, round, round.settings.max)] : [t("vote.scale.worst"), t("vote.scale.best")];
  return html`<p class="row between ends" aria-hidden="true"><span>${low}</span><span>${high}</span></p>`;
}

/** Why somebody objects or has a concern: to write before it goes, and to change afterwards. */
function Reason({ room, round, option, member, mark, asking, needed, open, send }) {
  const { t } = room;
  const said = reasonOf(mark);
  if (!asking) {
    return html`${said && html`<p class="say why" dir="auto">${said}</p>`}
      <button class="lnk" type="button" onClick=${open}>${said ? t("vote.reason.change") : t("vote.reason.add")}<span class="sr"> ${nameOf(option)}</span></button>`;
  }
  return html`<div class="why-form"><p class="small">${needed ? html`<b>${t("vote.reason.first")}</b> ` : ""}${t(`vote.reason.${round.secret ? "secret" : "named"}`)}</p>
    <${Composer} room=${room} subject=${subjectOf(round, option, member)} limit=${REASON} label=${t("vote.reason.label", { name: nameOf(option) })}
      placeholder=${t("vote.reason.placeholder")} verb=${t("vote.reason.send")} send=${send} focus /></div>`;
}

const subjectOf = (round, option, member) => `${round.id}.${member || ""}.${option.id}.why`;

/** One option with its steps; it holds an objection back until its reason is there. */
function Scaled({ room, activity, round, option, inert, member, use, steps, tell }) {
  const { t } = room;
  const mark = use.ballot[option.id];
  const needs = round.settings.reasons || [];
  const written = () => (needs.length && room.draft(subjectOf(round, option, member)).get() ? needs[0] : undefined);
  const [asking, setAsking] = useState(written);
  const step = asking === undefined ? stepOf(mark) : asking;
  const why = barredBy(room, activity, option, inert);
  const can = () => {
    tell(why);
    return !why;
  };

  function choose(value) {
    if (!can()) return false;
    if (needs.includes(value)) {
      if (stepOf(mark) !== value) setAsking(value);
      return true;
    }
    setAsking(undefined);
    use.mark(option.id, value, t("vote.scale.now", { name: nameOf(option), word: wordOf(room, round, value) }));
    return true;
  }

  function send(text) {
    if (!can()) return room.draft(subjectOf(round, option, member)).set(text);
    setAsking(undefined);
    return use.mark(option.id, { value: step, reason: text }, t("vote.scale.now", { name: nameOf(option), word: wordOf(room, round, step) }));
  }

  function close() {
    room.draft(subjectOf(round, option, member)).set("");
    setAsking(undefined);
  }

  function clear() {
    if (!can()) return;
    close();
    if (mark === undefined) return;
    use.mark(option.id, null, t("vote.scale.cleared", { name: nameOf(option) }));
    offerUndo(t("vote.scale.cleared", { name: nameOf(option) }), () => use.mark(option.id, mark, t("vote.undone")));
  }

  const hint = asking !== undefined ? html`<span class="st wait">${t("vote.reason.unsent")}</span>` : step === undefined ? t("vote.scale.unset") : DIGITS.has(round.method) ? html`<b>${wordOf(room, round, step)}</b>` : "";
  const worded = needs.length && step !== undefined && step < round.settings.max;
  return html`<${Rated} room=${room} option=${option} value=${step} state=${asking === undefined ? use.stateOf(option.id) : "local"} note=${use.refusalOf(option.id)} hint=${hint}
      clear=${asking === undefined ? clear : close} clearText=${asking === undefined ? t("vote.scale.none") : t("app.cancel")}>
    <${Segments} name=${`s-${option.id}`} kind=${round.method} label=${t("vote.scale.group", { name: nameOf(option) })} steps=${steps} value=${step} blocked=${Boolean(why)} choose=${choose} />
    <${Ends} room=${room} round=${round} />
    ${worded ? html`<${Reason} room=${room} round=${round} option=${option} member=${member} mark=${mark} asking=${asking !== undefined} needed=${needs.includes(step)} open=${() => setAsking(step)} send=${send} />` : null}
  <//>`;
}

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function ScaleBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const use = useBallot(room, round, member);
  const [reason, setReason] = useState("");
  const steps = stepsOf(room, round);
  const tell = why => {
    setReason(why);
    if (why) announce(why);
  };
  return html`<${Frame} room=${room} activity=${activity} member=${member} head=${head} foot=${foot} dock=${t("vote.dock.scale")} reason=${reason} ...${answered(room, options, option => option.id in use.ballot)}>
    <ul class="opts" aria-label=${t("vote.options")}>${options.map(option => html`<${Scaled} key=${option.id} room=${room} activity=${activity} round=${round} option=${option} inert=${inert}
      member=${member} use=${use} steps=${steps} tell=${tell} />`)}</ul><//>`;
}

/** The ballot of places: tap in order, move by buttons, keys or a finger; ties and partial rankings are fine. */

import { announce } from "../core/live.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { Frame } from "./ballot_parts.js";
import { Icon } from "./icons.js";
import { OptionText, nameOf } from "./option.js";
import { added, dropped, joined, moved, removed, rowsIn, shares, tidy, tierOf } from "./ranking.js";
import { State } from "./state.js";
import { offerUndo } from "./toast.js";
import { barredBy, useBallot } from "./voting.js";

const STEPS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

/** The finger: a row that is pulled by its number follows it, and is dropped on the row under it. */
function usePull(list, drop) {
  const [pull, setPull] = useState(null); // {id, by, row}
  const start = (event, id) => {
    if (event.button) return;
    const rows = [...list.current.children].map(row => row.getBoundingClientRect());
    const from = [...list.current.children].findIndex(row => row.dataset.id === id);
    const grip = event.currentTarget;
    const began = event.clientY;
    const rowAt = y => rows.filter((box, index) => index !== from && box.top + box.height / 2 < y).length;
    grip.setPointerCapture(event.pointerId);
    const at = move => ({ id, by: move.clientY - began, row: rowAt(rows[from].top + rows[from].height / 2 + move.clientY - began) });
    const follow = move => setPull(at(move));
    const end = up => {
      grip.removeEventListener("pointermove", follow);
      setPull(null);
      if (up.type === "pointerup" && Math.abs(up.clientY - began) > 6 && at(up).row !== from) drop(id, at(up).row);
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", end, { once: true });
    grip.addEventListener("pointercancel", end, { once: true });
  };
  return [pull, start];
}

function Ranked({ room, option, place, n, first, last, tied, lifted, pull, actions }) {
  const { t } = room;
  const name = nameOf(option);
  const button = (icon, key, off, act) => html`<button type="button" class="rank-btn" data-act=${key} aria-label=${t(`vote.rank.${key}`, { name })} aria-disabled=${off ? "true" : null}
    onClick=${act}><${Icon} name=${icon} size=${22} /></button>`;
  const pulled = pull && pull.id === option.id;
  return html`<li data-id=${option.id} class=${`card ranked${tied ? " tied" : ""}${lifted || pulled ? " lifted" : ""}${option.status === "withdrawn" ? " dim" : ""}`} style=${{ transform: pulled ? `translateY(${pull.by}px)` : "" }}>
    <button type="button" class="place num" aria-label=${t(lifted ? "vote.rank.lifted" : "vote.rank.at", { name, place, n })} aria-pressed=${String(lifted)} data-act="lift"
      onClick=${event => { if (event.detail === 0) actions.lift(option); }} onKeyDown=${event => actions.keys(event, option)} onPointerDown=${event => actions.start(event, option.id)}>${place}</button>
    <${OptionText} t=${t} option=${option} />
    <div class="rank-btns">${button("up", "up", first, () => actions.move(option, -1))}${button("down", "down", last, () => actions.move(option, 1))}</div>
    <div class="rank-more">${!first && html`<button class="lnk" type="button" aria-pressed=${String(tied)} onClick=${() => actions.tie(option)}>${t("vote.rank.same")}<span class="sr"> ${name}</span></button>`}
      <button class="lnk" type="button" onClick=${() => actions.remove(option)}>${t("vote.rank.remove")}<span class="sr"> ${name}</span></button></div>
  </li>`;
}

function Unranked({ room, option, blocked, add }) {
  const { t } = room;
  return html`<li class=${`unrank${option.status === "withdrawn" ? " dim" : ""}`}><${OptionText} t=${t} option=${option} />
    ${option.status === "open" && html`<button type="button" class="plus" aria-label=${t("vote.rank.add", { name: nameOf(option) })} aria-disabled=${blocked ? "true" : null} onClick=${() => add(option)}><${Icon} name="add" size=${24} /></button>`}</li>`;
}

/** Puts the focus back where it was on a row that moved in the document. */
function useFocus(list) {
  const want = useRef(null);
  useEffect(() => {
    if (!want.current) return;
    const [id, act] = want.current;
    want.current = null;
    const row = [...list.current.children].find(one => one.dataset.id === id);
    const target = row && row.querySelector(`[data-act="${act}"]`);
    if (target) target.focus();
  });
  return (id, act) => { want.current = [id, act]; };
}

/** Everything that one may do to the ranking; each is said, sent as the whole ballot, and may be undone. */
function useRanking({ room, activity, round, options, inert, member, list }) {
  const { t } = room;
  const use = useBallot(room, round, member);
  const byId = new Map(options.map(option => [option.id, option]));
  const stored = tidy(use.ballot, byId);
  const [trial, setTrial] = useState(null); // {id, tiers} while a row is lifted by keys
  const [reason, setReason] = useState("");
  const tiers = trial ? trial.tiers : stored;
  const focus = useFocus(list);
  const said = (option, to) => t("vote.rank.position", { name: option.title, place: tierOf(to, option.id) + 1, n: rowsIn(to).length });

  function may(option, why = barredBy(room, activity, option, inert)) {
    setReason(why);
    if (why) announce(why);
    return !why;
  }

  function set(next, words, told) {
    const before = use.ballot;
    use.cast(next, told || words);
    offerUndo(words, () => use.cast(Array.isArray(before) ? before : [], t("vote.undone")));
  }

  function move(option, step) {
    if (!may(option, inert)) return;
    const next = moved(tiers, option.id, step);
    if (next === tiers) announce(t(step < 0 ? "vote.rank.first" : "vote.rank.last", { name: option.title }));
    else set(next, t("vote.rank.moved", { name: nameOf(option), place: tierOf(next, option.id) + 1 }), said(option, next));
    focus(option.id, step < 0 ? "up" : "down");
  }

  const drop = (id, row) => {
    const option = byId.get(id);
    if (may(option, inert)) set(dropped(stored, id, row), t("vote.rank.moved", { name: nameOf(option), place: tierOf(dropped(stored, id, row), id) + 1 }), said(option, dropped(stored, id, row)));
  };

  function lift(option) {
    if (!trial) {
      if (!may(option, inert)) return;
      setTrial({ id: option.id, tiers: stored });
      announce(t("vote.rank.picked", { name: option.title }));
    } else {
      setTrial(null);
      if (JSON.stringify(trial.tiers) === JSON.stringify(stored)) announce(t("vote.rank.dropped_same", { name: option.title }));
      else set(trial.tiers, t("vote.rank.moved", { name: nameOf(option), place: tierOf(trial.tiers, option.id) + 1 }), t("vote.rank.dropped", { name: option.title, place: tierOf(trial.tiers, option.id) + 1 }));
    }
    focus(option.id, "lift");
  }

  function keys(event, option) {
    if (!trial || trial.id !== option.id) return;
    const step = STEPS[event.key];
    if (!step && event.key !== "Escape") return;
    event.preventDefault();
    focus(option.id, "lift");
    if (!step) {
      setTrial(null);
      announce(t("vote.rank.cancelled", { name: option.title }));
      return;
    }
    const next = moved(trial.tiers, option.id, step);
    setTrial({ id: option.id, tiers: next });
    announce(said(option, next));
  }

  return {
    ...use, tiers, byId, reason, lift, keys, move, drop, lifted: trial && trial.id,
    add: option => { if (may(option)) set(added(stored, option.id), t("vote.rank.added", { name: nameOf(option), place: stored.length + 1 }), said(option, added(stored, option.id))); },
    remove: option => { if (may(option, inert)) set(removed(stored, option.id), t("vote.rank.removed", { name: nameOf(option) })); },
    tie: option => {
      if (!may(option, inert)) return;
      const next = joined(stored, option.id);
      set(next, t("vote.rank.moved", { name: nameOf(option), place: tierOf(next, option.id) + 1 }), said(option, next));
    },
  };
}

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function RankingBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const list = useRef(null);
  const its = useRanking({ room, activity, round, options, inert, member, list });
  const [pull, start] = usePull(list, its.drop);
  const { tiers, byId } = its;
  const rows = rowsIn(tiers);
  const rest = options.filter(option => !rows.includes(option.id));
  const open = rest.filter(option => option.status === "open").length;
  const actions = { ...its, start };
  const counted = rows.length ? t("vote.rank.counted", { n: rows.length }) : t("vote.rank.nothing");
  return html`<${Frame} room=${room} activity=${activity} member=${member} head=${head} foot=${foot} dock=${t("vote.dock.ranking")} reason=${its.reason || its.refused} counted=${counted}
      under=${!rows.length ? "" : open ? t("vote.rank.left", { n: open }) : t("vote.move_until")} ready=${rows.length > 0 && !open}>
    <p class="small muted">${t("vote.rank.enough")}</p>
    ${rows.length > 0 && html`<div class="row between rank-head"><h2 class="head">${t("vote.rank.yours")}</h2><${State} room=${room} state=${its.state} /></div>`}
    <ol class="rank" ref=${list} aria-label=${t("vote.rank.yours")}>${rows.map((id, index) => html`<${Ranked} key=${id} room=${room} option=${byId.get(id)} place=${tierOf(tiers, id) + 1} n=${rows.length}
      first=${index === 0} last=${index === rows.length - 1} tied=${shares(tiers, id)} lifted=${its.lifted === id} pull=${pull} actions=${actions} />`)}</ol>
    ${rest.length > 0 && html`<h2 class="head">${t("vote.rank.unranked")}</h2>
      <ul class="unranked" aria-label=${t("vote.rank.unranked")}>${rest.map(option => html`<${Unranked} key=${option.id} room=${room} option=${option} blocked=${Boolean(barredBy(room, activity, option, inert))} add=${its.add} />`)}</ul>`}<//>`;
}

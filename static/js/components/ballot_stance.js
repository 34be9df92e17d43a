/** The ballot of stances: one statement at a time with agree, pass and disagree under the thumb, and a list to change them. */

import { announce } from "../core/live.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { Done } from "./done.js";
import { Icon } from "./icons.js";
import { OptionText, nameOf } from "./option.js";
import { State } from "./state.js";
import { offerUndo } from "./toast.js";
import { soFar, useBallot } from "./voting.js";

const STANCES = [["disagree", "close"], ["pass", "arrow"], ["agree", "check"]];
const BRIEF = 120;
const KEYS = { 1: "disagree", 2: "pass", 3: "agree" };

function Buttons({ t, value, inert, take }) {
  return html`<div class="stances" role="group" aria-label=${t("vote.stance.group")}>
    ${STANCES.map(([stance, icon]) => html`<button type="button" key=${stance} class=${`btn stance ${stance}`} aria-pressed=${String(value === stance)} aria-disabled=${inert ? "true" : null}
      onClick=${() => take(stance)}><${Icon} name=${icon} size=${22} />${t(`vote.stance.${stance}`)}</button>`)}
  </div>`;
}

/** The list of all statements with what one said to each; a press opens that statement. */
function Overview({ room, options, ballot, stateOf, go }) {
  const { t } = room;
  return html`<ul class="opts statements" aria-label=${t("vote.statements")}>
    ${options.map(option => html`<li class=${`card opt${ballot[option.id] ? " has" : ""}${option.status === "withdrawn" ? " dim" : ""}`} key=${option.id}>
      <${OptionText} t=${t} option=${option} />
      <div class="row between"><span class=${`chip ${ballot[option.id] || ""}`}>${ballot[option.id] ? t(`vote.stance.said_${ballot[option.id]}`) : t("vote.stance.open")}</span>
        ${ballot[option.id] && stateOf(option.id) !== "saved" && html`<${State} room=${room} state=${stateOf(option.id)} />`}
        ${option.status === "open" && html`<button class="lnk" type="button" aria-label=${t("vote.stance.change_label", { name: nameOf(option) })} onClick=${() => go(option.id)}>
          ${ballot[option.id] ? t("vote.stance.change") : t("vote.stance.answer")}</button>`}</div>
    </li>`)}</ul>`;
}

/** The statement to answer next: the first open one without a stance after a place in the order, going round. */
function next(options, ballot, after) {
  const from = options.findIndex(option => option.id === after) + 1;
  return [...options.slice(from), ...options.slice(0, from)].find(option => option.status === "open" && !(option.id in ballot)) || null;
}

function useStances({ room, round, options, inert, member }) {
  const { t } = room;
  const use = useBallot(room, round, member);
  const [at, setAt] = useState(null);
  const [list, setList] = useState(false);
  const chosen = options.find(option => option.id === at && option.status === "open");
  const current = chosen || next(options, use.ballot, null);

  function take(stance) {
    if (inert) return announce(inert);
    const before = use.ballot[current.id] || null;
    use.mark(current.id, stance, "");
    offerUndo(t("vote.stance.undo", { stance: t(`vote.stance.said_${stance}`), number: current.number }), () => {
      use.mark(current.id, before, t("vote.undone"));
      setAt(current.id);
    });
    const following = next(options, { ...use.ballot, [current.id]: stance }, current.id);
    setAt(following ? following.id : null);
    return announce(following ? t("vote.stance.next", { name: nameOf(following), text: following.text || following.title }) : t("vote.stance.all"), "statement");
  }

  return { ...use, list: list || !current, setList, current, setAt, take };
}

/** `options` in the order to show; `inert` is a reason why nothing can be changed now, or ""; `head` and `foot` frame the list. */
export function StanceBallot({ room, activity, round, options, inert, member, head, foot }) {
  const { t } = room;
  const { ballot, stateOf, refusalOf, list, setList, current, setAt, take } = useStances({ room, round, options, inert, member });
  const card = useRef(null);
  const open = options.filter(option => option.status === "open");
  const said = open.filter(option => option.id in ballot).length;
  const answered = Object.keys(ballot).length > 0;
  useEffect(() => { if (current && !list && card.current) card.current.scrollTop = 0; }, [current && current.id]);

  // The digits act while the focus is on the statement or its buttons, nowhere else (WCAG 2.1.4).
  const keys = event => {
    const stance = KEYS[event.key];
    if (stance && current && !list && !event.ctrlKey && !event.metaKey && !event.altKey) take(stance);
  };
  const counted = html`<p class="small"><b>${t("vote.stance.count", { n: said, of: open.length })}</b></p>`;
  if (list) {
    return html`<main class="main" id="main">${head}${!current && html`<p class="say empty">${t("vote.stance.all")}</p>`}
        <${Overview} room=${room} options=${options} ballot=${ballot} stateOf=${stateOf} go=${id => { setAt(id); setList(false); }} />${foot}</main>
      <section class="dock" aria-label=${t("vote.dock.stance")}><div class="row">
        <div class="grow">${counted}<p class="small muted">${t("vote.move_until")}</p></div>
        ${current && html`<button class="btn" type="button" onClick=${() => setList(false)}>${t("vote.stance.go_on")}</button>`}
        <${Done} room=${room} activity=${activity} ready=${!current} member=${member} />
      </div></section>`;
  }
  const note = refusalOf(current.id) || soFar(room, round, current, answered);
  return html`<main class="main" id="main" onKeyDown=${keys}>${head}
      <article class=${`card statement${(current.text || current.title).length <= BRIEF ? " brief" : ""}`} ref=${card} tabindex="0" aria-label=${t("vote.stance.statement", { number: current.number })} key=${current.id}>
        <${OptionText} t=${t} option=${current} whole note=${note} />
        ${current.id in ballot && html`<${State} room=${room} state=${stateOf(current.id)} />`}</article>
      ${foot}</main>
    <section class="dock" aria-label=${t("vote.dock.stance")} onKeyDown=${keys}>
      <${Buttons} t=${t} value=${ballot[current.id]} inert=${inert} take=${take} />
      <div class="row between"><button class="lnk" type="button" onClick=${() => setList(true)}>${t("vote.stance.count_list", { n: said, of: open.length })}</button>
        <${Done} room=${room} activity=${activity} member=${member} /></div>
    </section>`;
}

/** Sorting cards by selecting several and "Group as…": works with a thumb, a mouse and the keyboard alike. */
import { uuid } from "../core/uuid.js";
import { Component, html, useRef, useState } from "../vendor/ui.js";
import { Confirm, Dialog, Menu } from "./dialog.js";
import { Icon } from "./icons.js";

const TITLE = 60;

/** A card that can be selected; drawn again only when it or its selection changes, so that hundreds stay smooth. */
class Card extends Component {
  shouldComponentUpdate(next) {
    return next.card !== this.props.card || next.on !== this.props.on || next.may !== this.props.may;
  }

  render({ card, on, may, toggle }) {
    const body = html`<span class="tag">${card.number}</span><span class="say" dir="auto">${card.text}</span>`;
    if (!may) return html`<li class="sort-card">${body}</li>`;
    return html`<li class=${`sort-card choose${on ? " on" : ""}`}><label><input class="check" type="checkbox" checked=${on} onChange=${() => toggle(card.id)} />${body}</label></li>`;
  }
}

function Cards({ cards, chosen, may, toggle }) {
  return html`<ul class="sort-cards">${cards.map((card) => html`<${Card} key=${card.id} card=${card} on=${chosen.has(card.id)} may=${may} toggle=${toggle} />`)}</ul>`;
}

function Rename({ t, group, act, close }) {
  const submit = (event) => {
    event.preventDefault();
    const title = event.target.elements.title.value.trim();
    if (title && title !== group.title) act("groups.rename", { group: group.id, title });
    close();
  };
  return html`<form class="rename" onSubmit=${submit} onKeyDown=${(event) => { if (event.key === "Escape") close(); }}>
    <input class="input" name="title" maxlength=${TITLE} defaultValue=${group.title} aria-label=${t("group.name")} dir="auto" autocomplete="off" ref=${useFocus()} />
    <button class="btn sm primary" type="submit">${t("app.save")}</button></form>`;
}

/** A ref that focuses and selects a field once. */
function useFocus() {
  const done = useRef(false);
  return (box) => {
    if (!box || done.current) return;
    done.current = true;
    box.focus();
    box.select();
  };
}

function GroupTools({ room, group, others, act, rename, chosen }) {
  const { t } = room;
  const [open, set] = useState("");
  const close = () => set("");
  return html`<${Menu} label=${t("group.menu", { title: group.title })} kind="btn sm ghost icon">
      <button type="button" onClick=${rename}>${t("group.rename")}</button>
      ${others.length > 0 && html`<button type="button" onClick=${() => set("merge")}>${t("group.merge")}</button>`}
      ${room.me.staff && html`<button type="button" onClick=${() => act("events.screen", { spotlight: { collection: "groups", id: group.id } })}>${t("group.spotlight")}</button>`}
      <button type="button" onClick=${() => set("dissolve")}>${t("group.dissolve")}</button><//>
    ${open === "merge" && html`<${Choose} t=${t} title=${t("group.merge_title", { title: group.title })} groups=${others} close=${close} pick=${(into) => act("groups.merge", { group: group.id, into: into.id })} />`}
    ${open === "dissolve" && html`<${Confirm} t=${t} title=${t("group.dissolve_title", { title: group.title })} text=${t("group.dissolve_text")} verb=${t("group.dissolve")} close=${close} act=${() => act("groups.dissolve", { group: group.id })} />`}
    ${chosen > 0 && html`<button class="btn sm" type="button" aria-label=${t("group.move_here_named", { n: chosen, title: group.title })} onClick=${() => act("ideas.move", { group: group.id })}>${t("group.move_here")}</button>`}`;
}

function Choose({ t, title, groups, pick, close, children }) {
  return html`<${Dialog} t=${t} title=${title} close=${close}><ul class="choices">${children}${groups.map((group) => html`<li key=${group.id}>
    <button class="btn block-row" type="button" onClick=${() => { close(); pick(group); }}><span class="grow" dir="auto"><span class="tag">${group.number}</span> ${group.title}</span></button></li>`)}</ul><//>`;
}

const MANY = 5;

function Group({ room, group, cards, groups, may, chosen, toggle, act }) {
  const { t } = room;
  const [renaming, rename] = useState(false);
  const [all, show] = useState(false);
  const shown = all ? cards : cards.slice(0, MANY);
  return html`<section class="sort-group" aria-label=${group.title}>
    <header>${renaming ? html`<${Rename} t=${t} group=${group} act=${act} close=${() => rename(false)} />` : html`
      <h3 dir="auto"><span class="tag">${group.number}</span> ${group.title}</h3><span class="chip" aria-label=${t("group.cards", { n: cards.length })}>${cards.length}</span>
      ${may && html`<${GroupTools} room=${room} group=${group} others=${groups.filter((one) => one.id !== group.id)} act=${act} rename=${() => rename(true)} chosen=${chosen.size} />`}`}</header>
    ${cards.length ? html`<${Cards} cards=${shown} chosen=${chosen} may=${may} toggle=${toggle} />` : html`<p class="small muted">${t("group.empty")}</p>`}
    ${cards.length > MANY && html`<button class="lnk" type="button" aria-expanded=${String(all)} onClick=${() => show(!all)}>${all ? t("group.fewer") : t("group.more", { n: cards.length - MANY })}</button>`}
  </section>`;
}

/** What to do with the selected cards: give them a name, move them, take them out; stays in view while something is selected. */
export function GroupAs({ room, groups, picked, send, clear }) {
  const { t } = room;
  const [moving, move] = useState(false);
  const first = picked[0];
  const submit = (event) => {
    event.preventDefault();
    const field = event.target.elements.title;
    const title = (field.value.trim() || first.title).slice(0, TITLE);
    field.value = "";
    send("groups.make", { group: uuid(), title });
  };
  const grouped = picked.some((card) => groups.some((group) => group.id === card.group));
  return html`<form class="group-as" onSubmit=${submit} aria-label=${t("group.selected", { n: picked.length })}>
    <p class="selected"><b>${t("group.selected", { n: picked.length })}</b><button class="lnk" type="button" onClick=${clear}>${t("group.clear")}</button></p>
    <label class="sr" for="group-as">${t("group.name")}</label>
    <input class="input" id="group-as" name="title" maxlength=${TITLE} placeholder=${first.title} dir="auto" autocomplete="off" enterkeyhint="done" />
    <button class="btn primary" type="submit">${t("group.as")}</button>
    ${(groups.length > 0 || grouped) && html`<button class="btn" type="button" onClick=${() => move(true)}>${t("group.move")}</button>`}
    ${moving && html`<${Choose} t=${t} title=${t("group.move_title", { n: picked.length })} groups=${groups} close=${() => move(false)} pick=${(group) => send("ideas.move", { group: group.id })}>
      ${grouped && html`<li><button class="btn block-row" type="button" onClick=${() => { move(false); send("ideas.move", { group: null }); }}><span class="grow">${t("group.out")}</span></button></li>`}<//>`}
  </form>`;
}

/** The state of sorting: selected cards, the last refusal, and how to send. `cards` are all cards that are sorted. */
export function useSorting(room, activity, cards) {
  const [chosen, choose] = useState(() => new Set());
  const [problem, say] = useState("");
  const toggle = useRef((id) => choose((before) => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  })).current;
  const picked = cards.filter((card) => chosen.has(card.id));
  const clear = () => choose(new Set());
  const send = async (name, words) => {
    say("");
    const more = name === "groups.make" ? { activity: activity.id, ideas: picked.map((card) => card.id) } : {};
    if (name === "ideas.move") more.ideas = picked.map((card) => card.id);
    const answer = await room.send(name, { ...words, ...more });
    if (!answer.ok) say(answer.sentence);
    else if (name === "groups.make" || name === "ideas.move") clear();
  };
  return { chosen, picked, toggle, clear, send, problem };
}

/** What is in no group beside the groups; `search` narrows the loose cards. */
export function Sorted({ room, parts, may, state, search = "" }) {
  const { t } = room;
  const { groups, loose } = parts;
  const wanted = search.trim().toLocaleLowerCase();
  const shown = wanted ? loose.filter((card) => `${card.number} ${card.text}`.toLocaleLowerCase().includes(wanted)) : loose;
  const all = groups.map(({ group }) => group);
  return html`${state.problem && html`<p class="said-no" role="alert"><${Icon} name="warn" size=${18} />${state.problem}</p>`}
    <div class=${`sort-parts${groups.length && loose.length ? "" : " single"}`}>
    ${loose.length > 0 && html`<section class="sort-loose" aria-label=${t("screen.ungrouped")}><h3>${groups.length ? t("screen.ungrouped") : t("group.all_cards")} <span class="chip">${loose.length}</span></h3>
      <${Cards} cards=${shown} chosen=${state.chosen} may=${may} toggle=${state.toggle} /></section>`}
    ${groups.length > 0 && html`<div class="sort-groups">${groups.map(({ group, cards }) => html`<${Group} key=${group.id} room=${room} group=${group} cards=${cards} groups=${all}
      may=${may} chosen=${state.chosen} toggle=${state.toggle} act=${state.send} />`)}</div>`}
    </div>
    ${!groups.length && !loose.length && html`<p class="say empty">${t("group.nothing")}</p>`}`;
}

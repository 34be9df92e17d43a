/** What staff can do with a challenge and a team on the board: menus and the forms behind them. */
import { uuid } from "../core/uuid.js";
import { html, useState } from "../vendor/ui.js";
import { Confirm, Dialog, Menu } from "./dialog.js";
import { themeCodes } from "./icons.js";
import { Avatar, called } from "./people.js";

function words(form) {
  const given = {};
  for (const [name, value] of new FormData(form)) given[name] = String(value).trim();
  return given;
}

function ChallengeForm({ room, title, verb, challenge = {}, send, close }) {
  const { t } = room;
  const [problem, say] = useState("");
  const submit = async (event) => {
    event.preventDefault();
    const given = words(event.target);
    const answer = await send({ ...given, theme: given.theme || null });
    if (answer.ok) close(); else say(answer.sentence);
  };
  return html`<${Dialog} t=${t} title=${title} close=${close}><form onSubmit=${submit}>
    <div class="field"><label for="c-title">${t("challenge.title")}</label><input class="input" id="c-title" name="title" maxlength="60" required data-first defaultValue=${challenge.title || ""} dir="auto" autocomplete="off" /></div>
    <div class="field"><label for="c-problem">${t("challenge.problem")}</label><textarea class="input" id="c-problem" name="problem" rows="3" maxlength="400" dir="auto">${challenge.problem || ""}</textarea></div>
    <div class="field"><label for="c-host">${t("challenge.who")}</label><input class="input" id="c-host" name="host" maxlength="80" defaultValue=${challenge.host || ""} dir="auto" autocomplete="off" /></div>
    <div class="field"><label for="c-theme">${t("challenge.theme")}</label><select class="input" id="c-theme" name="theme">
      <option value="">${t("challenge.no_theme")}</option>${themeCodes.map((code) => html`<option value=${code} selected=${code === challenge.theme}>${t(`mark.${code}`)}</option>`)}</select></div>
    ${problem && html`<p class="said-no" role="alert">${problem}</p>`}
    <div class="dialog-actions"><button class="btn" type="button" onClick=${close}>${t("app.cancel")}</button><button class="btn primary" type="submit">${verb}</button></div></form><//>`;
}

/** A new challenge; by staff it is approved at once. */
export function AddChallenge({ room, act, close }) {
  const [id] = useState(uuid);
  return html`<${ChallengeForm} room=${room} title=${room.t("challenge.add")} verb=${room.t("challenge.add")} close=${close} send=${(given) => act("challenges.add", { challenge: id, ...given })} />`;
}

/** Another title, problem, host or theme. */
export function EditChallenge({ room, challenge, act, close }) {
  return html`<${ChallengeForm} room=${room} title=${room.t("challenge.edit")} verb=${room.t("app.save")} challenge=${challenge} close=${close} send=${(given) => act("challenges.edit", { challenge: challenge.id, ...given })} />`;
}

/** Edit, close or open, remove. */
export function ChallengeMenu({ t, column, act, edit }) {
  const { challenge } = column;
  const [ask, set] = useState(false);
  const status = (next) => act("challenges.set_status", { challenge: challenge.id, status: next });
  return html`<${Menu} label=${t("challenge.menu", { title: challenge.title })} kind="btn sm ghost icon">
      <button type="button" onClick=${edit}>${t("challenge.edit")}</button>
      ${challenge.status === "closed" ? html`<button type="button" onClick=${() => status("open")}>${t("challenge.open")}</button>` : html`<button type="button" onClick=${() => status("closed")}>${t("challenge.close")}</button>`}
      <button type="button" onClick=${() => set(true)}>${t("challenge.remove")}</button><//>
    ${ask && html`<${Confirm} t=${t} title=${t("challenge.remove_title", { title: challenge.title })} text=${t("challenge.remove_text")} verb=${t("challenge.remove")} close=${() => set(false)} act=${() => act("challenges.remove", { challenge: challenge.id })} />`}`;
}

/** A team without people, started by staff. */
export function NewTeam({ room, challenge, act }) {
  const { t } = room;
  const [open, set] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    const { title } = words(event.target);
    if (!title) return;
    const answer = await act("teams.start", { team: uuid(), challenge: challenge ? challenge.id : null, title });
    if (answer.ok) set(false);
  };
  if (!open) return html`<button class="new" type="button" onClick=${() => set(true)}>${t("team.start")}</button>`;
  return html`<form class="new-form" onSubmit=${submit} onKeyDown=${(event) => { if (event.key === "Escape") set(false); }}>
    <input class="input" name="title" maxlength="40" required aria-label=${t("team.name")} placeholder=${t("team.name")} ref=${(box) => box && box.focus()} dir="auto" autocomplete="off" />
    <button class="btn sm primary" type="submit">${t("team.start")}</button></form>`;
}

function TeamForm({ room, team, act, close }) {
  const { t } = room;
  const submit = async (event) => {
    event.preventDefault();
    const answer = await act("teams.edit", { team: team.id, ...words(event.target) });
    if (answer.ok) close();
  };
  return html`<${Dialog} t=${t} title=${t("team.edit")} close=${close}><form onSubmit=${submit}>
    <div class="field"><label for="t-title">${t("team.name")}</label><input class="input" id="t-title" name="title" maxlength="40" required data-first defaultValue=${team.title} dir="auto" autocomplete="off" /></div>
    <div class="field"><label for="t-sentence">${t("team.sentence")}</label><textarea class="input" id="t-sentence" name="sentence" rows="2" maxlength="140" dir="auto">${team.sentence || ""}</textarea></div>
    <div class="field"><label for="t-need">${t("team.need")}</label><input class="input" id="t-need" name="need" maxlength="60" defaultValue=${team.need || ""} dir="auto" autocomplete="off" /></div>
    <div class="dialog-actions"><button class="btn" type="button" onClick=${close}>${t("app.cancel")}</button><button class="btn primary" type="submit">${t("app.save")}</button></div></form><//>`;
}

function TeamPeople({ room, team, act, pick, close }) {
  const { t } = room;
  const now = room.row("teams", team.id) || team;
  const move = (person) => { close(); pick(person); };
  return html`<${Dialog} t=${t} title=${t("team.people_title", { title: team.title })} close=${close}>
    ${!now.members.length && html`<p class="muted">${t("app.nobody")}</p>`}
    <ul class="team-people">${now.members.map((person) => html`<li key=${person.id} class="row"><${Avatar} name=${person.name} number=${person.number} /><b class="grow" dir="auto">${called(t, person)}</b>
      <button class="btn sm" type="button" onClick=${() => move(person)}>${t("team.move")}</button>
      <button class="btn sm ghost" type="button" onClick=${() => act("teams.place", { team: null, member: person.id })}>${t("team.take_out")}</button></li>`)}</ul><//>`;
}

/** Edit, people, remove. */
export function TeamMenu({ room, team, act, pick }) {
  const { t } = room;
  const [open, set] = useState("");
  const close = () => set("");
  return html`<${Menu} label=${t("team.menu", { title: team.title })} kind="btn sm ghost icon">
      <button type="button" onClick=${() => set("people")}>${t("team.people")}</button>
      <button type="button" onClick=${() => set("edit")}>${t("team.edit")}</button>
      <button type="button" onClick=${() => set("remove")}>${t("team.remove")}</button><//>
    ${open === "people" && html`<${TeamPeople} room=${room} team=${team} act=${act} pick=${pick} close=${close} />`}
    ${open === "edit" && html`<${TeamForm} room=${room} team=${team} act=${act} close=${close} />`}
    ${open === "remove" && html`<${Confirm} t=${t} title=${t("team.remove_title", { title: team.title })} text=${t("team.remove_text")} verb=${t("team.remove")} close=${close} act=${() => act("teams.remove", { team: team.id })} />`}`;
}

/** One person: rename, hide the name, free the seat, another role, remove. */
import { Dialog } from "../../components/dialog.js";
import { Avatar, called } from "../../components/people.js";
import { html, useState } from "../../vendor/ui.js";
import { stateOf, useMarks, wordOf } from "./states.js";

function Name({ desk, member }) {
  const { t } = desk.room;
  const save = (event) => {
    event.preventDefault();
    const name = event.target.elements.name.value.trim();
    if (name !== member.name) desk.act("members.rename", { member: member.id, name });
  };
  return html`<form class="field" onSubmit=${save}><label for="p-name">${t("console.person_name")}</label>
    <div class="row"><input class="input grow" id="p-name" name="name" maxlength="60" defaultValue=${member.name || ""} dir="auto" autocomplete="off" data-first /><button class="btn" type="submit">${t("app.save")}</button></div></form>`;
}

/** The dialog; closes by itself when the person is gone. */
export function Person({ desk, id, close }) {
  const { room, act } = desk;
  const { t } = room;
  const member = room.row("members", id);
  const marks = useMarks(room);
  const [sure, ask] = useState(false);
  if (!member) return null;
  const seat = room.row("seats", member.seat);
  const remove = () => { act("members.remove", { member: id }); close(); };
  return html`<${Dialog} t=${t} title=${called(t, member)} close=${close}>
    <p class="row person-head"><${Avatar} name=${member.name} number=${member.number} /><span>${wordOf(t, stateOf(desk, marks, member), room.current)}</span>
      <span class="muted">${t("console.person_number", { number: member.number })}${seat && seat.name && seat.name !== member.name ? ` · ${seat.name}` : ""}</span></p>
    <${Name} desk=${desk} member=${member} />
    <div class="stack person-acts">
      <button class="btn" type="button" aria-pressed=${String(Boolean(member.name_hidden))} onClick=${() => act("members.hide_name", { member: id, hidden: !member.name_hidden })}>${member.name_hidden ? t("console.show_name") : t("console.hide_name")}</button>
      ${seat && html`<button class="btn" type="button" onClick=${() => { act("seats.free", { seat: seat.id }); close(); }}>${t("console.free_seat")}</button>`}
      ${room.me.role === "organiser" && html`<button class="btn" type="button" onClick=${() => { act("members.set_role", { member: id, role: "facilitator" }); close(); }}>${t("console.make_facilitator")}</button>`}
      ${sure ? html`<p>${t("console.remove_text", { name: called(t, member) })}</p><button class="btn danger" type="button" onClick=${remove}>${t("console.remove_person")}</button>`
        : html`<button class="btn ghost danger" type="button" onClick=${() => ask(true)}>${t("console.remove_person")}…</button>`}
    </div><//>`;
}

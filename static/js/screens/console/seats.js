/** The list of seats: add names or generated ones, rename, free, merge, remove. */
import { Dialog } from "../../components/dialog.js";
import { called } from "../../components/people.js";
import { uuid } from "../../core/uuid.js";
import { html, useState } from "../../vendor/ui.js";

function Adding({ desk }) {
  const { room, act } = desk;
  const { t } = room;
  const names = (event) => {
    event.preventDefault();
    const box = event.target.elements.names;
    const seats = box.value.split("\n").map((name) => name.trim()).filter(Boolean).map((name) => ({ seat: uuid(), name }));
    if (seats.length) act("seats.add", { seats }).then((answer) => { if (answer.ok) box.value = ""; });
  };
  const generate = (event) => {
    event.preventDefault();
    const { prefix, count } = event.target.elements;
    act("seats.generate", { prefix: prefix.value.trim(), count: Number(count.value) });
  };
  return html`<details class="adding"><summary>${t("console.add_seats")}</summary>
    <form onSubmit=${names}><label for="s-names">${t("console.seat_names")}</label><textarea class="input" id="s-names" name="names" rows="3" dir="auto"></textarea><button class="btn sm" type="submit">${t("console.add_seats")}</button></form>
    <form class="row wrap" onSubmit=${generate}><label>${t("console.seat_prefix")} <input class="input sm" name="prefix" maxlength="30" required placeholder=${t("console.seat_example")} /></label>
      <label>${t("console.seat_count")} <input class="input sm" type="number" name="count" min="1" max="500" defaultValue="20" /></label><button class="btn sm" type="submit">${t("console.generate")}</button></form></details>`;
}

function Seat({ desk, seat, others }) {
  const { room, act } = desk;
  const { t } = room;
  const [merging, merge] = useState(false);
  const member = room.row("members", seat.member);
  const rename = (event) => { if (event.target.value.trim() !== seat.name) act("seats.rename", { seat: seat.id, name: event.target.value.trim() }); };
  return html`<tr><th scope="row" class="num">${seat.number}</th>
    <td><input class="input sm" key=${seat.name} defaultValue=${seat.name || ""} maxlength="60" dir="auto" aria-label=${t("console.seat_name", { number: seat.number })} onChange=${rename} /></td>
    <td dir="auto">${member ? called(t, member) : html`<span class="muted">${t(`console.seat.${seat.status}`)}</span>`}</td>
    <td class="seat-acts">${merging ? html`<select class="input sm" aria-label=${t("console.merge_into")} onChange=${(event) => { if (event.target.value) { act("seats.merge", { seat: seat.id, into: event.target.value }); merge(false); } }}>
        <option value="">${t("console.merge_into")}</option>${others.map((one) => html`<option value=${one.id}>${one.number} ${one.name || ""}</option>`)}</select>` : html`
      ${seat.member && html`<button class="btn sm" type="button" onClick=${() => act("seats.free", { seat: seat.id })}>${t("console.free")}</button>`}
      <button class="btn sm ghost" type="button" onClick=${() => merge(true)}>${t("console.merge")}</button>
      ${seat.status !== "removed" && html`<button class="btn sm ghost danger" type="button" onClick=${() => act("seats.remove", { seat: seat.id })}>${t("console.remove")}</button>`}`}</td></tr>`;
}

/** The dialog. */
export function Seats({ desk, close }) {
  const { room, act } = desk;
  const { t, event } = room;
  const seats = room.rows("seats").filter((seat) => seat.status !== "removed");
  const listed = event.seating === "list";
  return html`<${Dialog} t=${t} title=${t("console.seats")} close=${close} wide>
    <button class="toggle" type="button" role="switch" aria-checked=${String(listed)} data-first onClick=${() => act("events.edit_event", { seating: listed ? "open" : "list" })}><span>${t("console.seating_list")}</span><span class="switch" aria-hidden="true"></span></button>
    <p class="small muted">${t("console.seats_hint", { n: seats.length, taken: seats.filter((seat) => seat.member).length })}</p>
    <${Adding} desk=${desk} />
    ${seats.length > 0 && html`<div class="table-box"><table class="seats"><thead><tr><th scope="col">${t("console.seat_number")}</th><th scope="col">${t("console.seat_label")}</th><th scope="col">${t("console.seat_person")}</th><th scope="col"><span class="sr">${t("console.actions")}</span></th></tr></thead>
      <tbody>${seats.map((seat) => html`<${Seat} key=${seat.id} desk=${desk} seat=${seat} others=${seats.filter((one) => one.id !== seat.id)} />`)}</tbody></table></div>`}<//>`;
}

/** What opens behind one's initials: the own name, what I wrote, and how the page looks. */

import { choose, display, isDark } from "../core/display.js";
import { html, useState } from "../vendor/ui.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { Toggle } from "./toggle.js";

/** The name under which the room knows this person. */
function Name({ room }) {
  const { t, me } = room;
  const [name, setName] = useState(me.name || "");
  const [problem, setProblem] = useState("");
  async function save(event) {
    event.preventDefault();
    const answer = await room.send("members.rename", { member: me.id, name: name.trim() });
    setProblem(answer.ok ? "" : answer.sentence);
  }
  const changed = name.trim() && name.trim() !== (me.name || "");
  return html`<form class="field" onSubmit=${save}>
    <label for="own-name">${t("phone.menu.name")}</label>
    <div class="row"><input class="input grow" id="own-name" value=${name} maxlength="60" autocomplete="given-name" aria-describedby="own-name-hint" onInput=${event => setName(event.target.value)} />
      <button class="btn" type="submit" aria-disabled=${changed ? null : "true"}>${t("phone.menu.save")}</button></div>
    <p class=${problem ? "error" : "hint"} id="own-name-hint">${problem || t("phone.menu.name_hint")}</p>
  </form>`;
}

/** The sheet; `mine()` goes to what I wrote. */
export function PhoneMenu({ room, close, mine }) {
  const { t } = room;
  const look = display.value;
  return html`<${Dialog} t=${t} title=${t("phone.menu.title")} close=${close}>
    <button class="btn block plain" type="button" data-first onClick=${() => { close(); mine(); }}>${t("phone.mine.title")}<${Icon} name="arrow" /></button>
    ${room.me.staff && html`<a class="btn block plain" href=${`/run/${room.event.slug}`}>${t("phone.menu.console")}<${Icon} name="arrow" /></a>`}
    <div class="toggles">
      <${Toggle} label=${t("phone.menu.larger")} on=${look.text === "large"} set=${on => choose({ text: on ? "large" : null })} />
      <${Toggle} label=${t("phone.menu.dark")} on=${isDark()} set=${on => choose({ theme: on ? "dark" : "light" })} />
      <${Toggle} label=${t("phone.menu.calm")} on=${look.motion === "less"} set=${on => choose({ motion: on ? "less" : null })} />
    </div>
    <${Name} room=${room} />
  <//>`;
}

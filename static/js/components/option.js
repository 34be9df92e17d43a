/** An option as people read it on the phone: number, theme, text; long texts open on demand. */

import { html, useState } from "../vendor/ui.js";
import { ThemeMark } from "./icons.js";

const LONG = 110;

function GroupTexts({ t, text }) {
  const texts = text.split("\n").filter(Boolean);
  return html`<details class="ideas-in"><summary>${t("vote.ideas_in", { n: texts.length })}</summary>
    <ul>${texts.map((one, index) => html`<li class="say" dir="auto" key=${index}>${one}</li>`)}</ul></details>`;
}

/** The readable part of an option; `id` is given to the text so that controls can refer to it. */
export function OptionText({ t, option, id, whole = false, note = "" }) {
  const [open, setOpen] = useState(whole);
  const group = option.kind === "group";
  const text = group ? option.title : option.text || option.title;
  const long = !whole && text.length > LONG;
  return html`<div class="opt-text">
    ${(option.theme || option.mine || option.status === "withdrawn") && html`<p class="opt-marks"><${ThemeMark} code=${option.theme} t=${t} />
      ${option.mine && html`<span class="chip">${t("idea.yours")}</span>`}${option.status === "withdrawn" && html`<span class="chip">${t("vote.withdrawn")}</span>`}</p>`}
    <p class=${`say${long && !open ? " clamp" : ""}`} id=${id} dir="auto"><span class="tag">${option.number}</span> ${text}</p>
    ${long && html`<button class="lnk" type="button" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>${open ? t("vote.less") : t("vote.more")}</button>`}
    ${group && option.text && html`<${GroupTexts} t=${t} text=${option.text} />`}
    ${note && html`<p class="small muted">${note}</p>`}
  </div>`;
}

/** What an option is called in a sentence. */
export const nameOf = option => `${option.number}, ${option.title}`;

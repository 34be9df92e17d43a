/** The field in which people write one idea or statement: a draft that survives a reload, a counter, and Send. */

import { announce } from "../core/live.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { Icon } from "./icons.js";

const COUNT_FROM = 0.8;

/** Code points, as the server counts them. */
export const length = text => [...text].length;

/** The counter, from four fifths of the limit on. */
export function Counter({ t, text, limit }) {
  const n = length(text);
  if (n < limit * COUNT_FROM) return null;
  return html`<span class=${`counter num${n > limit ? " over" : ""}`} aria-label=${t("phone.counter_label", { n, limit })}>${t("phone.counter", { n, limit })}</span>`;
}

/**
 * `subject` names the draft; `send(text, touched)` takes the text, `touched` is the server's time of the last change.
 * `label`, `placeholder` and `verb` are sentences; `inert` is a reason why nothing can be sent now, or "".
 */
export function Composer({ room, subject, limit, label, placeholder, verb, send, focus = false, inert = "" }) {
  const { t } = room;
  const draft = room.draft(subject);
  const [text, setText] = useState(draft.get);
  const field = useRef(null);
  const touched = useRef(0);
  const over = length(text) - limit;
  const blocked = !text.trim() || over > 0 || Boolean(inert);

  useEffect(() => { if (focus && field.current) field.current.focus(); }, []);

  function write(value) {
    touched.current = room.now();
    setText(value);
    draft.set(value);
  }

  function submit(event) {
    if (event) event.preventDefault();
    field.current.focus();
    if (inert) return announce(inert);
    if (over > 0) return announce(t("phone.too_long", { n: over }));
    if (blocked) return announce(t("phone.write_first"));
    send(text.trim(), touched.current);
    return write("");
  }

  function keys(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  }

  return html`<form class="comp" onSubmit=${submit}>
    <textarea ref=${field} class="input grow" rows="2" dir="auto" aria-label=${label} placeholder=${placeholder} value=${text} enterkeyhint="send"
      aria-invalid=${over > 0 ? "true" : null} onInput=${event => write(event.target.value)} onKeyDown=${keys}></textarea>
    <div class="comp-side">
      <button class="btn primary send" type="submit" aria-label=${verb} aria-disabled=${blocked ? "true" : null}><${Icon} name="send" size=${24} /></button>
      <${Counter} t=${t} text=${text} limit=${limit} />
    </div>
  </form>`;
}

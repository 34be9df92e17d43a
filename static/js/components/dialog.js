/** Dialogs and menus: the browser's own <dialog>, a fallback for Safari 14, and focus back to where it came from. */
import { html, useEffect, useId, useRef, useState } from "../vendor/ui.js";
import { Icon } from "./icons.js";

const FOCUSABLE = "button:not([disabled]), [href], input:not([disabled]), select, textarea, summary, [tabindex='0']";

/** Show a <dialog> modally; where the browser knows none, keep the focus inside by hand. Returns how to undo it. */
function show(box, close) {
  const opener = document.activeElement;
  const native = typeof box.showModal === "function";
  const trap = (event) => {
    if (event.key === "Escape") { event.preventDefault(); close(); }
    if (event.key !== "Tab") return;
    const stops = [...box.querySelectorAll(FOCUSABLE)];
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  };
  if (native) box.showModal();
  else {
    box.setAttribute("open", "");
    box.setAttribute("aria-modal", "true");
    box.addEventListener("keydown", trap);
  }
  const first = box.querySelector("[data-first]") || box.querySelector(FOCUSABLE);
  if (first) first.focus();
  return () => {
    box.removeEventListener("keydown", trap);
    if (native && box.open) box.close();
    if (opener && document.contains(opener)) opener.focus();
  };
}

/** A modal dialog while it is rendered: `title`, `close()`, `actions` (buttons), children. Mark the first field with data-first. */
export function Dialog({ title, close, children, actions, wide = false, t }) {
  const box = useRef(null);
  const name = useId();
  const leave = useRef(close);
  leave.current = close;
  useEffect(() => show(box.current, () => leave.current()), []);
  const outside = (event) => { if (event.target === box.current) close(); };
  return html`<dialog ref=${box} class=${`dialog${wide ? " wide" : ""}`} role="dialog" aria-labelledby=${name} onClick=${outside}
      onCancel=${(event) => { event.preventDefault(); close(); }}>
    <div class="dialog-box">
      <header class="row between"><h2 id=${name}>${title}</h2>
        <button class="btn ghost icon sm" type="button" aria-label=${t("app.close")} onClick=${close}><${Icon} name="close" /></button></header>
      <div class="dialog-body">${children}</div>
      ${actions && html`<footer class="dialog-actions">${actions}</footer>`}
    </div>
  </dialog>`;
}

/** A question before something that cannot be taken back; the verb is on the button. */
export function Confirm({ t, title, text, verb, act, close, kind = "primary" }) {
  const yes = () => { close(); act(); };
  const actions = html`<button class="btn" type="button" data-first onClick=${close}>${t("app.cancel")}</button>
    <button class=${`btn ${kind}`} type="button" onClick=${yes}>${verb}</button>`;
  return html`<${Dialog} t=${t} title=${title} close=${close} actions=${actions}><p>${text}</p><//>`;
}

/** A button with a list of things to do; closes on Escape, on a choice and when the focus leaves. `face` is what the button shows. */
export function Menu({ label, face, children, kind = "btn sm", side = "right" }) {
  const [open, set] = useState(false);
  const box = useRef(null);
  const button = useRef(null);
  const shut = (back) => { set(false); if (back && button.current) button.current.focus(); };
  useEffect(() => {
    if (!open) return undefined;
    const away = (event) => { if (!box.current.contains(event.target)) shut(false); };
    document.addEventListener("pointerdown", away);
    const first = box.current.querySelector(".menu-list button, .menu-list a, .menu-list input");
    if (first) first.focus();
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  const keys = (event) => {
    const items = [...box.current.querySelectorAll(".menu-list button:not([disabled]), .menu-list a, .menu-list input")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && open) { event.stopPropagation(); shut(true); }
    else if (step && open && items.length) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
  };
  return html`<span class="menu" ref=${box} onKeyDown=${keys} onFocusOut=${(event) => { if (open && event.relatedTarget && !box.current.contains(event.relatedTarget)) shut(false); }}>
    <button ref=${button} class=${kind} type="button" aria-label=${label} aria-expanded=${String(open)} onClick=${() => set(!open)}>${face || html`<${Icon} name="more" />`}</button>
    ${open && html`<div class=${`menu-list ${side}`} onClick=${(event) => { if (event.target.closest("button, a")) shut(true); }}>${children}</div>`}
  </span>`;
}

/** Single-letter keys of the console and the projector: off while typing, in dialogs, and when switched off (WCAG 2.1.4). */
import { html, signal, useLayoutEffect, useRef } from "../vendor/ui.js";

const STORE = "facilitate.keys";

function stored() {
  try { return localStorage.getItem(STORE) !== "off"; } catch (error) { return true; }
}

/** Whether single-letter keys act; kept on this device. */
export const lettersOn = signal(stored());

/** Switch the single-letter keys on or off. */
export function setLetters(on) {
  lettersOn.value = on;
  try { localStorage.setItem(STORE, on ? "on" : "off"); } catch (error) { /* private window: the choice lasts until it closes */ }
}

/** Whether somebody writes in this element. */
export function writing(element) {
  if (!element || !element.closest) return false;
  return Boolean(element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]"));
}

function ignored(event) {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)
    || Boolean(document.querySelector("dialog[open]"));
}

/** Calls `map[key]` (keys as KeyboardEvent.key, letters in upper case) while the component is shown. */
export function useKeys(map) {
  const current = useRef(map);
  current.current = map;
  useLayoutEffect(() => { // with the picture, not a frame after it: who sees the button may press its key
    const press = (event) => {
      if (ignored(event)) return;
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      const act = current.current[key];
      if (!act || (event.key.length === 1 && !lettersOn.value) || (event.repeat && event.key.length === 1)) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** The key cap on a button; readers get it from aria-keyshortcuts. */
export function Key({ name }) {
  return lettersOn.value ? html`<kbd aria-hidden="true">${name}</kbd>` : null;
}

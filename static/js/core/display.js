/** How this device wants pages to look: theme, larger text, less motion; set on <html> and kept. */

import { signal } from "../vendor/ui.js";
import { keep, kept } from "./keep.js";

const KEY = "facilitate.display";

/** `{theme: "light" | "dark" | null (as the system), text: "large" | null, motion: "less" | null}` */
export const display = signal(kept(KEY) || {});

function apply({ theme, text, motion }) {
  for (const [name, value] of Object.entries({ theme, text, motion })) {
    if (value) document.documentElement.dataset[name] = value;
    else delete document.documentElement.dataset[name];
  }
}

/** Changes some of the choices and keeps them. */
export function choose(values) {
  display.value = { ...display.value, ...values };
  keep(KEY, display.value);
  apply(display.value);
}

/** Whether the page is dark now. */
export function isDark() {
  return (display.value.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

/** Whether things may move. */
export const moves = () => display.value.motion !== "less" && !matchMedia("(prefers-reduced-motion: reduce)").matches;

apply(display.value);

/** How this device wants pages to look: theme, larger text, less motion; set on <html>, kept in a cookie so that the server paints it too. */

import { signal } from "../vendor/ui.js";

const YEAR = 31_536_000;
const NAMES = ["theme", "text", "motion"];

/** The choices as the cookie keeps them: `text.large_motion.less`. */
function read() {
  const found = document.cookie.split("; ").find(one => one.startsWith("display="));
  const pairs = found ? found.slice(8).split("_").map(one => one.split(".")) : [];
  return Object.fromEntries(pairs.filter(([name, value]) => NAMES.includes(name) && value));
}

/** `{theme: "light" | "dark", text: "large", motion: "less"}`; what is missing follows the system. */
export const display = signal(read());

function apply(choices) {
  for (const name of NAMES) {
    if (choices[name]) document.documentElement.dataset[name] = choices[name];
    else delete document.documentElement.dataset[name];
  }
}

/** Changes some of the choices (null: as the system) and keeps them. */
export function choose(values) {
  display.value = { ...display.value, ...values };
  const told = NAMES.filter(name => display.value[name]).map(name => `${name}.${display.value[name]}`).join("_");
  document.cookie = `display=${told}; path=/; max-age=${YEAR}; samesite=lax`;
  apply(display.value);
}

/** Whether the page is dark now. */
export function isDark() {
  return (display.value.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

/** Whether things may move. */
export const moves = () => display.value.motion !== "less" && !matchMedia("(prefers-reduced-motion: reduce)").matches;

apply(display.value);

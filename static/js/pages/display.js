/** How this device wants pages to look: the same choices as the screens keep, and a cookie so that the server paints them. */

const KEY = "facilitate.display";
const YEAR = 31_536_000;

/** The choices: `{theme, text, motion}`. */
export function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

/** Sets the choices on the page, and keeps them. */
export function write(choices) {
  const root = document.documentElement;
  for (const name of ["theme", "text", "motion"]) {
    if (choices[name]) root.dataset[name] = choices[name];
    else delete root.dataset[name];
  }
  const told = Object.entries(choices).filter(([, value]) => value).map(([name, value]) => `${name}.${value}`);
  document.cookie = `display=${told.join("_")};path=/;max-age=${told.length ? YEAR : 0};samesite=lax`;
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // A browser that keeps nothing has the cookie, or this page only.
  }
}

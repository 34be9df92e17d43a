/** Brings a style sheet that only some activities need; the pages link the others. */

const asked = new Set();

/** Links static/css/<name>.css once; the browser fetches it beside the scripts. */
export function style(name) {
  if (asked.has(name)) return;
  asked.add(name);
  const href = new URL(`../../css/${name}.css`, import.meta.url).href;
  if ([...document.querySelectorAll("link[rel=stylesheet]")].some((link) => link.href.split("?")[0] === href)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}

/** Brings a style sheet that only some activities need; the pages link the others. */

const asked = new Map();

/** Links static/css/<name>.css once, fetched beside the scripts; a promise of its being there. */
export function style(name) {
  if (!asked.has(name)) asked.set(name, linked(new URL(`../../css/${name}.css`, import.meta.url).href));
  return asked.get(name);
}

function linked(href) {
  if ([...document.querySelectorAll("link[rel=stylesheet]")].some((link) => link.href.split("?")[0] === href)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return new Promise((resolve) => { link.onload = link.onerror = () => resolve(); });
}

/** Parts that are fetched when they are first needed, so that the first load stays light. */

import { readBoot } from "../core/room.js";
import { html, signal } from "../vendor/ui.js";

/**
 * A component that stands in for one of another file; draws `Meanwhile`, or nothing, until that is here. `.warm()` begins to fetch it,
 * `.here()` does, too, and says whether it came.
 */
export function lazy(load, Meanwhile = null) {
  const part = signal(null);
  let asked = false;

  function fetchPart(wait = 500) {
    if (asked) return;
    asked = true;
    load().then(found => { part.value = found; }, () => setTimeout(() => {
      asked = false;
      fetchPart(Math.min(8000, wait * 2));
    }, wait));
  }

  function Lazy(props) {
    fetchPart();
    const Part = part.value || Meanwhile;
    return Part ? html`<${Part} ...${props} />` : null;
  }
  Lazy.warm = () => fetchPart();
  Lazy.here = () => {
    fetchPart();
    return Boolean(part.value);
  };
  return Lazy;
}

/** Begins to fetch the lazy faces that this screen will show; the console shows the projector's picture, too. */
export function warmFaces(faces) {
  const { kind } = readBoot();
  if (kind === "console") faces.console.warm();
  if (kind !== "phone") faces.projector.warm();
  return faces;
}

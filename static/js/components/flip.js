/** Lets rows slide to their new places (FLIP, transform only), at most once a second. */

import { moves } from "../core/display.js";
import { useLayoutEffect, useRef } from "../vendor/ui.js";

const SLOW = 420;

/** Watches the children of the element behind the returned ref; each needs `data-key`. `scale` is what the page is scaled by. */
export function useFlip(order) {
  const box = useRef(null);
  const places = useRef(new Map());
  useLayoutEffect(() => {
    const list = box.current && box.current.querySelectorAll("[data-key]");
    if (!list) return;
    const before = places.current;
    places.current = new Map();
    for (const row of list) {
      const top = row.offsetTop;
      const was = before.get(row.dataset.key);
      places.current.set(row.dataset.key, top);
      if (was === undefined || was === top || !moves() || !row.animate) continue;
      row.animate([{ transform: `translateY(${was - top}px)` }, { transform: "none" }], { duration: SLOW, easing: "cubic-bezier(.2,.7,.2,1)" });
    }
  }, [order]);
  return box;
}

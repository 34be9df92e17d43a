/** Where the focus goes: to the heading of a new step, into a dialog and back, never away from somebody who types. */

/** The text field that somebody is writing in, or null. */
export function writing(root = document) {
  const field = root.activeElement;
  if (!field || !/^(TEXTAREA|INPUT)$/.test(field.tagName) || /^(checkbox|radio|button|range)$/.test(field.type)) return null;
  return field.value.trim() ? field : null;
}

/** Moves the focus to the page's main heading, without scrolling more than it has to. */
export function focusHeading(root = document) {
  const heading = root.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  window.scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

const REACHABLE = "a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex='0']";

/** Keeps the focus inside an element until the returned function is called, which gives it back to where it was. */
export function keepFocus(element, first) {
  const before = document.activeElement;
  const inside = () => [...element.querySelectorAll(REACHABLE)].filter(one => one.offsetParent !== null);

  function cycle(event) {
    if (event.key !== "Tab") return;
    const places = inside();
    const edge = event.shiftKey ? places[0] : places[places.length - 1];
    if (document.activeElement === edge || !element.contains(document.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? places[places.length - 1] : places[0])?.focus();
    }
  }

  element.addEventListener("keydown", cycle);
  (first || inside()[0] || element).focus();
  return () => {
    element.removeEventListener("keydown", cycle);
    if (before && before.isConnected) before.focus();
  };
}

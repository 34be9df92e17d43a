/** Where the focus goes: to the heading of a new step, never away from somebody who types. */

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

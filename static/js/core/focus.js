/** Where the focus goes: to the heading of a new step, never away from somebody who types. */

/** The text field that somebody is writing in, or null. */
export function writing(root = document) {
  const field = root.activeElement;
  if (!field || !/^(TEXTAREA|INPUT)$/.test(field.tagName) || /^(checkbox|radio|button|range)$/.test(field.type)) return null;
  return field.value.trim() ? field : null;
}

const PATIENCE = 3000; // ms in which a heading may still come: parts of a step are fetched when they are first needed
let stop = () => 0;

function toHeading() {
  const heading = document.querySelector("h1");
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}

/** Moves the focus to the page's main heading, also to one that comes, or comes anew, in a moment. */
export function focusHeading() {
  stop();
  window.scrollTo(0, 0);
  let found = toHeading();
  const watch = new MutationObserver(() => {
    if (!found || document.activeElement === document.body) found = toHeading();
  });
  const timer = setTimeout(() => stop(), PATIENCE);
  stop = () => {
    watch.disconnect();
    clearTimeout(timer);
    stop = () => 0;
  };
  watch.observe(document.body, { childList: true, subtree: true });
}

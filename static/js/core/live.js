/** Speaks to screen readers: one polite region for the page, throttled, and one that interrupts. */

const GAP = 1200; // ms between two polite sentences, so that none swallows the one before

let polite, assertive;
let queue = [];
let timer = 0;

function region(role, level) {
  const element = document.createElement("div");
  element.className = "sr";
  element.setAttribute("role", role);
  element.setAttribute("aria-live", level);
  document.body.append(element);
  return element;
}

function prepare() {
  if (polite) return;
  polite = region("status", "polite");
  assertive = region("alert", "assertive");
}

function speak() {
  timer = 0;
  const next = queue.shift();
  if (next === undefined) return;
  polite.textContent = next.text;
  timer = setTimeout(speak, GAP);
}

/**
 * Says a sentence politely. Without a topic it is the result of what somebody just did, and is said at once; a topic
 * (progress, time) waits for its turn, and a later sentence of the same topic takes the place of one that still waits.
 */
export function announce(text, topic = "") {
  prepare();
  queue = queue.filter(item => item.topic !== topic);
  if (topic) queue.push({ text, topic });
  else queue.unshift({ text, topic });
  if (timer && topic) return;
  clearTimeout(timer);
  timer = setTimeout(speak, 50);
}

/** Interrupts: only for "closed" and "not saved". */
export function interrupt(text) {
  prepare();
  assertive.textContent = "";
  setTimeout(() => { assertive.textContent = text; }, 50);
}

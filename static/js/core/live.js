/** Speaks to screen readers: one polite region for the page, throttled, and one that interrupts; each says a sentence at a time. */

const GAP = 1200; // ms between two sentences, so that none swallows the one before
const SOON = 50; // ms in which a region that was just made, or just emptied, is noticed

let polite, assertive;

/** One live region: `waiting` are the sentences that it will say, in their order. */
function createVoice(role, level) {
  const element = document.createElement("div");
  element.className = "sr";
  element.setAttribute("role", role);
  element.setAttribute("aria-live", level);
  document.body.append(element);
  const voice = { waiting: [], busy: false };
  let timer = 0;

  function speak() {
    const next = voice.waiting.shift();
    voice.busy = next !== undefined;
    if (!voice.busy) return;
    element.textContent = next.text;
    timer = setTimeout(speak, GAP);
  }

  /** Says what waits first, without a wait for the sentence before. */
  voice.now = () => {
    clearTimeout(timer);
    voice.busy = true;
    element.textContent = "";
    timer = setTimeout(speak, SOON);
  };
  return voice;
}

function prepare() {
  if (polite) return;
  polite = createVoice("status", "polite");
  assertive = createVoice("alert", "assertive");
}

/**
 * Says a sentence politely. Without a topic it is the result of what somebody just did, and is said at once; a topic
 * (progress, time) waits for its turn, and a later sentence of the same topic takes the place of one that still waits.
 */
export function announce(text, topic = "") {
  prepare();
  polite.waiting = polite.waiting.filter(item => item.topic !== topic);
  if (topic) polite.waiting.push({ text, topic });
  else polite.waiting.unshift({ text, topic });
  if (!topic || !polite.busy) polite.now();
}

/** Interrupts: only for "closed" and "not saved". Two of them in one moment are said one after the other, the same one once. */
export function interrupt(text) {
  prepare();
  if (assertive.waiting.some(item => item.text === text)) return;
  assertive.waiting.push({ text });
  if (!assertive.busy) assertive.now();
}

/** What screen readers are told: no sentence swallows another. */

import { announce, interrupt } from "/static/js/core/live.js";
import { equal, test, until } from "./check.js";

/** Everything that a live region said from here on. */
function listen(level) {
  const said = [];
  new MutationObserver(() => {
    const text = (document.querySelector(`[aria-live=${level}]`) || {}).textContent;
    if (text && text !== said.at(-1)) said.push(text);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  return said;
}

test("two interrupts of one moment are both said, in their order, the same one once", async () => {
  const said = listen("assertive");
  interrupt("Closed.");
  interrupt("Not saved.");
  interrupt("Not saved.");
  await until(() => said.length === 1, "the first");
  await until(() => said.length === 2, "the second");
  equal(said, ["Closed.", "Not saved."]);
});

test("a result is said at once, a topic waits, and only its last sentence is said", async () => {
  const said = listen("polite");
  announce("1 of 3", "progress");
  announce("2 of 3", "progress");
  announce("Received.");
  await until(() => said.length === 1, "the result");
  announce("3 of 3", "progress");
  await until(() => said.length === 2, "the progress");
  equal(said, ["Received.", "3 of 3"]);
});

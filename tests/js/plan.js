/** The forecast of the agenda: what Next will start, and nothing else. */

import { schedule } from "/static/js/screens/console/plan.js";
import { equal, test } from "./check.js";

const MINUTE = 60_000;
const NOW = 1000 * MINUTE;
const step = (id, status, minutes, more = {}) => ({ id, status, minutes, ...more });
const agenda = [
  step("a", "planned", 10),
  step("b", "running", 20, { started_at: NOW - 5 * MINUTE, ends_at: NOW + 15 * MINUTE }),
  step("c", "planned", 30),
  step("d", "skipped", 40),
  step("e", "planned", 5),
];

test("a planned step before the current one is passed and takes no time; it can still be started by hand", () => {
  const plan = schedule(agenda, NOW, null, "b");
  equal(plan.items.map(item => item.state), ["passed", "now", "next", "skipped", "coming"]);
  equal((plan.end - NOW) / MINUTE, 15 + 30 + 5);
  equal(plan.items[0].at, null);
});

test("before the first step everything planned is ahead", () => {
  const plan = schedule([step("a", "planned", 10), step("b", "planned", 20)], NOW, null);
  equal([plan.items.map(item => item.state), (plan.end - NOW) / MINUTE], [["next", "coming"], 30]);
});

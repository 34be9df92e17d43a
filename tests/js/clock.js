/** The server's time on a device that is wrong, slow or set anew. */

import { createClock, digits, timeOfDay } from "/static/js/core/clock.js";
import { after, equal, test } from "./check.js";

test("a device that is an hour behind shows the server's time", () => {
  const clock = createClock(3_600_500, () => 500);
  equal(clock.now(), 3_600_500);
  clock.stop();
});

test("a message is late, never early: the largest offset wins", () => {
  const clock = createClock(10_000, () => 0);
  clock.learn(10_080);
  clock.learn(9_700);
  equal(clock.now(), 10_080);
  clock.stop();
});

test("a device whose clock jumps is believed anew", () => {
  let device = 0;
  const clock = createClock(10_000, () => device);
  device = 60_000;
  clock.learn(10_500);
  equal(clock.now(), 10_500);
  clock.stop();
});

test("the tick changes once a second, just after the full one", async () => {
  const clock = createClock(Date.now() + 700);
  const seen = [];
  const stop = clock.tick.subscribe(value => seen.push(value));
  await after(2300);
  stop();
  clock.stop();
  equal([seen.length >= 3 && seen.length <= 4, seen.slice(1).every(value => value % 1000 < 150)], [true, true]);
});

test("digits", () => {
  equal([278_000, 60_000, 59_001, 9_000, 1, 0, -5_000, 3_730_000].map(digits), ["4:38", "1:00", "1:00", "0:09", "0:01", "0:00", "0:00", "1:02:10"]);
});

test("the time of day has two digits and 24 hours", () => {
  const at = new Date(2026, 10, 23, 9, 5).getTime();
  equal(["en", "de", "not a language"].map(language => timeOfDay(language)(at)), ["09:05", "09:05", "09:05"]);
});

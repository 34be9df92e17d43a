/** The outbox: nothing is lost, nothing is sent twice, everything in order. */

import { createOutbox } from "/static/js/core/outbox.js";
import { signal } from "/static/js/vendor/ui.js";
import { after, equal, test, until } from "./check.js";

/** A transport whose answers the test gives: `sent` holds the envelopes, `answer(…)` and `cut()` end the one in flight. */
function line({ live = true } = {}) {
  const sent = [];
  let flying = null;
  const transport = {
    ready: signal(live),
    emit(envelope) {
      if (flying) throw new Error("two in flight");
      sent.push(envelope);
      return new Promise((resolve, reject) => { flying = { resolve, reject }; });
    },
  };
  const end = how => value => { const one = flying; flying = null; one[how](value); };
  const connection = signal({ state: live ? "live" : "offline" });
  return { transport, connection, sent, answer: end("resolve"), cut: end("reject"), waits: () => flying !== null };
}

function outboxOn(wire, prefix = "test.") {
  const refuse = code => ({ ok: false, code, sentence: `refused: ${code}` });
  return createOutbox({ ...wire, prefix, now: Date.now, refuse, breath: 5 });
}

const states = outbox => outbox.entries.value.map(entry => entry.state);
const taken = (wire, seq = 9) => wire.answer({ ok: true, seq });

test("commands go in order, one in flight", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  const done = [outbox.send("a", { n: 1 }), outbox.send("b", { n: 2 }), outbox.send("c", { n: 3 })];
  for (const name of ["a", "b", "c"]) {
    await until(() => wire.waits());
    equal(wire.sent[wire.sent.length - 1].name, name);
    taken(wire);
  }
  equal((await Promise.all(done)).map(answer => answer.ok), [true, true, true]);
  equal(wire.sent.length, 3);
  outbox.stop();
});

test("what was not answered goes again after a reload: same id, same order, same moment", async () => {
  const first = line();
  const before = outboxOn(first);
  before.send("ideas.add", { text: "one" }, { at: 1000 });
  before.send("ideas.add", { text: "two" }, { at: 2000 });
  await until(() => first.waits());
  before.stop();

  const wire = line({ live: false });
  const outbox = outboxOn(wire);
  equal([states(outbox), outbox.entries.value.map(entry => entry.words.text)], [["waiting", "waiting"], ["one", "two"]]);
  wire.connection.value = { state: "live" };
  wire.transport.ready.value = true;
  await until(() => wire.waits());
  equal([wire.sent[0].id, wire.sent[0].at], [first.sent[0].id, 1000]);
  taken(wire);
  await until(() => wire.sent.length === 2 && wire.waits());
  equal(wire.sent[1].at, 2000);
  taken(wire);
  await until(() => states(outbox).join() === "saved,saved");
  outbox.stop();
  equal(outboxOn(line({ live: false })).entries.value.length, 0, "after all answers nothing is kept:");
});

test("a broken connection sends the same id again when it is back", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  outbox.send("a", {});
  await until(() => wire.waits());
  wire.transport.ready.value = false;
  wire.cut(new Error("gone"));
  await after(30);
  equal(wire.sent.length, 1);
  wire.transport.ready.value = true;
  await until(() => wire.sent.length === 2);
  equal(wire.sent[0].id, wire.sent[1].id);
  taken(wire);
  outbox.stop();
});

test("slow_down waits as long as it says, then goes on", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  const answer = outbox.send("a", {});
  await until(() => wire.waits());
  const began = Date.now();
  wire.answer({ ok: false, code: "slow_down", retry_after: 150 });
  await until(() => states(outbox).join() === "waiting");
  await until(() => wire.sent.length === 2);
  equal(Date.now() - began >= 140, true);
  taken(wire);
  equal((await answer).ok, true);
  outbox.stop();
});

const FAILED = { ok: false, code: "unavailable", sentence: "Something went wrong." };

/** Answers the sendings of one command, up to number `last`, with what the server says where it failed. */
async function fail(wire, from, last) {
  for (let n = from; n <= last; n += 1) {
    await until(() => wire.sent.length === n && wire.waits(), `sending ${n}`);
    wire.answer(FAILED);
  }
}

test("what the server cannot carry out is refused after five tries, and the next goes on; a reload does not begin anew", async () => {
  const first = line();
  const before = outboxOn(first);
  before.send("ideas.add", { text: "breaks it" });
  before.send("b", {});
  await fail(first, 1, 3);
  await until(() => before.entries.value[0].tries === 3, "three tries");
  before.stop();

  const wire = line();
  const outbox = outboxOn(wire);
  await fail(wire, 1, 2);
  await until(() => wire.sent.length === 3, "the command behind it");
  equal(wire.sent[2].name, "b");
  taken(wire);
  await until(() => states(outbox).join() === "refused,saved");
  equal(outbox.entries.value[0].answer.sentence, "Something went wrong.");
  outbox.stop();
  equal(states(outboxOn(line({ live: false }))), ["refused"], "the words are kept:");
});

test("a server that asks to come again is asked again, also more than five times", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  outbox.send("a", {});
  for (let n = 1; n <= 7; n += 1) {
    await until(() => wire.sent.length === n && wire.waits(), `sending ${n}`);
    wire.answer({ ok: false, code: "unavailable", retry_after: 1 });
  }
  await until(() => wire.sent.length === 8 && wire.waits(), "the eighth sending");
  taken(wire);
  await until(() => states(outbox).join() === "saved");
  outbox.stop();
});

test("a command with a time limit is not tried after it", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  const answer = outbox.send("events.close", {}, { within: 80 });
  await until(() => wire.waits());
  wire.answer({ ok: false, code: "unavailable", sentence: "Busy.", retry_after: 60_000 });
  await until(() => states(outbox).join() === "refused");
  equal([(await answer).sentence, wire.sent.length], ["Busy.", 1]);
  outbox.stop();
});

test("a refusal keeps the words, also over a reload, until it is cleared away", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  const answer = outbox.send("ideas.add", { text: "too late" });
  outbox.send("b", {});
  await until(() => wire.waits());
  wire.answer({ ok: false, code: "activity_closed", sentence: "Closed." });
  equal((await answer).code, "activity_closed");
  await until(() => wire.sent.length === 2, "the next command");
  taken(wire);
  await until(() => states(outbox).join() === "refused,saved");
  outbox.stop();

  const again = outboxOn(line({ live: false }));
  equal([states(again), again.entries.value[0].words.text, again.entries.value[0].answer.sentence], [["refused"], "too late", "Closed."]);
  equal(again.dismiss(again.entries.value[0].id), true);
  equal(outboxOn(line({ live: false })).entries.value.length, 0);
});

test("states: nothing at first, saving after 400 ms, waiting without a connection, saved", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  outbox.send("a", {});
  equal(states(outbox), ["local"]);
  await after(480);
  equal(states(outbox), ["saving"]);
  wire.connection.value = { state: "reconnecting" };
  equal(states(outbox), ["waiting"]);
  wire.connection.value = { state: "live" };
  taken(wire, 12);
  await until(() => states(outbox).join() === "saved");
  outbox.shown(11);
  equal(states(outbox), ["saved"]);
  outbox.shown(12);
  equal(states(outbox), []);
  outbox.stop();
});

test("words can be changed and taken back until they were sent", async () => {
  const wire = line({ live: false });
  const outbox = outboxOn(wire);
  outbox.send("a", { text: "draft" });
  outbox.send("b", {});
  const [first, second] = outbox.entries.value;
  equal([outbox.amend(first.id, { text: "better" }), outbox.dismiss(second.id)], [true, true]);
  wire.transport.ready.value = true;
  await until(() => wire.waits());
  equal([wire.sent[0].words.text, outbox.amend(first.id, { text: "no" }), outbox.dismiss(first.id)], ["better", false, false]);
  taken(wire);
  await until(() => states(outbox).join() === "saved");
  equal([outbox.amend(first.id, { text: "no" }), outbox.dismiss(first.id)], [false, false], "what the server has is no more this phone's to drop:");
  await after(50);
  equal(wire.sent.length, 1);
  outbox.stop();
});

test("words over 64 kB never leave and are kept", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  const answer = await outbox.send("a", { text: "ä".repeat(33_000) });
  equal([answer.code, wire.sent.length, states(outbox)], ["too_large", 0, ["refused"]]);
  outbox.stop();
});

test("a command with a time limit is not done late", async () => {
  const wire = line({ live: false });
  const outbox = outboxOn(wire);
  const answer = outbox.send("events.close", {}, { within: 60 });
  equal((await answer).code, "offline");
  equal(outboxOn(line({ live: false })).entries.value.length, 0, "it is not kept:");
  outbox.stop();
});

test("two tabs of one member do not lose each other's words", async () => {
  const [one, other] = [outboxOn(line({ live: false })), outboxOn(line({ live: false }))];
  one.send("a", { n: 1 });
  other.send("a", { n: 2 });
  one.send("a", { n: 3 });
  equal(outboxOn(line({ live: false })).entries.value.map(entry => entry.words.n).sort(), [1, 2, 3]);
});

test("listeners hear of every answer", async () => {
  const wire = line();
  const outbox = outboxOn(wire);
  const heard = [];
  outbox.onAnswer((entry, answer) => heard.push([entry.name, answer.ok]));
  outbox.send("a", {});
  await until(() => wire.waits());
  taken(wire);
  await until(() => heard.length === 1);
  equal(heard, [["a", true]]);
  outbox.stop();
});

/** One's own ballot between the phone and the server, and the order in which options are shown. */

import { createBallots, marked } from "/static/js/core/ballots.js";
import { createStore } from "/static/js/core/store.js";
import { hash, inOrder } from "/static/js/components/voting.js";
import { signal } from "/static/js/vendor/ui.js";
import { equal, test } from "./check.js";

const mark = (option, value) => ({ name: "voting.mark", words: { round: "r", option, value } });

function roomWith(ballot, more = {}, shape = "") {
  const store = createStore({ event: "demo", seq: 1, me: { id: "m" }, collections: { ballots: ballot ? { r: { id: "r", ballot, ...more } } : {}, rounds: { r: { id: "r", status: "open", shape } } } });
  const listeners = [];
  const room = {
    store, place: "test.", refreshed: 0,
    outbox: { entries: signal([]), onAnswer: listener => listeners.push(listener) },
    refresh: () => { room.refreshed += 1; },
    answer: (entry, answer) => listeners.forEach(listener => listener(entry, answer)),
  };
  Object.assign(room, createBallots(room));
  return room;
}

test("a mark sets one option to a value and takes it back", () => {
  equal(marked({ a: 2 }, mark("b", 1)), { a: 2, b: 1 });
  equal([marked({ a: 2 }, mark("a", 0)), marked({ a: "agree" }, mark("a", null))], [{}, {}]);
  equal([marked({}, mark("a", true)), marked(["a"], mark("b", true)), marked(["a", "b"], mark("a", false)), marked(["a"], mark("a", null))], [["a"], ["a", "b"], ["b"], []]);
  equal(marked({ a: 1 }, { name: "voting.cast", words: { round: "r", ballot: { b: 2 } } }), { b: 2 });
});

test("on a scale nought is an opinion, and no mark is none", () => {
  equal([marked({ a: 2 }, mark("a", 0), "scale"), marked({ a: 0 }, mark("a", null), "scale")], [{ a: 0 }, {}]);
});

test("a comparison takes the place of the earlier one of the same two", () => {
  const before = [{ winner: "a", loser: "b" }, { skip: ["a", "c"] }];
  equal(marked(before, mark("b", { loser: "a" }), "pair"), [{ skip: ["a", "c"] }, { winner: "b", loser: "a" }]);
  equal([marked({}, mark("a", { equal: "b" }), "pair"), marked(before, mark("c", { clear: "a" }), "pair")], [[{ equal: ["a", "b"] }], [before[0]]]);
});

test("a mark of a ranking moves one option, a cast replaces all", () => {
  equal([marked([["a"], ["b"]], mark("a", 2), "ranking"), marked([["a"]], mark("a", null), "ranking")], [[[], ["b", "a"]], [[]]]);
  equal(marked([["a"]], { name: "voting.cast", words: { round: "r", ballot: [["b"], ["a"]] } }, "ranking"), [["b"], ["a"]]);
});

test("the ballot of somebody without a device lies beside one's own, each with its receipt", () => {
  const room = roomWith({ a: "yes" }, { held: [{ member: "maria", name: "Maria", ballot: null }] }, "motions");
  const entry = mark("a", "no");
  entry.words.member = "maria";
  room.answer(entry, { ok: true, seq: 3, receipt: "K7QF-2M9X" });
  equal(room.paper("r"), { id: "r", ballot: { a: "yes" }, held: [{ member: "maria", name: "Maria", ballot: { a: "no" }, receipt: "K7QF-2M9X" }] });
  room.store.put([["rounds", "r", { id: "r", status: "sealed", shape: "motions" }], ["ballots", "r", null]]);
  equal(room.paper("r").held[0].receipt, "K7QF-2M9X");
});

test("what is under way lies on top, and goes when it was refused", () => {
  const room = roomWith({ a: 1 });
  const entry = { ...mark("a", 2), answer: null };
  room.outbox.entries.value = [entry];
  equal(room.ballot("r"), { a: 2 });
  room.outbox.entries.value = [{ ...entry, answer: { ok: false } }];
  room.answer(entry, { ok: false, code: "over_budget" });
  equal([room.ballot("r"), room.refreshed], [{ a: 1 }, 1]);
});

test("a mark that the server took stays, also when the round is sealed and the server forgets", () => {
  const room = roomWith({});
  room.answer(mark("a", 2), { ok: true, seq: 3 });
  equal(room.ballot("r"), { a: 2 });
  room.store.put([["rounds", "r", { id: "r", status: "sealed" }], ["ballots", "r", null]]);
  equal(room.ballot("r"), { a: 2 });
});

test("a vote that came too late asks for nothing anew", () => {
  const room = roomWith({});
  room.answer(mark("a", 2), { ok: false, code: "round_closed" });
  equal(room.refreshed, 0);
});

const options = numbers => numbers.map(number => ({ id: `o${number}`, number }));
const ids = list => list.map(option => option.id).join();

test("few options and read-aloud ones stay in their order", () => {
  const room = { me: { id: "m" } };
  equal(ids(inOrder(room, { id: "r1", order: "shuffled" }, options([1, 2, 3, 4]))), "o1,o2,o3,o4");
  equal(ids(inOrder(room, { id: "r2", order: "number" }, options([1, 2, 3, 4, 5, 6]))), "o1,o2,o3,o4,o5,o6");
});

test("many are shuffled per member, and what is added later comes last", () => {
  const eight = options([1, 2, 3, 4, 5, 6, 7, 8]);
  const orders = ["m1", "m2", "m3"].map(id => ids(inOrder({ me: { id } }, { id: "r", order: "shuffled" }, eight)));
  equal(new Set(orders).size, 3);
  const round = { id: "r", order: "shuffled" };
  equal(ids(inOrder({ me: { id: "m1" } }, round, [...eight, ...options([9])])), `${orders[0]},o9`);
});

test("every option comes first about as often as any other", () => {
  const first = {};
  for (let person = 0; person < 3000; person += 1) {
    const best = ["a", "b", "c", "d", "e", "f"].map(option => [hash(`${person}/r/${option}`), option]).sort((one, other) => one[0] - other[0])[0][1];
    first[best] = (first[best] || 0) + 1;
  }
  const odd = Object.entries(first).filter(([, times]) => times < 400 || times > 600);
  equal([Object.keys(first).length, odd], [6, []]);
});

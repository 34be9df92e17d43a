/** The reducer of the wire: rows, frames, joins and reloads. */

import { createStore } from "/static/js/core/store.js";
import { equal, test } from "./check.js";

const document = (seq, collections = {}, more = {}) => ({ event: "demo", seq, me: { id: "m" }, collections, ...more });

test("rows are put, replaced and deleted", () => {
  const store = createStore(document(5, { ideas: { a: { id: "a", number: 1 } } }));
  store.put([["ideas", "b", { id: "b", number: 2 }], ["ideas", "a", { id: "a", number: 3 }]]);
  equal(store.rows("ideas").map(row => row.id), ["b", "a"]);
  store.put([["ideas", "a", null], ["groups", "g", { id: "g" }]]);
  equal([store.rows("ideas").length, store.row("groups", "g")], [1, { id: "g" }]);
});

test("rows come by position, then number", () => {
  const store = createStore(document(1, { activities: { a: { id: "a", position: 2 }, b: { id: "b", position: 1 } } }));
  equal(store.rows("activities").map(row => row.id), ["b", "a"]);
});

test("a frame that adds is applied, an old one and one of another event are ignored", () => {
  const store = createStore(document(5));
  equal(store.frame(["demo", 5, 7, [["ideas", "a", { id: "a" }]]]), "applied");
  equal(store.frame(["demo", 5, 7, [["ideas", "a", null]]]), "old");
  equal(store.frame(["other", 7, 8, [["ideas", "a", null]]]), "old");
  equal([store.seen.value, store.row("ideas", "a")], [7, { id: "a" }]);
});

test("a frame that overlaps what is known is applied", () => {
  const store = createStore(document(6));
  equal(store.frame(["demo", 5, 8, [["ideas", "a", { id: "a" }]]]), "applied");
  equal(store.seen.value, 8);
});

test("a frame beyond what is known is a gap and changes nothing", () => {
  const store = createStore(document(5));
  equal(store.frame(["demo", 6, 7, [["ideas", "a", { id: "a" }]]]), "gap");
  equal([store.seen.value, store.rows("ideas").length], [5, 0]);
});

test("frames are held during a join and taken after its answer", () => {
  const store = createStore(document(5));
  store.hold();
  equal(store.frame(["demo", 8, 9, [["ideas", "late", { id: "late" }]]]), "held");
  equal(store.seen.value, 5);
  equal(store.joined({ seq: 8, rows: [["ideas", "a", { id: "a" }]] }), "applied");
  equal([store.seen.value, store.rows("ideas").length], [9, 2]);
});

test("a held frame beyond the answer asks for one more join, and only one", () => {
  const store = createStore(document(5));
  store.hold();
  store.frame(["demo", 1_000_005, 1_000_005, []]);
  store.frame(["demo", 1_000_006, 1_000_007, []]);
  equal(store.joined({ seq: 8, rows: [] }), "gap");
  store.hold();
  equal(store.joined({ seq: 8, rows: [] }), "applied");
});

test("a fresh state replaces everything, also what it no longer has", () => {
  const store = createStore(document(5, { ideas: { a: { id: "a" } }, groups: { g: { id: "g" } } }));
  store.hold();
  store.frame(["demo", 20, 21, [["ideas", "c", { id: "c" }]]]);
  equal(store.replace(document(20, { ideas: { b: { id: "b" } } }, { me: { id: "m", role: "mentor" } })), "applied");
  equal([store.rows("ideas").map(row => row.id), store.rows("groups"), store.seen.value, store.me.value.role], [["b", "c"], [], 21, "mentor"]);
});

test("an answer that is older than the state does not turn it back", () => {
  const store = createStore(document(20, { ideas: { a: { id: "a", text: "new" } } }));
  store.joined({ seq: 18, rows: [["ideas", "a", { id: "a", text: "old" }]] });
  equal([store.row("ideas", "a").text, store.seen.value], ["new", 20]);
});

test("a partial state knows nothing for certain", () => {
  equal(createStore(document(5, {}, { partial: true })).seen.value, -1);
});

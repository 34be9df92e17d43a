/** Pairs to compare where the server offers none. */

import { goalOf, keyOf, pairsHere, twoOf } from "/static/js/components/pairs.js";
import { equal, test } from "./check.js";

const ids = ["a", "b", "c", "d"];
const keys = pairs => pairs.map(keyOf);

test("every pair comes once, and never one that was compared", () => {
  const all = pairsHere(ids, [], "m/r", 100);
  equal([all.length, new Set(keys(all)).size], [6, 6]);
  equal(pairsHere(ids, [["b", "a"]], "m/r", 100).some(pair => keyOf(pair) === "a/b"), false);
  equal(pairsHere(["a", "b"], [["a", "b"]], "m/r"), []);
});

test("what was seen least comes first", () => {
  equal(keys(pairsHere(ids, [["a", "b"]], "m/r", 1)), ["c/d"]);
});

test("two people begin with different pairs, one person always with the same", () => {
  const many = Array.from({ length: 20 }, (_, index) => `o${index}`);
  const first = person => keyOf(pairsHere(many, [], `${person}/r`, 1)[0]);
  equal([first("m1") === first("m1"), new Set(["m1", "m2", "m3", "m4"].map(first)).size > 1], [true, true]);
});

test("three hundred options are no burden", () => {
  const many = Array.from({ length: 300 }, (_, index) => `o${index}`);
  equal([pairsHere(many, [], "m/r").length, goalOf(many), goalOf(ids), twoOf({ winner: "b", loser: "a" }), twoOf({ skip: ["c", "a"] })], [8, 24, 6, ["a", "b"], ["a", "c"]]);
});

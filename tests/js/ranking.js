/** Rankings on the phone: what each button does to the places. */

import { added, dropped, joined, moved, removed, shares, tidy } from "/static/js/components/ranking.js";
import { equal, test } from "./check.js";

const abc = [["a"], ["b"], ["c"]];

test("a stored ballot loses its empty places and what is no option any more", () => {
  const known = new Map([["a", { number: 2 }], ["b", { number: 1 }], ["c", { number: 3 }]]);
  equal(tidy([["c"], [], ["x", "a", "b"]], known), [["c"], ["b", "a"]]);
  equal(tidy({}, known), []);
});

test("an option is added at the end, moved by one row, and taken out", () => {
  equal([added([["a"]], "b"), removed(abc, "b")], [[["a"], ["b"]], [["a"], ["c"]]]);
  equal([moved(abc, "b", -1), moved(abc, "b", 1)], [[["b"], ["a"], ["c"]], [["a"], ["c"], ["b"]]]);
  equal([moved(abc, "a", -1), moved(abc, "c", 1)], [abc, abc]);
});

test("the same place as above, and alone again", () => {
  const two = joined(abc, "b");
  equal([two, shares(two, "b"), shares(two, "a")], [[["a", "b"], ["c"]], true, false]);
  equal([joined(two, "b"), joined(abc, "a"), joined(two, "c")], [abc, abc, [["a", "b", "c"]]]);
});

test("who shares a place steps out of it before going on", () => {
  equal([moved([["a", "b"], ["c"]], "b", -1), moved([["a", "b"], ["c"]], "a", 1)], [[["b"], ["a"], ["c"]], [["b"], ["a"], ["c"]]]);
});

test("an option is dropped on a row", () => {
  equal([dropped(abc, "c", 0), dropped(abc, "a", 1), dropped(abc, "a", 2)], [[["c"], ["a"], ["b"]], [["b"], ["a"], ["c"]], [["b"], ["c"], ["a"]]]);
  equal(dropped([["a", "b"], ["c"]], "c", 1), [["c"], ["a", "b"]]);
});

/** Results: figures as numbers, the counted and the live order, ties, steps of rounds, labels that keep apart, pages beside the rows. */

import { pointsOf } from "/static/js/components/display_quadrants.js";
import { lineOf, stepsOf } from "/static/js/components/display_rounds.js";
import { num, percent, written } from "/static/js/components/result_numbers.js";
import { rankingOf, rowsOf, tieOf } from "/static/js/components/results.js";
import { besidePages } from "/static/js/components/results_pages.js";
import { equal, test } from "./check.js";

const english = { language: "en", t: (key, values = {}) => `${key} ${JSON.stringify(values)}` };
const options = ["a", "b", "c"].map((id, index) => ({ id, round: "r", number: index + 1, title: id, status: "open" }));
const room = (result, own = options) => ({ ...english, rows: () => own, row: collection => (collection === "results" ? result : null) });

test("a fraction is a number and is written with at most two places", () => {
  equal([num("7/3") > 2.33, num("9/2"), num(4), num(null), num(undefined)], [true, 4.5, 4, 0, 0]);
  equal([written(english, "7/3"), written(english, "9/2"), written(english, 1500), written(english, null)], ["2.33", "4.5", "1,500", "–"]);
  equal([percent(english, 1, 3), percent(english, 1, 0)], ["33%", "–"]);
});

test("the bar is the first figure of the method, and equal ones share their place", () => {
  const round = { id: "r", shape: "ranking", display: "bars", figures: ["points"] };
  const figures = { a: { points: "1/2" }, b: { points: "9/2" }, c: { points: "1/2" } };
  const rows = rowsOf(room(undefined), round, [["b"], ["c", "a"]], figures);
  equal(rows.map(row => [row.id, row.rank, row.tied, row.lead, row.value]), [["b", 1, false, true, 4.5], ["a", 2, true, false, 0.5], ["c", 2, true, false, 0.5]]);
  equal(rankingOf(round, options, figures), [["b"], ["a", "c"]]);
  equal(tieOf(english, rows), "");
});

test("a tie at the top is named by its numbers", () => {
  const round = { id: "r", shape: "points", display: "bars", figures: ["points", "voters"] };
  const rows = rowsOf(room(undefined), round, [["c", "a"], ["b"]], { a: { points: 2 }, b: { points: 1 }, c: { points: 2 } });
  equal(tieOf(english, rows), 'vote.tie {"numbers":"1","last":3}');
});

test("what passed, was funded or elected leads without a tie", () => {
  const funded = { id: "r", shape: "budget", display: "funded", figures: ["supporters", "funded"] };
  const rows = rowsOf(room({ details: { funded: [{ option: "a" }, { option: "b" }] } }), funded, [["a", "b"], ["c"]], { a: { supporters: 2 }, b: { supporters: 2 }, c: { supporters: 9 } });
  equal(rows.map(row => [row.id, row.lead, row.tied]), [["a", true, false], ["b", true, false], ["c", false, false]]);
  equal(tieOf(english, rows), "");
  const stv = rowsOf(room({ details: { elected: ["b", "c"] } }), { id: "r", shape: "ranking", display: "rounds", figures: ["votes", "first"] }, [["b", "c"], ["a"]], {});
  equal(stv.map(row => row.lead), [true, true, false]);
});

test("live consent puts what nobody objects to first", () => {
  const round = { id: "r", shape: "scale", display: "consent", figures: ["consents", "concerns", "objections"] };
  const figures = { a: { consents: 9, objections: 1, concerns: 0, opinions: 10 }, b: { consents: 3, objections: 0, concerns: 2, opinions: 5 } };
  equal(rankingOf(round, options, figures), [["b"], ["a"], ["c"]]);
});

test("withdrawn options come last and have no place", () => {
  const own = [...options.slice(0, 2), { ...options[2], status: "withdrawn" }];
  const round = { id: "r", shape: "choices", display: "bars", figures: ["votes"] };
  equal(rowsOf(room(undefined, own), round, [["b"], ["a"]], { c: { votes: 5 } }).map(row => [row.id, row.rank]), [["b", 1], ["a", 2], ["c", null]]);
});

test("rounds become steps: what an option began with and what it received", () => {
  const rounds = [{ votes: { a: 4, b: 3, c: 2 }, in_play: 9 }, { votes: { a: "9/2", b: "9/2" }, in_play: 9 }, { votes: { a: 5 }, in_play: 5 }];
  equal(stepsOf(rounds, "a"), [[0, 4], [1, 0.5], [2, 0.5]]);
  equal(stepsOf(rounds, "c"), [[0, 2]]);
  equal([lineOf({ rounds }), lineOf({ rounds, quota: 4 }), lineOf({})], [2.5, 4, null]);
});

test("numbers on the field of impact and effort keep apart", () => {
  const row = (id, impact, effort) => ({ id, figures: { opinions: 2, impact, effort, impact_spread: "1/4", effort_spread: 0 } });
  const [one, other, third] = pointsOf([row("a", 3, 3), row("b", 3, 3), row("c", "9/2", 2)]);
  equal([one.x, one.y, one.dy, one.dx], [200, 200, 50, 0]);
  equal(Math.hypot(one.labelX - other.labelX, one.labelY - other.labelY) >= 20, true);
  equal([third.labelX, third.labelY], [100, 50]);
});

test("the projector has pages for what stands beside the rows, once it is counted", () => {
  const result = (details, n = 3) => ({ base: { cast: 4 }, details, ranking: Array.from({ length: n }, (_, index) => [String(index)]) });
  equal(besidePages({ display: "matrix" }, result({ matrix: {} }, 9)), 4);
  equal(besidePages({ display: "matrix" }, null), 0);
  equal(besidePages({ display: "bars" }, result({})), 0);
  equal(besidePages({ display: "consent" }, result({ objections: { a: ["x", "y"] }, concerns: { b: ["z", "z"] } })), 2);
  equal(besidePages({ display: "consensus" }, result({ agreed: [["a"]], divides: [] })), 1);
});

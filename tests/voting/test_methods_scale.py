"""Methods over scales: known results, official rules, oracles, and properties."""

import json
from fractions import Fraction
from typing import Any

import pytest
import starvote
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core import registry
from facilitate.core.strings import t
from facilitate.voting import methods
from facilitate.voting.grades import tallied
from tests.support import house
from tests.voting import piles

METHODS = registry.variants(methods)
VECTORS = json.loads((house.ROOT / "tests" / "data" / "voting" / "vectors.json").read_text(encoding="utf-8"))
OPTIONS = list("abcde")
SCORES = some.lists(piles.ballot_of("scale", OPTIONS), max_size=12)
WHOLE = some.lists(some.fixed_dictionaries({option: some.integers(0, 5) for option in OPTIONS}), min_size=1, max_size=12)


def ballots_of(grades: dict[str, list[int]]) -> list[dict[str, int]]:
    """Ballots that give each option its grades, which are told from the best to the worst."""
    rows = {option: [len(counts) - 1 - place for place, n in enumerate(counts) for _ in range(n)] for option, counts in grades.items()}
    return [{option: row[number] for option, row in rows.items()} for number in range(len(next(iter(rows.values()))))]


@pytest.mark.parametrize(
    ("grades", "order"),
    [
        (VECTORS["tennessee"]["mj_grades_best_to_worst"], VECTORS["tennessee"]["mj_order"]),
        (VECTORS["mj_not_condorcet"]["grades"], VECTORS["mj_not_condorcet"]["mj"]),
        (VECTORS["mj_tiebreak"]["grades"], VECTORS["mj_tiebreak"]["mj"]),
    ],
    ids=["tennessee", "against the Condorcet winner", "tie"],
)
def test_known_majority_judgements(grades: dict[str, list[int]], order: str) -> None:
    """The orders, or winners, that the textbooks give."""
    counted = METHODS["majority-judgement"].count(sorted(grades), ballots_of(grades), {"max": 3})
    assert counted.ranking[: len(order)] == [[option] for option in order]


def by_removal(row: list[int]) -> list[int]:
    """The middle words of an option, taken away one at a time: the definition itself."""
    rest, taken = sorted(row), []
    while rest:
        taken.append(rest.pop((len(rest) - 1) // 2))
    return taken


@given(WHOLE)
def test_majority_judgement_is_the_removal_of_middle_words(ballots: list[dict[str, int]]) -> None:
    """An oracle that shares no line with the method."""
    counted = METHODS["majority-judgement"].count(OPTIONS, ballots, {})
    rows = {option: tuple(by_removal([ballot[option] for ballot in ballots])) for option in OPTIONS}
    assert counted.ranking == [[option for option in OPTIONS if rows[option] == value] for value in sorted(set(rows.values()), reverse=True)]
    assert {option: counted.figures[option]["median"] for option in OPTIONS} == {option: row[0] for option, row in rows.items()}


@given(WHOLE, some.integers(2, 5))
def test_opinions_repeated_equally_often_change_no_judgement(ballots: list[dict[str, int]], times: int) -> None:
    """Why options with different numbers of opinions can be compared."""
    count = METHODS["majority-judgement"].count
    assert count(OPTIONS, ballots * times, {}).ranking == count(OPTIONS, ballots, {}).ranking


@given(WHOLE, some.data())
def test_a_better_mark_never_hurts(ballots: list[dict[str, int]], data: Any) -> None:
    """Monotonicity of score and majority judgement: raising one mark of an option cannot put it further back."""
    method = METHODS[data.draw(some.sampled_from(["score", "majority-judgement", "fist-to-five"]))]
    option, number = data.draw(some.sampled_from(OPTIONS)), data.draw(some.integers(0, len(ballots) - 1))
    better = [dict(ballot) for ballot in ballots]
    better[number][option] = data.draw(some.integers(better[number][option], 5))

    def ahead(pile: Any) -> int:
        ranking = method.count(OPTIONS, pile, {}).ranking
        return sum(len(tied) for tied in ranking[: next(n for n, tied in enumerate(ranking) if option in tied)])

    assert ahead(better) <= ahead(ballots)


@given(SCORES)
def test_scores_are_means_of_those_with_an_opinion(ballots: list[dict[str, int]]) -> None:
    """No opinion is not 0; hardly known options come after the others."""
    counted = METHODS["score"].count(OPTIONS, ballots, {"max": 5})
    given = {option: [ballot[option] for ballot in ballots if option in ballot] for option in OPTIONS}
    most = max(map(len, given.values()))
    keys = {one: (bool(row), 4 * len(row) >= most, Fraction(sum(row), len(row)) if row else 0) for one, row in given.items()}
    assert [keys[tied[0]] for tied in counted.ranking] == sorted(set(keys.values()), reverse=True)
    assert all(keys[one] == keys[tied[0]] for tied in counted.ranking for one in tied)


def test_one_lonely_five_does_not_lead() -> None:
    """An option of which fewer than a quarter as many people have an opinion is placed after the others, and it is said."""
    ballots: list[dict[str, int]] = [{"a": 4}] * 4 + [{"b": 5}, {"a": 3, "c": 0}]
    counted = METHODS["score"].count(["a", "b", "c"], ballots, {"max": 5})
    assert counted.ranking == [["a"], ["b"], ["c"]] and ("vote.step.score_few", {"n": 2}) in counted.steps
    assert counted.figures["a"]["mean"] == "19/5" and t("en", "vote.step.score_best", n=5, mean="3.8").endswith("from 5 opinions.")


@given(WHOLE)
def test_star_agrees_with_its_oracle(ballots: list[dict[str, int]]) -> None:
    """The winner is starvote's wherever no more than two options tie in the scoring round (it follows another protocol there)."""
    counted = METHODS["star"].count(OPTIONS, ballots, piles.SETTINGS)
    scores = sorted((figures["score"] for figures in counted.figures.values()), reverse=True)
    if scores.count(scores[1]) > 2 or counted.broken and scores.count(scores[0]) > 2:
        return
    try:
        winner = starvote.election(starvote.star, ballots)
    except starvote.UnbreakableTieError:
        winner = None
    drawn = any(key == "vote.step.star_lot" for key, _ in counted.broken)
    if drawn or len(counted.ranking[0]) > 1 or winner is None:
        return
    assert counted.ranking[0] == winner


@pytest.mark.parametrize(
    ("ballots", "ranking", "said"),
    [
        # Three tie for the second place: c loses to both others, then a beats b.
        ([{"w": 5, "a": 3, "b": 2, "c": 1}, {"w": 5, "a": 1, "b": 0, "c": 0}, {"w": 5, "b": 2, "c": 3}], [["w"], ["a"], ["b", "c"]], "star_head_to_head"),
        # Equal in points and head to head: the one with the most highest scores.
        ([{"w": 5, "a": 5, "b": 3}, {"w": 5, "a": 1, "b": 3}], [["w"], ["a"], ["b"], ["c"]], "star_tops"),
        # A tie of the run-off goes to the higher total.
        ([{"w": 5, "a": 4}, {"w": 1, "a": 3}, {"w": 3, "a": 1}, {"w": 1, "a": 3}], [["a"], ["w"], ["b", "c"]], "star_runoff_score"),
        ([{"w": 5, "a": 4}, {"w": 0, "a": 1}], [["w"], ["a"], ["b", "c"]], "star_runoff_tops"),
    ],
)
def test_the_official_tie_rules_of_star(ballots: Any, ranking: Any, said: str) -> None:
    """Each rule in its turn, and each is told."""
    counted = METHODS["star"].count(list("wabc"), ballots, {"max": 5})
    assert counted.ranking == ranking
    assert f"vote.step.{said}" in [key for key, _ in counted.steps]


def test_a_tie_of_star_that_nothing_breaks() -> None:
    """In the scoring round the announced lot draws, whichever seed; in the run-off a tie is shown."""
    ballots = [{"w": 5, "a": 3, "b": 3}]
    drawn = {METHODS["star"].count(["w", "a", "b"], ballots, {"run": "r", "seed": str(seed)}).ranking[1][0] for seed in range(20)}
    assert drawn == {"a", "b"}
    assert ("vote.step.star_lot", {"n": 2}) in METHODS["star"].count(["w", "a", "b"], ballots, {}).broken
    assert METHODS["star"].count(["a", "b"], [{"a": 5, "b": 4}, {"a": 4, "b": 5}], {}).ranking == [["a", "b"]]


def test_fists_show_the_lowest_hand_first() -> None:
    """Two fingers or fewer need talk, whatever the mean."""
    counted = METHODS["fist-to-five"].count(["a", "b", "c"], [{"a": 5, "b": 3}, {"a": 5, "b": 3}, {"a": 2, "b": 4}], {})
    assert counted.ranking == [["a"], ["b"], ["c"]] and counted.details["lowest_first"] == ["a", "b", "c"]
    assert counted.details["talk"] == ["a"] and ("vote.step.fist_talk", {"n": 1}) in counted.steps
    assert ("vote.step.fist_agreed", {}) in METHODS["fist-to-five"].count(["a"], [{"a": 3}], {}).steps


def test_consent_passes_only_without_objections() -> None:
    """One objection outweighs any number of consents; reasons are told without their voters, in no telling order."""
    objections = [{"a": {"value": 0, "reason": text}} for text in ("Too dear.", "Not ours.", "Too late.")]
    ballots = [{"a": 2, "b": 2}] * 9 + objections + [{"b": {"value": 1, "reason": "Who does it?"}}]
    counted = METHODS["consent"].count(["a", "b", "c"], ballots, {"run": "r", "seed": "s"})
    assert counted.ranking == [["b"], ["c"], ["a"]] and counted.details["passed"] == ["b"]
    assert sorted(counted.details["objections"]["a"]) == ["Not ours.", "Too dear.", "Too late."] and counted.details["concerns"] == {"b": ["Who does it?"]}
    orders = {tuple(METHODS["consent"].count(["a"], ballots, {"run": "r", "seed": str(n)}).details["objections"]["a"]) for n in range(30)}
    assert len(orders) > 2


def test_quadrants_of_impact_and_effort() -> None:
    """The order of the action priority matrix; the middle is not high; half a mark does not count."""
    marks = {"quick": (5, 1), "big": (5, 4), "fill": (3, 3), "thankless": (2, 5)}
    ballot = {option: {"impact": impact, "effort": effort} for option, (impact, effort) in marks.items()}
    counted = METHODS["impact-effort"].count([*marks, "half"], [ballot, ballot | {"half": {"impact": 5}}], {})
    assert counted.ranking == [["quick"], ["big"], ["fill"], ["thankless"], ["half"]]
    assert {option: counted.figures[option]["quadrant"] for option in marks} == {option: option for option in marks}
    two = METHODS["impact-effort"].count(["a"], [{"a": {"impact": 5, "effort": 1}}, {"a": {"impact": 2, "effort": 1}}], {}).figures["a"]
    assert (two["impact"], two["impact_spread"], two["effort_spread"]) == ("7/2", "9/4", 0)


def test_votes_cost_their_square() -> None:
    """The votes are added up, not the credits."""
    counted = METHODS["quadratic"].count(["a", "b"], [{"a": 3}, {"b": 2}, {"b": 2}], {})
    assert counted.ranking == [["b"], ["a"]] and counted.figures["a"] == {"points": 3, "voters": 1, "credits": 9}


@given(SCORES)
def test_a_tally_holds_every_mark(ballots: list[dict[str, int]]) -> None:
    """What methods over a scale share."""
    tallies = tallied(OPTIONS, ballots, 5)
    assert sum(map(sum, tallies.values())) == sum(map(len, ballots))


def test_what_unites_and_what_divides() -> None:
    """Agree, disagree, pass: the consensus list and the list of what divides."""
    ballots = [{"a": "agree", "b": "agree", "c": "disagree"}] * 3 + [{"a": "agree", "b": "disagree"}] * 2
    details = METHODS["agree-disagree-pass"].count(["a", "b", "c"], ballots, {}).details
    assert details == {"agreed": [["a"], ["b"]], "divides": [["b"]]}

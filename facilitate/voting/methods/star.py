"""STAR: the two options with the highest scores go into an automatic run-off, in which each ballot counts for the one it scored higher.

Source: Equal Vote Coalition, STAR Voting, starvoting.org, and its official tiebreaker protocol, starvoting.org/ties: a tie in
the scoring round goes to whoever loses fewest head-to-head comparisons among the tied, again and again, then to the most
highest scores; a tie in the run-off goes to the higher total, then to the most highest scores. As there, an option without a
score counts as 0. What is still equal in the scoring round is drawn by the announced lot; in the run-off it is shown as a tie.

>>> count(["a", "b", "c"], [{"a": 5, "b": 4}] * 3 + [{"b": 5, "a": 1}] * 2 + [{"c": 5}], {"max": 5}).ranking
[['a'], ['b'], ['c']]
"""

from __future__ import annotations

from typing import Any

from facilitate.voting import pairwise
from facilitate.voting.grades import tallied, total, value_of
from facilitate.voting.pairwise import Matrix, within
from facilitate.voting.result import Result, Step, by_score, tie_steps
from facilitate.voting.ties import lot

NAME, SHAPE = "star", "scale"
DISPLAY, FIGURES = "profile", ("score", "opinions")
ASKS = {"max": 5}
"""What the ballots of this method are checked by."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: score}."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, tallies: {option id: [how many gave 0, 1, …]}, matrix: {option id: {other: how many scored it higher}}}."""
    tallies = tallied(options, ballots, settings.get("max", ASKS["max"]))
    return {"ballots": len(ballots), "tallies": tallies, "matrix": preferred(options, ballots)}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    tallies = {option: list(sums["tallies"][option]) for option in options}
    scores, tops = {one: total(tally) for one, tally in tallies.items()}, {one: tally[-1] for one, tally in tallies.items()}
    figures = {one: {"score": scores[one], "opinions": sum(tallies[one]), "top": tops[one]} for one in options}
    matrix = within(sums["matrix"], options)
    steps: list[Step] = [("vote.step.star", {"n": sums["ballots"]})]
    if len(options) < 2 or not any(sum(tally) for tally in tallies.values()):
        ranking = by_score(dict(scores))
        return Result(ranking, figures, [*steps, *tie_steps(ranking)], details={"tallies": tallies, "matrix": matrix, "finalists": []})
    finalists, broken = _finalists(scores, tops, matrix, settings)
    order, said = _runoff(finalists, scores, tops, matrix)
    ranking = order + by_score({one: score for one, score in scores.items() if one not in finalists})
    steps += [("vote.step.star_scores", {"first": scores[finalists[0]], "second": scores[finalists[1]]}), *broken, *said, *tie_steps(ranking)]
    return Result(ranking, figures, steps, broken, {"tallies": tallies, "matrix": matrix, "finalists": finalists})


def preferred(options: list[str], ballots: list[Any]) -> Matrix:
    """For each two options, how many ballots score the first one higher."""
    return pairwise.matrix(options, [_tiers(ballot) for ballot in ballots])


def _tiers(ballot: dict[str, Any]) -> list[list[str]]:
    """A ballot as a ranking: by score, without what has none and is equal to 0."""
    levels: dict[int, list[str]] = {}
    for option, mark in ballot.items():
        if value := value_of(mark):
            levels.setdefault(value, []).append(option)
    return [levels[value] for value in sorted(levels, reverse=True)]


def _finalists(scores: dict[str, int], tops: dict[str, int], matrix: Matrix, settings: dict[str, Any]) -> tuple[list[str], list[Step]]:
    """The two that go into the run-off, and what broke ties among those who might."""
    chosen: list[str] = []
    broken: list[Step] = []
    for tied in by_score(dict(scores)):
        rest = list(tied)
        while rest and len(chosen) < 2:
            if len(rest) <= 2 - len(chosen):
                chosen += rest
                break
            best, said = _best(rest, tops, matrix, settings)
            broken += [(said, {"n": len(rest)})]
            chosen += best[: 2 - len(chosen)]
            rest = [one for one in rest if one not in best]
    return chosen, broken


def _best(tied: list[str], tops: dict[str, int], matrix: Matrix, settings: dict[str, Any]) -> tuple[list[str], str]:
    """Of options with the same score the one that goes on, and the sentence that says by what."""
    left = tied
    while len(left) > 1:
        losses = {one: sum(matrix[one][other] < matrix[other][one] for other in left if other != one) for one in left}
        most = max(losses.values())
        if min(losses.values()) == most:
            break
        left = [one for one in left if losses[one] < most]
    if len(left) == 1:
        return left, "vote.step.star_head_to_head"
    most = max(tops[one] for one in left)
    left = [one for one in left if tops[one] == most]
    if len(left) == 1:
        return left, "vote.step.star_tops"
    return [min(left, key=lambda one: lot(settings, one))], "vote.step.star_lot"


def _runoff(finalists: list[str], scores: dict[str, int], tops: dict[str, int], matrix: Matrix) -> tuple[list[list[str]], list[Step]]:
    """The order of the two finalists, and how it came about."""
    a, b = finalists
    for said, first, second in (
        ("vote.step.star_runoff", matrix[a][b], matrix[b][a]),
        ("vote.step.star_runoff_score", scores[a], scores[b]),
        ("vote.step.star_runoff_tops", tops[a], tops[b]),
    ):
        if first != second:
            order = [[a], [b]] if first > second else [[b], [a]]
            return order, [(said, {"first": max(first, second), "second": min(first, second)})]
    return [sorted(finalists)], []

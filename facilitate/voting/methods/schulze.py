"""Schulze: every two options meet head to head; where they beat each other in a circle, the strongest chain of wins decides.

Source: Markus Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method, Social Choice and Welfare 36 (2011), 267-303, section 2 (strength of a link: winning votes). What a ballot does not rank
is tied last on it.

>>> count(["a", "b", "c"], [[["a"], ["b"], ["c"]], [["a"], ["b", "c"]], [["c"], ["b"], ["a"]]], {}).ranking
[['a'], ['b', 'c']]
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from facilitate.voting.pairwise import Matrix, beats, figures, head_steps, layers, matrix, within
from facilitate.voting.result import Result, Step, tie_steps

NAME, SHAPE = "schulze", "ranking"
DISPLAY, FIGURES = "matrix", ("wins", "losses", "ties")


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of tiers, best first: [["a"], ["b", "c"]]."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, matrix: {option id: {other: how many rank it above the other}}}."""
    return {"ballots": len(ballots), "matrix": matrix(options, ballots)}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    counted = within(sums["matrix"], options)
    strong = strengths(counted)
    ranking = layers(options, lambda one, other: strong[one][other] > strong[other][one])
    details = {"matrix": counted, "strength": strong, "beats": beats(counted)}
    return Result(ranking, figures(counted), [*head_steps(counted, sums["ballots"]), *_steps(ranking, counted, strong), *tie_steps(ranking)], [], details)


def strengths(counted: Matrix) -> Matrix:
    """The strength of the strongest chain of wins from each option to each other one: that of its weakest link.

    A link is a duel that was won, and as strong as the number of voters who wanted it so; 0 where there is no chain.
    """
    strong = {one: {other: n if n > counted[other][one] else 0 for other, n in row.items()} for one, row in counted.items()}
    for over in strong:
        onward = strong[over]
        for one, row in strong.items():
            first = row.get(over, 0)
            if not first:
                continue
            for other, second in onward.items():
                through = first if first < second else second
                if other != one and through > row[other]:
                    row[other] = through
    return strong


def _steps(ranking: list[list[str]], counted: Matrix, strong: Matrix) -> list[Step]:
    """Why each place is ahead of the next one, where each is held by one option alone: a duel that no chain leads back from, or chains."""
    steps: list[Step] = []
    for here, after in pairwise(ranking):
        if len(here) > 1 or len(after) > 1:
            continue
        one, other = here[0], after[0]
        if counted[one][other] > counted[other][one] and not strong[other][one]:
            steps.append(("vote.step.duel", {"option": one, "other": other, "for": counted[one][other], "against": counted[other][one]}))
        else:
            steps.append(("vote.step.chain", {"option": one, "other": other, "for": strong[one][other], "against": strong[other][one]}))
    return steps

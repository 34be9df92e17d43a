"""Approval: everybody marks every option that they could live with; the options with the most marks lead.

Source: Steven J. Brams and Peter C. Fishburn, Approval Voting, American Political Science Review 72 (1978), 831-847.

>>> count(["a", "b", "c"], [["a", "b"], ["b"], ["b", "c"]], {}).ranking
[['b'], ['a', 'c']]
"""

from __future__ import annotations

from typing import Any

from facilitate.voting.result import Result, by_score, tie_steps

NAME, SHAPE = "approval", "choices"
DISPLAY, FIGURES = "bars", ("votes",)


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of option ids; a ballot gives each of its options one vote."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, votes: {option id: n}}."""
    votes = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option in set(ballot) & votes.keys():
            votes[option] += 1
    return {"ballots": len(ballots), "votes": votes}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    votes = {option: sums["votes"][option] for option in options}
    ranking = by_score(dict(votes))
    steps = [("vote.step.approval", {"n": sums["ballots"]}), *tie_steps(ranking)]
    return Result(ranking, {option: {"votes": n} for option, n in votes.items()}, steps)

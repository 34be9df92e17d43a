"""Plurality: everybody chooses one option; the option with the most votes leads, even where most people chose another one.

Source: Marquis de Condorcet, Essai sur l'application de l'analyse à la probabilité des décisions rendues à la pluralité des voix
(1785), Discours préliminaire, who describes it and shows where it fails. A ballot that marks more than one option has no single
choice and gives no vote.

>>> count(["a", "b", "c"], [["a"], ["a"], ["b"], ["b", "c"]], {}).figures
{'a': {'votes': 2}, 'b': {'votes': 1}, 'c': {'votes': 0}}
"""

from __future__ import annotations

from typing import Any

from facilitate.voting.result import Result, Step, by_score, tie_steps

NAME, SHAPE = "plurality", "choices"
DISPLAY, FIGURES = "bars", ("votes",)
ASKS = {"min": 0, "max": 1}


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of one option id."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, votes: {option id: n}, several}."""
    votes = dict.fromkeys(sorted(options), 0)
    several = 0
    for ballot in ballots:
        chosen = set(ballot)
        several += len(chosen) > 1
        for option in chosen & votes.keys() if len(chosen) == 1 else ():
            votes[option] += 1
    return {"ballots": len(ballots), "votes": votes, "several": several}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    votes, several = {option: sums["votes"][option] for option in sorted(options)}, sums["several"]
    ranking = by_score(dict(votes))
    steps: list[Step] = [("vote.step.plurality", {"n": sums["ballots"]})]
    if several:
        steps.append(("vote.step.plurality_several", {"n": several}))
    best = ranking[0][0] if ranking else ""
    if votes and len(ranking[0]) == 1 and votes[best]:
        majority = 2 * votes[best] > sum(votes.values())
        values = {"option": best, "votes": votes[best], "all": sum(votes.values())}
        steps.append(("vote.step.plurality_majority", values) if majority else ("vote.step.plurality_minority", values))
    return Result(ranking, {option: {"votes": n} for option, n in votes.items()}, [*steps, *tie_steps(ranking)])

"""Greedy: options are funded by number of supporters, the most wanted first, as long as the money lasts.

An option that costs more than is left is passed over. Source: the usual count of participatory budgets, called greedy approval
in Haris Aziz and Nisarg Shah, Participatory Budgeting: Models and Approaches, in: Pathways Between Social Science and
Computational Social Science (2021), section on welfare. Ties go to the lower cost, then to the announced lot.

>>> counted = count(["a", "b", "c"], [["a", "b"], ["a", "c"], ["b"], ["b"]], {"money": 10, "costs": {"a": 7, "b": 6, "c": 4}})
>>> counted.ranking, counted.details["not_funded"]
([['b', 'c'], ['a']], {'a': ['vote.why.over_left', {'cost': 7, 'left': 4}]})
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from facilitate.voting.carts import Poll, figures, filled, levels, lots_drawn, outcome, poll_of, why_not
from facilitate.voting.result import Result, Step, exact

NAME, SHAPE = "greedy", "budget"
DISPLAY, FIGURES = "funded", ("supporters", "funded")


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of option ids; `settings` have `money` and `costs` {option id: price}."""
    poll = poll_of(options, ballots, settings)
    funded, short = filled(poll, [])
    broken = lots_drawn(poll, funded)
    known = outcome(poll, funded)
    steps: list[Step] = [("vote.step.greedy", {"n": len(ballots)})]
    steps.append(("vote.step.budget_spent", {"n": len(funded), "spent": known["spent"], "money": poll.money}))
    details = known | {
        "funded": [_funded(poll, one) for one in funded],
        "not_funded": {one: list(why_not(poll, one, short.get(one, poll.money))) for one in poll.options if one not in funded},
    }
    return Result(levels(poll, funded), figures(poll, funded), [*steps, *broken], broken, details)


def _funded(poll: Poll, option: str) -> dict[str, Any]:
    """What a funded option costs, at all and for each of its supporters."""
    supporters = len(poll.supporters[option])
    return {"option": option, "cost": poll.costs[option], "supporters": supporters, "price": exact(Fraction(poll.costs[option], supporters))}


def chosen(result: Result) -> list[str]:
    """What is funded."""
    return [one["option"] for one in result.details["funded"]]

"""Agree, disagree or pass: statements are ordered by how widely they are shared among those who took a stand.

The share is the mean of the Beta(1, 1) posterior, (agree + 1) / (agree + disagree + 2), so that one lonely agreement does not
lead: Laplace's rule of succession, as used by Christopher T. Small et al., Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces, Recerca 26 (2021), section 3.

>>> count(["a", "b"], [{"a": "agree", "b": "disagree"}, {"a": "agree"}, {"b": "pass"}], {}).figures["b"]
{'agree': 0, 'disagree': 1, 'pass': 1}
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from facilitate.voting.result import Result, by_score, tie_steps

NAME, SHAPE = "agree-disagree-pass", "stance"
DISPLAY, FIGURES = "consensus", ("agree", "disagree", "pass")


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: agree | disagree | pass}."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, stances: {option id: {agree, disagree, pass}}}."""
    figures = {option: {"agree": 0, "disagree": 0, "pass": 0} for option in options}
    for ballot in ballots:
        for option, stance in ballot.items():
            if option in figures:
                figures[option][stance] += 1
    return {"ballots": len(ballots), "stances": figures}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    figures = {option: dict(sums["stances"][option]) for option in options}
    shares = {option: Fraction(f["agree"] + 1, f["agree"] + f["disagree"] + 2) for option, f in figures.items()}
    ranking = by_score(dict(shares))
    details = {"agreed": _agreed(shares, figures), "divides": _divides(figures)}
    return Result(ranking, figures, [("vote.step.stance", {"n": sums["ballots"]}), *tie_steps(ranking)], details=details)


def _agreed(shares: dict[str, Fraction], figures: dict[str, dict[str, int]]) -> list[list[str]]:
    """The statements with which more agree than disagree, the most shared first."""
    return by_score({option: share for option, share in shares.items() if figures[option]["agree"] > figures[option]["disagree"]})


def _divides(figures: dict[str, dict[str, int]]) -> list[list[str]]:
    """The statements that divide: by the share of the smaller camp among all who said something of them."""
    return by_score({one: Fraction(min(f["agree"], f["disagree"]), sum(f.values())) for one, f in figures.items() if min(f["agree"], f["disagree"])})

"""Score: everybody gives each option a score from 0 to 5 or no opinion; the highest mean leads.

The mean is taken over those who have an opinion, because no opinion is not 0. So that one lonely 5 does not lead, options of
which fewer than a quarter as many people have an opinion as of the option with most opinions are placed after all others.
Source: Warren D. Smith, Range Voting (2000), and the full rules of the Center for Range Voting, rangevoting.org/FullRange.html,
rules 2 to 4 (the X for no opinion, the highest average, the quarter).

>>> count(["a", "b"], [{"a": 5, "b": 4}, {"a": 2, "b": 3}, {"b": 4}], {"max": 5}).figures
{'a': {'score': 7, 'opinions': 2, 'mean': '7/2'}, 'b': {'score': 11, 'opinions': 3, 'mean': '11/3'}}
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from facilitate.voting.grades import tallied, total
from facilitate.voting.result import Result, by_score, exact, shown, tie_steps

NAME, SHAPE = "score", "scale"
DISPLAY, FIGURES = "profile", ("mean", "opinions")
ASKS = {"max": 5}
"""What the ballots of this method are checked by."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: score}; the number of opinions stands beside the mean."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, tallies: {option id: [how many gave 0, 1, …]}}."""
    return {"ballots": len(ballots), "tallies": tallied(options, ballots, settings.get("max", ASKS["max"]))}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    highest, tallies = settings.get("max", ASKS["max"]), {option: list(sums["tallies"][option]) for option in options}
    opinions = {option: sum(tally) for option, tally in tallies.items()}
    means = {option: Fraction(total(tally), opinions[option]) for option, tally in tallies.items() if opinions[option]}
    most = max(opinions.values(), default=0)
    known = {option: mean for option, mean in means.items() if 4 * opinions[option] >= most}
    ranking = by_score({**known}) + by_score({one: mean for one, mean in means.items() if one not in known})
    ranking += by_score(dict.fromkeys(set(options) - set(means), 0))
    steps = [("vote.step.score", {"n": sums["ballots"], "highest": highest})]
    if means:
        steps.append(("vote.step.score_best", {"n": opinions[ranking[0][0]], "mean": shown(means[ranking[0][0]])}))
    if len(known) < len(means):
        steps.append(("vote.step.score_few", {"n": len(means) - len(known)}))
    figures = {option: {"score": total(tallies[option]), "opinions": opinions[option], "mean": exact(means.get(option, Fraction(0)))} for option in options}
    return Result(ranking, figures, [*steps, *tie_steps(ranking)], details={"tallies": tallies, "few": sorted(set(means) - set(known))})

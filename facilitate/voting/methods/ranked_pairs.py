"""Ranked pairs: duels count from the clearest to the closest; one that would close a circle with clearer ones is left out.

Source: T. Nicolaus Tideman, Independence of clones as a criterion for voting rules, Social Choice and Welfare 4 (1987),
185-206; for ties Thomas M. Zavist and T. Nicolaus Tideman, Complete independence of clones in the ranked pairs rule, Social
Choice and Welfare 6 (1989), 167-173, whose lot is not needed here. Clearest is the duel that most voters wanted so (winning
votes), then the one that fewer voters wanted the other way. Duels that are equally clear count together: those of them that
close a circle with each other are all left out, so that no order nobody voted for decides. What a ballot does not rank is tied
last on it.

>>> count(["a", "b", "c"], [[["a"], ["b"], ["c"]], [["a"], ["b"], ["c"]], [["c"], ["b"], ["a"]]], {}).ranking
[['a'], ['b'], ['c']]
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from facilitate.voting.pairwise import Matrix, beats, figures, head_steps, layers, matrix, within
from facilitate.voting.result import Result, Step, tie_steps

NAME, SHAPE = "ranked-pairs", "ranking"
DISPLAY, FIGURES = "matrix", ("wins", "losses", "ties")

Reach = dict[str, set[str]]
Pair = tuple[str, str]


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of tiers, best first: [["a"], ["b", "c"]]."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, matrix: {option id: {other: how many rank it above the other}}}."""
    return {"ballots": len(ballots), "matrix": matrix(options, ballots)}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    counted = within(sums["matrix"], options)
    reach, pairs, steps, broken = lock(counted)
    ranking = layers(options, lambda one, other: other in reach[one])
    details = {"matrix": counted, "beats": beats(counted), "pairs": pairs}
    return Result(ranking, figures(counted), [*head_steps(counted, sums["ballots"]), *steps, *broken, *tie_steps(ranking)], broken, details)


def lock(counted: Matrix) -> tuple[Reach, list[dict[str, Any]], list[Step], list[Step]]:
    """Let the duels count one after the other: what each option is then ahead of, every duel with whether it counted, the duels
    left out in words, and the circles of equally clear ones in words."""
    reach: Reach = {one: set() for one in counted}
    pairs: list[dict[str, Any]] = []
    steps: list[Step] = []
    broken: list[Step] = []
    duels = sorted((-n, counted[other][one], one, other) for one, row in counted.items() for other, n in row.items() if n > counted[other][one])
    for (most, least), equal in groupby(duels, key=lambda duel: duel[:2]):
        open_pairs = []
        for one, other in (duel[2:] for duel in equal):
            if one in reach[other]:
                steps.append(("vote.step.left_out", {"option": one, "other": other, "for": -most, "against": least}))
                pairs.append(_pair(one, other, -most, least, False))
            else:
                open_pairs.append((one, other))
        circular = _circular(reach, open_pairs)
        if circular:
            broken.append(("vote.step.circle", {"n": len(circular), "for": -most, "against": least}))
        for one, other in open_pairs:
            if (one, other) not in circular:
                _add(reach, one, other)
            pairs.append(_pair(one, other, -most, least, (one, other) not in circular))
    return reach, pairs, steps, broken


def _pair(one: str, other: str, most: int, least: int, locked: bool) -> dict[str, Any]:
    return {"option": one, "other": other, "for": most, "against": least, "locked": locked}


def _add(reach: Reach, one: str, other: str) -> None:
    """Let one option be ahead of another one, and so of all that this one is ahead of."""
    beyond = {other} | reach[other]
    for start in reach:
        if start == one or one in reach[start]:
            reach[start] |= beyond


def _circular(reach: Reach, pairs: list[Pair]) -> set[Pair]:
    """The pairs that would close a circle if all of them counted."""
    if len(pairs) < 2:
        return set()
    together = {one: set(others) for one, others in reach.items()}
    for one, other in pairs:
        _add(together, one, other)
    return {(one, other) for one, other in pairs if one in together[other]}

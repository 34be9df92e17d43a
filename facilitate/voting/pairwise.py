"""Head to head: how many voters rank one option above another, counted for all pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from facilitate.voting.result import Step

Matrix = dict[str, dict[str, int]]
"""How many ballots rank the first option above the second one: {option: {other: voters}}."""


def matrix(options: list[str], ballots: list[Any], rest_last: bool = True) -> Matrix:
    """Count rankings, each a list of tiers, best first; what a ballot does not rank is tied last on it, or
    compared with nothing where `rest_last` is false.

    A row is one whole number with a lane of bits for each option, so that a ballot is counted by one addition for each option
    and not by one for each pair.

    >>> matrix(["a", "b", "c"], [[["a"], ["b"]], [["b", "c"]]])
    {'a': {'b': 1, 'c': 1}, 'b': {'a': 1, 'c': 1}, 'c': {'a': 1, 'b': 0}}
    """
    width = len(ballots).bit_length() + 1
    names = sorted(options)
    lane = {option: 1 << (width * position) for position, option in enumerate(names)}
    everything, rows = sum(lane.values()), dict.fromkeys(names, 0)
    for ballot in ballots:
        below = everything if rest_last else sum([lane[option] for tier in ballot for option in tier if option in lane])
        for tier in ballot:
            for option in tier:
                below -= lane.get(option, 0)
            for option in tier:
                if option in lane:
                    rows[option] += below
    mask = (1 << width) - 1
    return {one: {other: (rows[one] >> (width * at)) & mask for at, other in enumerate(names) if other != one} for one in names}


def within(counted: Matrix, options: Iterable[str]) -> Matrix:
    """The part of a matrix that is about some options, which a matrix out of a file may name in any order."""
    names = sorted(options)
    return {one: {other: counted[one][other] for other in names if other != one} for one in names}


def beats(counted: Matrix) -> dict[str, list[str]]:
    """Which options each one beats head to head."""
    return {one: [other for other, n in row.items() if n > counted[other][one]] for one, row in counted.items()}


def figures(counted: Matrix) -> dict[str, dict[str, Any]]:
    """Duels won, lost and drawn by each option."""
    won = beats(counted)
    lost = {one: sum(one in others for others in won.values()) for one in counted}
    return {one: {"wins": len(won[one]), "losses": lost[one], "ties": len(counted) - 1 - len(won[one]) - lost[one]} for one in sorted(counted)}


def layers(options: Iterable[str], ahead: Callable[[str, str], bool]) -> list[list[str]]:
    """Options from first to last: first those that none is ahead of, then those that none of the rest is ahead of, and so on.

    `ahead` has no circles. Those that stand in one layer tie.

    >>> layers("cba", lambda one, other: one == "a" and other == "b")
    [['a', 'c'], ['b']]
    """
    rest, found = sorted(options), []
    while rest:
        found.append([one for one in rest if not any(other != one and ahead(other, one) for other in rest)])
        rest = [one for one in rest if one not in found[-1]]
    return found


def head_steps(counted: Matrix, ballots: int) -> list[Step]:
    """How many ballots were counted, and whether one option wins every duel."""
    steps: list[Step] = [("vote.step.head_to_head", {"n": ballots})]
    champions = [one for one, others in beats(counted).items() if len(others) == len(counted) - 1 > 0]
    return [*steps, ("vote.step.wins_all", {"option": champions[0]}) if champions else ("vote.step.wins_none", {})] if len(counted) > 1 else steps

"""Which sums ballots can make: the bounds that a recount asks of what is published in place of the ballots of a small round."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Sums = dict[str, Any]
Settings = dict[str, Any]


def possible(sums: Sums, settings: Settings, options: int) -> bool:
    """Whether as many ballots as the sums say can make them in a round with these settings and so many options, withdrawn ones too.

    Raises KeyError where a part or a setting is missing, or a part has no bound. The bounds are necessary, not sufficient: which
    ballots there were is what sums do not tell.

    >>> possible({"ballots": 3, "votes": {"a": 3, "b": 1}}, {"max": 2}, 2), possible({"ballots": 3, "votes": {"a": 4}}, {"max": 2}, 2)
    (True, False)
    """
    if not _naturals(sums):
        return False
    most = sums["ballots"] * math.comb(options, 2)
    return sums.get("skipped", 0) <= most and all(BOUNDS[name](sums, settings) for name in sums if name not in ("ballots", "skipped", "several"))


def _naturals(part: Any) -> bool:
    """Whether all numbers in a part are whole and none is below zero; names of options are no numbers."""
    if isinstance(part, dict):
        return all(map(_naturals, part.values()))
    if isinstance(part, list):
        return all(map(_naturals, part))
    return isinstance(part, str) or type(part) is int and part >= 0


def _votes(sums: Sums, settings: Settings) -> bool:
    """Nobody votes twice for an option, nor for more than may be chosen; a single choice of several counts for none."""
    votes, most = sums["votes"].values(), 1 if "several" in sums else settings["max"]
    return all(n <= sums["ballots"] for n in votes) and sum(votes) + sums.get("several", 0) <= most * sums["ballots"]


def _points(sums: Sums, settings: Settings) -> bool:
    """Each voter of an option gives it one point or more, no more than the cap, and all together no more than they have."""
    if sums["points"].keys() != sums["voters"].keys():
        return False
    pairs = [(points, sums["voters"][option]) for option, points in sums["points"].items()]
    each = all(voters <= sums["ballots"] and voters <= points <= voters * settings["cap"] for points, voters in pairs)
    return each and sum(points for points, _ in pairs) <= sums["ballots"] * settings["budget"]


def _squares(sums: Sums, settings: Settings) -> bool:
    """As with points; credits are the squares, and by the inequality of Cauchy and Schwarz at least points² over voters."""
    found = sums["options"].values()
    for one in found:
        points, voters, paid = one["points"], one["voters"], one["credits"]
        if not voters <= points <= voters * settings["cap"] or voters > sums["ballots"] or not points**2 <= voters * paid <= voters**2 * settings["cap"] ** 2:
            return False
    return bool(sum(one["credits"] for one in found) <= sums["ballots"] * settings["budget"])


def _words(part: str) -> Callable[[Sums, Settings], bool]:
    """One word at most of each ballot for each option."""
    return lambda sums, _: all(sum(words.values()) <= sums["ballots"] for words in sums[part].values())


def _tallies(sums: Sums, _: Settings) -> bool:
    """One step at most of each ballot for each option."""
    return all(sum(steps) <= sums["ballots"] for steps in sums["tallies"].values())


def _marks(sums: Sums, _: Settings) -> bool:
    """Impact and effort come together, once at most of each ballot for each option."""
    return all(sum(impact) == sum(effort) <= sums["ballots"] for impact, effort in sums["marks"].values())


def _matrix(sums: Sums, _: Settings) -> bool:
    """A ballot has one of two options above the other, or neither."""
    matrix = sums["matrix"]
    return all(n + matrix[other][one] <= sums["ballots"] for one, row in matrix.items() for other, n in row.items())


def _doubled(sums: Sums, _: Settings) -> bool:
    """Borda: each ballot gives away all its points, and to one option no more than for a first place. Pairs: each is compared once at
    most on a ballot, which shares two points between its options."""
    doubled, n = sums["doubled"], sums["ballots"]
    if isinstance(doubled, dict):
        below = len(doubled) - 1
        return sum(doubled.values()) == n * len(doubled) * below and all(points <= 2 * n * below for points in doubled.values())
    pairs = {frozenset((one, other)) for one, other, _, _ in doubled}
    return len(pairs) == len(doubled) and all(over + under <= 2 * n and (over + under) % 2 == 0 for _, _, over, under in doubled)


BOUNDS: dict[str, Callable[[Sums, Settings], bool]] = {
    "votes": _votes, "points": _points, "voters": _points, "options": _squares, "stances": _words("stances"), "answers": _words("answers"),
    "tallies": _tallies, "marks": _marks, "matrix": _matrix, "doubled": _doubled,
}  # fmt: skip
"""The bound of each part of the sums that a method says."""

"""Piles of ballots: a strategy for each shape, and the settings by which they are counted."""

from typing import Any

from hypothesis import strategies as some

from facilitate.voting.ballots import STANCES

SETTINGS = {
    "budget": 12, "cap": 3, "min": 0, "max": 5, "run": "r", "seed": "s", "money": 25, "costs": dict.fromkeys("abcde", 10),
}  # fmt: skip
"""Every option costs the same, so that renaming options renames the settings too."""


def ballot_of(shape: str, options: list[str], steps: int = 5) -> Any:
    """A strategy for one ballot of a shape."""
    option = some.sampled_from(options)
    if shape == "budget":
        return some.lists(option, unique=True, max_size=2).map(sorted)
    if shape == "pair":
        return some.lists(option, min_size=2, max_size=2, unique=True).flatmap(_compared) | some.just([])
    marks = {
        "scale": some.integers(0, steps),
        "two_scales": some.fixed_dictionaries({}, optional={"impact": some.integers(1, 5), "effort": some.integers(1, 5)}),
        "points": some.integers(1, 3),
        "stance": some.sampled_from(STANCES),
    }
    return some.dictionaries(option, marks[shape])


def _compared(two: list[str]) -> Any:
    """One comparison of two options, as a ballot."""
    return some.sampled_from([[{"winner": two[0], "loser": two[1]}], [{"equal": sorted(two)}], [{"skip": sorted(two)}]])


def renamed(ballot: Any, names: dict[str, str]) -> Any:
    """A ballot over renamed options, of whichever shape."""
    if isinstance(ballot, str):
        return names.get(ballot, ballot)
    if isinstance(ballot, list):
        return [renamed(one, names) for one in ballot]
    if isinstance(ballot, dict):
        return {names.get(key, key): renamed(value, names) if key in ("winner", "loser", "equal", "skip") else value for key, value in ballot.items()}
    return ballot

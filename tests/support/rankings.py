"""Piles of rankings for tests: random ones, and those of the literature."""

import json
from typing import Any

from hypothesis import strategies as some

from tests.support import house

VECTORS = json.loads((house.ROOT / "tests" / "data" / "voting" / "vectors.json").read_text(encoding="utf-8"))


def tiers(places: dict[str, int]) -> list[list[str]]:
    """A ranking from the place of each option; place 0 leaves it out."""
    return [tier for place in range(1, 9) if (tier := sorted(option for option, at in places.items() if at == place))]


def piles(options: list[str], most: int = 12) -> Any:
    """A strategy for piles of rankings, with ties and without all options."""
    return some.lists(some.fixed_dictionaries({option: some.integers(0, len(options)) for option in options}).map(tiers), max_size=most)


def strict_piles(options: list[str], most: int = 40, complete: bool = False) -> Any:
    """A strategy for piles of rankings without ties."""
    cut = len(options) if complete else 1
    ballot = some.tuples(some.permutations(options), some.integers(cut, len(options))).map(lambda drawn: [[option] for option in drawn[0][: drawn[1]]])
    return some.lists(ballot, min_size=1, max_size=most)


def pile(groups: list[Any]) -> list[list[list[str]]]:
    """Ballots from groups like [42, "MNCK"]."""
    return [[[option] for option in order] for size, order in groups for _ in range(size)]

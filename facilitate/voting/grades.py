"""What the methods over a scale share: how often each step was chosen for each option."""

from __future__ import annotations

from typing import Any


def value_of(mark: Any) -> int:
    """The step of a mark, with or without a reason."""
    if type(mark) is int:
        return mark
    return int(mark["value"] if isinstance(mark, dict) else mark)


def tallied(options: list[str], ballots: list[Any], steps: int) -> dict[str, list[int]]:
    """{option: [how many chose step 0, 1, … up to the highest]}; who has no opinion of an option is in none of them.

    >>> tallied(["a", "b"], [{"a": 2}, {"a": {"value": 0, "reason": "no"}}], 2)
    {'a': [1, 0, 1], 'b': [0, 0, 0]}
    """
    counts = {option: [0] * (steps + 1) for option in options}
    for ballot in ballots:
        for option, mark in ballot.items():
            if option in counts and 0 <= (step := value_of(mark)) <= steps:
                counts[option][step] += 1
    return counts


def total(tally: list[int]) -> int:
    """The sum of all steps that were chosen."""
    return sum(step * n for step, n in enumerate(tally))

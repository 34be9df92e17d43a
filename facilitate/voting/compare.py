"""Does the method matter? The same ballots counted by the other methods that fit them, and whether the winner changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from facilitate.voting.transfers import deal, pack, total

COMPARED = {"ranking": ("schulze", "irv", "borda", "ranked-pairs"), "scale": ("score", "star", "majority-judgement", "fist-to-five")}
"""The methods that answer the same question from the same ballot, by its shape; a method for a set of options is not among them."""

FIRST_PLACES = "first-places"
"""Rankings by their first places alone, as if everybody had had one choice."""


def compare(method: str, options: list[str], ballots: list[Any], settings: dict[str, Any], modules: Mapping[str, ModuleType]) -> dict[str, Any]:
    """{methods: [{method, winners}], depends}: who wins by the method of the round, which comes first, and by the others.

    `modules` are the methods by name. `depends` says that somebody else wins, alone or in a tie, by another method. Nothing is
    compared where there are no ballots or no other method fits.
    """
    shape = modules[method].SHAPE
    fitting = [name for name in COMPARED.get(shape, ()) if name in modules]
    if method == "stv" and settings.get("seats") == 1:
        fitting.append(method)  # transfers for one seat choose one, as the others do
    if not ballots or not options or method not in fitting:
        return {"methods": [], "depends": False}
    found = [{"method": name, "winners": modules[name].count(options, ballots, settings).ranking[0]} for name in sorted(fitting, key=lambda one: one != method)]
    if shape == "ranking":
        found.append({"method": FIRST_PLACES, "winners": first_places(options, ballots)})
    return {"methods": found, "depends": any(one["winners"] != found[0]["winners"] for one in found)}


def first_places(options: list[str], ballots: list[Any]) -> list[str]:
    """Who has the most first places; those who share one have a part of it each."""
    piles, _ = deal(pack(options, ballots), set(options))
    votes = {option: total(pile) for option, pile in piles.items()}
    most = max(votes.values())
    return sorted(option for option, n in votes.items() if n == most)

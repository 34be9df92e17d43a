"""The shapes of ballots: what may be marked, how one mark changes a ballot, and when it is empty."""

from __future__ import annotations

from typing import Any

from facilitate.core.refusals import Refused, Wrong

STANCES = ("agree", "disagree", "pass")


def wrong(key: str, **values: Any) -> Refused:
    """A ballot that does not have its shape."""
    return Refused("invalid", key, fields={"ballot": Wrong(key, **values)}, **values)


class Shape:
    """One shape: `check` takes a whole ballot, `marked` one mark; both give the ballot to store, or Refused.

    A ballot is a JSON value; None is the empty one. `settings` are those of the round.
    """

    name = ""

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        """The ballot in its stored form; None where nothing is marked."""
        raise NotImplementedError

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        """The stored ballot with one option set to a value (None takes it back)."""
        raise NotImplementedError

    def marks(self, ballot: Any) -> dict[str, Any]:
        """{option: value} of everything marked."""
        raise NotImplementedError

    def valid(self, ballot: Any, settings: dict[str, Any]) -> bool:
        """Whether a stored ballot counts as it is: every tap is kept, also on the way to a whole ballot."""
        return True


class Choices(Shape):
    """Some of the options: a sorted list of ids, at most `max`; one with fewer than `min` is kept and does not count."""

    name = "choices"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, list) or not all(isinstance(option, str) for option in ballot):
            raise wrong("refusal.ballot_choices")
        if len(set(ballot)) != len(ballot):
            raise wrong("refusal.ballot_twice")
        if len(ballot) > settings["max"]:
            raise Refused("over_budget", "refusal.too_many_choices", n=settings["max"])
        return sorted(ballot) or None

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        if value is not None and not isinstance(value, bool):
            raise wrong("refusal.not_yes_or_no")
        chosen = {*(stored or []), option} if value else {*(stored or [])} - {option}
        return self.check(sorted(chosen), settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return dict.fromkeys(ballot or [], True)

    def valid(self, ballot: Any, settings: dict[str, Any]) -> bool:
        return len(ballot or []) >= settings["min"]


class Points(Shape):
    """Dots on options: {id: whole number from 1 to `cap`}, together at most `budget`."""

    name = "points"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict):
            raise wrong("refusal.ballot_points")
        if not all(type(points) is int and points >= 0 for points in ballot.values()):
            raise wrong("refusal.whole_dots")
        placed = {option: points for option, points in sorted(ballot.items()) if points}
        if any(points > settings["cap"] for points in placed.values()):
            raise Refused("over_budget", "refusal.over_cap", n=settings["cap"])
        if sum(placed.values()) > settings["budget"]:
            raise Refused("over_budget", "refusal.no_dots_left", n=settings["budget"])
        return placed or None

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        return self.check({**(stored or {}), option: 0 if value is None else value}, settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return dict(ballot or {})


class Stance(Shape):
    """Agree, disagree or pass on each statement: {id: stance}."""

    name = "stance"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict) or not all(isinstance(stance, str) and stance in STANCES for stance in ballot.values()):
            raise wrong("refusal.ballot_stance")
        return dict(sorted(ballot.items())) or None

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        kept = {one: stance for one, stance in (stored or {}).items() if one != option}
        return self.check(kept if value is None else {**kept, option: value}, settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return dict(ballot or {})


SHAPES: dict[str, Shape] = {shape.name: shape for shape in (Choices(), Points(), Stance())}


def allowed(shape: Shape, ballot: Any, stored: Any, options: dict[str, bool]) -> None:
    """Refuse marks on what is no option, and new marks on a withdrawn one; `options` is {id: whether it is open}."""
    before = shape.marks(stored)
    for option, value in shape.marks(ballot).items():
        if option not in options:
            raise Refused("unknown_option")
        if not options[option] and before.get(option) != value:
            raise Refused("unknown_option", "refusal.option_withdrawn")

"""The shapes of ballots: what may be marked, how one mark changes a ballot, and when it is empty."""

from __future__ import annotations

from typing import Any

from facilitate.core.refusals import Refused, Wrong

STANCES = ("agree", "disagree", "pass")
ANSWERS = ("yes", "no", "abstain")
PLACES = 100
"""Places of a ranking, at most."""


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

    def adds(self, before: Any, value: Any) -> bool:
        """Whether a mark says something of its option that was not said before."""
        return bool(before != value)


class Choices(Shape):
    """Some of the options: a sorted list of ids, at most `max`."""

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


class Motions(Stance):
    """Yes, no or abstain on each motion: {id: answer}."""

    name = "motions"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict) or not all(isinstance(answer, str) and answer in ANSWERS for answer in ballot.values()):
            raise wrong("refusal.ballot_motions")
        return dict(sorted(ballot.items())) or None


class Ranking(Shape):
    """Options by place, best first: [["a"], ["b", "c"]]; several may share a place, and not all need one.

    A mark sets the place of one option, counted from 1. A place that nobody holds is kept as an empty one, so that marks mean
    the same in whichever order they come; it counts for nothing.
    """

    name = "ranking"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, list) or not all(isinstance(tier, list) and all(isinstance(option, str) for option in tier) for tier in ballot):
            raise wrong("refusal.ballot_ranking")
        ranked = [option for tier in ballot for option in tier]
        if len(set(ranked)) != len(ranked):
            raise wrong("refusal.ballot_twice")
        places = [sorted(tier) for tier in ballot]
        while places and not places[-1]:
            places.pop()
        if len(places) > PLACES:
            raise wrong("refusal.too_many_places", n=PLACES)
        return places or None

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        if value is not None and (type(value) is not int or value < 1):
            raise wrong("refusal.not_a_place")
        if value is not None and value > PLACES:
            raise wrong("refusal.too_many_places", n=PLACES)
        places = [[one for one in tier if one != option] for tier in stored or []]
        if value is not None:
            places += [[] for _ in range(value - len(places))]
            places[value - 1].append(option)
        return self.check(places, settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return {option: place for place, tier in enumerate(ballot or [], start=1) for option in tier}

    def adds(self, before: Any, value: Any) -> bool:
        """One that was ranked may move: whoever reorders the others moves it too."""
        return before is None


SHAPES: dict[str, Shape] = {shape.name: shape for shape in (Choices(), Points(), Stance(), Motions(), Ranking())}


def allowed(shape: Shape, ballot: Any, stored: Any, options: dict[str, bool]) -> None:
    """Refuse marks on what is no option, and new marks on a withdrawn one; `options` is {id: whether it is open}."""
    before = shape.marks(stored)
    for option, value in shape.marks(ballot).items():
        if option not in options:
            raise Refused("unknown_option")
        if not options[option] and shape.adds(before.get(option), value):
            raise Refused("unknown_option", "refusal.option_withdrawn")

"""The shapes of ballots: what may be marked, how one mark changes a ballot, and when it is empty."""

from __future__ import annotations

from typing import Any

from facilitate.core.refusals import Refused, Wrong

STANCES = ("agree", "disagree", "pass")
AXES = ("impact", "effort")
REASON = 500
"""Characters that the reason of an objection or a concern may have."""


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
    """Dots on options: {id: whole number from 1 to `cap`}, together at most `budget`; with the `cost` "square" k of them cost k²."""

    name = "points"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict):
            raise wrong("refusal.ballot_points")
        if not all(type(points) is int and points >= 0 for points in ballot.values()):
            raise wrong("refusal.whole_dots")
        placed = {option: points for option, points in sorted(ballot.items()) if points}
        if any(points > settings["cap"] for points in placed.values()):
            raise Refused("over_budget", "refusal.over_cap", n=settings["cap"])
        square = settings.get("cost") == "square"
        if sum(points**2 if square else points for points in placed.values()) > settings["budget"]:
            raise Refused("over_budget", "refusal.no_credits_left" if square else "refusal.no_dots_left", n=settings["budget"])
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


class Scale(Shape):
    """A step for each option: {id: whole number from 0 to `steps`}; no opinion is no mark, and 0 is an opinion.

    Where the round asks for `reasons` at some steps, a mark may be {"value": step, "reason": text}, and must be at those steps.
    """

    name = "scale"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict):
            raise wrong("refusal.ballot_scale", n=settings["steps"])
        return {option: self._mark(mark, settings) for option, mark in sorted(ballot.items())} or None

    def _mark(self, mark: Any, settings: dict[str, Any]) -> Any:
        asked = settings.get("reasons")
        reason, value = "", mark
        if isinstance(mark, dict) and set(mark) == {"value", "reason"} and asked and isinstance(mark["reason"], str):
            reason, value = mark["reason"].strip(), mark["value"]
        if type(value) is not int or not 0 <= value <= settings["steps"]:
            raise wrong("refusal.ballot_scale", n=settings["steps"])
        if len(reason) > REASON:
            raise wrong("refusal.reason_long", n=REASON)
        if asked and value in asked and not reason:
            raise wrong("refusal.objection_without_reason")
        return {"value": value, "reason": reason} if reason else value

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        kept = {one: mark for one, mark in (stored or {}).items() if one != option}
        return self.check(kept if value is None else {**kept, option: value}, settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return dict(ballot or {})


class TwoScales(Shape):
    """Impact and effort of each option: {id: {"impact": 1 to 5, "effort": 1 to 5}}; a half-done mark is kept and not counted."""

    name = "two_scales"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict) or not all(isinstance(mark, dict) and set(mark) <= set(AXES) for mark in ballot.values()):
            raise wrong("refusal.ballot_two_scales")
        if not all(type(value) is int and 1 <= value <= 5 for mark in ballot.values() for value in mark.values()):
            raise wrong("refusal.ballot_two_scales")
        return {option: dict(sorted(mark.items())) for option, mark in sorted(ballot.items()) if mark} or None

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        return self.check({**(stored or {}), option: {} if value is None else value}, settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return dict(ballot or {})


class Pair(Shape):
    """Comparisons of two: a list of {"winner": a, "loser": b}, {"equal": [a, b]} and {"skip": [a, b]}, one for each pair.

    A mark of option a is {"loser": b}, {"equal": b} or {"skip": b} and sets the comparison of that pair; {"clear": b} takes it
    back, and null takes back every comparison in which a takes part.
    """

    name = "pair"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, list):
            raise wrong("refusal.ballot_pair")
        told = [(pair_of(one), one) for one in ballot]
        if len({pair for pair, _ in told}) != len(told):
            raise wrong("refusal.ballot_pair_twice")
        return [
            {"winner": one["winner"], "loser": one["loser"]} if "winner" in one else {"equal" if "equal" in one else "skip": list(pair)}
            for pair, one in sorted(told, key=lambda each: each[0])
        ] or None

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        if value is None:
            return [one for one in stored or [] if option not in pair_of(one)] or None
        if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in ("loser", "equal", "skip", "clear"):
            raise wrong("refusal.ballot_pair")
        said, other = next(iter(value.items()))
        new = {"winner": option, "loser": other} if said == "loser" else {said: [option, other]}
        pair = pair_of({"skip": [option, other]})
        return self.check([one for one in stored or [] if pair_of(one) != pair] + ([] if said == "clear" else [new]), settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in ballot or []:
            for option in pair_of(one):
                found.setdefault(option, []).append(one)
        return found

    def adds(self, before: Any, value: Any) -> bool:
        return any(one not in (before or []) for one in value)


def pair_of(one: Any) -> tuple[str, str]:
    """The two options of a comparison, in the order of their ids; Refused where it is none."""
    keys = set(one) if isinstance(one, dict) else set()
    two = [one["winner"], one["loser"]] if keys == {"winner", "loser"} else one[keys.pop()] if keys in ({"equal"}, {"skip"}) else None
    if not isinstance(two, list) or len(two) != 2 or not all(isinstance(option, str) for option in two) or two[0] == two[1]:
        raise wrong("refusal.ballot_pair")
    return min(two), max(two)


class Budget(Shape):
    """A cart: a sorted list of ids that together cost at most `money`, unless the round has `free_cart`."""

    name = "budget"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, list) or not all(isinstance(option, str) for option in ballot):
            raise wrong("refusal.ballot_choices")
        if len(set(ballot)) != len(ballot):
            raise wrong("refusal.ballot_twice")
        if not settings.get("free_cart") and sum(settings["costs"].get(option, 0) for option in ballot) > settings["money"]:
            raise Refused("over_budget", "refusal.cart_over_money", n=settings["money"])
        return sorted(ballot) or None

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        if value is not None and not isinstance(value, bool):
            raise wrong("refusal.not_yes_or_no")
        chosen = {*(stored or []), option} if value else {*(stored or [])} - {option}
        return self.check(sorted(chosen), settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return dict.fromkeys(ballot or [], True)


SHAPES: dict[str, Shape] = {shape.name: shape for shape in (Choices(), Points(), Stance(), Scale(), TwoScales(), Pair(), Budget())}


def allowed(shape: Shape, ballot: Any, stored: Any, options: dict[str, bool]) -> None:
    """Refuse marks on what is no option, and new marks on a withdrawn one; `options` is {id: whether it is open}."""
    before = shape.marks(stored)
    for option, value in shape.marks(ballot).items():
        if option not in options:
            raise Refused("unknown_option")
        if not options[option] and shape.adds(before.get(option), value):
            raise Refused("unknown_option", "refusal.option_withdrawn")

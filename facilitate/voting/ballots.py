"""The shapes of ballots: what may be marked, how one mark changes a ballot, and when it is empty."""

from __future__ import annotations

from typing import Any

from facilitate.core.fields import check_text
from facilitate.core.refusals import Refused, Wrong

STANCES = ("agree", "disagree", "pass")
ANSWERS = ("yes", "no", "abstain")
AXES = ("impact", "effort")
REASON = 500
"""Characters that the reason of an objection or a concern may have."""
PLACES = 100
"""Places of a ranking, at most."""


def wrong(key: str, **values: Any) -> Refused:
    """A ballot that does not have its shape."""
    return Refused("invalid", key, fields={"ballot": Wrong(key, **values)}, **values)


def reason_of(said: str) -> str:
    """A reason as it is kept: checked like every other text of a person."""
    if len(said.strip()) > REASON:
        raise wrong("refusal.reason_long", n=REASON)
    try:
        return check_text(said, REASON, lines=True, empty=True)
    except Wrong as error:
        raise wrong(error.key, **error.values) from None


class Shape:
    """One shape: `check` takes a whole ballot, `marked` one mark; both give the ballot to store, or Refused.

    A ballot is a JSON value; None is the empty one. `settings` are those of the round; `asks` names those that the shape needs, with
    their usual values; `usual` is the method that counts it where none is chosen.
    """

    name, usual = "", ""
    asks: dict[str, Any] = {}

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

    def without(self, ballot: Any, gone: set[str]) -> Any:
        """The ballot without the marks on some options; None where no other is left."""
        return {option: value for option, value in ballot.items() if option not in gone} or None

    def valid(self, ballot: Any, settings: dict[str, Any]) -> bool:
        """Whether a stored ballot counts as it is: every tap is kept, also on the way to a whole ballot."""
        return True


class Choices(Shape):
    """Some of the options: a sorted list of ids, at most `max`; one with fewer than `min` is kept and does not count."""

    name, usual = "choices", "approval"
    asks = {"min": 0, "max": 2000}

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, list) or not all(isinstance(option, str) for option in ballot):
            raise wrong("refusal.ballot_choices")
        if len(set(ballot)) != len(ballot):
            raise wrong("refusal.ballot_twice")
        self.bound(ballot, settings)
        return sorted(ballot) or None

    def bound(self, chosen: list[str], settings: dict[str, Any]) -> None:
        """Refuse more than the round allows."""
        if len(chosen) > settings["max"]:
            raise Refused("over_budget", "refusal.too_many_choices", n=settings["max"])

    def marked(self, stored: Any, option: str, value: Any, settings: dict[str, Any]) -> Any:
        if value is not None and not isinstance(value, bool):
            raise wrong("refusal.not_yes_or_no")
        chosen = {*(stored or []), option} if value else {*(stored or [])} - {option}
        return self.check(sorted(chosen), settings)

    def marks(self, ballot: Any) -> dict[str, Any]:
        return dict.fromkeys(ballot or [], True)

    def without(self, ballot: Any, gone: set[str]) -> Any:
        return [option for option in ballot if option not in gone] or None

    def valid(self, ballot: Any, settings: dict[str, Any]) -> bool:
        return len(ballot or []) >= settings["min"]


class Points(Shape):
    """Dots on options: {id: whole number from 1 to `cap`}, together at most `budget`; with the `cost` "square" k of them cost k²."""

    name, usual = "points", "dots"
    asks = {"budget": 5, "cap": 3}

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

    name, usual = "stance", "agree-disagree-pass"

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

    name, usual = "motions", "majority"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict) or not all(isinstance(answer, str) and answer in ANSWERS for answer in ballot.values()):
            raise wrong("refusal.ballot_motions")
        return dict(sorted(ballot.items())) or None


class Ranking(Shape):
    """Options by place, best first: [["a"], ["b", "c"]]; several may share a place, and not all need one.

    A mark sets the place of one option, counted from 1. A place that nobody holds is kept as an empty one, so that marks mean
    the same in whichever order they come; it counts for nothing.
    """

    name, usual = "ranking", "schulze"

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

    def without(self, ballot: Any, gone: set[str]) -> Any:
        tiers = [[option for option in tier if option not in gone] for tier in ballot]
        return [tier for tier in tiers if tier] or None

    def adds(self, before: Any, value: Any) -> bool:
        """One that was ranked may move: whoever reorders the others moves it too."""
        return before is None


class Scale(Shape):
    """A step for each option: {id: whole number from 0 to `max`}; no opinion is no mark, and 0 is an opinion.

    Where the round asks for `reasons` at some steps, a mark may be {"value": step, "reason": text}, and must be at those steps.
    """

    name, usual = "scale", "score"
    asks = {"min": 0, "max": 5}

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if not isinstance(ballot, dict):
            raise wrong("refusal.ballot_scale", n=settings["max"])
        return {option: self._mark(mark, settings) for option, mark in sorted(ballot.items())} or None

    def _mark(self, mark: Any, settings: dict[str, Any]) -> Any:
        asked = settings.get("reasons")
        reason, value = "", mark
        if isinstance(mark, dict) and set(mark) == {"value", "reason"} and asked and isinstance(mark["reason"], str):
            reason, value = reason_of(mark["reason"]), mark["value"]
        if type(value) is not int or not 0 <= value <= settings["max"]:
            raise wrong("refusal.ballot_scale", n=settings["max"])
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

    name, usual = "two_scales", "impact-effort"

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

    One comparison may be cast as it is, as the wire has it, without a list around it. A mark of option a is {"loser": b}, {"equal": b}
    or {"skip": b} and sets the comparison of that pair; {"clear": b} takes it back, and null takes back every comparison in which
    a takes part.
    """

    name, usual = "pair", "bradley-terry"

    def check(self, ballot: Any, settings: dict[str, Any]) -> Any:
        if isinstance(ballot, dict):
            ballot = [ballot]
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

    def without(self, ballot: Any, gone: set[str]) -> Any:
        return [one for one in ballot if gone.isdisjoint(pair_of(one))] or None

    def adds(self, before: Any, value: Any) -> bool:
        return any(one not in (before or []) for one in value)


def pair_of(one: Any) -> tuple[str, str]:
    """The two options of a comparison, in the order of their ids; Refused where it is none."""
    keys = set(one) if isinstance(one, dict) else set()
    two = [one["winner"], one["loser"]] if keys == {"winner", "loser"} else one[keys.pop()] if keys in ({"equal"}, {"skip"}) else None
    if not isinstance(two, list) or len(two) != 2 or not all(isinstance(option, str) for option in two) or two[0] == two[1]:
        raise wrong("refusal.ballot_pair")
    return min(two), max(two)


class Budget(Choices):
    """A cart: a sorted list of ids that together cost at most `money`, unless the round has `free_cart`."""

    name, usual = "budget", "equal-shares"
    asks = {"money": 100, "costs": {}, "free_cart": False}

    def bound(self, chosen: list[str], settings: dict[str, Any]) -> None:
        if not settings.get("free_cart") and sum(settings["costs"].get(option, 0) for option in chosen) > settings["money"]:
            raise Refused("over_budget", "refusal.cart_over_money", n=settings["money"])

    def valid(self, ballot: Any, settings: dict[str, Any]) -> bool:
        return True


SHAPES: dict[str, Shape] = {shape.name: shape for shape in (Choices(), Points(), Stance(), Motions(), Ranking(), Scale(), TwoScales(), Pair(), Budget())}


def allowed(shape: Shape, ballot: Any, stored: Any, options: dict[str, bool]) -> None:
    """Refuse marks on what is no option, and new marks on a withdrawn one; `options` is {id: whether it is open}."""
    before = shape.marks(stored)
    for option, value in shape.marks(ballot).items():
        if option not in options:
            raise Refused("unknown_option")
        if not options[option] and shape.adds(before.get(option), value):
            raise Refused("unknown_option", "refusal.option_withdrawn")

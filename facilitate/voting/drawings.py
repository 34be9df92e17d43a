"""What a page draws of a result without a script: strips, columns, intervals, fields and steps as whole numbers for SVG.

The screens draw the same from the same figures (static/js/components/display_*.js). A picture is {"strip": [[class, x, width]], "at": x or
None} on a width of 1000; or {"columns": [[step, x, y, width, height]], "at"} on 1000 × 300; or {"interval": [from, width, point]}.
"""

from __future__ import annotations

from fractions import Fraction
from math import exp, sqrt
from typing import Any

Line = dict[str, Any]
Picture = dict[str, Any]
WIDE, HIGH = 1000, 300
FIELD, LEAST = 400, 21
"""The side of the field of impact and effort, and how far apart two numbers on it are at least."""


def exactly(figure: int | float | str | None) -> Fraction:
    """A figure of a result as a number; none is nought."""
    return Fraction(figure) if figure else Fraction(0)


def strip(parts: list[tuple[str, Any]], whole: Any = 0, at: Any = None) -> Picture:
    """Parts of a whole side by side.

    >>> strip([("yes", 3), ("no", 1)], 8, 4)
    {'strip': [['yes', 0, 375], ['no', 375, 125]], 'at': 500}
    """
    everything = exactly(whole) or sum((exactly(n) for _, n in parts), Fraction(0)) or Fraction(1)

    def place(n: Fraction) -> int:
        return int(min(n / everything, Fraction(1)) * WIDE)

    drawn, before = [], Fraction(0)
    for name, n in parts:
        after = before + exactly(n)
        if after > before:
            drawn.append([name, place(before), place(after) - place(before)])
        before = after
    return {"strip": drawn, "at": None if at is None else place(exactly(at))}


def columns(tally: list[int]) -> Picture:
    """How many chose each step, and where the mean lies."""
    most, wide, said = max([1, *tally]), WIDE // max(len(tally), 1), sum(tally)
    mean = Fraction(sum(step * n for step, n in enumerate(tally)), said) if said else None
    drawn = [[step, step * wide + 10, 290 - 280 * n // most, wide - 20, 280 * n // most] for step, n in enumerate(tally)]
    return {"columns": drawn, "counts": list(tally), "at": None if mean is None else int((mean + Fraction(1, 2)) * wide)}


def of_hundred(strength: float | None) -> float:
    """How many of a hundred comparisons with an average option somebody of this strength wins."""
    return 100 / (1 + exp(-(strength or 0)))


def interval(figures: Line) -> Picture | None:
    """The interval of a strength; None where nothing was compared."""
    if figures.get("low") is None:
        return None
    low, high = (int(10 * of_hundred(figures[name])) for name in ("low", "high"))
    return {"interval": [low, high - low, int(10 * of_hundred(figures["strength"]))]}


def steps_of(rounds: list[Line], option: str) -> list[tuple[int, Fraction]]:
    """What an option had in the first round and received in each later one: [(round from 0, votes)]."""
    found, before = [], Fraction(0)
    for index, round_ in enumerate(rounds):
        if option in round_["votes"]:
            now = exactly(round_["votes"][option])
            found += [(index, now - before)] if now > before else []
            before = now
    return found


def enough(details: Line) -> Fraction | None:
    """How many votes are enough: the quota, or half of those that count in the last round."""
    if details.get("quota"):
        return Fraction(details["quota"])
    return exactly(details["rounds"][-1]["in_play"]) / 2 if details.get("rounds") else None


def _stepped(details: Line, option: str) -> Picture:
    rounds, line = details["rounds"], enough(details)
    totals = [sum((n for _, n in steps_of(rounds, one)), Fraction(0)) for one in (rounds[0]["votes"] if rounds else {})]
    return strip([(f"step s{at % 2}{'' if at else ' first'}", n) for at, n in steps_of(rounds, option)], max([*totals, line or 0, 1]) * Fraction(51, 50), line)


def _profile(method: str, tally: list[int]) -> Picture:
    if method != "majority-judgement":
        return columns(tally)
    said = sum(tally) or 1
    return strip([(f"grade g{step}", n) for step, n in reversed(list(enumerate(tally)))], said, Fraction(said, 2))


def picture(round_: Line, details: Line, line: Line, most: Any) -> Picture | None:
    """The picture of one option, as its method's display says."""
    figures, option = line["figures"], line["option"]["id"]
    named = [(name, figures.get(name, 0)) for name in round_.get("figures", [])]
    match round_.get("display"):
        case "motions":
            motion = details.get("motions", {}).get(option, {"of": 0, "needed": None})
            return strip(named, max(motion["of"], sum(n for _, n in named)), motion["needed"])
        case "matrix":
            return strip([("part", figures.get("wins"))], sum(figures.get(name, 0) for name in ("wins", "losses", "ties")))
        case "rounds" if "rounds" in details:
            return _stepped(details, option)
        case "profile" if option in details.get("tallies", {}):
            return _profile(round_["method"], details["tallies"][option])
        case "consent":
            return strip([("yes", figures.get("consents")), ("abstain", figures.get("concerns")), ("no", figures.get("objections"))])
        case "consensus":
            return strip([(name, figures.get(name)) for name in ("agree", "pass", "disagree")])
        case "intervals":
            return interval(figures)
        case "quadrants":
            return None
    return strip([("part", line["value"])], most)


def field(lines: list[Line]) -> list[dict[str, Any]]:
    """The points of impact and effort: {number, lead, x, y, left, right, top, bottom, label_x, label_y}; labels keep apart."""
    points = []
    for line in lines:
        figures = line["figures"]
        if not figures.get("opinions") or line["place"] is None:
            continue
        x, y = (float(exactly(figures["effort"]) - 1) / 4 * FIELD, FIELD - float(exactly(figures["impact"]) - 1) / 4 * FIELD)
        dx, dy = (sqrt(exactly(figures[name])) * FIELD / 4 for name in ("effort_spread", "impact_spread"))
        around = {"left": max(0, x - dx), "right": min(FIELD, x + dx), "top": max(0, y - dy), "bottom": min(FIELD, y + dy)}
        points.append({"number": line["option"]["number"], "lead": figures["quadrant"] == "quick", "x": x, "y": y, "label_x": x, "label_y": y, **around})
    _keep_apart(points)
    return [{name: round(value, 1) if isinstance(value, float) else value for name, value in point.items()} for point in points]


def _keep_apart(points: list[dict[str, Any]]) -> None:
    """Move numbers that would cover each other apart, always in the same way."""
    for _ in range(40):
        moved = False
        for index, one in enumerate(points):
            for other in points[index + 1 :]:
                dx, dy = other["label_x"] - one["label_x"], other["label_y"] - one["label_y"]
                far = sqrt(dx * dx + dy * dy)
                if far < LEAST:
                    push, ux, uy = (LEAST - far) / 2 + 0.5, dx / far if far else 0.8, dy / far if far else 0.6
                    one["label_x"], one["label_y"] = one["label_x"] - ux * push, one["label_y"] - uy * push
                    other["label_x"], other["label_y"] = other["label_x"] + ux * push, other["label_y"] + uy * push
                    moved = True
        if not moved:
            break
    for point in points:
        point["label_x"], point["label_y"] = (min(FIELD - 10.0, max(10.0, point[name])) for name in ("label_x", "label_y"))


MARKS = ("M{0} {1}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", "M{0} {1}m-3.5 -3.5h7v7h-7z", "M{0} {1}m0 -5l5 5-5 5-5-5z", "M{0} {1}m0 -5l5 8.5h-10z",
         "M{0} {1}m-4 -1.5h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z")  # fmt: skip
"""A disc, a square, a diamond, a triangle and a cross: the groups differ by form, not by colour alone."""


def scatter(drawn: dict[str, Any]) -> dict[str, Any]:
    """The map of opinions on 400 × 300: {marks: [[group, path]], letters: [[letter, x, y]]}."""
    xs, ys = [point[0] for point in drawn["points"]], [point[1] for point in drawn["points"]]

    def scaled(value: float, all_: list[float], size: int) -> float:
        return round(14 + (value - min(all_)) / ((max(all_) - min(all_)) or 1) * (size - 28), 1)

    placed = [(scaled(x, xs, 400), scaled(y, ys, 300), group) for x, y, group in drawn["points"]]
    letters = []
    for group in range(len(drawn["groups"])):
        own = [point for point in placed if point[2] == group]
        middle = [round(sum(point[axis] for point in own) / max(len(own), 1), 1) for axis in (0, 1)]
        letters.append([chr(65 + group), *middle])
    return {"marks": [[group, MARKS[group % len(MARKS)].format(x, y)] for x, y, group in placed], "letters": letters}

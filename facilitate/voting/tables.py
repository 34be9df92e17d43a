"""Results as tables: rows of the state document, put in the counted order for pages and files."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Rows = dict[str, dict[str, dict[str, Any]]]
"""The collections of a state document: {name: {id: row}}."""

def votes(rows: Rows) -> list[dict[str, Any]]:
    """Every run of every vote in the order of the agenda: {activity, round, result or None, table, most}."""
    agenda = sorted(rows["activities"].values(), key=lambda row: row["position"])
    found = []
    for activity in agenda:
        runs = sorted((one for one in rows["rounds"].values() if one["activity"] == activity["id"] and one["status"] != "draft"), key=lambda row: row["run"])
        for round_ in runs:
            result = rows["results"].get(round_["id"])
            table = lines(round_, result, options_of(rows, round_["id"])) if result else []
            most = max((line["value"] for line in table), default=0)
            shown = {"table": table, "most": most, "figures_names": round_["figures"]}
            found.append({"activity": activity, "round": round_, "runs": len(runs), "result": result} | shown)
    return found


def number(figure: int | str | None) -> int | float:
    """A figure to draw: a whole one as it is, a fraction to two places, none as nought.

    >>> number(3), number("7/3"), number(None)
    (3, 2.33, 0)
    """
    return figure or 0 if isinstance(figure, int | None) else round(float(Fraction(figure)), 2)


def options_of(rows: Rows, round_id: str) -> list[dict[str, Any]]:
    """The options of a round by number."""
    return sorted((row for row in rows["options"].values() if row["round"] == round_id), key=lambda row: row["number"])


def lines(round_: dict[str, Any], result: dict[str, Any], options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The options in the counted order: {option, place (equal ones share it; None where it was withdrawn), tied, lead, figures,
    value, share (of the bar, 0 to 1), parts (of a stance, each 0 to 1)}."""
    known = {option["id"]: option for option in options}
    found: list[dict[str, Any]] = []
    for tied in result["ranking"]:
        place = len(found) + 1
        found += [_line(round_, result, known.pop(one), place, len(tied) > 1) for one in sorted(tied, key=lambda one: known[one]["number"]) if one in known]
    found += [_line(round_, result, option, None, False) for option in known.values()]
    most = max((line["value"] for line in found), default=0)
    for line in found:
        line["share"] = share(round_["shape"], line, result["base"]["cast"], most)
        line["lead"] = line["place"] == 1 and line["value"] > 0
    return found


def _line(round_: dict[str, Any], result: dict[str, Any], option: dict[str, Any], place: int | None, tied: bool) -> dict[str, Any]:
    figures = result["figures"].get(option["id"], {})
    names = round_["figures"]
    said = sum(figures.get(name, 0) for name in names) if round_["shape"] in ("stance", "motions") else 0
    parts = {name: figures.get(name, 0) / said if said else 0.0 for name in names}
    return {"option": option, "place": place, "tied": tied, "figures": figures, "value": number(figures.get(names[0], 0)), "said": said, "parts": parts}


def share(shape: str, line: dict[str, Any], cast: int, most: int) -> float:
    """How much of its bar a line fills: votes of the ballots, agreement of all stances, anything else of the largest number."""
    base = {"choices": cast, "stance": line["said"], "motions": line["said"]}.get(shape, most)
    return line["value"] / base if base else 0.0


def hide(rows: Rows, withheld: set[str], instead: str) -> Rows:
    """The same rows with another title for options that are not for publication; groups keep theirs and lose their texts."""
    options = {}
    for key, row in rows["options"].items():
        changed = {"title": instead, "text": ""} if row["id"] in withheld else {"text": ""} if row["kind"] == "group" else {}
        options[key] = row | changed
    return rows | {"options": options}

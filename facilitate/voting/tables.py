"""Results as tables: rows of the state document, put in the counted order for pages and files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any

from babel.numbers import format_decimal

from facilitate.voting import drawings
from facilitate.voting.drawings import exactly
from facilitate.voting.words import locale_of, renamed

Rows = dict[str, dict[str, dict[str, Any]]]
"""The collections of a state document: {name: {id: row}}."""

APART = ("motions", "consent", "funded")
"""Displays in which each option stands for itself: that several are first is no tie."""


def votes(rows: Rows, language: str = "en") -> list[dict[str, Any]]:
    """Every run of every vote in the order of the agenda: {activity, round, runs, result or None, details, table, most, figures_names, bars,
    tie (the numbers that share the first place), written (a figure as the language writes it), by_id, field, map}."""
    agenda = sorted(rows["activities"].values(), key=lambda row: row["position"])
    found = []
    for activity in agenda:
        runs = sorted((one for one in rows["rounds"].values() if one["activity"] == activity["id"] and one["status"] != "draft"), key=lambda row: row["run"])
        for round_ in runs:
            result = rows["results"].get(round_["id"])
            shown = told(round_, result, options_of(rows, round_["id"]), partial(written, language))
            found.append({"activity": activity, "round": round_, "runs": len(runs), "result": result} | shown)
    return found


def together(found: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Votes with their runs beside one another: one list per activity, its first run first."""
    return [list(runs) for _, runs in groupby(found, key=lambda vote: vote["activity"]["id"])]


def told(round_: dict[str, Any], result: dict[str, Any] | None, options: list[dict[str, Any]], writes: Callable[[Any], str]) -> dict[str, Any]:
    """What a page needs of a run beside its rows."""
    table = lines(round_, result, options) if result else []
    details = (result or {}).get("details", {})
    first = [line for line in table if line["place"] == 1 and line["tied"] and line["lead"]]
    return {
        "table": table, "most": max((line["value"] for line in table), default=0), "figures_names": round_["figures"], "details": details,
        "bars": round_["shape"] if round_["display"] == "bars" else round_["display"], "by_id": {line["option"]["id"]: line for line in table},
        "tie": [line["option"]["number"] for line in first], "written": writes, "steps_of": drawings.steps_of, "of_hundred": drawings.of_hundred,
        "field": drawings.field(table) if round_["display"] == "quadrants" else [], "map": drawings.scatter(details["map"]) if details.get("map") else None,
    }  # fmt: skip


def number(figure: int | str | None) -> int | float:
    """A figure to draw: a whole one as it is, a fraction to two places, none as nought.

    >>> number(3), number("7/3"), number(None)
    (3, 2.33, 0)
    """
    return figure or 0 if isinstance(figure, int | None) else round(float(exactly(figure)), 2)


def written(language: str, figure: int | float | str | None) -> str:
    """A figure as people read it: with at most two places after the point, a dash where there is none.

    >>> written("en", "7/3"), written("en", 1500), written("en", None)
    ('2.33', '1,500', '–')
    """
    return "–" if figure is None else str(format_decimal(float(exactly(figure)), format="#,##0.##", locale=locale_of(language)))


def options_of(rows: Rows, round_id: str) -> list[dict[str, Any]]:
    """The options of a round by number."""
    return sorted((row for row in rows["options"].values() if row["round"] == round_id), key=lambda row: row["number"])


def lines(round_: dict[str, Any], result: dict[str, Any], options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The options in the counted order: {option, place (equal ones share it; None where it was withdrawn), tied, lead, figures,
    value (the first figure), share (of the bar, 0 to 1), picture (see drawings.py)}."""
    known = {option["id"]: option for option in options}
    found: list[dict[str, Any]] = []
    for tied in result["ranking"]:
        place = len(found) + 1
        found += [_line(round_, result, known.pop(one), place, len(tied) > 1) for one in sorted(tied, key=lambda one: known[one]["number"]) if one in known]
    found += [_line(round_, result, option, None, False) for option in known.values()]
    most, details = max((line["value"] for line in found), default=0), result.get("details", {})
    chosen, base = winners(round_, details), result["base"].get("weight") or result["base"].get("valid", result["base"]["cast"])
    for line in found:
        line["share"] = share(round_["shape"], line, base, most)
        line["lead"] = line["option"]["id"] in chosen if chosen is not None else line["place"] == 1 and line["value"] > 0
        line["tied"] = line["tied"] and not (chosen is not None and (round_.get("display") in APART or line["lead"]))
        line["picture"] = drawings.picture(round_, details, line, base if round_["shape"] == "choices" else most)
    return found


def winners(round_: dict[str, Any], details: dict[str, Any]) -> list[str] | None:
    """The options that a result puts first where that is no matter of the first place: passed, funded, elected; None where it is."""
    if round_.get("display") == "motions":
        return [option for option, motion in details.get("motions", {}).items() if motion["passed"]]
    if round_.get("display") == "funded":
        return [one["option"] for one in details.get("funded", [])]
    found: list[str] | None = details.get("passed", []) if round_.get("display") == "consent" else details.get("elected")
    return found


def _line(round_: dict[str, Any], result: dict[str, Any], option: dict[str, Any], place: int | None, tied: bool) -> dict[str, Any]:
    figures = result["figures"].get(option["id"], {})
    return {"option": option, "place": place, "tied": tied, "figures": figures, "value": number(figures.get(round_["figures"][0], 0))}


def share(shape: str, line: dict[str, Any], valid: int, most: int) -> float:
    """How much of its bar a line fills: votes of the ballots, agreement of all stances, anything else of the largest number."""
    said = sum(line["figures"].get(name, 0) for name in {"stance": ("agree", "disagree", "pass"), "motions": ("yes", "no", "abstain")}.get(shape, ()))
    base = {"choices": valid, "stance": said, "motions": said}.get(shape, most)
    return line["value"] / base if base else 0.0


def hide(rows: Rows, withheld: set[str], instead: str) -> Rows:
    """The same rows with another title for options that are not for publication, in the sentences of results, too; groups keep theirs
    and lose their texts."""
    options, named = {}, {}
    for key, row in rows["options"].items():
        changed = {"title": instead, "text": ""} if row["id"] in withheld else {"text": ""} if row["kind"] == "group" else {}
        options[key] = row | changed
        if row["id"] in withheld:
            named[f"{row['number']} · {row['title']}"] = f"{row['number']} · {instead}"
    return rows | {"options": options, "results": renamed(rows["results"], named)}

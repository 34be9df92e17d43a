"""What the agenda designer shows of an activity: its settings as fields, and when it is planned."""

from __future__ import annotations

from typing import Any

from facilitate.core import registry, strings
from facilitate.core.fields import Bool, Choice, Int, Json, Strict, Text
from facilitate.core.pages import t
from facilitate.events import templates
from facilitate.events.types import TYPES

SHOWN = {
    "present": ("show", "text", "back_at", "at_end"),
    "collect": ("visibility", "authors", "frame", "text_limit", "limit", "moderated", "challenges", "at_end"),
    "sort": ("by", "cells", "input", "at_end"),
    "vote": ("shape", "budget", "cap", "min", "max", "input", "results", "secret", "staff_totals", "add_own", "text_limit", "own_barred", "order", "at_end"),
}
"""The settings that people need to see of each type, in their order; of any other type: all its own."""
WHEN = {"budget": "points", "cap": "points", "min": "choices", "max": "choices", "text": "text", "back_at": "break"}
"""Settings that mean something only while `shape`, or `show`, has this value."""
MAKERS = ("collect", "sort", "vote")
"""Types of which something comes out."""


def fields(activity: dict[str, Any], agenda: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The settings of an activity as {name, kind, label, hint, value, …}; `agenda` holds the rows of all activities."""
    form = TYPES[activity["type"]].settings()
    names = SHOWN.get(activity["type"]) or tuple(form._fields)
    return [described(form[name], activity["settings"].get(name), activity, agenda) for name in names]


def described(field: Strict, value: Any, activity: dict[str, Any], agenda: list[dict[str, Any]]) -> dict[str, Any]:
    """One setting as the designer's template reads it."""
    name = field.name
    if name == "input":
        return {"name": name, "kind": "input", "value": value, "from": sources(activity, agenda), "take": choices("take", ("all", "heads", "top"))}
    known: dict[str, Any] = {"name": f"settings.{name}", "label": t(f"activity.set.{name}"), "hint": hint(name), "value": value, "when": WHEN.get(name)}
    if name == "back_at":
        return known | {"kind": "moment"}
    if isinstance(field, Choice):
        return known | {"kind": "choice", "choices": choices(name, field.choices)}
    if isinstance(field, Bool):
        return known | {"kind": "switch"}
    if isinstance(field, Int):
        return known | {"kind": "number", "low": field.low, "high": field.high, "value": "" if name == "max" and value == field.high else value}
    if isinstance(field, Json) or field.json_type == "array":
        return known | {"kind": "lines", "value": "\n".join(value or ())}
    assert isinstance(field, Text)
    return known | {"kind": "lines-text" if field.lines else "text", "limit": field.limit}


def hint(name: str) -> str:
    """The sentence that explains a setting, where it needs one."""
    key = "activity.hint." + name
    return t(key) if key in strings.catalogue("en") else ""


def choices(name: str, values: Any) -> list[tuple[str, str]]:
    """The words of a choice with what they mean."""
    return [(value, t(f"activity.set.{name}.{value}")) for value in values]


def sources(activity: dict[str, Any], agenda: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Where the items of an activity may come from."""
    before = [one for one in agenda if one["type"] in MAKERS and one["position"] < activity["position"]]
    return choices("from", ("previous", "none")) + [(one["id"], one["title"]) for one in before]


def timed(agenda: list[dict[str, Any]], starts_at: int | None) -> list[tuple[dict[str, Any], int | None]]:
    """Each activity with the moment at which it began, or at which it would begin if all before it keep their minutes."""
    found, at = [], starts_at
    for one in agenda:
        begins = one["started_at"] or at
        found.append((one, begins))
        if begins is not None and one["status"] != "skipped":
            at = begins + (one["actual"] if one["actual"] is not None else one["minutes"] * 60_000)
    return found


def total(agenda: list[dict[str, Any]]) -> int:
    """The planned minutes of an agenda without what is skipped."""
    return sum(one["minutes"] for one in agenda if one["status"] != "skipped")


def known_templates() -> list[dict[str, Any]]:
    """The templates with their steps, in the language of the page, the shortest agenda first."""
    found = []
    for name, module in registry.variants(templates).items():
        steps = [{"title": block["title"], "type": block["type"], "minutes": block["minutes"]} for block in module.activities(t)]
        found.append({"name": name, "title": t(f"template.{name}.title"), "about": t(f"template.{name}.about"), "minutes": module.MINUTES, "steps": steps})
    return sorted(found, key=lambda one: (len(one["steps"]) < 2, one["minutes"]))


def template_minutes(name: str) -> int | None:
    """The minutes that a template plans."""
    module = registry.variants(templates).get(name)
    return module.MINUTES if module is not None else None

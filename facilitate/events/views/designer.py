"""What the agenda designer shows of an activity: its settings as fields, and when it is planned."""

from __future__ import annotations

import math
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.db import now
from facilitate.core.fields import Bool, Choice, Ids, Int, Json, Strict, Text
from facilitate.core.forms import plain, words_of
from facilitate.core.pages import base_url, language, strings_url, t
from facilitate.core.refusals import Refused
from facilitate.core.strings import catalogue
from facilitate.events import templates
from facilitate.events.queries import room
from facilitate.events.types import TYPES, ActivityType, Offer

SHOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "present": {"": ("show", "text", "back_at", "at_end")},
    "collect": {"": ("visibility", "authors", "frame", "text_limit", "limit", "moderated", "challenges", "at_end")},
    "sort": {"": ("by", "cells", "input", "at_end")},
    "vote": {
        "count": ("method", "budget", "cap", "min", "max", "seats", "majority", "majority_of", "quorum", "money", "costs"),
        "items": ("input", "add_own", "text_limit", "own_barred", "order"),
        "totals": ("results", "staff_totals", "secret"),
        "voters": ("roll", "checkers", "label", "at_end"),
    },
}
"""The settings that people need to see of each type, by part, in their order; of any other type: all its own."""
MAKERS = ("collect", "sort", "vote")
"""Types of which something comes out."""
SUITS = {"points": (10, 40), "ranking": (3, 8), "pair": (30, 300)}
"""How many options a family of methods is made for."""
ENOUGH = 2000
"""A most of so many choices is no bound."""


def offered() -> dict[str, dict[str, Any]]:
    """{type: {decides, fields, offers}}: everything that can be set of each type, in the words of this page's language."""
    return {name: {"decides": kind.decides, "fields": described(name), "offers": about(kind)} for name, kind in TYPES.items()}


def described(name: str) -> list[dict[str, Any]]:
    """The settings of a type as fields: {name, kind, label, hint, part, usual, only, …}; `only` names the values of the deciding
    setting with which a field means something, None where it always does."""
    form, offers = TYPES[name].settings(), TYPES[name].offers()
    parts = SHOWN.get(name) or {"": tuple(form._fields)}
    return [field(form[one], part, offers, TYPES[name].decides) for part, names in parts.items() for one in names]


def field(found: Strict, part: str, offers: list[Offer], decides: str) -> dict[str, Any]:
    """One setting in words."""
    name = found.name
    asking = [offer for offer in offers if name in offer.asks]
    usual = asking[0].asks[name] if asking else found.default
    known = {"name": name, "part": part, "only": [offer.value for offer in asking] or None, "usual": usual}
    return known | {"label": t(f"activity.set.{name}"), "hint": hint(name)} | kind_of(found, offers if name == decides else [])


def kind_of(found: Strict, offers: list[Offer]) -> dict[str, Any]:
    """What a setting is filled in with, and within which bounds."""
    name = found.name
    if name in ("input", "costs"):
        return {"kind": name}
    if name == "back_at":
        return {"kind": "moment"}
    if isinstance(found, Ids):
        return {"kind": "people"}
    if name == "method":
        families: dict[str, list[tuple[str, str]]] = {}
        for offer in offers:
            families.setdefault(t(f"activity.shape.{offer.family}"), []).append((offer.value, t(f"method.{offer.value}")))
        return {"kind": "families", "families": list(families.items())}
    if isinstance(found, Choice):
        return {"kind": "choice", "choices": choices(name, found.choices)}
    if isinstance(found, Bool):
        return {"kind": "switch"}
    if isinstance(found, Int):
        return {"kind": "number", "low": found.low, "high": found.high}
    if isinstance(found, Json) or found.json_type == "array":
        return {"kind": "lines"}
    assert isinstance(found, Text)
    return {"kind": "lines-text" if found.lines else "text", "limit": found.limit}


def about(kind: ActivityType) -> dict[str, dict[str, Any]]:
    """{value: {asks, when, shows, …}} of what a type offers, with the sentences that help to choose."""
    found: dict[str, dict[str, Any]] = {}
    for offer in kind.offers():
        found[offer.value] = {"asks": list(offer.asks)}
        if offer.family:
            said = {"name": t(f"method.{offer.value}"), "when": t(f"method.{offer.value}.when"), "sentence": t(f"method.{offer.value}.sentence")}
            found[offer.value] |= said | {"shape": offer.family, "shows": t(f"activity.shows.{offer.shows}")}
    return found


def fields(activity: dict[str, Any], agenda: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The settings of an activity with their values, by part; `agenda` holds the rows of all activities."""
    known = [one | {"value": valued(one, activity["settings"].get(one["name"]))} for one in described(activity["type"])]
    for one in known:
        if one["kind"] == "input":
            one |= {"from": sources(activity, agenda), "take": choices("take", ("all", "heads", "top"))}
    return [(part, [one for one in known if one["part"] == part]) for part in dict.fromkeys(one["part"] for one in known)]


def valued(one: dict[str, Any], value: Any) -> Any:
    """The value of a setting as it is written into its field."""
    if one["kind"] == "lines":
        return "\n".join(value or ())
    return None if one["name"] == "max" and value == ENOUGH else value


def hint(name: str) -> str:
    """The sentence that explains a setting, where it needs one."""
    key = "activity.hint." + name
    return t(key) if key in catalogue("en") else ""


def choices(name: str, values: Any) -> list[tuple[str, str]]:
    """The words of a choice with what they mean."""
    return [(value, t(f"activity.set.{name}.{value}")) for value in values]


def sources(activity: dict[str, Any], agenda: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Where the items of an activity may come from."""
    before = [one for one in agenda if one["type"] in MAKERS and one["position"] < activity["position"]]
    return choices("from", ("previous", "challenges", "none")) + [(one["id"], one["title"]) for one in before]


def coming(session: Session, event_id: str) -> dict[str, list[dict[str, Any]]]:
    """{activity: the items that come in as the agenda stands, by number}, of every activity that was not started yet."""
    found = {}
    for activity in room.agenda(session, event_id):
        if activity.started_at is None:
            items = sorted(TYPES[activity.type].coming(session, activity), key=lambda item: int(item.number))
            found[activity.id] = [{"id": item.id, "number": item.number, "title": item.title} for item in items]
    return found


def advice(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What the number of options says of the ways to vote: sentences with the values, separated by spaces, with which each stands."""
    if not items:
        return []
    n = len(items)
    offers = [offer for kind in TYPES.values() for offer in kind.offers() if offer.family]
    said = [(t("activity.advice.options", n=n), " ".join(offer.value for offer in offers))]
    for family, (low, high) in SUITS.items():
        if not low <= n <= high:
            values = " ".join(offer.value for offer in offers if offer.family == family)
            said.append((t("activity.advice.suits", family=t(f"activity.shape.{family}"), low=low, high=high), values))
    return [*said, (t("activity.advice.dots", n=max(2, round(math.sqrt(n)))), "dots")]


def edited() -> dict[str, Any]:
    """The settings that the form of a vote means: what the chosen method does not ask for is not said, whichever fields were filled
    in, nor what still has the usual value of the method before; the method decides the shape; checkers and prices are read from
    their fields."""
    settings = words_of("events.edit", request.form).get("settings") or {}
    if "method" not in settings:
        return {}
    asks = {offer.value: offer.asks for kind in TYPES.values() if kind.decides == "method" for offer in kind.offers()}
    fits = asks.get(settings["method"], {})
    settings |= {name: None for one in asks.values() for name in one if name not in fits} | {"shape": None}
    before = request.form.get("was", settings["method"])
    if before != settings["method"]:
        settings |= {name: None for name, usual in asks.get(before, {}).items() if settings.get(name) == usual}
    given = settings.get("checkers") or {}
    settings["checkers"] = [one for one in given.values() if one] or None
    if isinstance(settings.get("costs"), dict):
        settings["costs"] = {item: price for item, price in settings["costs"].items() if price is not None}
    return {"settings": settings}


def sampled(kind: ActivityType) -> dict[str, dict[str, Any]]:
    """The rows of a preview with the settings of the address; one that does not fit, as a number that is half typed, is left out."""
    known = {one.name for one in kind.settings()}
    given = {name: plain(value) for name, value in request.args.items() if name in known and value}
    while given:
        try:
            return kind.preview(given, t)
        except Refused as wrong:
            fit = {name: value for name, value in given.items() if name not in wrong.fields}
            given = fit if len(fit) < len(given) else {}
    return kind.preview({}, t)


def pictured(kind: ActivityType) -> dict[str, Any]:
    """The boot document of a phone in a made-up room, in which an activity of this type runs with the settings of the address."""
    rows = sampled(kind)
    (step,), (me,) = rows["activities"], rows["members"].values()
    event = {"id": "preview", "slug": "preview", "title": t("activity.preview"), "status": "open", "current": step, "people": 12, "facilitator": ""}
    state = {"event": "preview", "code": None, "seq": 0, "me": me | {"staff": False}, "collections": rows | {"events": {"preview": event}}}
    return {
        "kind": "phone", "as": "member", "event": "preview", "code": None, "language": language(), "now": now(), "state": state, "partial": False,
        "strings": strings_url(language(), "phone"), "join_url": base_url(), "qr_url": None,
    }  # fmt: skip


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

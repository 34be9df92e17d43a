"""How a page looks to its visitor: moments in words, the direction of its script, and the display choices kept in a cookie."""

from __future__ import annotations

from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from flask import Flask, request
from markupsafe import Markup

from facilitate.core import pages, strings

CHOICES = {"theme": ("light", "dark"), "text": ("large",), "motion": ("less",)}
"""What a visitor may choose about the display: the attribute data-<name> of <html>, and its values."""
SHORTEST_QUESTION = 45
LONGER_QUESTION = 80


def locale() -> Locale:
    """The locale of this page; English where babel does not know its language."""
    try:
        return Locale.parse(pages.language(), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def display() -> dict[str, str]:
    """The display choices of this browser, as the cookie `display` keeps them (`text.large_motion.less`)."""
    given = dict(one.split(".", 1) for one in request.cookies.get("display", "").split("_") if "." in one)
    return {name: given[name] for name, values in CHOICES.items() if given.get(name) in values}


def moment(ms: int | None) -> datetime | None:
    """A moment in ms as the server's local time."""
    return datetime.fromtimestamp(ms / 1000).astimezone() if ms is not None else None


def when(ms: int | None, kind: str = "datetime") -> Markup:
    """A moment as a <time> that a script turns into the reader's own zone; `kind` is date, time or datetime."""
    at = moment(ms)
    if at is None:
        return Markup("")
    return Markup('<time datetime="{}" data-kind="{}">{}</time>').format(at.isoformat(timespec="seconds"), kind, said(ms, kind))


def said(ms: int | None, kind: str = "datetime") -> str:
    """A moment in the words of the page's language."""
    at = moment(ms)
    if at is None:
        return ""
    if kind == "time":
        return format_time(at, "HH:mm", locale=locale())
    if kind == "date":
        return format_date(at, "d MMMM yyyy", locale=locale())
    return format_datetime(at, "d MMMM yyyy, HH:mm", locale=locale())


def field_value(ms: int | None) -> str:
    """A moment as a field for date and time holds it."""
    at = moment(ms)
    return at.strftime("%Y-%m-%dT%H:%M") if at else ""


def grouped(code: str | None) -> str:
    """A code in groups of three digits."""
    return f"{code[:3]} {code[3:]}" if code and len(code) == 6 else code or ""


def initials(name: str | None, number: int | None = None) -> str:
    """Two letters of a name in any script; without a name the person's number."""
    letters = [sign for sign in (name or "").strip() if sign.isalnum() or sign == " "]
    if not letters:
        return str(number or "")
    return letters[0].upper() + (letters[1] if len(letters) > 1 and letters[1] != " " else "")


def size_of_question(text: str) -> str:
    """The class of a question's size on a phone: the longer, the smaller."""
    return "q-s" if len(text) <= SHORTEST_QUESTION else "q-m" if len(text) <= LONGER_QUESTION else "q-l"


def native(language: str) -> str:
    """A language's name in itself."""
    try:
        found = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return language
    name = found.get_display_name(found) or language
    return name[0].upper() + name[1:]


def init_app(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.globals.update(display=display, direction=lambda: locale().text_direction, native=native, languages=strings.languages)
    app.jinja_env.filters.update(when=when, said=said, field_value=field_value, grouped=grouped, initials=initials, size_of_question=size_of_question)

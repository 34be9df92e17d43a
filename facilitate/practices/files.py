"""The files of a practice in a repository: one per format, in a folder named after the practice."""

import re
from typing import Any

from facilitate.core.registry import variants
from facilitate.practices import formats

TOP = "practices"


def rendered(record: dict[str, Any]) -> dict[str, bytes]:
    """{file name: bytes} of a sealed record, in every format that there is."""
    language = record.get("language", "und")
    return {module.FILENAME.format(language=language): module.render(record) for module in variants(formats).values()}


def folder(record: dict[str, Any], whole: bool = False) -> str:
    """`practices/<year>/<slug>--<first eight digits of the id>`; with the whole id where two share those digits."""
    ident = record["id"] if whole else record["id"][:8]
    return f"{TOP}/{year(record)}/{record['slug']}--{ident}"


def year(record: dict[str, Any]) -> str:
    """The year in which the event ended or began, else that of the record, else `undated`."""
    event, dates = record.get("event") or {}, record.get("dates") or {}
    moments = (event.get("end"), event.get("start"), dates.get("created"))
    return next((moment[:4] for moment in moments if isinstance(moment, str) and re.match(r"\d{4}-", moment)), "undated")

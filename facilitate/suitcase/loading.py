"""Reads a suitcase, and compares the event in it with the one that is here."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from facilitate.core.db import table_of
from facilitate.core.refusals import Refused
from facilitate.suitcase.packing import FORMAT, MANIFEST, VERSION, Marks
from facilitate.suitcase.tables import CARRIED, Row

LARGEST = 1_000_000_000
"""Bytes that a suitcase may hold unzipped."""


class Suitcase(NamedTuple):
    """What is in a suitcase: its manifest, and {table: rows}."""

    manifest: dict[str, Any]
    rows: dict[str, list[Row]]

    @property
    def event_id(self) -> str:
        """The id of the event in it."""
        return str(self.manifest["event"]["id"])

    @property
    def marks(self) -> Marks:
        """Where the copy in it stood when it was packed."""
        return Marks(**self.manifest["marks"])


def load(file: Path) -> Suitcase:
    """Read a whole suitcase and check every part of it; Refused says what is wrong with the file."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise Refused("too_large", "refusal.no_suitcase", file=file)
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise Refused("invalid", "refusal.no_suitcase", file=file)
            if manifest["version"] > VERSION:
                raise Refused("invalid", "refusal.suitcase_newer", file=file)
            case = Suitcase(manifest, {part["table"]: _rows(archive, part, file) for part in manifest["parts"]})
            known = (case.event_id, case.marks)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError):
        raise Refused("invalid", "refusal.no_suitcase", file=file) from None
    _fits(case, known[0], file)
    return case


def _rows(archive: zipfile.ZipFile, part: dict[str, Any], file: Path) -> list[Row]:
    data = archive.read(part["file"])
    found = [json.loads(line) for line in data.split(b"\n") if line]  # a text may hold other signs that end a line
    if hashlib.sha256(data).hexdigest() != part["sha256"] or len(found) != part["rows"]:
        raise Refused("invalid", "refusal.suitcase_damaged", file=file, part=part["file"])
    return found


def _fits(case: Suitcase, event_id: str, file: Path) -> None:
    """Refuse tables and columns that this program does not know yet, and rows of any other event."""
    known = {table_of(model).name: set(table_of(model).c.keys()) for model in CARRIED}
    for name, found in case.rows.items():
        if any(not set(row) <= known.get(name, set()) for row in found):
            raise Refused("invalid", "refusal.suitcase_newer", file=file)
        if any(row.get("event_id", event_id) != event_id for row in found):
            raise Refused("invalid", "refusal.suitcase_damaged", file=file, part=name)
    if [row.get("id") for row in case.rows.get("events", [])] != [event_id]:
        raise Refused("invalid", "refusal.suitcase_damaged", file=file, part="events")


def compare(case: Marks, here: Marks) -> str:
    """How the copy in a suitcase stands to the one that is here: `same`, `older`, `newer` (it goes on from the one here), or `both`
    (each of them went on without the other).
    """
    if case.seq == here.seq or case.seq == here.packed and here.untouched:
        return "same"
    if case.packed == here.packed and case.unpacked == here.unpacked:  # two states of one copy
        return "newer" if case.seq > here.seq else "older"
    if here.packed is not None and case.seq <= here.packed:
        return "older"
    return "newer" if case.packed == here.seq or here.untouched else "both"

"""What sending records to a repository will change: versions, folders and states, worked out before anything is written."""

import json
from dataclasses import dataclass, field
from typing import Any

from dulwich.objects import ObjectID

from facilitate.practices import files as practice_files
from facilitate.practices.record import same, seal
from facilitate.practices.trees import Files


@dataclass
class Change:
    """What one record does to the repository: `added`, `changed`, `unchanged` or `withdrawn`."""

    state: str
    record: dict[str, Any]
    folder: str
    old: str | None = None
    at: str | None = None

    @property
    def commits(self) -> bool:
        """Whether it makes a commit: a record does unless it is there already or was withdrawn; a withdrawal has `at`."""
        return self.state in ("added", "changed") or self.at is not None


@dataclass
class Diff:
    """What a push will do: the changes on top of the commit `base` (None: the first ones)."""

    base: ObjectID | None
    changes: list[Change]
    wishes: list[tuple[dict[str, Any] | str, str | None]] = field(repr=False)


def publication(record: dict[str, Any], practices: dict[str, dict[str, Any]], gone: set[str]) -> Change:
    """The change that a record makes: a version number and a folder follow from what is there already."""
    if record["id"] in gone:
        return Change("withdrawn", record, "")
    there = found_in(record["id"], practices)
    if not there:
        folder = practice_files.folder(record)
        return Change("added", seal(record, record["version"]), folder if folder not in practices else practice_files.folder(record, whole=True))
    stored = practices[there]
    if isinstance(stored.get("slug"), str):
        record = {**record, "slug": stored["slug"]}  # an address, once published, stays
    if same(record, stored):
        return Change("unchanged", stored, there)
    name = f"index.{stored.get('language', 'und')}.md"
    return Change("changed", seal(record, max(stored["version"] + 1, record["version"])), there, old=name)


def practices_in(held: Files) -> dict[str, dict[str, Any]]:
    """{folder: record} of every practice that can be read; a folder that a person keeps for something else is left alone."""
    found = {}
    for year in held.names(practice_files.TOP):
        for name in held.names(f"{practice_files.TOP}/{year}"):
            folder = f"{practice_files.TOP}/{year}/{name}"
            try:
                record = json.loads(held.read(f"{folder}/practice.json") or b"null")
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict) and isinstance(record.get("id"), str) and isinstance(record.get("version"), int):
                found[folder] = record
    return found


def found_in(ident: str, practices: dict[str, dict[str, Any]]) -> str | None:
    """The folder of the practice with this id; None where there is none."""
    return next((folder for folder, record in practices.items() if record["id"] == ident), None)

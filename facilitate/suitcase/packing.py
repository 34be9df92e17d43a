"""Packs an event into a file: a zip of JSON lines with a manifest that proves each part."""

from __future__ import annotations

import hashlib
import json
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core.changes import Log
from facilitate.core.db import now
from facilitate.core.refusals import Refused
from facilitate.events.models import Activity, Event
from facilitate.suitcase import tables
from facilitate.suitcase.tables import Row
from facilitate.voting.models import Round
from facilitate.voting.queries.rounds import UNSEALED

FORMAT, VERSION = "facilitate-suitcase", 1
MANIFEST = "manifest.json"
PACKED, UNPACKED = "packed", "unpacked"
"""Two numbers that a copy of an event keeps beside its short numbers: that of the log when its suitcase was packed, and that of
its own log when it had been unpacked. Whoever compares two copies learns from them which one goes on from the other."""


class Marks(NamedTuple):
    """Where a copy of an event stands: the number of its log, the number at which the suitcase was packed that it came in, and the
    number of its log just after that (None where it never travelled)."""

    seq: int
    packed: int | None = None
    unpacked: int | None = None

    @property
    def untouched(self) -> bool:
        """Whether nothing happened to this copy since it was unpacked."""
        return self.seq == self.unpacked


def marks(session: Session, event: Event) -> Marks:
    """The marks of an event on this machine."""
    seq = session.scalar(select(Log.seq).where(Log.event_id == event.id)) or 0
    return Marks(seq, event.numbers.get(PACKED), event.numbers.get(UNPACKED))


def pack(session: Session, event: Event, file: Path) -> dict[str, Any]:
    """Write an event into `file` and return its manifest; Refused while a vote of it is not counted.

    The session has to show one snapshot. The file appears when it is whole, and only its owner may read it: it holds names.
    """
    refuse_uncounted(session, event.id)
    parts = [_part(name, found) for name, found in tables.rows(session, event.id).items()]
    manifest = {
        "format": FORMAT, "version": VERSION, "program": version("facilitate"), "packed_at": now(),
        "event": {"id": event.id, "slug": event.slug, "title": event.title, "code": event.code}, "marks": marks(session, event)._asdict(),
        "parts": [about for about, _ in parts],
    }  # fmt: skip
    part = file.with_name(file.name + ".part")
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for about, data in parts:
            archive.writestr(about["file"], data)
    part.replace(file)
    return manifest


def _part(name: str, found: list[Row]) -> tuple[dict[str, Any], bytes]:
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()
    return {"table": name, "file": f"{name}.jsonl", "rows": len(found), "sha256": hashlib.sha256(data).hexdigest()}, data


def refuse_uncounted(session: Session, event_id: str) -> None:
    """Refuse while a vote is not sealed: its ballots cannot be read without a secret that never leaves its machine."""
    query = select(Activity.title).join(Round, Round.activity_id == Activity.id).where(Round.event_id == event_id, Round.status.in_(UNSEALED))
    title = session.scalar(query.limit(1))
    if title is not None:
        raise Refused("invalid", "refusal.vote_not_counted", title=title)

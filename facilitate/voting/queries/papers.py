"""Reads of the ballot paper of a round: its options and its roll, kept in memory for as long as their version stands."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from facilitate.core.db import table_of
from facilitate.voting.models import Option, Right

_O, _T = table_of(Option), table_of(Right)
_OPTIONS = select(_O.c.id, _O.c.status, _O.c.member_id).where(_O.c.round_id == bindparam("round"))
_ROLL = select(_T.c.member_id, _T.c.holder_id).where(_T.c.activity_id == bindparam("activity"))
"""The reads of the hot path, made once and run on the connection."""


class Paper(NamedTuple):
    """A round as it stands at one version: which options are open, whose they are, and on a frozen roll who votes for whom."""

    version: int
    open: dict[str, bool]
    authors: dict[str, str | None]
    roll: dict[str, str] | None


_papers: dict[str, Paper] = {}
_PAPERS = 100


def paper_of(session: Session, round_: Any) -> Paper:
    """The options of a round, read again only when their version has risen."""
    known = _papers.get(round_.id)
    if known is None or known.version != round_.version:
        found = session.connection().execute(_OPTIONS, {"round": round_.id}).all()
        known = Paper(round_.version, {row.id: row.status == "open" for row in found}, {row.id: row.member_id for row in found}, _roll(session, round_))
        _keep(round_.id, known)
    return known


def grown(round_id: str, before: int, after: int, option: str, author: str | None) -> None:
    """Note that an option was added to a round whose version rose with it: cheaper than reading hundreds of options again.

    Should the transaction be rolled back, the round keeps its earlier version and the options are read anew.
    """
    known = _papers.get(round_id)
    if known is not None and known.version == before:
        _keep(round_id, Paper(after, known.open | {option: True}, known.authors | {option: author}, known.roll))


def _keep(round_id: str, paper: Paper) -> None:
    if len(_papers) >= _PAPERS:
        _papers.clear()
    _papers[round_id] = paper


def _roll(session: Session, round_: Any) -> dict[str, str] | None:
    """{member: who votes for them} of a frozen roll; None where whoever is in may vote."""
    if round_.settings.get("roll") != "frozen":
        return None
    found = session.connection().execute(_ROLL, {"activity": round_.activity_id})
    return {row.member_id: row.holder_id or row.member_id for row in found}

"""Reads of the roll of a formal vote: who may vote, with what weight, and by whose phone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import STAFF, Viewer
from facilitate.voting.models import Right


def _load_rights(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    activities = {one.split("/")[0] for one in ids}
    found = session.scalars(select(Right).where(Right.event_id == event_id, Right.activity_id.in_(activities)))
    rights = {f"{right.activity_id}/{right.member_id}": right for right in found}
    return {one: rights[one] for one in ids if one in rights}


def _every_right(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    found = session.scalars(select(Right).where(Right.event_id == event_id).order_by(Right.activity_id, Right.member_id))
    return [(f"{right.activity_id}/{right.member_id}", right) for right in found]


def _right_row(right: Right, viewer: Viewer) -> dict[str, Any] | None:
    if not viewer.staff and (viewer.member is None or viewer.member not in (right.member_id, right.holder_id)):
        return None
    key = f"{right.activity_id}/{right.member_id}"
    return {"id": key, "activity": right.activity_id, "member": right.member_id, "weight": right.weight, "holder": right.holder_id}


def right_audiences(right: Any) -> set[str]:
    """The staff, the person and who votes for them."""
    return {STAFF} | ({f"member:{one}" for one in (right.member_id, right.holder_id) if one} if right is not None else set())


registry.collection("rights", load=_load_rights, every=_every_right, row=_right_row, audiences=right_audiences)

"""Reads of what the staff should know before a secret vote opens: with few voters, or rare weights, it is not very secret."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.strings import t
from facilitate.events.models import Activity
from facilitate.events.queries.room import event_of, people_in
from facilitate.voting import methods
from facilitate.voting.models import Right
from facilitate.voting.queries.rounds import SMALL


@registry.provides("warnings")
def warnings(session: Session, event_id: str, activities: list[Activity]) -> dict[str, list[str]]:
    """{activity: sentences} of the secret votes among activities that have not started."""
    secret = [one for one in activities if one.type == "vote" and one.settings.get("secret")]
    if not secret:
        return {}
    weights: dict[str, Counter[int]] = {}
    rolls = [one.id for one in secret if one.settings.get("roll") == "frozen"]
    for activity_id, weight in session.execute(select(Right.activity_id, Right.weight).where(Right.activity_id.in_(rolls))):
        weights.setdefault(activity_id, Counter())[weight] += 1
    here, language = people_in(session, event_id), event_of(session, event_id).language
    return {one.id: _told(language, one.settings["method"], weights.get(one.id) or Counter({1: here})) for one in secret}


def _told(language: str, method: str, shared: Counter[int]) -> list[str]:
    """The sentences about a vote whose voters have these weights; what is counted from more than sums cannot be counted without them."""
    voters = shared.total()
    few = [t(language, "vote.warn.few", n=voters)] if voters < SMALL else []
    rare = sorted(weight for weight, n in shared.items() if n < SMALL) if len(shared) > 1 else []
    if not rare:
        return few
    told = [*few, t(language, "vote.warn.weights", weights=", ".join(map(str, rare)))]
    sums = hasattr(registry.variants(methods)[method], "tally")
    return told if sums else [*told, t(language, "vote.warn.recount", method=t(language, f"method.{method}"))]

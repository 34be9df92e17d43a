"""Counts that take long run in a process of their own: which round is counted, what came of it, and what is under way.

Nothing here is kept: after a restart a round that is due is counted again.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import structlog
from sqlalchemy.orm import Session

from facilitate.core import jobs
from facilitate.core.spine import spine
from facilitate.voting.models import Round
from facilitate.voting.queries.piles import cast_in, option_count, pile_text

PROGRAM = [sys.executable, "-m", "facilitate.voting.counting"]
LIGHT, RESAMPLED = 500, 10
"""Marks up to which a round is counted where it is, well under 20 ms; ballots from which on it is resampled as well."""
READ = 300
"""Ballots up to which live totals are counted where they are: reading more takes longer than counting them."""
SHARE = 10
"""Live totals that are counted elsewhere come so many times less often than they take."""

log = structlog.get_logger()

_counted: dict[str, tuple[int, Any]] = {}
_under_way: set[str] = set()
_totals: dict[str, Any] = {}
_next: dict[str, float] = {}


def is_counted(session: Session, round_: Round) -> bool:
    """Whether a closed round can be sealed now; where its count takes long and is not there, it begins."""
    cast = cast_in(session, round_)
    if cast < RESAMPLED and cast * option_count(session, round_) <= LIGHT:
        return True
    if _counted.get(round_.id, (None,))[0] == round_.version:
        return True
    if round_.id not in _under_way:
        version = round_.version
        _begin(round_.id, pile_text(session, round_), lambda result: _counted.update({round_.id: (version, result)}))
    return False


def taken(round_: Round) -> dict[str, Any] | None:
    """The result of a round that was counted as it stands now; None where it was not, or the program failed."""
    version, result = _counted.pop(round_.id, (None, None))
    return result if version == round_.version else None


def is_under_way() -> bool:
    """Whether anything is being counted at this moment."""
    return bool(_under_way)


def totals(session: Session, round_: Round) -> dict[str, Any] | None:
    """The live figures of a round with many ballots, as soon as they are counted; None before."""
    if round_.id in _totals:
        return _totals.pop(round_.id)
    if round_.id not in _under_way and time.monotonic() >= _next.get(round_.id, 0):
        started = time.monotonic()

        def done(result: Any) -> None:
            _next[round_.id] = time.monotonic() + SHARE * (time.monotonic() - started)
            if result is not None:
                _totals[round_.id] = result["figures"]

        _begin(round_.id, pile_text(session, round_), done, "--figures")
    return None


def _begin(round_id: str, pile: bytes, done: Any, *arguments: str) -> None:
    """Count a pile in a process; `done(result or None)` gets what came of it."""
    _under_way.add(round_id)

    def ended(code: int, result: Any) -> None:
        if code != 0:
            log.error("count_failed", round=round_id, code=code, said=result)
        done(result if code == 0 else None)
        _under_way.discard(round_id)

    jobs.program(spine(), [*PROGRAM, *arguments], pile, ended)

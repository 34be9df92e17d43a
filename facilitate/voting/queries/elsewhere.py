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

State = tuple[int, int | None]
_counted: dict[str, tuple[State, Any]] = {}
_under_way: set[str] = set()
_totals: dict[str, Any] = {}
_comparisons: dict[str, dict[str, int]] = {}
_next: dict[str, float] = {}


def is_counted(session: Session, round_: Round) -> bool:
    """Whether a closed round can be sealed now; where its count takes long and is not there, it begins."""
    cast = cast_in(session, round_)
    if cast < RESAMPLED and cast * option_count(session, round_) <= LIGHT and round_.settings.get("roll") != "frozen":
        return True
    if _counted.get(round_.id, (None,))[0] == _state(round_):
        return True
    if round_.id not in _under_way:
        round_id, state = round_.id, _state(round_)
        _begin(round_id, pile_text(session, round_, closing=True), lambda result: _counted.update({round_id: (state, result)}))
    return False


def _state(round_: Round) -> State:
    """What a closed round has as long as its ballots stay as they are: after *undo close* it closes at another time."""
    return round_.version, round_.closed_at


def taken(round_: Round) -> dict[str, Any] | None:
    """The result of a round that was counted as it stands now; None where it was not, or the program failed."""
    state, result = _counted.pop(round_.id, (None, None))
    return result if state == _state(round_) else None


def is_under_way() -> bool:
    """Whether anything is being counted at this moment."""
    return bool(_under_way)


def totals(session: Session, round_: Round) -> dict[str, Any] | None:
    """The live figures of a round with many ballots, as soon as they are counted; None before."""
    if round_.id in _totals:
        return _totals.pop(round_.id)
    _begin_totals(session, round_)
    return None


def comparisons(session: Session, round_: Round) -> dict[str, int] | None:
    """How often each option was compared in a round of pairs with many ballots; None while that is being counted for the first time."""
    _begin_totals(session, round_)
    return _comparisons.get(round_.id)


def _begin_totals(session: Session, round_: Round) -> None:
    """Begin to count live figures, unless that is under way or was done a moment ago."""
    if round_.id not in _under_way and time.monotonic() >= _next.get(round_.id, 0):
        started, round_id, is_pairs = time.monotonic(), round_.id, round_.shape == "pair"

        def done(result: Any) -> None:
            _next[round_id] = time.monotonic() + SHARE * (time.monotonic() - started)
            if result is not None:
                _totals[round_id] = result["figures"]
            if result is not None and is_pairs:
                _comparisons[round_id] = {option: figures["comparisons"] for option, figures in result["figures"].items()}

        _begin(round_.id, pile_text(session, round_), done, "--figures")


def _begin(round_id: str, pile: bytes, done: Any, *arguments: str) -> None:
    """Count a pile in a process; `done(result or None)` gets what came of it."""
    _under_way.add(round_id)

    def ended(code: int, result: Any) -> None:
        if code != 0:
            log.error("count_failed", round=round_id, code=code, said=result)
        done(result if code == 0 else None)
        _under_way.discard(round_id)

    jobs.program(spine(), [*PROGRAM, *arguments], pile, ended)

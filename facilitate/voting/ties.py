"""Ties: how one is broken where a decision has to be had, in a fixed and published order, each step in words."""

from __future__ import annotations

import hashlib
from typing import Any


def lot(settings: dict[str, Any], option: str) -> str:
    """The lot of an option: SHA-256 of run id, option id and the seed that was announced at the opening; the lowest is drawn first.

    Anybody can draw it again, and nobody could know it before the options and the seed stood.

    >>> lot({"run": "r", "seed": "s"}, "a")[:8]
    '590d75a7'
    """
    return hashlib.sha256(f"{settings.get('run', '')}{option}{settings.get('seed', '')}".encode()).hexdigest()

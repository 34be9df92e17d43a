"""The secret of a round: a key outside the database that turns a member into a token, and dies when the round is sealed."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

_keys: dict[Path, bytes] = {}


def _file(folder: Path, round_id: str) -> Path:
    return folder / f"{round_id}.key"


def make(folder: Path, round_id: str) -> None:
    """Make the secret of a round that opens; durable before the round is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = _file(folder, round_id)
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(32))
        file.flush()
        os.fsync(file.fileno())


def token(folder: Path, round_id: str, member: str) -> str:
    """The token under which a member's ballot stands in a round; KeyError where the secret is gone."""
    path = _file(folder, round_id)
    if path not in _keys:
        try:
            _keys[path] = path.read_bytes()
        except FileNotFoundError:
            raise KeyError(round_id) from None
    return hmac.new(_keys[path], member.encode(), hashlib.sha256).hexdigest()


def known(folder: Path, round_id: str) -> bool:
    """Whether the secret of a round is there."""
    return _file(folder, round_id) in _keys or _file(folder, round_id).exists()


def destroy(folder: Path, round_id: str) -> None:
    """Destroy a round's secret: overwrite it, then remove it."""
    path = _file(folder, round_id)
    _keys.pop(path, None)
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(os.urandom(32))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()

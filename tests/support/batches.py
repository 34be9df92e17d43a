"""Batches for tests: several commands taken by the writer in one go, in a known order."""

from typing import Any

from facilitate.core.commands import Submission, enter
from facilitate.core.runtime import Waiting
from facilitate.core.spine import Spine
from tests.support.room import Person, Room, new_id


def submission(room: Room, person: Person, name: str, words: dict[str, Any], command: str | None = None, at: int | None = None) -> Submission:
    """A command that passed the gate."""
    return enter(room.viewer(person), room.event.id, name, words, command or new_id(), at)


def take(spine: Spine, submissions: list[Submission]) -> list[dict[str, Any]]:
    """What the writer answers to submissions that waited together."""
    taken = [(one, Waiting(spine.runtime)) for one in submissions]
    spine.writer._take(taken)
    return [waiting.wait() for _, waiting in taken]

"""Law 6: every command states who may, and the gate holds to it for every role and for those who have none."""

import pytest

from facilitate.core.commands import COMMANDS
from tests.support.room import NOBODY, Person, Room, new_id

INSIDE = sorted(name for name, known in COMMANDS.items() if not known.outside)


def code(room: Room, person: Person | None, name: str) -> str:
    """What the gate answers to a command whose words are no words: `invalid` to whoever may send it."""
    answer = room.spine.send(room.viewer(person), room.event.id, name, [], new_id())
    return str(answer["code"])


@pytest.fixture
def cast(room: Room) -> dict[str, tuple[Person, str | None]]:
    """Everybody there can be: who, and in which role."""
    return {
        "organiser": (room.organiser, "organiser"),
        "facilitator": (room.facilitator, "facilitator"),
        "participant": (room[0], "participant"),
        "mentor": (room.mentor, "mentor"),
        "juror": (room.join("Juror", "juror"), "juror"),
        "observer": (room.observer, "observer"),
        "screen": (room.screen, None),
        "waiting": (room.waiting, None),
        "stranger": (room.stranger, None),
        "nobody": (NOBODY, None),
    }


def test_every_command_in_an_event_as_every_role(room: Room, cast: dict[str, tuple[Person, str | None]]) -> None:
    """The table role × command is the one that the commands state."""
    for name in INSIDE:
        for who, (person, role) in cast.items():
            answered = code(room, person, name)
            if "system" in COMMANDS[name].may:
                assert answered == "unknown_command", (name, who)
            elif role in COMMANDS[name].may:
                assert answered == "invalid", (name, who)
            else:
                assert answered in ("forbidden", "sign_in"), (name, who)


def test_commands_outside_of_events_are_for_accounts(room: Room) -> None:
    """Making an event takes an account; a member of an event has none there."""
    for name in (name for name, known in COMMANDS.items() if known.outside):
        answer = room.spine.send(room.viewer(room[0]), None, name, [], new_id())
        assert answer["code"] in ("sign_in", "forbidden", "unknown_command"), name


def test_every_command_says_who_and_what(room: Room) -> None:
    """No command is for nobody, and each says in a sentence what it does."""
    for name, known in COMMANDS.items():
        assert known.may, name
        assert known.summary.endswith((".", "…")), name

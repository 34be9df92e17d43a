"""Law 1: every command goes through `send` or `act` of the room at least once, where replay equals reload is checked."""

import ast
from collections.abc import Iterator

from facilitate.core.commands import COMMANDS
from tests.support import house
from tests.support.room import Room, new_id
from tests.support.watch import SILENT

OUTSIDE = {name for name, known in COMMANDS.items() if known.outside}
"""Commands that are about no event yet, or none at all: nobody looks at one whose screens could follow."""

LAST = {"events.delete"}
"""After it there is no event to follow; its test looks at every table."""


def followed() -> Iterator[str]:
    """The names of the commands that tests send and follow, read from their source; a table of steps counts where it is sent."""
    for path in (house.ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        calls = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
        if "tests.support.room" in imported and calls & {"send", "act"}:
            yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_every_command_is_followed() -> None:
    """A command that no test follows fails here, so that none escapes the law."""
    missing = set(COMMANDS) - set(followed()) - OUTSIDE - LAST
    assert not missing, f"no test sends and follows {sorted(missing)}"


def test_the_law_itself(room: Room) -> None:
    """What is not put, what is put for too few, and what is put for too many is found."""
    for put, told in (([], "sees other groups"), (["staff"], "sees other groups"), (["all"], "")):
        with room.spine.reading() as session:
            from facilitate.ideas.models import Group

            group = Group(id=new_id(), event_id=room.event.id, activity_id=room.activity("sort")["id"], number=1, title="Made behind one's back", position=1)
            session.add(group)
            session.flush()
            from facilitate.core import changes

            if put:
                changes.append(session, room.event.id, {("groups", group.id): set(put)})
            session.commit()
        assert told in problem(room)
    with room.spine.reading() as session:
        changes.append(session, room.event.id, {("seats", new_id()): {"all"}})
        session.commit()
    assert "seats" in SILENT and "learns of a hidden row" in problem(room)


def problem(room: Room) -> str:
    """What law 1 finds wrong now; afterwards everybody has loaded anew."""
    found = ""
    try:
        room.gallery.follow()
    except AssertionError as error:
        found = str(error)
    with room.spine.reading() as session:
        from facilitate.core import changes

        room.gallery.seq = changes.head(session, room.event.id)[0]
        for watcher in room.gallery.watchers.values():
            watcher.reload(session, watcher.viewer)
    return found

"""A workshop that was played to its end, and how two machines are compared."""

from pathlib import Path
from typing import Any

from facilitate.core import changes, registry
from facilitate.core.db import table_of
from facilitate.core.registry import Credentials
from facilitate.core.spine import Spine
from facilitate.events.models import Event
from facilitate.people.queries import digest
from facilitate.suitcase import packing, tables
from facilitate.suitcase.loading import load
from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id

CARD = "what the printed card of a seat carries"
ODD = "Shade\u2028trees,\n“now” <b>"
"""A text with signs that some readers take for the end of a line."""


def play(room: Room, clock: Clock) -> None:
    """Collect, sort, vote and seal; challenges, teams, a practice record, seats with a card, somebody who is done."""
    staff, (collect, sort, vote) = room.organiser, (room.activity(kind)["id"] for kind in ("collect", "sort", "vote"))
    ideas = [new_id() for _ in range(4)]
    room.send(staff, "events.start", {"activity": collect})
    for number, idea in enumerate(ideas):
        room.send(room[number], "ideas.add", {"idea": idea, "activity": collect, "text": f"Idea {number} – “green” <b>"})
    room.send(room[0], "events.done", {"activity": collect, "done": True})
    room.send(staff, "events.start", {"activity": sort})
    room.send(staff, "groups.make", {"group": new_id(), "activity": sort, "title": "Green", "ideas": ideas[:2]})
    room.send(staff, "events.start", {"activity": vote})
    round_id = room.round()["id"]
    for person in room.people[:3]:
        room.send(person, "voting.cast", {"round": round_id, "ballot": {room.options()[0]: 2, room.options()[1]: 1}})
    reveal(room, clock, vote)
    room.send(staff, "challenges.adopt", {"round": round_id, "top": 2})
    challenge = next(iter(room.rows("challenges")))
    room.send(staff, "challenges.edit", {"challenge": challenge, "problem": ODD})
    room.send(room[1], "teams.start", {"team": new_id(), "challenge": challenge, "title": "Gardeners"})
    room.send(staff, "practices.draft", {"round": round_id, "top": 2})
    seat = new_id()
    room.send(staff, "seats.add", {"seats": [{"seat": seat, "name": "Blue 1"}]})
    room.send(staff, "seats.card", {"seat": seat, "hash": digest(CARD)})


def reveal(room: Room, clock: Clock, vote: str) -> None:
    """Close, reveal and seal a vote."""
    room.send(room.organiser, "events.close", {"activity": vote})
    room.send(room.organiser, "events.reveal", {"activity": vote})
    clock.pass_(4)
    room.beat()
    assert room.round()["status"] == "sealed"


def pack(spine: Spine, event_id: str, file: Path) -> dict[str, Any]:
    """Pack an event, as the command line does."""
    with spine.reading() as session:
        return packing.pack(session, session.get_one(Event, event_id), file)


def unpack(spine: Spine, file: Path, account: str, here: int | None = None) -> dict[str, Any]:
    """Send the command that unpacks; `here` is the number that the copy on this machine stands at, unless it is given."""
    event_id = load(file).event_id
    with spine.reading() as session:
        one = session.get(Event, event_id)
        seq = packing.marks(session, one).seq if one is not None else -1
    return spine.act("suitcase.unpack", {"file": str(file), "account": account, "here": seq if here is None else here})


def account_of(spine: Spine, person: Person) -> str:
    """The account behind somebody's token for scripts."""
    with spine.reading() as session:
        return str(registry.ask("identify", session, Credentials(person.token), None).account)


def seen(spine: Spine, event_id: str, person: Person) -> dict[str, Any] | None:
    """What somebody sees of an event on a machine; None where they are nobody there."""
    with spine.reading() as session:
        viewer = registry.ask("identify", session, Credentials(person.token), event_id)
        if viewer is None or viewer.event is None:
            return None
        state = changes.state(session, viewer)
        return {name: state[name] for name in ("event", "code", "me", "collections")}


def kept(spine: Spine, event_id: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of an event that travels, without what is a machine's own: counted ids, accounts, marks, commands of the server."""
    counted = {table_of(model).name for model in tables.COUNTED}
    with spine.reading() as session:
        found = tables.rows(session, event_id)
    found["accepted"] = [row for row in found["accepted"] if row["sender"] != "system"]
    for name, rows in found.items():
        for row in rows:
            row.pop("account_id", None)
            row.pop("numbers", None)
            if name in counted:
                row.pop("id")
    return found

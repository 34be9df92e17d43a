"""The event itself: making it, doors, codes, rest, end, deleting, what the projector shows."""

import re

import pytest
from sqlalchemy import text

from facilitate.core import registry
from facilitate.events import templates
from tests.support.instance import ORGANISER, Clock
from tests.support.room import NOBODY, Room, check_refusal, new_id


def event_row(room: Room) -> dict[str, object]:
    """The event's own row, as the room sees it."""
    return room.rows("events", room[0])[room.event.slug]


@pytest.mark.parametrize("template", sorted(registry.variants(templates)))
def test_an_event_of_every_template(room: Room, template: str) -> None:
    """It is open, has a code of six digits and an agenda; its maker is its organiser and nobody else is in."""
    event = room.made(ORGANISER, template, title=f"Ein <Tag> für {template}")
    with room.spine.reading() as session:
        from facilitate.core import changes

        viewer = registry.ask("identify", session, room.organiser.credentials, event.id)
        state = changes.state(session, viewer)
    row = state["collections"]["events"][event.slug]
    assert re.fullmatch(r"[0-9]{6}", state["code"]) and row["status"] == "open" and row["facilitator"] == "Olga"
    assert re.fullmatch(r"ein-tag-fur-[a-z-]+-[0-9a-f]{6}", event.slug)
    assert [member["role"] for member in state["collections"]["members"].values()] == ["organiser"]
    assert state["collections"]["activities"] and all(block["title"] for block in state["collections"]["activities"].values())


def test_what_an_event_cannot_be_made_from(room: Room) -> None:
    """An unknown template, an id that is taken, and nobody."""
    with room.spine.reading() as session:
        viewer = registry.ask("identify", session, room.organiser.credentials, None)

    def made(**words: object) -> dict[str, object]:
        return room.spine.send(viewer, None, "events.create", {"event": new_id(), "template": "consultation"} | words, new_id())

    check_refusal(made(template="no-such"), "invalid", "template")
    check_refusal(made(title=""), "invalid", "title")
    check_refusal(made(event=room.event.id), "id_taken")
    assert made()["ok"]
    check_refusal(room.spine.send(None, None, "events.create", {}, new_id()), "sign_in")
    check_refusal(room.spine.send(room.viewer(room[0]), None, "events.create", {"event": new_id(), "template": "consultation"}, new_id()), "sign_in")
    assert room.viewer(NOBODY) is None


def test_doors(room: Room) -> None:
    """Open, closed, or the facilitator admits; opening the event opens its doors."""
    for door in ("closed", "admit", "open"):
        room.send(room.facilitator, "events.door", {"door": door})
        assert event_row(room)["door"] == door
    room.send(room.facilitator, "events.close_doors", {})
    room.send(room.facilitator, "events.open", {})
    assert event_row(room)["door"] == "open"
    room.refuse(room.facilitator, "events.door", {"door": "ajar"}, "invalid", "door")


def test_a_new_code(room: Room) -> None:
    """The old one leads nowhere and rests; who is in stays in."""
    old = str(event_row(room)["code"])
    room.send(room.facilitator, "events.new_code", {})
    new = str(event_row(room)["code"])
    with room.spine.reading() as session:
        assert new != old and registry.ask("resolve", session, old) is None
        assert registry.ask("resolve", session, f"{new[:3]} {new[3:]}").id == room.event.id


def test_codes_rest_for_a_year(room: Room, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that somebody had is not given again before a year has passed; when there is none left, that is said."""
    from facilitate.events.commands import event as module

    old = int(str(event_row(room)["code"]))
    room.send(room.facilitator, "events.new_code", {})
    monkeypatch.setattr(module.secrets, "randbelow", lambda _: old - 100_000)
    room.refuse(room.facilitator, "events.new_code", {}, "full")
    clock.pass_(366 * 86_400)
    room.send(room.facilitator, "events.new_code", {})
    assert event_row(room)["code"] == str(old)


def test_rest_and_wake(room: Room, clock: Clock) -> None:
    """An event pauses to a date and goes on with the same seats."""
    room.send(room.facilitator, "events.rest", {"until": clock.now + 86_400_000})
    assert (event_row(room)["status"], event_row(room)["paused_until"]) == ("paused", clock.now + 86_400_000)
    room.send(room.facilitator, "events.wake", {})
    assert (event_row(room)["status"], event_row(room)["paused_until"]) == ("open", None)
    before = room.gallery.seq
    room.send(room.facilitator, "events.wake", {})
    assert room.gallery.seq == before


def test_the_end(room: Room, clock: Clock) -> None:
    """What runs is closed, the code rests, names have a date of deletion; nothing starts any more and nothing more is taken."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "One"})
    room.send(room.organiser, "events.start", {"activity": vote})
    clock.pass_(60)
    room.send(room.organiser, "events.end", {})
    row = event_row(room)
    assert (row["status"], row["code"], row["ended_at"]) == ("ended", None, clock.now)
    block = room.rows("activities", room[0])[vote]
    assert (block["status"], block["actual"]) == ("closed", 60_000)
    room.refuse(room[0], "voting.mark", {"round": room.round()["id"], "option": room.options()[0], "value": 1}, "round_closed")
    room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "Two"}, "ended")
    for name, words in (
        ("events.start", {"activity": collect}), ("events.reopen", {"activity": collect}), ("events.next", {}), ("events.open", {}),
        ("events.rest", {}), ("events.new_code", {}),
    ):  # fmt: skip
        room.refuse(room.organiser, name, words, "ended")
    before = room.gallery.seq
    room.send(room.organiser, "events.end", {})
    assert room.gallery.seq == before


def test_the_end_of_an_undone_vote(room: Room) -> None:
    """Its ballots and its secret go: nobody will ever count them. And nothing is taken back after the end."""
    collect, vote, start = room.activity("collect")["id"], room.activity("vote")["id"], new_id()
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "One"})
    room.send(room.organiser, "events.start", {"activity": vote}, command=start)
    room.send(room[0], "voting.cast", {"round": room.round()["id"], "ballot": {room.options()[0]: 1}})
    room.send(room.organiser, "events.undo", {"command": start})
    room.send(room.organiser, "events.close", {"activity": collect}, command=(closed := new_id()))
    room.send(room.organiser, "events.end", {})
    assert not list(room.spine.settings.secrets.glob("*"))
    with room.spine.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM ballots")) == 0
        assert session.scalar(text("SELECT count(*) FROM participation WHERE subject_id = :r"), {"r": room.round()["id"]}) == 0
    room.refuse(room.organiser, "events.undo", {"command": closed}, "ended")


def test_accepted_ids_are_dropped_at_the_end(room: Room) -> None:
    """They serve resends while the event lives; who acted is not kept longer."""
    room.send(room.organiser, "events.end", {})
    with room.spine.reading() as session:
        left = session.execute(text("SELECT sender FROM accepted WHERE event_id = :event"), {"event": room.event.id}).all()
    assert left == []


def test_deleting_leaves_nothing(room: Room) -> None:
    """Everything of the event is gone from every table; its people are nobody; the other event is untouched."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "One"})
    room.send(room[0], "teams.start", {"team": new_id(), "title": "Benches"})
    room.send(room.organiser, "events.start", {"activity": room.activity("vote")["id"]})
    room.send(room[0], "voting.cast", {"round": room.round()["id"], "ballot": {room.options()[0]: 1}})
    answer = room.spine.send(room.viewer(room.organiser), room.event.id, "events.delete", {}, new_id())
    assert answer["ok"], answer
    with room.spine.reading() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        for table in tables:
            columns = [row[1] for row in session.execute(text(f"PRAGMA table_info({table})"))]
            key = "event_id" if "event_id" in columns else None
            if key:
                assert session.scalar(text(f"SELECT count(*) FROM {table} WHERE event_id = :event"), {"event": room.event.id}) == 0, table
        assert session.scalar(text("SELECT count(*) FROM events")) == 1
        assert session.scalar(text("SELECT count(*) FROM ballots")) == 0
        assert all(person.identify(session, room.event) is None for person in (*room.people, room.organiser))
    assert not list(room.spine.settings.secrets.glob("*"))
    assert room.other_rows("events")


def test_what_an_event_is_called(room: Room) -> None:
    """Title, language, start, seating, sizes of teams, licence, place and the facilitator's name; sizes have to fit."""
    words = {
        "title": "Zürich Δ 🙂", "language": "en", "starts_at": 5, "seating": "list", "team_min": 2, "team_max": 4, "licence": "CC0-1.0",
        "facilitator": "Olga & Otto",
    }  # fmt: skip
    room.send(room.facilitator, "events.edit_event", words | {"place": "Hall 2"})
    assert {name: event_row(room)[name] for name in words} == words
    room.refuse(room.facilitator, "events.edit_event", {"team_min": 5}, "invalid")
    room.send(room.facilitator, "events.edit_event", {})
    assert {name: event_row(room)[name] for name in words} == words


def test_sizes_of_teams_are_shown_by_teams(room: Room) -> None:
    """Every team's row follows."""
    team = new_id()
    room.send(room[0], "teams.start", {"team": team, "title": "Benches"})
    room.send(room.facilitator, "events.edit_event", {"team_max": 9})
    assert room.rows("teams", room[1])[team]["max"] == 9


def test_what_the_projector_shows(room: Room) -> None:
    """Only the staff and the projector get it; what is given changes, the rest stays."""
    spotlight = {"collection": "ideas", "id": new_id()}
    room.send(room.facilitator, "events.screen", {"blank": True, "page": 3, "step": 2, "spotlight": spotlight, "theme": "light", "race": True, "qr": True})
    room.send(room.facilitator, "events.screen", {"blank": False, "spotlight": None, "step": None})
    shown = {"blank": False, "qr": True, "page": 3, "step": None, "spotlight": None, "theme": "light", "race": True}
    assert room.rows("events", room.screen)[room.event.slug]["screen"] == room.rows("events")[room.event.slug]["screen"] == shown
    assert "screen" not in event_row(room)
    for collection, row in (("members", new_id()), ("ideas", None), ("ideas", 3), (None, new_id()), (["ideas"], "x")):
        wrong = {"collection": collection, "id": row}
        room.refuse(room.facilitator, "events.screen", {"spotlight": wrong}, "invalid")
    room.send(room.organiser, "events.start", {"activity": room.activity("collect")["id"]})
    assert room.rows("events", room.screen)[room.event.slug]["screen"]["theme"] == "light"
    assert room.rows("events", room.screen)[room.event.slug]["screen"]["page"] == 0

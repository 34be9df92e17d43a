"""What a seal leaves: no token, no time, no order in any byte of the instance; and what is never told before."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from facilitate.core import registry
from facilitate.voting.models import Round
from facilitate.voting.queries.rounds import voter_token
from tests.support.instance import Clock
from tests.support.room import Room, new_id


def opened(room: Room, **settings: Any) -> tuple[str, list[str]]:
    """A vote over three cards: (the round, its options)."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    for number in range(3):
        room.send(room.organiser, "ideas.add", {"idea": new_id(), "activity": collect, "text": f"Card {number}"})
    if settings:
        room.send(room.organiser, "events.edit", {"activity": vote, "settings": settings})
    room.send(room.organiser, "events.start", {"activity": vote})
    return room.round()["id"], room.options()


def cast(room: Room, number: int, round_: str, ballot: dict[str, int]) -> None:
    """Somebody casts a ballot (law 1 has looked at casting elsewhere)."""
    answer = room.spine.send(room.viewer(room[number]), room.event.id, "voting.cast", {"round": round_, "ballot": ballot}, new_id())
    assert answer["ok"], answer


def tokens(room: Room, round_: str) -> dict[str, str]:
    """The token of everybody in a round that is not sealed."""
    with room.spine.reading() as session:
        found = session.get(Round, round_)
        assert found is not None
        return {person.id: voter_token(found, person.id) for person in room.people}


def everything(folder: Path) -> bytes:
    """Every byte of an instance: database, write-ahead log, shared memory, secrets, whatever else lies there."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def seal(room: Room, clock: Clock) -> None:
    """Reveal, wait for the grace, count."""
    room.gallery.follow()
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    room.beat()


@pytest.fixture
def crowd(make_room: Callable[..., Room]) -> Room:
    """A room of twelve."""
    return make_room(people=12)


def test_a_seal_leaves_no_token(crowd: Room, clock: Clock) -> None:
    """Before it the tokens lie in the database; after it in no byte of the instance, and the secret's file is gone."""
    folder = crowd.spine.settings.folder
    round_, (a, b, _) = opened(crowd)
    secret = (folder / "secrets" / f"{round_}.key").read_bytes()
    for number in range(12):
        cast(crowd, number, round_, {a: 1 + number % 3})
    for number in range(0, 12, 2):
        cast(crowd, number, round_, {b: 2})
    for number in (3, 5):
        cast(crowd, number, round_, {})
    known = tokens(crowd, round_)
    before = everything(folder)
    assert any(token.encode() in before for token in known.values())
    seal(crowd, clock)
    after = everything(folder)
    assert not [person for person, token in known.items() if token.encode() in after]
    assert secret not in after and not list((folder / "secrets").iterdir())
    assert (folder / "facilitate.db-wal").stat().st_size == 0


def test_a_reader_in_the_way_only_delays_it(crowd: Room, clock: Clock) -> None:
    """Somebody reads while the round is sealed: the log is emptied as soon as they are done."""
    folder = crowd.spine.settings.folder
    round_, (a, *_) = opened(crowd)
    cast(crowd, 0, round_, {a: 1})
    known = tokens(crowd, round_)[crowd[0].id].encode()
    reader = sqlite3.connect(folder / "facilitate.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM ballots").fetchone()
    seal(crowd, clock)
    assert known in everything(folder)
    reader.execute("ROLLBACK")
    reader.close()
    crowd.beat()
    assert known not in everything(folder)


def test_a_crash_between_seal_and_erasing(crowd: Room, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next start finds the secret of a sealed round and the unwashed log, and removes both."""
    from facilitate.voting.commands import sealing

    folder = crowd.spine.settings.folder
    round_, (a, *_) = opened(crowd)
    cast(crowd, 0, round_, {a: 1})
    known = tokens(crowd, round_)[crowd[0].id].encode()
    secret = folder / "secrets" / f"{round_}.key"
    with monkeypatch.context() as crash:
        crash.setattr(sealing, "erase", lambda *_: None)
        crash.setattr(sealing, "_washed", {crowd.spine.settings.database})
        seal(crowd, clock)
    assert secret.exists() and known in everything(folder)
    os.utime(secret, (0, 0))
    crowd.beat()
    assert not secret.exists() and known not in everything(folder)


def test_secrets_of_open_rounds_stay(room: Room, clock: Clock) -> None:
    """Open, paused, closed and undone rounds need theirs; so does one that is just being opened."""
    folder = room.spine.settings.secrets
    round_, _ = opened(room)
    fresh = folder / f"{new_id()}.key"
    fresh.write_bytes(b"x")
    os.utime(folder / f"{round_}.key", (0, 0))
    room.beat()
    assert {path.stem for path in folder.iterdir()} == {round_, fresh.stem}
    os.utime(fresh, (0, 0))
    room.beat()
    assert {path.stem for path in folder.iterdir()} == {round_}


def test_sealed_ballots_have_no_order_and_no_time(crowd: Room, clock: Clock) -> None:
    """All ballots are there, in another order than that of casting and of tokens; the table has nothing else."""
    round_, (a, *_) = opened(crowd, budget=40, cap=20)
    for number in range(12):
        cast(crowd, number, round_, {a: number + 1})
    known = tokens(crowd, round_)
    seal(crowd, clock)
    with crowd.spine.reading() as session:
        columns = [row[1] for row in session.execute(text("PRAGMA table_info(sealed_ballots)"))]
        rows = session.execute(text("SELECT ballot FROM sealed_ballots WHERE round_id = :round ORDER BY id"), {"round": round_}).scalars().all()
        named = session.execute(text("SELECT member_id FROM sealed_ballots WHERE member_id IS NOT NULL")).scalars().all()
        assert columns == ["id", "round_id", "ballot", "weight", "member_id"] and named == [], "of a secret round nobody is noted"
        assert session.scalar(text("SELECT count(*) FROM ballots")) == 0
        assert session.scalar(text("SELECT count(*) FROM participation WHERE subject_id = :round"), {"round": round_}) == 0
    points = [int(row.split(":")[1].strip(" }")) for row in rows]
    assert sorted(points) == list(range(1, 13))
    by_token = [number + 1 for number in sorted(range(12), key=lambda number: known[crowd[number].id])]
    assert points not in (list(range(1, 13)), list(range(12, 0, -1)), by_token, by_token[::-1])


def test_who_voted_is_told_only_where_no_totals_are(make_room: Callable[..., Room], clock: Clock) -> None:
    """A name that fills while one bar moves would tell: with totals on the console there are counts only (law 1 looks at nulls)."""
    for totals, told in ((True, 0), (False, 1)):
        room = make_room()
        round_, (a, *_) = opened(room, staff_totals=totals)
        room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 1})
        room.send(room[1], "voting.done", {"round": round_, "done": True})
        assert len(room.rows("participation")) == told * 2
        assert room.rows("turnout", room.screen)[round_]["cast"] == 1
        room.send(room.organiser, "members.remove", {"member": room[2].id})
        seal(room, clock)
        assert room.rows("participation") == {}


@pytest.mark.parametrize(
    ("settings", "secret", "expected"),
    [
        ({"results": "live"}, True, {"all"}), ({"results": "close"}, True, {"staff"}), ({"results": "close", "staff_totals": False}, True, None),
        ({"results": "after_vote"}, True, {"staff", "member"}), ({"results": "after_vote", "staff_totals": False}, False, {"member"}),
    ],
)  # fmt: skip
def test_who_sees_live_totals(room: Room, settings: dict[str, Any], secret: bool, expected: set[str] | None) -> None:
    """By the policy; in a secret round only when five ballots changed since the last ones; later where none of them looks on."""
    round_, (a, *_) = opened(room, secret=secret, **settings)
    for number in range(5):
        cast(room, number, round_, {a: 1})
    produce, everybody = registry.FIGURES["figures"].produce, {"all", "staff", f"member:{room[0].id}"}
    with room.spine.reading() as session:
        if secret:
            assert produce(session, room.event.id, round_, 4, everybody) is None
        messages = produce(session, room.event.id, round_, 5, everybody)
        if expected:
            assert produce(session, room.event.id, round_, 5, {"screen"}) is None
    if expected is None:
        assert messages == []
        return
    [(audiences, arguments)] = messages
    assert {audience.split(":")[0] for audience in audiences} == expected
    assert arguments[:2] == [room.event.slug, round_] and arguments[2][a] == {"points": 5, "voters": 5}


def test_no_totals_of_what_is_not_open(room: Room, clock: Clock) -> None:
    """A sealed round has a result instead; an unknown one nothing."""
    round_, _ = opened(room, results="live")
    seal(room, clock)
    with room.spine.reading() as session:
        for subject in (round_, new_id()):
            assert registry.FIGURES["figures"].produce(session, room.event.id, subject, 9, {"all", "staff"}) == []


def test_five_marks_of_one_person_are_one_ballot(room: Room) -> None:
    """Totals go out when five different ballots changed: dots of one person alone would show that person's ballot."""
    round_, (a, b, c) = opened(room)
    announced: list[Any] = []
    room.spine.writer.listeners.append(lambda announcement: announced.extend(announcement.figures))
    for option, value in ((a, 1), (b, 1), (c, 1), (a, 2), (b, 2), (b, 2)):
        room.send(room[0], "voting.mark", {"round": round_, "option": option, "value": value})
    assert len({part for *_, part in announced}) == 1 and len(announced) == 5
    room.send(room[1], "voting.mark", {"round": round_, "option": a, "value": 1})
    assert len({part for *_, part in announced}) == 2


def test_totals_never_enter_the_log(room: Room) -> None:
    """A vote logs turnout and nothing of its content."""
    round_, (a, *_) = opened(room, results="live", secret=False)
    before = room.gallery.seq
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 3}})
    with room.spine.reading() as session:
        logged = session.execute(text("SELECT collection FROM changes WHERE event_id = :e AND number > :n"), {"e": room.event.id, "n": before}).scalars()
        assert set(logged) <= {"turnout", "participation"}

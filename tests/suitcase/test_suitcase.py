"""A suitcase carries one event to another machine and back: nothing is lost, nobody has to join again, every screen reloads."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select

from facilitate.core import changes, registry
from facilitate.core.db import Base, table_of
from facilitate.core.registry import Credentials
from facilitate.core.spine import Spine
from facilitate.core.strings import t
from facilitate.events.models import Code, Event, Member
from facilitate.people.models import Token
from facilitate.people.queries import token
from facilitate.suitcase import tables
from facilitate.suitcase.loading import compare, load
from facilitate.suitcase.packing import Marks, marks
from facilitate.voting import secrets
from facilitate.voting.queries.results import recount_document
from facilitate.voting.recount import check
from tests.suitcase.played import CARD, account_of, kept, pack, play, reveal, seen, unpack
from tests.support.instance import Clock, account, working
from tests.support.room import Room, new_id


@pytest.fixture
def laptop(instances: Callable[[], Path]) -> Iterator[Spine]:
    """A second machine: another instance, with an organiser who is nobody on the first."""
    folder = instances()
    (folder / "facilitate.db").unlink()
    for beside in folder.glob("facilitate.db-*"):
        beside.unlink()
    with ExitStack() as stack:
        from facilitate.app import create_app, migrate
        from tests.support.instance import settings

        migrate(create_app(settings(folder)))
        yield stack.enter_context(working(folder)).extensions["facilitate"]


def test_every_table_travels_or_stays() -> None:
    """A new table has to be put on one of the two lists."""
    assert {table_of(model) for model in (*tables.CARRIED, *tables.LEFT)} == set(Base.metadata.tables.values())
    assert not set(tables.CARRIED) & set(tables.LEFT)


def test_there_and_back(room: Room, laptop: Spine, clock: Clock, tmp_path: Path) -> None:
    """Codes, seats, tokens, results and records: each person sees on the laptop what they saw, and afterwards at home what came on."""
    play(room, clock)
    home, event, people = room.spine, room.event.id, [*room.people, room.facilitator, room.mentor, room.screen, room.waiting]
    before = {person.name: seen(home, event, person) for person in people}
    rows = kept(home, event)
    pack(home, event, tmp_path / "there.zip")
    owner = account(laptop, "Lena", "token-of-the-laptop")
    answer = unpack(laptop, tmp_path / "there.zip", owner)
    assert answer["ok"] and answer["code"] == before["screen"]["code"]  # type: ignore[index]
    assert kept(laptop, event) == rows
    assert {person.name: seen(laptop, event, person) for person in people} == before
    with laptop.reading() as session:
        lena = registry.ask("identify", session, Credentials("token-of-the-laptop"), event)
        assert lena.role == "organiser" and token(session, CARD, "card") is not None
        assert session.scalar(select(func.count()).select_from(Token).where(Token.account_id.is_not(None))) == 1
    goes_on(laptop, event)
    pack(laptop, event, tmp_path / "back.zip")
    assert unpack(home, tmp_path / "back.zip", account_of(home, room.stranger))["ok"]
    assert kept(home, event) == kept(laptop, event)
    assert {person.name: seen(home, event, person) for person in people} == {person.name: seen(laptop, event, person) for person in people}
    with home.reading() as session:
        assert registry.ask("identify", session, Credentials(room.organiser.token), event).role == "organiser"
        assert registry.ask("identify", session, Credentials(room.stranger.token), event) is None


def test_rolls_and_weights_travel(room: Room, laptop: Spine, clock: Clock, tmp_path: Path) -> None:
    """Who may vote with what weight, sealed weights, and sums in place of those that are not kept: the laptop gives out the same proof."""
    home, event, vote = room.spine, room.event.id, room.activity("vote")["id"]
    heavy = {room[0].id: 3, room[1].id: 2, room[2].id: 2, room[3].id: 2, room[4].id: 2}
    people = [{"member": person.id, "weight": heavy[person.id]} for person in room.people]
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": people})
    play(room, clock)
    round_ = room.round()["id"]
    pack(home, event, tmp_path / "there.zip")
    assert unpack(laptop, tmp_path / "there.zip", account(laptop, "Lena", "token-of-the-laptop"))["ok"]
    assert kept(laptop, event) == kept(home, event) and len(kept(home, event)["rights"]) == 5
    with home.reading() as session, laptop.reading() as other:
        there, here = recount_document(other, round_, {}), recount_document(session, round_, {})
        assert there == here and "sums" in here["proof"]
        assert here["checksum"] == room.rows("results")[round_]["checksum"] and not check(here)


def goes_on(spine: Spine, event: str) -> None:
    """Something happens on the laptop: somebody joins, somebody is renamed."""
    with spine.reading() as session:
        member = session.scalar(select(Member.id).where(Member.event_id == event, Member.role == "participant"))
    answer = spine.act("events.edit_event", {"title": "At the lake", "seating": "open"}, event)
    assert answer["ok"] and spine.act("members.hide_name", {"member": member, "hidden": True}, event)["ok"]


def test_every_screen_reloads(room: Room, laptop: Spine, clock: Clock, tmp_path: Path) -> None:
    """Whatever number a screen has seen of any copy: it takes the new one as a whole; the command says so to those who look."""
    play(room, clock)
    home, event = room.spine, room.event.id
    pack(home, event, tmp_path / "there.zip")
    unpack(laptop, tmp_path / "there.zip", account(laptop, "Lena", "token-of-the-laptop"))
    goes_on(laptop, event)
    pack(laptop, event, tmp_path / "back.zip")
    told: list[tuple[dict[str, int], set[str]]] = []
    home.writer.listeners.append(lambda announcement: told.append((announcement.events, set(announcement.strangers))))
    with home.reading() as session:
        old = changes.head(session, event)[0]
        members = set(session.scalars(select(Member.id).where(Member.event_id == event)))
    unpack(home, tmp_path / "back.zip", account_of(home, room.organiser))
    with home.reading() as session, laptop.reading() as other:
        seq, floor = changes.head(session, event)
        gone = changes.head(other, event)[0]
        viewer = registry.ask("identify", session, Credentials(room.screen.token), event)
        assert old < gone < floor < seq and changes.floor(session, event) == floor
        assert floor >= gone + 1_000_000, "what the laptop does after packing stays below, too"
        assert [changes.resync(session, viewer, number) for number in (0, old, gone, floor - 1)] == [{"reload": True}] * 4
    assert told[-1] == ({event: seq}, members)


def test_the_code_that_is_taken_is_replaced(room: Room, laptop: Spine, tmp_path: Path) -> None:
    """Another event has it on the laptop: the suitcase gets a fresh one, and the other keeps its own."""
    home, event = room.spine, room.event.id
    manifest = pack(home, event, tmp_path / "there.zip")
    owner = account(laptop, "Lena", "token-of-the-laptop")
    other = new_id()
    laptop.act("events.create", {"event": other, "template": "consultation"}, None, registry.Viewer(None, account=owner, role="system"))
    with laptop.app.app_context(), laptop.reading() as session:
        session.get_one(Event, other).code = manifest["event"]["code"]
        session.add(Code(code=manifest["event"]["code"], event_id=other))
        session.commit()
    answer = unpack(laptop, tmp_path / "there.zip", owner)
    assert answer["ok"] and answer["code"] not in (None, manifest["event"]["code"])
    with laptop.reading() as session:
        assert registry.ask("resolve", session, manifest["event"]["code"]).id == other
        assert registry.ask("resolve", session, answer["code"]).id == event


def test_an_event_that_was_deleted_comes_back_with_its_code(room: Room, tmp_path: Path) -> None:
    """Its code rests for others, not for itself."""
    home, event = room.spine, room.event.id
    code = pack(home, event, tmp_path / "kept.zip")["event"]["code"]
    before = kept(home, event)
    owner = account_of(home, room.organiser)
    assert home.act("events.delete", {}, event)["ok"]
    assert unpack(home, tmp_path / "kept.zip", owner)["code"] == code
    assert kept(home, event) == before


def test_codes_that_an_event_had_anywhere_lead_to_it(room: Room, laptop: Spine, tmp_path: Path) -> None:
    """Home replaced the code after packing, the laptop kept it: links with either of them go on working."""
    home, event = room.spine, room.event.id
    first = pack(home, event, tmp_path / "there.zip")["event"]["code"]
    unpack(laptop, tmp_path / "there.zip", account(laptop, "Lena", "token-of-the-laptop"))
    room.send(room.organiser, "events.new_code")
    second = room.rows("events")[room.event.slug]["code"]
    pack(laptop, event, tmp_path / "back.zip")
    assert unpack(home, tmp_path / "back.zip", account_of(home, room.organiser))["code"] == first
    with home.reading() as session:
        assert {row.code: row.retired_at is None for row in session.scalars(select(Code).where(Code.event_id == event))} == {first: True, second: False}


def test_a_vote_has_to_be_counted_first(room: Room, laptop: Spine, clock: Clock, tmp_path: Path) -> None:
    """Open or closed, here or in the copy that would be replaced: the sentence says what to do."""
    home, event, vote = room.spine, room.event.id, room.activity("vote")
    file = tmp_path / "there.zip"
    pack(home, event, file)
    unpack(laptop, file, account(laptop, "Lena", "token-of-the-laptop"))
    goes_on(laptop, event)
    pack(laptop, event, tmp_path / "back.zip")
    sentence = t("en", "refusal.vote_not_counted", title=vote["title"])
    room.send(room.organiser, "events.edit", {"activity": vote["id"], "settings": {"add_own": True}})
    room.send(room.organiser, "events.start", {"activity": vote["id"]})
    for step in ("open", "paused", "closed"):
        if step != "open":
            room.send(room.organiser, {"paused": "events.pause", "closed": "events.close"}[step], {"activity": vote["id"]})
        with pytest.raises(Exception) as refused:
            pack(home, event, tmp_path / "never.zip")
        assert refused.value.answer("en")["sentence"] == sentence  # type: ignore[attr-defined]
        assert unpack(home, tmp_path / "back.zip", account_of(home, room.organiser))["sentence"] == sentence
    assert not list(tmp_path.glob("never*"))
    reveal(room, clock, vote["id"])
    assert pack(home, event, tmp_path / "now.zip")


def test_an_opening_that_was_undone_can_be_opened_elsewhere(room: Room, laptop: Spine, tmp_path: Path) -> None:
    """Its secret is made anew there; the one at home dies with the copy that held it."""
    home, event, vote = room.spine, room.event.id, room.activity("vote")["id"]
    command = new_id()
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"add_own": True}})
    room.send(room.organiser, "events.start", {"activity": vote}, command=command)
    room.send(room[0], "voting.done", {"round": room.round()["id"], "done": True})
    room.send(room.organiser, "events.undo", {"command": command})
    draft = room.rows("rounds") and room.round()["id"] or _draft(home, event)
    pack(home, event, tmp_path / "there.zip")
    owner = account(laptop, "Lena", "token-of-the-laptop")
    assert unpack(laptop, tmp_path / "there.zip", owner)["ok"]
    assert secrets.known(laptop.settings.secrets, draft)
    assert laptop.act("events.start", {"activity": vote}, event)["ok"]
    member = next(one for one in load(tmp_path / "there.zip").rows["members"] if one["id"] == room[0].id)
    with laptop.reading() as session:
        viewer = registry.ask("identify", session, Credentials(room[0].token), event)
    assert laptop.send(viewer, event, "voting.cast", {"round": draft, "ballot": {}}, new_id())["ok"] and member["role"] == "participant"


def _draft(spine: Spine, event: str) -> str:
    with spine.reading() as session:
        return next(row["id"] for row in tables.rows(session, event)["rounds"] if row["status"] == "draft")


def test_records_that_were_on_their_way_stay_drafts(room: Room, laptop: Spine, clock: Clock, tmp_path: Path) -> None:
    """The delivery goes on at home; the copy can send its records itself."""
    play(room, clock)
    home, event = room.spine, room.event.id
    with home.app.app_context(), home.reading() as session:
        from facilitate.practices.queries import practices_of

        for one in practices_of(session, event):
            one.state = "sending"
        session.commit()
    pack(home, event, tmp_path / "there.zip")
    unpack(laptop, tmp_path / "there.zip", account(laptop, "Lena", "token-of-the-laptop"))
    assert {row["state"] for row in kept(laptop, event)["practices"]} == {"draft"}


def test_what_changed_meanwhile_is_not_replaced(room: Room, tmp_path: Path) -> None:
    """The caller agreed to replace another state than the one that is here."""
    file = tmp_path / "there.zip"
    pack(room.spine, room.event.id, file)
    answer = unpack(room.spine, file, account_of(room.spine, room.organiser), here=1)
    assert answer["sentence"] == t("en", "refusal.suitcase_moved_on")
    with room.spine.reading() as session:
        assert marks(session, session.get_one(Event, room.event.id)).packed is None


@pytest.mark.parametrize(
    ("case", "here", "state"),
    [
        (Marks(118), Marks(118), "same"),
        (Marks(118), Marks(1000119, 118, 1000119), "same"),  # unpacked from it, and nothing happened since
        (Marks(118), Marks(1000500, 118, 1000119), "older"),
        (Marks(118), Marks(200), "older"),  # two states at home
        (Marks(200), Marks(118), "newer"),
        (Marks(1000500, 118, 1000119), Marks(118), "newer"),  # back from the laptop
        (Marks(1000500, 118, 1000119), Marks(125), "both"),
        (Marks(200), Marks(1000119, 118, 1000119), "newer"),  # home went on, the laptop did not
        (Marks(200), Marks(1000500, 118, 1000119), "both"),
        (Marks(100), Marks(1000119, 118, 1000119), "older"),
        (Marks(1000700, 118, 1000119), Marks(2000501, 1000500, 2000501), "newer"),  # back a second time
        (Marks(1000700, 118, 1000119), Marks(2000600, 1000500, 2000501), "both"),
        (Marks(2000600, 1000500, 2000501), Marks(1000500, 118, 1000119), "newer"),  # to the laptop a second time
        (Marks(2000600, 1000500, 2000501), Marks(1000700, 118, 1000119), "both"),
        (Marks(1000300, 118, 1000119), Marks(2000501, 1000500, 2000501), "older"),
    ],
)
def test_which_copy_goes_on_from_which(case: Marks, here: Marks, state: str) -> None:
    """The numbers of the two logs, and of the moments at which they were packed and unpacked, tell."""
    assert compare(case, here) == state

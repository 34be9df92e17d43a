"""Members: joining, doors, names, roles, sending away, personal links."""

from collections.abc import Callable

import pytest

from facilitate.core import registry
from facilitate.core.registry import Credentials
from facilitate.people.queries import digest, new_secret
from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id


def join(room: Room, **words: object) -> dict[str, object]:
    """What the door answers to somebody who joins."""
    given = {"member": new_id(), "device": digest(new_secret())} | words
    return room.spine.act("members.join", given, room.event.id)


def test_two_people_may_have_the_same_name(room: Room) -> None:
    """Both are members of their own, with a number each, and nobody is told of the other."""
    one, other = room.join("Ann"), room.join("Ann")
    rows = room.rows("members")
    assert rows[one.id]["name"] == rows[other.id]["name"] == "Ann"
    assert one.id != other.id and rows[one.id]["number"] != rows[other.id]["number"]
    assert set(room.rows("members", one)) == {one.id}


def test_joining_is_seen_by_all_as_a_number(room: Room) -> None:
    """The room learns how many people are in; who they are only the staff."""
    before = room.rows("events", room[0])[room.event.slug]["people"]
    room.join("Zoe")
    assert room.rows("events", room.screen)[room.event.slug]["people"] == before + 1
    room.join("Mia", "juror")
    assert room.rows("events", room[0])[room.event.slug]["people"] == before + 1
    assert len(room.rows("seats")) == 6 + 1
    assert room.rows("seats", room[0]) == {}


def test_a_name_may_be_empty(room: Room) -> None:
    """Nobody has to say who they are."""
    assert room.rows("members")[room.join("").id]["name"] == ""


def test_names_can_be_deleted_of_an_event_that_nobody_named(room: Room) -> None:
    """Deleting names twice does no harm."""
    for _ in range(2):
        room.act("events.delete_names")
    assert {row["name"] for row in room.rows("members").values()} == {""}


@pytest.mark.parametrize(
    ("before", "code"), [("events.close_doors", "forbidden"), ("events.rest", "not_open_yet"), ("events.end", "ended")]
)
def test_a_door_that_is_not_open(room: Room, before: str, code: str) -> None:
    """Closed doors, an event that rests and one that has ended let nobody in; who is in stays in."""
    room.send(room.organiser, before, {})
    refused = join(room, name="Late")
    assert refused["code"] == code
    room.gallery.unchanged()
    assert room.viewer(room[0]) is not None


def test_an_invited_person_comes_in_by_a_closed_door(room: Room) -> None:
    """Another role than participant is given by an organiser, who need not open the doors for it."""
    room.send(room.organiser, "events.close_doors", {})
    assert room.rows("members")[room.join("Jo", "juror").id]["status"] == "in"


def test_the_facilitator_admits(room: Room) -> None:
    """Who waits sees the event and oneself, nothing else; admitted, they see what all see."""
    waiting = room.waiting
    assert set(room.rows("members", waiting)) == {waiting.id}
    assert all(not rows for name, rows in waiting.rows.items() if name not in ("events", "members"))
    before = room.rows("events")[room.event.slug]["people"]
    room.send(room.facilitator, "members.admit", {"member": waiting.id})
    assert room.rows("activities", waiting) and room.rows("events")[room.event.slug]["people"] == before + 1
    room.send(room.facilitator, "members.admit", {"member": waiting.id})
    assert room.rows("events")[room.event.slug]["people"] == before + 1


def test_names_are_changed_by_their_owner_and_the_staff(room: Room) -> None:
    """The seat that was made at joining bears the new name too; another one's name is not one's own."""
    ann = room[0]
    room.send(ann, "members.rename", {"member": ann.id, "name": "  Anna \t M "})
    assert room.rows("members", ann)[ann.id]["name"] == "Anna M"
    assert "Anna M" in {seat["name"] for seat in room.rows("seats").values()}
    room.send(room.facilitator, "members.rename", {"member": ann.id, "name": ""})
    assert room.rows("members")[ann.id]["name"] == ""
    room.refuse(room[1], "members.rename", {"member": ann.id, "name": "Rude"}, "forbidden")
    room.refuse(room.organiser, "members.rename", {"member": new_id(), "name": "x"}, "not_found")


def named_cards(room: Room) -> tuple[str, str]:
    """(idea, team) that both show Ann's name to the room."""
    collect, idea, team = room.activity("collect")["id"], new_id(), new_id()
    room.send(room.organiser, "events.edit", {"activity": collect, "settings": {"authors": "name", "visibility": "live"}})
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": idea, "activity": collect, "text": "More benches"})
    room.send(room[0], "teams.start", {"team": team, "title": "Benches"})
    return idea, team


def test_a_hidden_name_is_hidden_everywhere(room: Room) -> None:
    """On cards and teams the name is gone for all; the staff still knows it, and shows it again."""
    idea, team = named_cards(room)
    for hidden, name in ((True, ""), (False, "Ann")):
        room.send(room.facilitator, "members.hide_name", {"member": room[0].id, "hidden": hidden})
        assert room.rows("ideas", room[1])[idea]["author"] == name
        assert room.rows("teams", room.screen)[team]["members"][0]["name"] == name
        assert room.rows("members")[room[0].id]["name"] == "Ann"


def test_a_removed_member_is_gone(room: Room) -> None:
    """Their device is nobody's, their seat is free or gone, and what they wrote stays."""
    idea, team = named_cards(room)
    room.send(room.facilitator, "members.remove", {"member": room[0].id})
    assert room.viewer(room[0]) is None
    assert room.rows("members")[room[0].id]["status"] == "removed"
    assert room.rows("ideas")[idea]["status"] == "shown" and room.rows("teams")[team]["members"] == []
    assert room[0].id not in {seat["member"] for seat in room.rows("seats").values()}


def test_nobody_sends_away_the_organiser_or_oneself(room: Room) -> None:
    """The room cannot lose its host."""
    organiser = next(row["id"] for row in room.rows("members").values() if row["role"] == "organiser")
    room.refuse(room.facilitator, "members.remove", {"member": organiser}, "forbidden")
    room.refuse(room.facilitator, "members.remove", {"member": room.facilitator.id}, "forbidden")


def test_roles_are_given_by_the_organiser(room: Room) -> None:
    """A new role holds at once, both ways; nobody changes their own."""
    room.send(room.organiser, "members.set_role", {"member": room[0].id, "role": "facilitator"})
    assert room.rows("seats", room[0])
    room.send(room[0], "events.close_doors", {})
    room.send(room.organiser, "members.set_role", {"member": room[0].id, "role": "participant"})
    room.refuse(room[0], "events.close_doors", {}, "forbidden")
    room.send(room.organiser, "members.set_role", {"member": room[1].id, "role": "observer"})
    room.refuse(room[1], "members.rename", {"member": room[1].id, "name": "x"}, "forbidden")
    me = next(row["id"] for row in room.rows("members").values() if row["role"] == "organiser")
    room.refuse(room.organiser, "members.set_role", {"member": me, "role": "participant"}, "forbidden")


def test_no_role_goes_with_a_link_or_a_seat(room: Room) -> None:
    """A personal link of the staff is made by themselves only; a seat whose member became staff is not handed on."""
    hashed = digest(new_secret())
    for person in (room.organiser, room.facilitator):
        for other in (room.mentor, room.facilitator):
            words = {"member": other.id, "hash": hashed}
            if person is other:
                room.send(person, "members.link", words)
            else:
                room.refuse(person, "members.link", words, "forbidden")
    seats = [{"seat": new_id(), "name": name} for name in ("Blue", "Red")]
    room.send(room.organiser, "seats.add", {"seats": seats})
    blue, red = (room.join("", seat=seat["seat"]) for seat in seats)
    room.send(room.facilitator, "seats.free", {"seat": seats[0]["seat"]})
    for person in (blue, red):
        room.send(room.organiser, "members.set_role", {"member": person.id, "role": "facilitator"})
    room.refuse(room.facilitator, "seats.free", {"seat": seats[1]["seat"]}, "forbidden")
    assert join(room, seat=seats[0]["seat"])["code"] == "forbidden"


def living(room: Room, secret: str) -> bool:
    """Whether a device's secret is somebody's."""
    with room.spine.reading() as session:
        return registry.ask("identify", session, Credentials(secret), room.event.id) is not None


def test_a_personal_link(room: Room) -> None:
    """One's own, or made by the staff for anybody; a new one ends the one before. It is no device."""
    first, second = new_secret(), new_secret()
    room.send(room[0], "members.link", {"member": room[0].id, "hash": digest(first)})
    room.send(room.facilitator, "members.link", {"member": room[0].id, "hash": digest(second)})
    room.refuse(room[1], "members.link", {"member": room[0].id, "hash": digest(new_secret())}, "forbidden")
    assert not living(room, first) and not living(room, second)
    with room.spine.reading() as session:
        from facilitate.people.queries import token

        assert token(session, first, "link") is None
        found = token(session, second, "link")
        assert found is not None and found.member_id == room[0].id


def test_one_live_device(room: Room) -> None:
    """Another device takes over, and the first one is nobody's from then on."""
    secret = new_secret()
    words = {"token": new_id(), "kind": "device", "hash": digest(secret), "member": room[0].id, "event_id": room.event.id}
    room.act("people.issue_token", words)
    assert not living(room, room[0].token) and living(room, secret)
    again = room.watch(Person("Ann again", secret, room[0].id))
    room.send(again, "members.rename", {"member": room[0].id, "name": "Still Ann"})


def test_names_are_deleted_when_their_date_has_come(room: Room, clock: Clock) -> None:
    """Thirty days after the end no row shows a name, and no phone is anybody's any more."""
    idea, team = named_cards(room)
    room.send(room.organiser, "events.end", {})
    delete_at = room.rows("events")[room.event.slug]["delete_at"]
    assert delete_at == clock.now + 30 * 86_400_000
    room.beat()
    assert room.rows("members")[room[0].id]["name"] == "Ann"
    clock.pass_(30 * 86_400)
    room.beat()
    assert {row["name"] for row in room.rows("members").values()} == {""}
    assert {row["name"] for row in room.rows("seats").values()} == {""}
    assert room.rows("ideas")[idea]["author"] == "" and room.rows("teams")[team]["members"][0]["name"] == ""
    assert room.rows("events")[room.event.slug]["delete_at"] is None
    assert room.viewer(room[1]) is None


def test_the_sentence_is_in_the_readers_language(make_room: Callable[..., Room]) -> None:
    """A refusal is said in the language that the member chose."""
    from facilitate.core.strings import languages

    room = make_room(people=1)
    for language in languages():
        person = room.join("Polyglot", language=language)
        viewer = room.viewer(person)
        assert viewer is not None and viewer.language == language
        room.refuse(person, "members.rename", {"member": person.id, "name": "x" * 41}, "invalid", "name")


def test_what_an_observer_may_do_with_their_own_seat(room: Room) -> None:
    """Delete their name and move to another device, like everybody; nobody else's."""
    room.send(room.observer, "members.link", {"member": room.observer.id, "hash": digest(new_secret())})
    room.refuse(room.observer, "members.link", {"member": room[0].id, "hash": "x"}, "forbidden")
    room.refuse(room.observer, "members.delete_name", {"member": room[0].id}, "forbidden")
    room.send(room.observer, "members.delete_name", {"member": room.observer.id})
    assert room.rows("members")[room.observer.id]["name"] == ""

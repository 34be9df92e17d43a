"""Ideas: putting up, rewording, withdrawing, hiding, the trays, publishing, who sees what and under which name."""

from typing import Any

import pytest

from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id


def collect(room: Room, **settings: Any) -> str:
    """Start the collect of a room with some settings; its id."""
    activity = str(room.activity("collect")["id"])
    if settings:
        room.send(room.organiser, "events.edit", {"activity": activity, "settings": settings})
    room.send(room.organiser, "events.start", {"activity": activity})
    return activity


def put_up(room: Room, person: Person, activity: str, text: str = "More benches", **words: Any) -> str:
    """Put up an idea; its id."""
    idea = new_id()
    room.send(person, "ideas.add", {"idea": idea, "activity": activity, "text": text} | words)
    return idea


def sees(room: Room, idea: str) -> list[bool]:
    """Whether its author Ann, her neighbour Ben, the projector, who waits, and the staff see an idea."""
    return [idea in room.rows("ideas", one) for one in (room[0], room[1], room.screen, room.waiting, room.organiser)]


def test_private_until_the_reveal(room: Room) -> None:
    """Only its author and the staff see a card; the reveal shows it to the room, without a name."""
    activity = collect(room)
    idea = put_up(room, room[0], activity)
    assert sees(room, idea) == [True, False, False, False, True]
    assert room.rows("ideas", room[0])[idea]["mine"] and "mine" not in room.rows("ideas")[idea]
    room.send(room.organiser, "events.reveal", {"activity": activity})
    assert sees(room, idea) == [True, True, True, False, True]
    shown = room.rows("ideas", room[1])[idea]
    assert shown["text"] == "More benches" and not set(shown) & {"author", "mine", "at", "publish", "reason"}


def test_undoing_the_reveal_hides_again(room: Room) -> None:
    """The cards leave the screens that had them."""
    activity = collect(room)
    idea, command = put_up(room, room[0], activity), new_id()
    room.send(room.organiser, "events.reveal", {"activity": activity}, command=command)
    room.send(room.organiser, "events.undo", {"command": command})
    assert sees(room, idea) == [True, False, False, False, True]


def test_live_writing(room: Room) -> None:
    """Where people write live, everybody sees a card at once; with names where the block says so."""
    activity = collect(room, visibility="live", authors="name")
    idea = put_up(room, room[0], activity)
    assert sees(room, idea) == [True, True, True, False, True]
    assert room.rows("ideas", room.screen)[idea]["author"] == "Ann"


@pytest.mark.parametrize(("authors", "named"), [("anonymous", False), ("alias", False), ("name", True)])
def test_names_only_where_the_block_shows_them(room: Room, authors: str, named: bool) -> None:
    """Not even the staff learns a name that was not promised."""
    idea = put_up(room, room[0], collect(room, visibility="live", authors=authors))
    for person in (room.organiser, room[0], room[1], room.screen):
        assert ("author" in room.rows("ideas", person)[idea]) is named


def test_short_numbers_are_those_of_the_room(room: Room) -> None:
    """Each card has the next number, and keeps it."""
    activity = collect(room)
    numbers = [room.rows("ideas")[put_up(room, person, activity)]["number"] for person in (room[0], room[1], room.facilitator)]
    assert numbers == [1, 2, 3]


def test_the_same_id_again(room: Room) -> None:
    """By the same author in the same activity it is the first answer; anything else is refused."""
    activity = collect(room)
    words = {"idea": new_id(), "activity": activity, "text": "First"}
    room.send(room[0], "ideas.add", words)
    before = room.gallery.seq
    room.send(room[0], "ideas.add", words | {"text": "Second"})
    assert room.gallery.seq == before and room.rows("ideas")[words["idea"]]["text"] == "First"
    room.refuse(room[1], "ideas.add", words, "id_taken")
    room.refuse(room[0], "ideas.add", words | {"activity": room.activity("vote")["id"]}, "id_taken")
    foreign = next(iter(room.other_rows("activities")))
    room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": foreign, "text": "x"}, "not_found")


def test_when_an_activity_takes_ideas(room: Room) -> None:
    """While it runs; the staff before and in a pause too; a vote only where people may add to it, a present never."""
    planned = room.activity("collect")["id"]
    words = {"activity": planned, "text": "x"}
    room.refuse(room[0], "ideas.add", words | {"idea": new_id()}, "activity_closed")
    put_up(room, room.facilitator, planned)
    activity = collect(room)
    room.send(room.organiser, "events.pause", {"activity": activity})
    room.refuse(room[0], "ideas.add", words | {"idea": new_id()}, "activity_closed")
    put_up(room, room.facilitator, activity)
    room.send(room.organiser, "events.close", {"activity": activity})
    for person in (room[0], room.facilitator):
        room.refuse(person, "ideas.add", words | {"idea": new_id()}, "activity_closed")
    for kind in ("sort", "vote", "present"):
        other = room.activity(kind)["id"]
        room.send(room.organiser, "events.start", {"activity": other})
        room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": other, "text": "x"}, "activity_closed")


def test_texts_of_its_activity(room: Room) -> None:
    """The limit is the block's; what is too long names the field, how long it is and how long it may be."""
    activity = collect(room, text_limit=20)
    put_up(room, room[0], activity, "x" * 20)
    refused = room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": activity, "text": "x" * 21}, "invalid", "text")
    assert "21" in refused["fields"]["text"] and "20" in refused["fields"]["text"]
    idea = put_up(room, room[0], activity, "short")
    room.refuse(room[0], "ideas.edit", {"idea": idea, "text": "x" * 21}, "invalid", "text")


@pytest.mark.parametrize("length", [201, 401, 1_000_000])
def test_a_text_that_is_too_long(room: Room, length: int) -> None:
    """The default limit is 200; a million characters are refused like 201, without being worked on."""
    activity = collect(room)
    words = {"idea": new_id(), "activity": activity}
    put_up(room, room[0], activity, "x" * 200)
    room.refuse(room[0], "ideas.add", words | {"text": "x" * length}, "invalid", "text")


@pytest.mark.parametrize(
    "text",
    ["עברית ואז English", "👩‍👩‍👧‍👦🏳️‍🌈é̂", "<b>bold</b><script>alert(1)</script>", "=1+1", "@SUM(A1)", "{name} {{x}} {% y %}", "a\nb", "‮evil‬", "ﷺ", "日本語"],
)
def test_texts_are_kept_as_they_are(room: Room, text: str) -> None:
    """Any script, emoji, markup and formulas are text, and stay so to the letter."""
    idea = put_up(room, room[0], collect(room), text)
    assert room.rows("ideas")[idea]["text"] == text


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "a\x00b", "\x07", "\x1b[31m", "\ud800", "x\udfffy", "a\x85", "\ufffe", None, 3, 2.5, True, [], {}, ["x"]])
def test_what_is_no_text(room: Room, text: Any) -> None:
    """Nothing at all, control characters, NUL, lone surrogates and other JSON."""
    activity = collect(room)
    room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": activity, "text": text}, "invalid", "text")
    idea = put_up(room, room[0], activity)
    room.refuse(room[0], "ideas.edit", {"idea": idea, "text": text}, "invalid", "text")


def test_titles(room: Room) -> None:
    """The first line, at most sixty characters, cut between words where there is one to cut at."""
    activity = collect(room)
    for text, title in (
        ("Short\nand more", "Short"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("word " * 20, ("word " * 11).strip() + "…"),
        ("one, " + "x" * 80, "one, " + "x" * 54 + "…"),
    ):
        assert room.rows("ideas")[put_up(room, room[0], activity, text)]["title"] == title


def test_a_limit_for_each_person(room: Room) -> None:
    """Withdrawn ones are given back; the staff has none."""
    activity = collect(room, limit=2)
    first = put_up(room, room[0], activity)
    put_up(room, room[0], activity)
    room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": activity, "text": "x"}, "full")
    put_up(room, room[1], activity)
    for _ in range(3):
        put_up(room, room.facilitator, activity)
    room.send(room[0], "ideas.withdraw", {"idea": first})
    put_up(room, room[0], activity)


def test_rewording(room: Room) -> None:
    """Its author while the activity runs, the staff also later, nobody else ever."""
    activity = collect(room, visibility="live")
    idea = put_up(room, room[0], activity)
    room.send(room[0], "ideas.edit", {"idea": idea, "text": "Better benches"})
    assert room.rows("ideas", room[1])[idea]["title"] == "Better benches"
    room.refuse(room[1], "ideas.edit", {"idea": idea, "text": "Worse"}, "forbidden")
    room.send(room.organiser, "events.close", {"activity": activity})
    room.refuse(room[0], "ideas.edit", {"idea": idea, "text": "Late"}, "activity_closed")
    room.send(room.facilitator, "ideas.edit", {"idea": idea, "text": "Corrected"})
    room.refuse(room[0], "ideas.edit", {"idea": new_id(), "text": "x"}, "not_found")


def test_withdrawing(room: Room) -> None:
    """Its author or the staff; the room and its author no longer see it, the staff does."""
    activity = collect(room, visibility="live")
    idea = put_up(room, room[0], activity)
    room.refuse(room[1], "ideas.withdraw", {"idea": idea}, "forbidden")
    room.send(room[0], "ideas.withdraw", {"idea": idea})
    assert sees(room, idea) == [False, False, False, False, True]
    before = room.gallery.seq
    room.send(room[0], "ideas.withdraw", {"idea": idea})
    assert room.gallery.seq == before


def test_hiding_with_an_answer(room: Room) -> None:
    """A hidden card leaves every screen but its author's, who reads why; it is shown again without the answer."""
    activity = collect(room, visibility="live")
    idea = put_up(room, room[0], activity)
    room.send(room.facilitator, "ideas.hide", {"idea": idea, "reason": "No names, please"})
    assert sees(room, idea) == [True, False, False, False, True]
    assert room.rows("ideas", room[0])[idea]["reason"] == "No names, please"
    room.send(room.facilitator, "ideas.show", {"idea": idea})
    assert sees(room, idea) == [True, True, True, False, True] and room.rows("ideas", room[0])[idea]["reason"] == ""
    before = room.gallery.seq
    room.send(room.facilitator, "ideas.show", {"idea": idea})
    assert room.gallery.seq == before


def test_a_changed_answer_reaches_its_author(room: Room) -> None:
    """Hiding again with other words changes them."""
    idea = put_up(room, room[0], collect(room))
    for reason in ("One", "Two", ""):
        room.send(room.facilitator, "ideas.hide", {"idea": idea, "reason": reason})
        assert room.rows("ideas", room[0])[idea]["reason"] == reason


def test_the_tray_of_what_waits(room: Room) -> None:
    """In a moderated block nobody but its author and the staff sees a card before it is approved, one or all."""
    activity = collect(room, visibility="live", moderated=True)
    first, second = put_up(room, room[0], activity), put_up(room, room[0], activity)
    staff = put_up(room, room.facilitator, activity)
    assert room.rows("ideas", room[0])[first]["status"] == "held" and sees(room, first) == [True, False, False, False, True]
    assert room.rows("ideas", room[1])[staff]["status"] == "shown"
    room.send(room.facilitator, "ideas.take", {"idea": first})
    assert sees(room, first)[:3] == [True, True, True] and not sees(room, second)[1]
    room.send(room.facilitator, "ideas.take_all", {"activity": activity})
    assert sees(room, second)[:3] == [True, True, True]


def test_a_reworded_card_waits_again(room: Room) -> None:
    """What was approved is not what it says now; the staff's own corrections stand."""
    activity = collect(room, visibility="live", moderated=True)
    idea = put_up(room, room[0], activity)
    room.send(room.facilitator, "ideas.take", {"idea": idea})
    room.send(room[0], "ideas.edit", {"idea": idea, "text": "Something else"})
    assert room.rows("ideas", room[0])[idea]["status"] == "held" and sees(room, idea) == [True, False, False, False, True]
    room.send(room.facilitator, "ideas.take", {"idea": idea})
    room.send(room.facilitator, "ideas.edit", {"idea": idea, "text": "Something better"})
    assert sees(room, idea)[1]


def test_what_was_withdrawn_stays_so(room: Room) -> None:
    """It is neither reworded nor hidden nor shown again."""
    idea = put_up(room, room[0], collect(room, visibility="live"))
    room.send(room[0], "ideas.withdraw", {"idea": idea})
    room.refuse(room[0], "ideas.edit", {"idea": idea, "text": "x"}, "not_found")
    for name in ("ideas.hide", "ideas.show", "ideas.take"):
        room.send(room.facilitator, name, {"idea": idea})
        assert room.rows("ideas")[idea]["status"] == "withdrawn"


def test_what_was_written_before_the_close(room: Room, clock: Clock) -> None:
    """It goes to the late tray if it arrives within ten minutes; what was written later, or says nothing, is refused."""
    activity = collect(room, visibility="live")
    clock.pass_(60)
    written = clock.now
    clock.pass_(1)
    room.send(room.organiser, "events.close", {"activity": activity})
    clock.pass_(30)
    late, words = new_id(), {"activity": activity, "text": "On its way"}
    room.send(room[0], "ideas.add", words | {"idea": late}, at=written)
    assert room.rows("ideas", room[0])[late]["status"] == "late" and sees(room, late) == [True, False, False, False, True]
    room.refuse(room[0], "ideas.add", words | {"idea": new_id()}, "activity_closed", at=clock.now)
    room.refuse(room[0], "ideas.add", words | {"idea": new_id()}, "activity_closed")
    room.send(room.facilitator, "ideas.take", {"idea": late})
    assert sees(room, late)[1]
    clock.pass_(600)
    room.refuse(room[0], "ideas.add", words | {"idea": new_id()}, "activity_closed", at=written)


def test_publishing_is_its_authors_choice(room: Room) -> None:
    """Nobody else decides, the staff least of all."""
    activity = collect(room)
    idea, other = put_up(room, room[0], activity), put_up(room, room[0], activity, publish=False)
    assert room.rows("ideas", room[0])[idea]["publish"] and not room.rows("ideas")[other]["publish"]
    room.send(room[0], "ideas.publish", {"idea": idea, "publish": False})
    assert not room.rows("ideas")[idea]["publish"]
    for person in (room[1], room.facilitator):
        room.refuse(person, "ideas.publish", {"idea": idea, "publish": True}, "forbidden")


def test_ideas_on_challenges(room: Room) -> None:
    """One's own, or any by the staff; a challenge of another event is none."""
    challenge = new_id()
    room.send(room.organiser, "challenges.add", {"challenge": challenge, "title": "Seats"})
    activity = collect(room, challenges=True)
    idea = put_up(room, room[0], activity, challenge=challenge)
    other = put_up(room, room[1], activity)
    room.send(room[0], "ideas.assign", {"ideas": [idea], "challenge": None})
    room.refuse(room[0], "ideas.assign", {"ideas": [idea, other], "challenge": challenge}, "forbidden")
    assert room.rows("ideas")[idea]["challenge"] is None
    room.send(room.facilitator, "ideas.assign", {"ideas": [idea, other], "challenge": challenge})
    assert room.rows("ideas", room[0])[idea]["challenge"] == challenge
    for words in ({"ideas": [idea], "challenge": new_id()}, {"ideas": [new_id()], "challenge": challenge}):
        room.refuse(room.facilitator, "ideas.assign", words, "not_found")
    room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": activity, "text": "x", "challenge": new_id()}, "not_found")

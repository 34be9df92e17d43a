"""From a result to challenges: the top of a sealed vote goes on the board, with its ideas."""

from tests.support.instance import Clock
from tests.support.room import Room, new_id


def decided(room: Room, clock: Clock, group: bool = True) -> tuple[str, list[str], str]:
    """Vote over a group of two cards and two single ones, and seal: (round, cards, group)."""
    collect, sort, vote = (room.activity(kind)["id"] for kind in ("collect", "sort", "vote"))
    ideas, made = [new_id() for _ in range(4)], new_id()
    room.send(room.organiser, "events.start", {"activity": collect})
    for number, idea in enumerate(ideas):
        room.send(room[number % 2], "ideas.add", {"idea": idea, "activity": collect, "text": f"Card {number}\nin two lines"})
    room.send(room.organiser, "events.start", {"activity": sort})
    room.send(room.organiser, "groups.make", {"group": made, "activity": sort, "title": "Seats", "ideas": ideas[:2]})
    room.send(room.organiser, "events.start", {"activity": vote})
    round_ = room.round()["id"]
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {made: 3, ideas[2]: 2}})
    room.send(room.organiser, "events.reveal", {"activity": vote})
    clock.pass_(3)
    room.beat()
    return round_, ideas, made


def test_the_top_becomes_challenges(room: Room, clock: Clock) -> None:
    """Approved at once, with the words of the cards; the ideas behind belong to them; again it adds only what is new."""
    round_, ideas, _ = decided(room, clock)
    room.send(room.facilitator, "challenges.adopt", {"round": round_, "top": 1})
    [first] = room.rows("challenges", room[0]).values()
    assert (first["title"], first["status"]) == ("Seats", "approved") and "Card 0" in first["problem"]
    assert [room.rows("ideas", room[0])[idea]["challenge"] for idea in ideas] == [first["id"], first["id"], None, None]
    room.send(room.facilitator, "challenges.adopt", {"round": round_, "top": 2})
    assert sorted(row["title"] for row in room.rows("challenges", room.screen).values()) == ["Card 2", "Seats"]
    before = room.gallery.seq
    room.send(room.facilitator, "challenges.adopt", {"round": round_, "top": 2})
    assert room.gallery.seq == before


def test_only_what_is_decided(room: Room, clock: Clock) -> None:
    """An open round, none, or one of another event gives no challenges."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "One"})
    room.send(room.organiser, "events.start", {"activity": vote})
    for round_ in (room.round()["id"], new_id()):
        room.refuse(room.facilitator, "challenges.adopt", {"round": round_, "top": 1}, "not_found")
    for top in (0, 21, True, 1.5, "3"):
        room.refuse(room.facilitator, "challenges.adopt", {"round": room.round()["id"], "top": top}, "invalid", "top")

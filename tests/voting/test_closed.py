"""Between the close and the count nobody changes what is ranked; what goes from the screens is the text."""

from facilitate.core.strings import t
from tests.support.instance import Clock
from tests.support.room import Room
from tests.voting.crowd import sealed, vote_by


def test_hiding_the_winner_after_the_close(room: Room, clock: Clock) -> None:
    """It stays where the ballots put it; participants and the projector no longer read it, the staff does."""
    round_, (a, b, *_) = vote_by(room, "dots")
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 2, b: 1}})
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    room.send(room.organiser, "ideas.hide", {"idea": a})
    key = f"{round_}/{a}"
    shown = room.rows("options", room.screen)[key]
    assert (shown["title"], shown["text"], shown["status"]) == (t("en", "vote.taken_away"), "", "open")
    assert room.rows("options")[key]["title"] == "Card 1"
    assert sealed(room, clock)["ranking"][0] == [a]
    room.send(room.organiser, "ideas.show", {"idea": a})
    assert room.rows("options", room.screen)[key]["title"] == "Card 1"


def test_hiding_after_the_count(room: Room, clock: Clock) -> None:
    """The text goes from the results, too, and from the sentences about its count; places and figures stay."""
    round_, (a, b, *_) = vote_by(room, "irv")
    room.send(room[0], "voting.cast", {"round": round_, "ballot": [[a], [b]]})
    before = sealed(room, clock)
    assert "Card 1" in str(room.rows("results", room[0])[round_])
    room.send(room.organiser, "ideas.hide", {"idea": a})
    assert room.rows("options", room[0])[f"{round_}/{a}"]["title"] == t("en", "vote.taken_away")
    said = room.rows("results", room[0])[round_]
    assert "Card 1" not in str(said) and "1 · No longer shown" in str(said) and said["ranking"] == before["ranking"]
    assert room.rows("results")[round_] == before


def test_what_was_hidden_meanwhile_counts_from_the_reopening(room: Room, clock: Clock) -> None:
    """A run that goes on takes no marks for it, and does not rank it."""
    vote = room.activity("vote")["id"]
    round_, (a, b, *_) = vote_by(room, "dots")
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 2, b: 1}})
    room.send(room.organiser, "events.close", {"activity": vote})
    room.send(room.organiser, "ideas.hide", {"idea": a})
    room.send(room.organiser, "events.reopen", {"activity": vote})
    assert room.round()["id"] == round_ and room.rows("options", room[0])[f"{round_}/{a}"]["status"] == "withdrawn"
    room.refuse(room[1], "voting.mark", {"round": round_, "option": a, "value": 1}, "unknown_option")
    assert sealed(room, clock)["ranking"][0] == [b]

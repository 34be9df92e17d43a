"""A round from its opening to its seal: who may vote, marks, turnout, grace, undo, new runs, results."""

from typing import Any

import pytest

from tests.support.instance import Clock
from tests.support.room import Room, new_id


def opened(room: Room, cards: int = 3, **settings: Any) -> tuple[str, list[str]]:
    """Put up cards and start the vote over them: (the round, its options)."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    for number in range(cards):
        room.send(room[number % 2], "ideas.add", {"idea": new_id(), "activity": collect, "text": f"Card {number}"})
    if settings:
        room.send(room.organiser, "events.edit", {"activity": vote, "settings": settings})
    room.send(room.organiser, "events.start", {"activity": vote})
    return room.round()["id"], room.options()


def ballot(room: Room, number: int, round_: str) -> Any:
    """The ballot that somebody has in a round, as a reload shows it."""
    from facilitate.core import changes

    with room.spine.reading() as session:
        viewer = room.viewer(room[number])
        assert viewer is not None
        row = changes.state(session, viewer)["collections"]["ballots"].get(round_)
        return row["ballot"] if row else None


def seal(room: Room, clock: Clock) -> dict[str, Any]:
    """Reveal the vote, wait for the grace, and give its result as the room sees it."""
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    room.beat()
    assert room.round()["status"] == "sealed"
    return dict(room.rows("results", room[1])[room.round()["id"]])


def test_marks_fold_into_a_ballot(room: Room) -> None:
    """Cast replaces everything, a mark sets one option, null takes it back, nothing left is no ballot."""
    round_, (a, b, c) = opened(room)
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 2})
    room.send(room[0], "voting.mark", {"round": round_, "option": b, "value": 3})
    assert ballot(room, 0, round_) == {a: 2, b: 3} and room.rows("turnout", room.screen)[round_]["cast"] == 1
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {c: 1}})
    assert ballot(room, 0, round_) == {c: 1} and ballot(room, 1, round_) is None
    room.send(room[0], "voting.mark", {"round": round_, "option": c, "value": None})
    assert ballot(room, 0, round_) is None and room.rows("turnout", room[1])[round_]["cast"] == 0


def test_what_is_over_the_budget_changes_nothing(room: Room) -> None:
    """Too many dots, too many on one option, negative and fractional ones."""
    round_, (a, b, c) = opened(room)
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 3, b: 2}})
    for option, value, code in ((c, 1, "over_budget"), (a, 4, "over_budget"), (b, -1, "invalid"), (b, 0.5, "invalid"), (b, "2", "invalid"), (b, {}, "invalid")):
        room.refuse(room[0], "voting.mark", {"round": round_, "option": option, "value": value}, code)
    for wrong, code in (({a: 3, b: 3}, "over_budget"), ({a: -1}, "invalid"), ({a: 1.5}, "invalid"), ([a], "invalid"), ({new_id(): 1}, "unknown_option")):
        room.refuse(room[0], "voting.cast", {"round": round_, "ballot": wrong}, code)
    assert ballot(room, 0, round_) == {a: 3, b: 2}


def test_unknown_rounds_and_options(room: Room) -> None:
    """A round that is not there, one of another event, an option of another round, a draft."""
    round_, (a, *_) = opened(room)
    foreign = room.other_rows("activities")
    vote = next(iter(foreign))
    with room.spine.reading() as session:
        stranger = room.stranger.identify(session, room.elsewhere)
    room.spine.send(stranger, room.elsewhere.id, "ideas.add", {"idea": (other := new_id()), "activity": vote, "text": "x"}, new_id())
    room.spine.send(stranger, room.elsewhere.id, "events.start", {"activity": vote}, new_id())
    [there] = room.other_rows("rounds")
    for words, code in (({"round": new_id()}, "not_found"), ({"round": there, "option": other}, "not_found"), ({"option": other}, "unknown_option")):
        room.refuse(room[0], "voting.mark", {"round": round_, "option": a, "value": 1} | words, code)
    room.refuse(room[0], "voting.done", {"round": there, "done": True}, "not_found")


def test_who_may_vote(room: Room) -> None:
    """Participants; facilitators, mentors and organisers are out of the count."""
    round_, (a, *_) = opened(room)
    for person in (room.organiser, room.facilitator, room.mentor):
        for name, words in (("voting.mark", {"option": a, "value": 1}), ("voting.cast", {"ballot": {a: 1}}), ("voting.done", {"done": True})):
            room.refuse(person, name, {"round": round_} | words, "not_eligible")
    assert room.rows("turnout")[round_] == {"id": round_, "cast": 0, "done": 0, "eligible": 5}


def test_latecomers_are_eligible_until_the_close(room: Room, clock: Clock) -> None:
    """Whoever joins while it is open may vote and is counted; the base is that of the close."""
    round_, (a, *_) = opened(room)
    late = room.join("Late")
    room.send(late, "voting.mark", {"round": round_, "option": a, "value": 1})
    assert room.rows("turnout", room[0])[round_]["eligible"] == 6
    room.send(room.organiser, "members.remove", {"member": room[4].id})
    assert room.rows("turnout", room[0])[round_]["eligible"] == 5
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    room.join("Too late")
    assert room.rows("turnout", room[0])[round_]["eligible"] == 5
    assert seal(room, clock)["base"] == {"eligible": 5, "cast": 1, "valid": 1, "done": 0, "abstentions": 4}


def test_a_removed_member_votes_no_more(room: Room) -> None:
    """Their ballot and their done are void before the seal."""
    round_, (a, *_) = opened(room)
    for person in room.people[:2]:
        room.send(person, "voting.mark", {"round": round_, "option": a, "value": 1})
        room.send(person, "voting.done", {"round": round_, "done": True})
    room.send(room.organiser, "members.remove", {"member": room[0].id})
    assert room.rows("turnout", room[1])[round_] == {"id": round_, "cast": 1, "done": 1, "eligible": 4}


def test_done_is_said_and_taken_back(room: Room) -> None:
    """Also by who passes, and it is no vote."""
    round_, _ = opened(room)
    room.send(room[0], "voting.done", {"round": round_, "done": True})
    assert room.rows("turnout", room[1])[round_] == {"id": round_, "cast": 0, "done": 1, "eligible": 5}
    room.send(room[0], "voting.done", {"round": round_, "done": False})
    assert room.rows("turnout", room[1])[round_]["done"] == 0


def test_a_pause(room: Room) -> None:
    """Nothing is taken until it goes on, and what was cast stays."""
    round_, (a, *_) = opened(room)
    vote = room.activity("vote")["id"]
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 1})
    room.send(room.organiser, "events.pause", {"activity": vote})
    assert room.rows("rounds", room[0])[round_]["status"] == "paused"
    room.refuse(room[0], "voting.mark", {"round": round_, "option": a, "value": 2}, "round_closed")
    room.send(room.organiser, "events.resume", {"activity": vote})
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 2})
    assert ballot(room, 0, round_) == {a: 2}


def test_three_seconds_of_grace(room: Room, clock: Clock) -> None:
    """What was marked before the close counts for three seconds; what says nothing or was marked later never."""
    round_, (a, b, c) = opened(room)
    words = {"round": round_, "option": a, "value": 1}
    clock.pass_(10)
    acted = clock.now
    clock.pass_(1)
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    room.refuse(room[0], "voting.mark", words, "round_closed")
    room.refuse(room[0], "voting.mark", words, "round_closed", at=clock.now + 1)
    room.send(room[0], "voting.mark", words, at=clock.now)
    clock.pass_(2.999)
    room.beat()
    assert room.round()["status"] == "closed" and room.rows("results") == {}
    room.send(room[1], "voting.cast", {"round": round_, "ballot": {b: 2}}, at=acted)
    clock.pass_(0.001)
    room.send(room[2], "voting.mark", words | {"option": c}, at=acted)
    clock.pass_(0.001)
    room.refuse(room[3], "voting.mark", words, "round_closed", at=acted)
    room.beat()
    result = room.rows("results", room[0])[round_]
    assert {option: figures["points"] for option, figures in result["figures"].items()} == {a: 1, b: 2, c: 1}
    room.refuse(room[3], "voting.mark", words, "round_closed", at=acted)


def test_a_close_can_be_undone_with_all_ballots(room: Room, clock: Clock) -> None:
    """Until the seal the same run goes on; afterwards nothing is left to take back."""
    round_, (a, *_) = opened(room)
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 2})
    closed, vote = new_id(), room.activity("vote")["id"]
    room.send(room.organiser, "events.close", {"activity": vote}, command=closed)
    clock.pass_(599)
    room.beat()
    room.send(room.organiser, "events.undo", {"command": closed})
    assert room.rows("rounds", room[0])[round_]["status"] == "open" and ballot(room, 0, round_) == {a: 2}
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 3})
    closed = new_id()
    room.send(room.organiser, "events.close", {"activity": vote}, command=closed)
    clock.pass_(600)
    room.beat()
    assert room.round()["status"] == "sealed" and room.rows("results", room[0]) == {}
    room.refuse(room.organiser, "events.undo", {"command": closed}, "nothing_to_undo")
    assert room.rows("results")[round_]["figures"][a] == {"points": 3, "voters": 1}


def test_sealed_without_a_reveal_is_shown_by_it(room: Room, clock: Clock) -> None:
    """Ten minutes after the close only the staff has the result; the reveal shows it to all."""
    round_, (a, *_) = opened(room)
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 2})
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    clock.pass_(600)
    room.beat()
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    assert room.rows("results", room.screen)[round_]["ranking"][0] == [a]


def test_reopening_after_the_reveal(room: Room, clock: Clock) -> None:
    """Within the grace the same run goes on, hidden, and its next reveal shows the result."""
    round_, (a, *_) = opened(room)
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.reveal", {"activity": vote})
    room.send(room.organiser, "events.reopen", {"activity": vote})
    assert not room.rows("activities")[vote]["revealed"]
    clock.pass_(5)
    room.beat()
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 1})
    assert seal(room, clock)["figures"][a]["points"] == 1


@pytest.mark.parametrize("again", ["events.start", "events.reopen"])
def test_a_new_run_keeps_the_earlier_one(room: Room, clock: Clock, again: str) -> None:
    """Starting or opening a counted vote makes run 2; the result of run 1 is hidden meanwhile, and shown with the next reveal."""
    first, (a, b, _) = opened(room)
    room.send(room[0], "voting.mark", {"round": first, "option": a, "value": 1})
    assert seal(room, clock)["run"] == 1
    clock.pass_(10)
    room.send(room.organiser, again, {"activity": room.activity("vote")["id"]})
    second = room.round()["id"]
    assert second != first and room.round()["run"] == 2 and room.rows("results", room[0]) == {}
    room.refuse(room[0], "voting.mark", {"round": first, "option": a, "value": 2}, "round_closed")
    room.send(room[0], "voting.mark", {"round": second, "option": b, "value": 1})
    seal(room, clock)
    assert {row["run"]: row["figures"][a]["points"] for row in room.rows("results", room[1]).values()} == {1: 1, 2: 0}


def test_starting_again_before_the_seal_counts_first(room: Room, clock: Clock) -> None:
    """A closed run is sealed as soon as the grace is over, and the next one opens at once."""
    first, (a, *_) = opened(room)
    vote = room.activity("vote")["id"]
    room.send(room[0], "voting.mark", {"round": first, "option": a, "value": 1})
    room.send(room.organiser, "events.close", {"activity": vote})
    room.send(room.organiser, "events.start", {"activity": vote})
    clock.pass_(4)
    room.beat()
    assert room.rows("rounds")[first]["status"] == "sealed" and room.rows("results")[first]["figures"][a]["points"] == 1


def test_an_undone_start_keeps_the_ballots(room: Room) -> None:
    """Nobody sees the round any more; started again it goes on with them, unless it has become another vote."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    round_, (a, *_) = opened(room)
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 2})
    start = room.rows("activities")[vote]["undo"]["command"]
    room.send(room.organiser, "events.undo", {"command": start})
    assert room.rows("rounds", room[0]) == {} and room.rows("options", room[0]) == {} and room.rows("turnout", room.screen) == {}
    room.refuse(room[0], "voting.mark", {"round": round_, "option": a, "value": 1}, "not_found")
    room.send(room.organiser, "ideas.hide", {"idea": a})
    room.send(room.organiser, "ideas.edit", {"idea": room.options(round_)[1], "text": "Reworded"})
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room.organiser, "events.start", {"activity": vote})
    assert room.round()["id"] == round_ and ballot(room, 0, round_) == {a: 2}
    rows = room.rows("options", room[1])
    assert [rows[f"{round_}/{option}"]["status"] for option in room.options()] == ["withdrawn", "open", "open"]
    assert "Reworded" in {row["title"] for row in rows.values()}
    start = room.rows("activities")[vote]["undo"]["command"]
    room.send(room.organiser, "events.undo", {"command": start})
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"budget": 7}})
    room.send(room.organiser, "events.start", {"activity": vote})
    assert room.round()["id"] != round_ and ballot(room, 0, room.round()["id"]) is None


def test_opening_and_closing_twice_does_no_harm(room: Room, clock: Clock) -> None:
    """Nor does sealing twice."""
    round_, (a, *_) = opened(room)
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": vote})
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 1})
    for _ in range(2):
        room.send(room.organiser, "events.close", {"activity": vote})
    room.act("voting.seal", {"round": round_})
    assert room.round()["status"] == "closed"
    seal(room, clock)
    before = room.gallery.seq
    room.act("voting.seal", {"round": round_})
    room.act("voting.seal", {"round": new_id()})
    assert room.gallery.seq == before


@pytest.mark.parametrize(("policy", "sealed", "revealed"), [("never", False, False), ("close", False, True), ("after_vote", True, True), ("live", True, True)])
def test_when_the_room_sees_the_result(room: Room, clock: Clock, policy: str, sealed: bool, revealed: bool) -> None:
    """By the policy that was set before the opening; the staff always."""
    round_, _ = opened(room, results=policy)
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    clock.pass_(600)
    room.beat()
    assert (round_ in room.rows("results", room[0])) is sealed and round_ in room.rows("results")
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    assert (round_ in room.rows("results", room.screen)) is revealed
    assert round_ not in room.rows("results", room.waiting)


def test_a_tie_and_the_steps_in_words(room: Room, clock: Clock) -> None:
    """Ties stand together, and the count is explained in sentences."""
    round_, (a, b, c) = opened(room)
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1, b: 1}})
    result = seal(room, clock)
    assert result["ranking"] == [sorted([a, b]), [c]]
    assert len(result["steps"]) == 2 and all(step.endswith(".") and "{" not in step for step in result["steps"])


def test_withdrawn_options(room: Room, clock: Clock) -> None:
    """No new marks; given ones stay in the figures, can be taken back, and are not ranked."""
    round_, (a, b, c) = opened(room)
    for person in room.people[:2]:
        room.send(person, "voting.mark", {"round": round_, "option": a, "value": 1})
    author = room[0] if room.rows("ideas", room[0])[a].get("mine") else room[1]
    room.send(author, "ideas.withdraw", {"idea": a})
    assert room.rows("options", room[1])[f"{round_}/{a}"]["status"] == "withdrawn"
    room.refuse(room[2], "voting.mark", {"round": round_, "option": a, "value": 1}, "unknown_option")
    room.refuse(room[0], "voting.mark", {"round": round_, "option": a, "value": 2}, "unknown_option")
    room.send(room[1], "voting.mark", {"round": round_, "option": a, "value": 0})
    room.send(room[0], "voting.mark", {"round": round_, "option": b, "value": 1})
    result = seal(room, clock)
    assert result["figures"][a] == {"points": 1, "voters": 1} and result["ranking"] == [[b], [c]]


def test_a_hidden_option_comes_back(room: Room) -> None:
    """Hidden it takes no marks, shown again it does."""
    round_, (a, *_) = opened(room)
    room.send(room.organiser, "ideas.hide", {"idea": a})
    room.refuse(room[0], "voting.mark", {"round": round_, "option": a, "value": 1}, "unknown_option")
    room.send(room.organiser, "ideas.show", {"idea": a})
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 1})


def test_own_ideas_can_be_barred(room: Room) -> None:
    """Who wrote a card cannot vote for it; their phone knows which are theirs."""
    round_, options = opened(room, own_barred=True)
    mine = [row["id"] for row in room.rows("options", room[0]).values() if row.get("mine")]
    assert mine and all("mine" not in row for row in room.rows("options").values())
    room.refuse(room[0], "voting.mark", {"round": round_, "option": mine[0], "value": 1}, "unknown_option")
    room.refuse(room[0], "voting.cast", {"round": round_, "ballot": dict.fromkeys(options, 1)}, "unknown_option")
    room.send(room[1], "voting.mark", {"round": round_, "option": mine[0], "value": 1})


def test_a_lost_secret_is_said(room: Room, clock: Clock) -> None:
    """After a restore without the secrets a secret round takes nothing more, can be closed and counted, and people can be managed."""
    from facilitate.voting import secrets

    round_, (a, *_) = opened(room)
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 2})
    secrets.destroy(room.spine.settings.secrets, round_)
    for name, words in (("voting.mark", {"option": a, "value": 1}), ("voting.cast", {"ballot": {}})):
        room.refuse(room[0], name, {"round": round_} | words, "round_closed")
    room.send(room.organiser, "members.remove", {"member": room[2].id})
    assert seal(room, clock)["figures"][a]["points"] == 2

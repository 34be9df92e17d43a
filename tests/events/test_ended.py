"""After the end of an event: everything is refused but the few commands that hand out, delete or report."""

import pytest

from facilitate.core import writer
from facilitate.core.commands import COMMANDS, Submission, internal
from facilitate.people.queries import digest, new_secret
from tests.support.room import Room, new_id

TAKEN = {
    "events.delete", "events.delete_names", "events.end", "events.reveal", "ideas.publish", "members.delete_name", "members.link",
    "practices.delivered", "practices.draft", "practices.send", "practices.send_on", "voting.cast", "voting.mark", "voting.objection", "voting.seal",
}  # fmt: skip
"""A ballot that was on its way at the end counts for three seconds; later the round itself refuses it."""


@pytest.fixture
def ended(room: Room) -> Room:
    """A room whose event had ideas and a team, and has ended."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "One"})
    room.send(room[0], "teams.start", {"team": new_id(), "title": "Benches"})
    room.send(room.organiser, "events.end", {})
    return room


def test_every_command_is_refused_that_does_not_say_otherwise(ended: Room) -> None:
    """One check for all commands of an event, whatever their words."""
    assert {name for name, known in COMMANDS.items() if known.after_end} == TAKEN
    viewer = ended.viewer(ended.organiser)
    assert viewer is not None
    for name, known in COMMANDS.items():
        if not known.outside and not known.after_end:
            answer = ended.spine.writer.submit(Submission(known, None, viewer, ended.event.id, new_id(), None))
            assert answer["code"] == "ended", name
    ended.gallery.unchanged()


def test_what_people_send_after_the_end(ended: Room) -> None:
    """Teams, challenges, ideas and names stay as they are, and so does the agenda; over HTTP that is a 410."""
    idea, team, collect = next(iter(ended.rows("ideas"))), next(iter(ended.rows("teams"))), ended.activity("collect")["id"]
    for person, name, words in (
        (ended[1], "teams.start", {"team": new_id(), "title": "Late"}), (ended[1], "teams.join", {"team": team}),
        (ended[1], "challenges.add", {"challenge": new_id(), "title": "Late", "text": "Late"}), (ended[0], "ideas.withdraw", {"idea": idea}),
        (ended[0], "ideas.assign", {"ideas": [idea]}), (ended[0], "members.rename", {"member": ended[0].id, "name": "Late"}),
        (ended.organiser, "events.add", {"activity": new_id(), "type": "collect", "title": "Late"}),
        (ended.organiser, "events.edit", {"activity": collect, "title": "Late"}), (ended.organiser, "events.edit_event", {"title": "Late"}),
        (ended.organiser, "groups.make", {"group": new_id(), "activity": collect, "title": "Late", "ideas": [idea]}),
        (ended.organiser, "members.set_role", {"member": ended[1].id, "role": "mentor"}),
    ):  # fmt: skip
        ended.refuse(person, name, words, "ended")
    path = f"/api/events/{ended.event.slug}/commands/teams.start"
    assert ended.client(ended[1]).post(path, json={"team": new_id(), "title": "Late"}).status_code == 410


def test_what_is_still_taken(ended: Room) -> None:
    """One's own name is deleted, an idea kept out of records, a personal link made, a result handed out."""
    idea = next(iter(ended.rows("ideas")))
    ended.send(ended[0], "members.delete_name", {"member": ended[0].id})
    assert ended.rows("members")[ended[0].id]["name"] == ""
    ended.refuse(ended[0], "members.delete_name", {"member": ended[1].id}, "forbidden")
    ended.send(ended[0], "ideas.publish", {"idea": idea, "publish": False})
    ended.send(ended[0], "members.link", {"member": ended[0].id, "hash": digest(new_secret())})
    ended.send(ended.organiser, "events.reveal", {"activity": ended.activity("collect")["id"]})
    assert ended.activity("collect")["revealed"]


def test_what_follows_the_end_in_one_batch(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that arrives together with the end, right after it, is refused like any later one."""
    viewer = room.viewer(room.organiser)
    assert viewer is not None
    monkeypatch.setattr(writer, "SLICE", 60)
    title = {"title": "Late"}
    with room.app.app_context(), room.spine.reading() as session:
        batch = [internal(name, words, room.event.id, new_id(), viewer) for name, words in (("events.end", {}), ("events.edit_event", title))]
        answers = writer.Batch(session, batch).run()
        session.rollback()
    assert [answer.get("code", "ok") for answer in answers] == ["ok", "ended"]

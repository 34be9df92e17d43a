"""The wire as a client meets it: joined, acted, seen by another, over websocket and long polling, in both async modes."""

import queue
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

from tests.support.screen import PATIENCE, Screen, client, closed_on_failure, screens
from tests.support.served import Served, serve


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server in each async mode."""
    with serve(tmp_path_factory.mktemp("served"), async_mode=request.param) as made:
        yield made


@pytest.fixture(params=["websocket", "polling"])
def transport(request: pytest.FixtureRequest) -> str:
    """Each transport."""
    return str(request.param)


def test_what_one_does_the_other_sees(served: Served, transport: str) -> None:
    """A statement put up by one phone is acknowledged and reaches the other in a frame; a ballot counts in the turnout."""
    code, vote = served.consultation()
    one, other = (Screen(served, code, served.member(code), transport) for _ in range(2))
    with screens(one, other):
        start = other.join(0)["seq"]
        assert one.join(start)["rows"] == []
        idea = str(uuid.uuid4())
        added = one.command("ideas.add", {"idea": idea, "activity": vote, "text": "More benches"})
        assert added["ok"], added
        rows = other.until(added["seq"])
        assert rows[("ideas", idea)]["text"] == "More benches" and "mine" not in rows[("ideas", idea)]
        round_id = next(key[1].split("/")[0] for key in rows if key[0] == "options")
        cast = other.command("voting.cast", {"round": round_id, "ballot": {idea: "agree"}})
        assert one.until(cast["seq"])[("turnout", round_id)]["cast"] == 1
        assert one.rows[("ideas", idea)]["mine"] is True


def test_the_same_id_again_changes_nothing(served: Served, transport: str) -> None:
    """A command that is sent twice is carried out once and answered the same."""
    code, vote = served.consultation()
    phone = Screen(served, code, served.member(code), transport)
    with screens(phone):
        phone.join(0)
        command, words = str(uuid.uuid4()), {"idea": str(uuid.uuid4()), "activity": vote, "text": "Once"}
        first, again = phone.command("ideas.add", words, command), phone.command("ideas.add", words, command)
        assert first == again and first["ok"]
        assert len(served.state(code)["ideas"]) == 1


def test_a_gap_is_filled_and_a_future_reloads(served: Served, transport: str) -> None:
    """Who was away gets what changed since; who has seen what never was is told to reload."""
    code, vote = served.consultation()
    token = served.member(code)
    phone = Screen(served, code, token, transport)
    with screens(phone):
        seen = phone.join(0)["seq"]
    idea = str(uuid.uuid4())
    served.command(code, "ideas.add", idea=idea, activity=vote, text="While you were away")
    back = Screen(served, code, token, transport)
    with screens(back):
        rows = {(collection, row_id) for collection, row_id, _ in back.join(seen)["rows"]}
        assert ("ideas", idea) in rows and ("options", f"{next(iter(served.state(code)['rounds']))}/{idea}") in rows
        assert back.join(10**9) == {"reload": True}
        assert back.call("join", {"event": code, "seen": "much"}) == {"reload": True}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("not an object", "bad_json"),
        ({"event": 7}, "unknown_event"),
        ({"event": "000000", "name": "ideas.add"}, "unknown_event"),
        ({"name": "ideas.fly", "words": {}}, "unknown_command"),
        ({"name": ["ideas.add"], "words": {}}, "unknown_command"),
        ({"name": "voting.seal", "words": {}}, "unknown_command"),
        ({"name": "ideas.add", "words": "text"}, "invalid"),
        ({"name": "ideas.add", "words": {}}, "invalid"),
        ({"name": "events.end", "words": {}}, "forbidden"),
        ({"name": "ideas.add", "words": {"text": "x" * 65_000}}, "too_large"),
        ({"name": "ideas.add", "words": {}, "id": "7"}, "invalid"),
    ],
)
def test_what_is_wrong_is_said(served: Served, body: Any, code: str) -> None:
    """Each mistake has its code and a sentence, and the connection goes on."""
    event, _ = served.consultation()
    phone = Screen(served, event, served.member(event), "websocket")
    with screens(phone):
        given = {"event": event, "id": str(uuid.uuid4()), **body} if isinstance(body, dict) else body
        answer = phone.call("command", given)
        assert answer["ok"] is False and answer["code"] == code, answer
        assert answer["sentence"].strip().endswith((".", "?"))
        assert phone.join(0)["seq"] > 0


def test_a_huge_frame_closes_that_socket_only(served: Served) -> None:
    """Ten megabytes end the connection that sent them; the next one is as good as before, and so is everybody else's."""
    code, vote = served.consultation()
    rude, other = (Screen(served, code, served.member(code), "websocket") for _ in range(2))
    with screens(rude, other):
        other.join(0)
        gone: queue.Queue[bool] = queue.Queue()
        rude.client.on("disconnect", lambda *_: gone.put(True))
        rude.client.emit("command", {"event": code, "name": "ideas.add", "words": {"text": "x" * 10_000_000}})
        assert gone.get(timeout=PATIENCE)
        assert other.command("ideas.add", {"idea": str(uuid.uuid4()), "activity": vote, "text": "Still here"})["ok"]


def test_strangers_are_not_let_in(served: Served) -> None:
    """A socket without a token that is somebody's is refused."""
    code, _ = served.consultation()
    stranger = client()
    with pytest.raises(socketio.exceptions.ConnectionError), closed_on_failure(stranger):
        stranger.connect(served.url, auth={"token": "nobody's"}, transports=["websocket"], wait_timeout=PATIENCE)
    other, _ = served.consultation()
    phone = Screen(served, other, served.member(code), "websocket")
    with screens(phone):
        assert phone.join(0)["code"] == "sign_in"


def test_a_new_role_reloads_and_a_removed_member_is_told(served: Served, transport: str) -> None:
    """Whose role changes has to load anew; who is sent away hears it and is nobody any more."""
    code, _ = served.consultation()
    phone = Screen(served, code, served.member(code), transport)
    with screens(phone):
        seen = phone.join(0)["seq"]
        me = next(row["id"] for row in served.state(code)["members"].values() if row["role"] == "participant")
        gone: queue.Queue[bool] = queue.Queue()
        phone.client.on("gone", lambda *_: gone.put(True))
        served.command(code, "members.set_role", member=me, role="facilitator")
        while phone.frames.get(timeout=PATIENCE)[1] <= seen:
            pass
        assert phone.join(seen) == {"reload": True}
        assert "seq" in phone.join(seen)
        served.command(code, "members.remove", member=me)
        assert gone.get(timeout=PATIENCE)
        assert phone.command("ideas.withdraw", {"idea": str(uuid.uuid4())})["code"] in ("sign_in", "forbidden")


def test_a_thousand_commands_a_second(tmp_path: Path) -> None:
    """One phone that floods is slowed down, told when to come back, and harms nobody."""
    with serve(tmp_path, async_mode="eventlet") as limited:
        code, vote = limited.consultation()
        flood, other = (Screen(limited, code, limited.member(code), "websocket") for _ in range(2))
        with screens(flood, other):
            answers: queue.Queue[dict[str, Any]] = queue.Queue()
            for number in range(1000):
                words = {"idea": str(uuid.uuid4()), "activity": vote, "text": f"Flood {number}"}
                body = {"id": str(uuid.uuid4()), "event": code, "name": "ideas.add", "words": words}
                flood.client.emit("command", body, callback=answers.put)
            said = [answers.get(timeout=PATIENCE) for _ in range(1000)]
            refused = [answer for answer in said if not answer["ok"]]
            assert refused and all(answer["code"] == "slow_down" and answer["retry_after"] > 0 for answer in refused)
            assert other.command("ideas.add", {"idea": str(uuid.uuid4()), "activity": vote, "text": "In between"})["ok"]
            assert len(limited.state(code)["ideas"]) == 1001 - len(refused)

"""What the server tells besides frames: who is here, the clock, live totals, moved and gone; and who it no longer listens to."""

import queue
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.screen import PATIENCE, Screen, screens
from tests.support.served import Served, serve
from tests.support.until import until


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real server in each async mode, its limits off."""
    with serve(tmp_path_factory.mktemp("told"), async_mode=request.param, rate_limits="off") as made:
        yield made


def dots(served: Served, **settings: Any) -> tuple[str, str, list[str]]:
    """(code, round, options) of an open vote by dots over two cards in a room of six."""
    code = served.call("POST", "/api/events", {"template": "ideas-and-vote", "title": "Dots", "open": True})[1]["code"]
    kinds = {row["type"]: row["id"] for row in served.state(code)["activities"].values()}
    served.command(code, "events.start", activity=kinds["collect"])
    for text in ("Benches", "Light"):
        served.command(code, "ideas.add", idea=str(uuid.uuid4()), activity=kinds["collect"], text=text)
    if settings:
        served.command(code, "events.edit", activity=kinds["vote"], settings=settings)
    served.command(code, "events.start", activity=kinds["vote"])
    state = served.state(code)
    return code, next(iter(state["rounds"])), [row["id"] for row in state["options"].values()]


def last(told: "queue.Queue[Any]", wanted: Any) -> None:
    """Wait until this was said."""
    while told.get(timeout=PATIENCE) != wanted:
        pass


def test_who_is_here(served: Served) -> None:
    """A number for all, names for the staff; a lost phone is gone from both; consoles are not counted."""
    code, _, _ = dots(served)
    slug = next(iter(served.state(code)["events"]))
    one, other = (Screen(served, code, served.member(code), "websocket") for _ in range(2))
    console = Screen(served, code, served.token, "websocket")
    with screens(one, other, console):
        console.join(0)
        one.join(0)
        last(console.heard["presence"], [slug, 1])
        other.join(0)
        last(one.heard["presence"], [slug, 2])
        here = until(lambda: [said for said in iter_all(console.heard["here"]) if len(said[1]) == 2], "two are here")
        people = [row["id"] for row in served.state(code)["members"].values() if row["role"] == "participant"]
        assert set(here[-1][1]) == set(people)
        other.close()
        last(one.heard["presence"], [slug, 1])
        assert one.heard["here"].empty()
        assert one.heard["clock"].get(timeout=PATIENCE)[0] > 1_600_000_000_000


def iter_all(told: "queue.Queue[Any]") -> list[Any]:
    """What was said so far, which stays said."""
    return list(told.queue)


def test_totals_of_a_secret_round(served: Served) -> None:
    """Nothing before five different ballots changed, however often four people change theirs; then one message, to the staff only."""
    code, round_id, (a, b) = dots(served)
    people = [served.member(code) for _ in range(6)]
    console, phone = Screen(served, code, served.token, "websocket"), Screen(served, code, people[5], "websocket")
    with screens(console, phone):
        seen = console.join(0)["seq"]
        phone.join(seen)
        for value in (1, 2, 3):
            for token in people[:4]:
                served.command(code, "voting.mark", token, round=round_id, option=a, value=value)
        answer = served.command(code, "voting.done", people[0], round=round_id, done=True)
        console.until(answer["seq"])
        for _ in range(3):  # each needs a round trip of its own, and totals are due by then
            console.join(console.seen)
        assert console.heard["figures"].empty()
        served.command(code, "voting.mark", people[4], round=round_id, option=b, value=1)
        _, told, figures = console.heard["figures"].get(timeout=PATIENCE)
        assert told == round_id and figures == {a: {"points": 12, "voters": 4}, b: {"points": 1, "voters": 1}}
        assert phone.heard["figures"].empty()


def test_live_totals_of_a_named_round(served: Served) -> None:
    """They go to everybody, at most once a second: many votes are few messages, and the last one is right."""
    code, round_id, (a, _) = dots(served, secret=False, results="live")
    people = [served.member(code) for _ in range(5)]
    phone = Screen(served, code, people[0], "polling")
    with screens(phone):
        phone.join(0)
        for value in (1, 2, 3):
            for token in people:
                served.command(code, "voting.mark", token, round=round_id, option=a, value=value)
        said = until(lambda: [one for one in iter_all(phone.heard["figures"]) if one[2][a] == {"points": 15, "voters": 5}], "the totals are right")
        assert said and phone.heard["figures"].qsize() <= 15


def test_after_ones_own_vote(served: Served) -> None:
    """Who voted sees the totals, who did not waits."""
    code, round_id, (a, _) = dots(served, secret=False, results="after_vote", staff_totals=False)
    voter, waiting = served.member(code), served.member(code)
    one, other, console = (Screen(served, code, token, "websocket") for token in (voter, waiting, served.token))
    with screens(one, other, console):
        for screen in (one, other, console):
            screen.join(0)
        served.command(code, "voting.mark", voter, round=round_id, option=a, value=2)
        assert one.heard["figures"].get(timeout=PATIENCE)[2][a]["points"] == 2
        served.command(code, "voting.mark", waiting, round=round_id, option=a, value=1)
        assert other.heard["figures"].get(timeout=PATIENCE)[2][a] == {"points": 3, "voters": 2}
        assert console.heard["figures"].empty()


def test_another_device_takes_over(served: Served) -> None:
    """The first phone is told that its seat moved, and is nobody's from then on; the second is the same member."""
    code, _, _ = dots(served)
    served.command(code, "seats.generate", prefix="Blue", count=1)
    seat = next(row["id"] for row in served.state(code)["seats"].values() if row["listed"])
    first = served.call("POST", f"/api/events/{code}/members", {"seat": seat}, "")[1]
    phone = Screen(served, code, first["token"], "websocket")
    with screens(phone):
        seen = phone.join(0)["seq"]
        served.command(code, "seats.free", seat=seat)
        assert phone.heard["moved"].get(timeout=PATIENCE) == []
        assert phone.join(seen)["code"] == "sign_in"
        second = served.call("POST", f"/api/events/{code}/members", {"seat": seat}, "")[1]
        assert second["member"] == first["member"] and second["token"] != first["token"]
        with screens(Screen(served, code, second["token"], "websocket")):
            assert served.state(code, second["token"])["members"][first["member"]]["seat"] == seat


def test_a_connection_without_a_screen_is_let_go_too(served: Served) -> None:
    """Who was sent away acts no more, also over a connection that never joined and had acted before."""
    code, _, _ = dots(served)
    phone = Screen(served, code, served.member(code), "websocket")
    with screens(phone):
        me = next(row["id"] for row in served.state(code)["members"].values() if row["role"] == "participant")
        assert phone.command("members.rename", {"member": me, "name": "Rude"})["ok"]
        served.command(code, "members.remove", member=me)
        assert phone.command("members.rename", {"member": me, "name": "Ruder"})["code"] == "sign_in"


def test_a_deleted_event(served: Served) -> None:
    """Everybody is let go, and a screen that asks again is told that there is no such event."""
    code, _, _ = dots(served)
    phone, console = Screen(served, code, served.member(code), "websocket"), Screen(served, code, served.token, "websocket")
    with screens(phone, console):
        seen = phone.join(0)["seq"]
        console.join(0)
        served.command(code, "events.delete")
        for screen in (phone, console):
            assert screen.heard["gone"].get(timeout=PATIENCE) == []
            assert screen.join(seen)["code"] in ("unknown_event", "sign_in")


def test_no_event_is_called_so(served: Served) -> None:
    """References that no address can have are unknown events, and the connection goes on."""
    code, _, _ = dots(served)
    phone = Screen(served, code, served.member(code), "websocket")
    with screens(phone):
        for reference in ("", " ", "x" * 5000, "\u0661\u0662\u0663", "a\x00b", "\ud800", "💥", "../..", None, [], {}, 5):
            assert phone.call("join", {"event": reference, "seen": 0})["code"] == "unknown_event", reference
        assert phone.call("join", None)["code"] == "unknown_event"
        assert phone.join(0)["seq"] > 0


def test_garbage_on_the_line(served: Served) -> None:
    """What is no Socket.IO, or no JSON, or nested without end is not answered, and neither this connection nor others suffer."""
    from contextlib import closing

    from tests.support.rawsocket import RawSocket

    code, _, _ = dots(served)
    with closing(RawSocket(served.port)) as raw, closing(RawSocket(served.port)) as other:
        other.enter(served.token, code)
        raw.enter(served.token, code)
        for text in (
            "42not json",
            "42[",
            '42["join"',
            "4",
            "49",
            "42" + "[" * 20_000,
            '42["command",' + '{"a":' * 5_000 + "1" + "}" * 5_000 + "]",
            "42[5]",
            '42["nothing",1]',
        ):
            raw.send(text)
        assert "seq" in raw.ask("join", {"event": code, "seen": 0})
        assert "seq" in other.ask("join", {"event": code, "seen": 0})

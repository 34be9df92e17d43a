"""`facilitate event`: one event from machine to machine with its codes, seats and records, beside running servers and without."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from facilitate.core.strings import t
from facilitate.people.queries import digest, new_secret
from facilitate.suitcase.loading import load
from tests.support.rawsocket import RawSocket
from tests.support.served import Served, serve
from tests.support.terminal import Terminal
from tests.support.until import until


def workshop(served: Served) -> tuple[str, str]:
    """(code, a participant's token) of an event with an idea and a list of seats."""
    code, _ = served.consultation()
    token = served.member(code, "Ann")
    [vote] = [row["id"] for row in served.state(code)["activities"].values()]
    served.command(code, "ideas.add", token, idea="0b7a3a52-4a3f-4b8e-8f0b-3c1f9a6b2d11", activity=vote, text="More shade")
    served.command(code, "seats.generate", prefix="Blue", count=2)
    return code, token


def test_there_and_back(settled: Terminal, terminal: Terminal, tmp_path: Path) -> None:
    """Server, laptop, server: nobody joins again, the laptop's organiser runs it, and what was replaced is kept aside."""
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    with serve(settled.folder, async_mode="threading") as home:
        code, ann = workshop(home)
        running = t("en", "refusal.vote_not_counted", title=next(iter(home.state(code)["activities"].values()))["title"])
        assert settled.says("event", "pack", code, there, code=1) == running and not there.exists()
        counted(home, code)
        packed = settled("event", "pack", code, there)
        assert packed.stdout == f"{there}\n" and "rows" in packed.stderr
        assert settled.says("event", "pack", code, there, code=1) == t("en", "cli.file_exists", file=there)
        before = home.state(code, ann)
        told = terminal.says("event", "unpack", there, alone=True)
        assert told == t("en", "cli.event.unpacked", title="Test", code=code)
        with serve(terminal.folder, async_mode="threading") as laptop:
            assert laptop.state(code, ann) == before
            laptop.command(code, "events.edit_event", title="At the lake")
            assert settled.says("event", "pack", code, there, "--force") == str(there)
            assert terminal.says("event", "unpack", there, code=1) == t("en", "cli.event.older", title="At the lake")
            assert terminal.says("event", "pack", code, back) == str(back)
        with looking(home, code, there) as reloads:
            done = settled("event", "unpack", back)
            assert reloads()
        assert done.stdout.strip() == t("en", "cli.event.unpacked", title="At the lake", code=code)
        assert home.state(code, ann)["events"][slug(home, code)]["title"] == "At the lake"
        assert home.state(code)["seats"] and home.call("GET", f"/api/events/{code}/state")[1]["me"]["staff"]
        aside = Path(re.findall(r"\S+\.zip", done.stderr)[0])
        assert aside.parent == settled.folder / "suitcases"
        assert settled.says("event", "unpack", back) == t("en", "cli.event.same", title="At the lake")
        assert settled.says("event", "unpack", aside, code=1) == t("en", "cli.event.older", title="At the lake")
        settled.says("event", "unpack", aside, "--replace")
        assert home.state(code, ann) == before


@contextmanager
def looking(served: Served, code: str, packed: Path) -> Iterator[Callable[[], bool]]:
    """A projector looks at the event while the block runs; the function it gives waits for the next frame and says whether that
    one makes it join again, and reload."""
    secret, key = new_secret(), json.loads((served.folder / "lock").read_text(encoding="utf-8"))["key"]
    words = {"token": str(uuid.uuid4()), "kind": "screen", "hash": digest(secret), "event_id": load(packed).event_id}
    assert served.call("POST", "/api/local/commands/people.issue_token", {"words": words}, key)[1]["ok"]
    seen = served.call("GET", f"/api/events/{code}/state")[1]["seq"]

    def reloads() -> bool:
        while True:
            name, frame, *_ = [*json.loads("[" + screen.receive().partition("[")[2]), None]
            if name == "frame":
                return frame[1] > seen and screen.ask("join", {"event": code, "seen": seen}) == {"reload": True}

    with closing(RawSocket(served.port)) as screen:
        assert screen.enter(secret, code, seen) == {"seq": seen, "rows": []}
        yield reloads


def counted(served: Served, code: str) -> None:
    """Close and reveal the vote, and wait until it is sealed."""
    [vote] = [row["id"] for row in served.state(code)["activities"].values()]
    served.command(code, "events.reveal", activity=vote)
    until(lambda: next(iter(served.state(code)["rounds"].values()))["status"] == "sealed", "the vote is sealed")


def slug(served: Served, code: str) -> str:
    """The permanent address of an event."""
    return str(served.call("GET", f"/api/events/{code}/state")[1]["event"])


def test_both_went_on(settled: Terminal, terminal: Terminal, tmp_path: Path) -> None:
    """Neither is thrown away unasked."""
    file = tmp_path / "case.zip"
    with serve(settled.folder, async_mode="threading") as home:
        status, made = home.call("POST", "/api/events", {"template": "ideas-and-vote", "title": "Test", "open": True})
        assert status == 201
        code = made["code"]
        settled.says("event", "pack", code, file)
        terminal.says("event", "unpack", file)
        with serve(terminal.folder, async_mode="threading") as laptop:
            laptop.command(code, "events.edit_event", title="There")
        home.command(code, "events.edit_event", title="Here")
        terminal.says("event", "pack", code, file, "--force")
        assert settled.says("event", "unpack", file, code=1) == t("en", "cli.event.both", title="Here")
        assert home.state(code)["events"][made["event"]]["title"] == "Here"


def test_events_are_listed(settled: Terminal, tmp_path: Path) -> None:
    """With code, title, state and people; as JSON for scripts; an unknown event is said."""
    assert settled.says("event", "list", "--json", alone=True) == "[]"
    with serve(settled.folder, async_mode="threading") as served:
        code, _ = workshop(served)
        [demo, row] = sorted(json.loads(settled.says("event", "list", "--json")), key=lambda row: row["title"] == "Test")
        assert row == {"code": code, "slug": slug(served, code), "title": "Test", "status": "open", "people": 1}
        assert re.search(rf"^{code}  Test  open  1 person  test-\w+$", settled.says("event", "list"), re.MULTILINE)
        counted(served, code)
        served.command(code, "events.end")
    ended = tmp_path / "ended.zip"
    assert settled.says("event", "pack", code, ended).splitlines()[-1] == str(ended) and ended.exists()
    assert settled.says("event", "pack", "999999", tmp_path / "none.zip", code=1) == t("en", "cli.no_event", event="999999")
    said = settled.says("event", "pack", demo["code"], tmp_path / "none" / "case.zip", code=1)
    assert str(tmp_path / "none" / "case.zip") in said and len(said.splitlines()) == 1
    (tmp_path / "no.zip").write_text("text", encoding="utf-8")
    assert settled.says("event", "unpack", tmp_path / "no.zip", code=1) == t("en", "refusal.no_suitcase", file=tmp_path / "no.zip")

"""`facilitate demo` and `replay`: a room with people in it, against the server that runs or one that is started."""

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from facilitate.core.strings import t
from facilitate.replay import DEMO
from tests.support.served import serve
from tests.support.terminal import Terminal

VOTES = ("timestamp,comment-id,voter-id,vote", "1000,1,1,1", "1001,1,2,-1", "1002,1,2,1", "1003,2,1,0")
COMMENTS = ("timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body", "900,1,0,2,0,1,More shade", "901,2,0,0,0,1,More benches")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A consultation of two people with two statements and four votes, one of which replaces another."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "votes.csv").write_text("\n".join(VOTES) + "\n", encoding="utf-8")
    (folder / "comments.csv").write_text("\n".join(COMMENTS) + "\n", encoding="utf-8")
    return folder


def demo(settled: Terminal, until: str) -> tuple[subprocess.Popen[str], str]:
    """A demo that runs, and what it said up to some words."""
    argv = [sys.executable, "-m", "facilitate.cli", "demo", "--speed", "0"]
    process = subprocess.Popen(argv, env=settled.variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if until in line:
            break
    return process, told


def ended(process: subprocess.Popen[str], number: signal.Signals) -> int:
    """How a demo ends at a signal."""
    process.send_signal(number)
    with process:
        return process.wait(60)


def test_a_demo_starts_its_own_server(settled: Terminal) -> None:
    """Where none runs it starts one, says where to look, whose data it is and that every figure is right; the room stays until
    somebody interrupts it."""
    process, told = demo(settled, until=t("en", "cli.demo.stays"))
    assert t("en", "cli.demo.attribution") in told and "Computational Democracy Project" in told
    for path in ("/sign-in/", "/run/", "/screen/", "/j/"):
        assert re.search(rf"http://127\.0\.0\.1:{settled.port}{path}\S+", told), path
    assert t("en", "cli.replay.equal", ballots=638, statements=39) in told
    assert json.loads((settled.folder / "lock").read_text(encoding="utf-8"))["url"]
    assert ended(process, signal.SIGINT) == 130
    assert (settled.folder / "lock").read_text(encoding="utf-8") == ""
    [event] = json.loads(settled.says("event", "list", "--json"))
    assert event["people"] == 26


def test_a_demo_takes_its_server_with_it(settled: Terminal) -> None:
    """Also where it is ended in the middle of the play, by a signal that is no Ctrl+C."""
    process, _ = demo(settled, until="/j/")
    assert ended(process, signal.SIGTERM) == 143
    assert (settled.folder / "lock").read_text(encoding="utf-8") == ""


def test_a_demo_without_a_port_says_so(settled: Terminal) -> None:
    """What keeps its server from starting is said by the server, and is the demo's own end."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = settled("demo", "--leave", "--port", str(port), code=2).stderr.strip()
    assert said == t("en", "cli.port_taken", port=port, other=port + 1)


def test_a_replay_compares(settled: Terminal, export: Path) -> None:
    """Into a given event with a given token; a problem or a refusal is exit code 1; JSON for scripts. The demo leaves a server that
    runs running."""
    with serve(settled.folder, async_mode="threading") as served:
        code, _ = served.consultation()
        words = ("replay", export, "--speed", "0", "--event", code, "--url", served.url, "--token", served.token)
        done = settled(*words)
        assert t("en", "cli.replay.equal", ballots=3, statements=2) in done.stdout and "votes 4/4" in done.stderr
        told = {"event": code, "people": 2, "statements": 2, "votes": 4, "ballots": 3, "ok": True, "problems": []}
        assert json.loads(settled.here("replay", export, "--speed", "0", "--event", code, "--json").stdout) == told
        _, other = served.call("POST", "/api/events", {"template": "ideas-and-vote", "title": "Test", "open": True})
        without = settled.here("replay", export, "--speed", "0", "--event", other["code"], "--json", code=1)
        assert json.loads(without.stdout)["problems"] == [t("en", "cli.replay.no_vote")]
        refused = settled.here("replay", export, "--speed", "0", "--token", "guessed", code=1)
        assert t("en", "refusal.sign_in") in refused.stdout
        assert settled.says("replay", export, "--url", "http://127.0.0.1:9", code=1) == t("en", "cli.replay.no_token")
        (export / "votes.csv").unlink()
        assert settled.says("replay", export, code=1) == t("en", "cli.replay.no_file", file=export / "votes.csv")
        told = settled.here("demo", "--speed", "0").stdout
        assert f"{served.url}/run/" in told and t("en", "cli.demo.stays") not in told
        assert served.call("GET", "/healthz")[0] == 200


def test_a_replay_needs_a_server(settled: Terminal) -> None:
    """None runs here and none is named."""
    assert settled.says("replay", DEMO, code=1) == t("en", "cli.replay.no_server")

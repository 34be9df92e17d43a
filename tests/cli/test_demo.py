"""`facilitate demo` and `replay`: a room with people in it, against the server that runs or one that is started."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from facilitate.core.strings import t
from facilitate.replay import DEMO
from tests.support.served import serve
from tests.support.terminal import Terminal


def test_a_demo_starts_its_own_server(terminal: Terminal) -> None:
    """Where none runs, it starts one, says where to look, whose data it is, and that every figure is right; then it ends it."""
    done = terminal("demo", "--speed", "0", "--leave")
    assert t("en", "cli.demo.attribution") in done.stdout and "Computational Democracy Project" in done.stdout
    for path in ("/sign-in/", "/run/", "/screen/", "/j/"):
        assert re.search(rf"http://127\.0\.0\.1:{terminal.port}{path}\S+", done.stdout), path
    assert t("en", "cli.replay.equal", ballots=638, statements=39) in done.stdout
    assert "votes 640/640" in done.stderr
    assert (terminal.folder / "lock").read_text(encoding="utf-8") == ""
    [event] = json.loads(terminal.says("event", "list", "--json"))
    assert event["people"] == 26


def test_the_demo_uses_the_server_that_runs(settled: Terminal) -> None:
    """It leaves it running."""
    with serve(settled.folder, async_mode="threading") as served:
        told = settled.says("demo", "--speed", "0")
        assert f"{served.url}/run/" in told and t("en", "cli.demo.stays") not in told
        assert served.call("GET", "/healthz")[0] == 200


def test_the_room_stays_until_it_is_interrupted(terminal: Terminal) -> None:
    """A demo that started its server keeps it for those who look on; an interrupt ends both."""
    argv = [sys.executable, "-m", "facilitate.cli", "demo", "--speed", "0"]
    process = subprocess.Popen(argv, env=terminal.variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    assert any(t("en", "cli.demo.stays") in line for line in process.stdout)
    assert json.loads((terminal.folder / "lock").read_text(encoding="utf-8"))["url"]
    process.send_signal(2)
    assert process.wait(60) == 130
    process.stdout.close()
    assert (terminal.folder / "lock").read_text(encoding="utf-8") == ""


def test_a_demo_without_a_port_says_so(terminal: Terminal, settled: Terminal) -> None:
    """What keeps its server from starting is said by the server, and is the demo's own end."""
    with serve(settled.folder, async_mode="threading") as served:
        said = terminal("demo", "--port", str(served.port), code=2).stderr.strip()
        assert said == t("en", "cli.port_taken", port=served.port, other=served.port + 1)


def test_a_replay_compares(settled: Terminal, tmp_path: Path) -> None:
    """Into a given event with a given token; a problem or a refusal is exit code 1; JSON for scripts."""
    with serve(settled.folder, async_mode="threading") as served:
        code, _ = served.consultation()
        done = settled.here("replay", DEMO, "--speed", "0", "--event", code, "--url", served.url, "--token", served.token, "--json")
        assert json.loads(done.stdout) == {"event": code, "people": 26, "statements": 39, "votes": 640, "ballots": 638, "ok": True, "problems": []}
        _, other = served.call("POST", "/api/events", {"template": "ideas-and-vote", "title": "Test", "open": True})
        without = settled.here("replay", DEMO, "--speed", "0", "--event", other["code"], "--json", code=1)
        assert json.loads(without.stdout)["problems"] == [t("en", "cli.replay.no_vote")]
        refused = settled.here("replay", DEMO, "--speed", "0", "--token", "guessed", code=1)
        assert t("en", "refusal.sign_in") in refused.stdout
        said = settled.says("replay", DEMO, "--url", "http://127.0.0.1:9", code=1)
        assert said == t("en", "cli.replay.no_token")
        short = shutil.copytree(DEMO, tmp_path / "short")
        (short / "votes.csv").unlink()
        assert settled.says("replay", short, code=1) == t("en", "cli.replay.no_file", file=short / "votes.csv")


def test_a_replay_needs_a_server(settled: Terminal) -> None:
    """None runs here and none is named."""
    assert settled.says("replay", DEMO, code=1) == t("en", "cli.replay.no_server")

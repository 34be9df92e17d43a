"""`facilitate run`: a fresh instance is ready at once, a second start goes on with it, and what stands in the way is said in one sentence."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from facilitate import network
from facilitate.core.strings import t
from tests.support import house
from tests.support.served import Served, environment, serve
from tests.support.terminal import Terminal, shown_qr

MODES = ("threading", "eventlet")


def printed(served: Served) -> str:
    """What the server said at its start."""
    return (served.folder / "server.log").read_text(encoding="utf-8")


def address(text: str, path: str) -> str:
    """The address with a path in what was printed."""
    return re.findall(rf"http://\S+{path}\S*", text)[0]


def held(folder: Path) -> dict[str, Any]:
    """What the lock of an instance says."""
    found: dict[str, Any] = json.loads((folder / "lock").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("mode", MODES)
def test_a_fresh_instance_is_ready(mode: str, tmp_path: Path) -> None:
    """It prints the address for phones with its QR, a sign-in link and the workshop to try; the next start has all of it still."""
    with serve(tmp_path, async_mode=mode) as served:
        told = printed(served)
        join = address(told, "/j/")
        assert shown_qr(told, join) and join.startswith(served.url)
        assert t("en", "cli.run.only_here") in told and str(tmp_path) in told
        code = join[-6:]
        [event] = served.state(code)["events"].values()
        assert (event["title"], event["status"], event["code"]) == (t("en", "cli.demo.title"), "open", code)
        agenda = sorted(served.state(code)["activities"].values(), key=lambda row: row["position"])
        assert [row["type"] for row in agenda] == ["collect", "sort", "vote", "present"]
        assert address(told, "/run/").endswith(event["slug"]) and address(told, "/screen/").endswith(event["slug"])
        with urllib.request.urlopen(address(told, "/sign-in/"), timeout=30) as page:
            assert page.status == 200
        served.command(code, "events.start", activity=agenda[0]["id"])
        served.command(code, "ideas.add", served.member(code), idea="5b0e4f0a-8a6e-4d5e-9a53-0d9d3a1b2c3d", activity=agenda[0]["id"], text="Shade")
        before = served.state(code)
    assert served.process.returncode == 0
    assert not list(tmp_path.glob("facilitate.db-*")), "a clean end writes the write-ahead log back"
    with serve(tmp_path, async_mode=mode) as again:
        assert address(printed(again), "/j/").endswith(code)
        assert again.state(code) == before
        assert address(printed(again), "/sign-in/").split("/")[-1] not in told
        assert [row["code"] for row in json.loads(Terminal(tmp_path).says("event", "list", "--json"))] == [code]


def test_the_network_hears_of_it(tmp_path: Path) -> None:
    """Without a host it listens everywhere, and the addresses are those that phones reach."""
    others = network.addresses()
    assert others, "the machine that runs the tests is in no network"
    with serve(tmp_path, async_mode="threading", host="0.0.0.0") as served:
        told = printed(served)
        join = address(told, "/j/")
        assert join.startswith(f"http://{others[0]}:{served.port}/") and shown_qr(told, join)
        assert t("en", "cli.run.only_here") not in told
        assert held(tmp_path)["url"] == served.url


def test_a_public_address_wins(tmp_path: Path) -> None:
    """Behind a proxy everything printed carries the address that people use."""
    with serve(tmp_path, async_mode="threading", public_url="https://workshop.example.org/") as served:
        told = printed(served)
        assert shown_qr(told, re.findall(r"https://\S+/j/\d{6}", told)[0]) and "http://" not in told
        assert held(tmp_path)["public"] == "https://workshop.example.org"


def test_the_lock_is_the_owners(tmp_path: Path) -> None:
    """It names the process and holds the key of the local door, for the owner alone; another key opens nothing."""
    with serve(tmp_path, async_mode="threading") as served:
        lock = held(tmp_path)
        assert (lock["pid"], lock["port"], lock["url"]) == (served.process.pid, served.port, served.url)
        assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
        door, words = "/api/local/commands/people.make_account", {"words": {}}
        assert served.call("POST", door, words, lock["key"])[1]["code"] == "invalid"
        assert served.call("POST", door, words, lock["key"][:-1])[0] == 403
        assert served.call("POST", door, words)[0] == 403
    assert (tmp_path / "lock").read_text(encoding="utf-8") == ""


def test_a_second_server_on_the_instance_is_refused(tmp_path: Path) -> None:
    """It says where the first one is, and that one goes on; after a crash nothing stands in the way."""
    with serve(tmp_path, async_mode="threading") as served:
        said = Terminal(tmp_path).says("run", code=4, alone=True)
        assert served.url in said and str(served.process.pid) in said and len(said.splitlines()) == 1
        assert served.call("GET", "/healthz")[0] == 200 and held(tmp_path)["url"] == served.url
        served.process.kill()
        served.process.wait()
        assert held(tmp_path)["url"], "what the crash left"
        assert len(Terminal(tmp_path).says("organiser", "token")) > 20


def test_a_taken_port_is_said_in_one_sentence(terminal: Terminal) -> None:
    """Exit code 2, and the next port as a way out; no database was made."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = terminal.says("run", "--port", str(port), code=2, alone=True)
    assert said == t("en", "cli.port_taken", port=port, other=port + 1)
    assert not list(terminal.folder.glob("*.db"))


@pytest.mark.parametrize(
    ("words", "settings"),
    [(("--host", "198.51.100.7"), {}), (("--port", "70000"), {}), ((), {"port": "http"}), ((), {"async_mode": "asyncio"}), (("--color",), {})],
)
def test_what_it_cannot_do_is_said(terminal: Terminal, words: tuple[str, ...], settings: dict[str, str]) -> None:
    """An address that is not this machine's, a port that is none, a setting that is no such value: exit code 2, no traceback."""
    variables = terminal.variables | {f"FACILITATE_{name.upper()}": value for name, value in settings.items()}
    done = subprocess.run([sys.executable, "-m", "facilitate.cli", "run", *words], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr and "Traceback" not in done.stderr


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A file stands where the instance is to be: said in one sentence, for the server and for a command."""
    (tmp_path / "file").write_text("text", encoding="utf-8")
    for words in (("run",), ("organiser", "token")):
        said = Terminal(tmp_path / "file" / "inside").says(*words, code=2)
        assert said.startswith(t("en", "cli.no_instance", folder=tmp_path / "file" / "inside", problem="")[:-1])


@pytest.mark.parametrize("program", [["run.py"], ["-m", "facilitate.server"]])
def test_it_runs_without_the_command_line(program: list[str], tmp_path: Path) -> None:
    """run.py and the module start the same server, here on any free port; it says where it serves and ends with code 0 on a signal."""
    variables = environment(tmp_path, 0, async_mode="threading")
    process = subprocess.Popen([sys.executable, *program], cwd=house.ROOT, env=variables, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert held(tmp_path)["url"] in line and not held(tmp_path)["url"].endswith(":0")
        with urllib.request.urlopen(held(tmp_path)["url"] + "/healthz", timeout=30) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        process.stderr.close()


def test_a_language_without_a_catalogue(terminal: Terminal) -> None:
    """It names the languages there are, and makes nothing."""
    variables = terminal.variables | {"FACILITATE_LANGUAGE": "tlh"}
    done = subprocess.run([sys.executable, "-m", "facilitate.cli", "run"], env=variables, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and done.stderr.strip() == t("en", "cli.no_language", asked="tlh", known="en")
    assert not list(terminal.folder.glob("*.db"))

"""`facilitate room`: one event, large, for the room around the laptop; it speaks to nobody else."""

import json
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from facilitate import network
from facilitate.core.strings import t
from tests.support import audited
from tests.support.terminal import Terminal, shown_qr

AUDITED = Path(audited.__file__)


@contextmanager
def room(terminal: Terminal, *words: str, program: tuple[str, ...] = ("-m", "facilitate.cli")) -> Iterator[str]:
    """What `facilitate room` prints until it serves; it runs while the block does."""
    argv = [sys.executable, *program, "room", *words]
    process = subprocess.Popen(argv, env=terminal.variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    end = threading.Timer(60, process.kill)
    end.start()
    try:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if str(terminal.folder) in line:
                break
        yield "".join(lines)
    finally:
        end.cancel()
        process.terminate()
        process.wait(30)
        process.stdout.close()


def test_it_prints_the_code_of_the_newest_open_event(terminal: Terminal) -> None:
    """A large QR and the address on the network, although the settings restrict the server to this machine."""
    with room(terminal) as told:
        [event] = json.loads(terminal.says("event", "list", "--json"))
        join = f"http://{network.addresses()[0]}:{terminal.port}/j/{event['code']}"
        assert shown_qr(told, join) and join in told
        assert f"code {event['code'][:3]} {event['code'][3:]}" in told and event["title"] in told
        fetch = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=30).status)"  # the tests themselves may not
        assert subprocess.check_output([sys.executable, "-c", fetch, join], text=True) == "200\n"
        assert t("en", "cli.room.not_open") not in told


def test_it_serves_the_event_that_is_named(settled: Terminal) -> None:
    """By its address; a draft is shown with the hint that nobody can join yet; an unknown one ends it."""
    token = settled.says("organiser", "token")
    with room(settled) as told:
        url = f"http://127.0.0.1:{settled.port}/api/events"
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(url, b'{"template": "consultation", "title": "Later"}', headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            later = json.loads(answer.read())
        assert t("en", "cli.demo.title") in told
    with room(settled, "--event", later["event"]) as told:
        assert "Later" in told and t("en", "cli.room.not_open") in told
        assert shown_qr(told, re.findall(r"http://\S+/j/\d{6}", told)[0])
    assert settled.says("room", "--event", "123456", code=1, alone=True) == t("en", "cli.no_event", event="123456")


def test_it_opens_no_connection_to_anybody(terminal: Terminal) -> None:
    """Python's own audit sees nothing but the datagram socket that asks for the way out, to which nothing is sent."""
    terminal.settings["async_mode"] = "eventlet"
    terminal.folder.mkdir()
    told_of = terminal.folder / "audit"
    with room(terminal, program=(str(AUDITED), str(told_of))) as told:
        assert "/j/" in told
    called = set(told_of.read_text(encoding="utf-8").splitlines())
    assert {line for line in called if "127.0.0.1" not in line} == {f"socket.connect {network.ELSEWHERE!r}"}  # eventlet speaks to its own threads


def test_without_a_network_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop in no network has nothing but its own loopback to offer; containers and tunnels come last."""
    monkeypatch.setattr(network, "way_out", list)
    monkeypatch.setattr(network, "interfaces", lambda: [(1, "lo")])
    monkeypatch.setattr(network, "address_of", {"lo": "127.0.0.1", "docker0": "172.17.0.1", "wlan0": "192.168.1.7", "en9": "169.254.3.3"}.get)
    assert network.addresses() == []
    assert network.urls("0.0.0.0", 5000) == ["http://127.0.0.1:5000"]
    monkeypatch.setattr(network, "interfaces", lambda: [(1, "lo"), (2, "docker0"), (3, "en9"), (4, "eth1"), (5, "wlan0")])
    assert network.addresses() == ["192.168.1.7", "169.254.3.3", "172.17.0.1"]
    assert network.urls("::", 80) == ["http://192.168.1.7:80", "http://169.254.3.3:80", "http://172.17.0.1:80"]
    assert network.urls("fd00::2", 80) == ["http://[fd00::2]:80"]
    assert network.urls("0.0.0.0", 80, "https://example.org/") == ["https://example.org"]


@pytest.mark.parametrize(
    ("host", "inner"),
    [("127.0.0.1", True), ("127.0.0.1:5000", True), ("localhost:80", True), ("[::1]:80", True), ("::1", True), ("10.0.0.1:80", False), ("fd00::2", False)],
)
def test_what_is_this_machine_alone(host: str, inner: bool) -> None:
    """Loopback, with or without a port."""
    assert network.loopback(host) is inner

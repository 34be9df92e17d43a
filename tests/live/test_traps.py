"""The traps of performance.md, each tried on the real server: how a Socket.IO server on eventlet goes wrong unnoticed."""

import json
import resource
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.rawsocket import RawSocket
from tests.support.served import Served, environment, serve

MODES = ("eventlet", "threading")
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
BACKLOG, FRAMES = 32, 112
"""Packets that may wait for one connection, and frames that are sent: many more than may wait and the system keeps."""


@pytest.fixture(scope="module", params=MODES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server in each async mode; its limits are off, because one client sends what a room would."""
    with serve(tmp_path_factory.mktemp(request.param), async_mode=request.param, rate_limits="off") as served:
        yield served


def test_more_than_1024_connections(tmp_path: Path) -> None:
    """The 1,100th connection is answered too, also where the system begins with 1,024 open files a process."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with serve(tmp_path, rate_limits="off") as served, ExitStack() as stack:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        code, _ = served.consultation()
        screens: list[RawSocket] = []
        while len(screens) < 1100:
            screens.append(stack.enter_context(closing(RawSocket(served.port))))
            screens[-1].sign_in(served.token)
            if len(screens) % 100 == 0:
                for screen in screens:
                    screen.send("3")  # a pong before anybody is missed
        assert screens[-1].ask("join", {"event": code, "seen": 0}).keys() & {"seq", "reload"}
        assert len(served.probe()["nodelay"]) >= 1100, "connections were let go"


def test_a_second_server_on_the_port_says_so(server: Served, tmp_path: Path) -> None:
    """It ends with one sentence and an exit code, and takes no share of the first one's clients."""
    variables = environment(tmp_path, server.port, async_mode=server.environment["FACILITATE_ASYNC_MODE"])
    second = subprocess.run(
        [sys.executable, "-m", "facilitate.cli", "run"], env=variables, capture_output=True, text=True, timeout=60, check=False
    )
    assert second.returncode != 0
    assert str(server.port) in second.stderr and "Traceback" not in second.stderr
    assert server.call("GET", "/healthz")[0] == 200


def test_small_messages_are_not_held_back(server: Served) -> None:
    """TCP_NODELAY is set on every connection that the process accepted."""
    code, _ = server.consultation()
    with closing(RawSocket(server.port)) as one, closing(RawSocket(server.port)) as other:
        one.enter(server.token, code)
        other.enter(server.token, code)
        nodelay = server.probe()["nodelay"]
    assert len(nodelay) >= 2 and all(nodelay)


def test_deflate_is_refused(server: Served) -> None:
    """A browser's offer of permessage-deflate is not taken up, and frames come uncompressed."""
    code, vote = server.consultation()
    with closing(RawSocket(server.port, DEFLATE)) as browser:
        assert browser.status.startswith("HTTP/1.1 101")
        assert "sec-websocket-extensions" not in browser.headers
        assert "seq" in browser.enter(server.token, code)
        server.command(code, "ideas.add", idea="6a1f8f0e-5c1b-4a35-9d0b-0a6a3c1f7b11", activity=vote, text="More benches " * 20)
        while "More benches" not in (text := browser.receive()):
            assert text.startswith("42")


@dataclass
class Frames:
    """What a screen got: how many frames and bytes, up to which number, and whether some were left out."""

    seen: int
    number: int = 0
    bytes: int = 0
    gap: bool = False

    def take(self, text: str) -> None:
        """Count a message where it is a frame."""
        if text.startswith('42["frame"'):
            _, start, to, _ = json.loads(text[2:])[1]
            self.number, self.bytes, self.gap = self.number + 1, self.bytes + len(text), self.gap or start > self.seen
            self.seen = max(self.seen, to)


def put_up(screen: RawSocket, frames: Frames, code: str, vote: str) -> None:
    """Put up a long statement, and read until the screen shows it."""
    words = {"idea": str(uuid.uuid4()), "activity": vote, "text": "\U0001f642" * 400}
    screen.emit("command", {"id": str(uuid.uuid4()), "event": code, "name": "ideas.add", "words": words})
    number = None
    while number is None or frames.seen < number:
        text = screen.receive()
        frames.take(text)
        if (answer := screen.answer(text)) is not None:
            number = answer["seq"]


def read_on(screen: RawSocket, frames: Frames) -> None:
    """Read what waits until the screen notices that it was left out, or was let go, or nothing but the clock comes."""
    quiet = 0
    try:
        while not frames.gap and quiet < 5:
            before = frames.number
            frames.take(screen.receive())
            quiet = 0 if frames.number > before else quiet + 1
    except ConnectionError:
        frames.gap = True


def test_a_client_that_does_not_read_costs_a_bounded_queue(server: Served) -> None:
    """Others get every frame; for the one that does not read only so many packets wait, and it learns that it has to join again."""
    code, vote = server.consultation()
    start = server.call("GET", f"/api/events/{code}/state")[1]["seq"]
    with closing(RawSocket(server.port, small=True)) as idle, closing(RawSocket(server.port)) as reader:
        idle.enter(server.token, code, start)
        reader.enter(server.token, code, start)
        lagging, taken = Frames(start), Frames(start)
        while taken.number < FRAMES:
            put_up(reader, taken, code, vote)
        assert not taken.gap
        assert max(server.probe()["queued"]) <= BACKLOG + 8
        read_on(idle, lagging)
        assert lagging.gap, "it was left out of frames and never learnt of it"
        assert lagging.number < taken.number
    with closing(RawSocket(server.port)) as again:
        answer = again.enter(server.token, code, start)
        assert answer.get("reload") or answer["seq"] >= taken.seen

"""The real server as a process of its own, as the tests of the wire start it: its address, an organiser's token, its end."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.until import until

PROBE = Path(__file__).with_name("probe.py")


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A running server: `call` uses its HTTP doors, `probe` asks the process what it looks like from inside."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path
    environment: dict[str, str]
    token: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, token: str | None = None) -> tuple[int, dict[str, Any]]:
        """(status, JSON answer) of a request by the organiser, or by whoever has `token`."""
        headers = {"Accept": "application/json", "Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        headers["Authorization"] = f"Bearer {self.token if token is None else token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.loads(refused.read())

    def answers(self) -> bool:
        """Whether the server serves; the test fails with its log where it has ended."""
        log = self.folder / "server.log"
        assert self.process.poll() is None, "the server ended:\n" + (log.read_text(encoding="utf-8", errors="replace") if log.exists() else "")
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=10):
                return True
        except urllib.error.HTTPError as refused:
            refused.close()
        except OSError:
            pass  # nothing listens yet
        return False

    def consultation(self) -> tuple[str, str]:
        """(code, id of its vote) of a new open event of the template `consultation`, whose vote is open."""
        status, made = self.call("POST", "/api/events", {"template": "consultation", "title": "Test", "open": True})
        assert status == 201, made
        activities = self.state(made["code"])["activities"].values()
        vote = next(str(row["id"]) for row in activities if row["type"] == "vote")
        self.command(made["code"], "events.start", activity=vote)
        return made["code"], vote

    def state(self, code: str, token: str | None = None) -> dict[str, dict[str, Any]]:
        """The collections of an event as the caller may see them."""
        collections: dict[str, dict[str, Any]] = self.call("GET", f"/api/events/{code}/state", None, token)[1]["collections"]
        return collections

    def command(self, code: str, name: str, token: str | None = None, **words: Any) -> dict[str, Any]:
        """The answer to a command, which has to be accepted."""
        _, answer = self.call("POST", f"/api/events/{code}/commands/{name}", words, token)
        assert answer["ok"], answer
        return answer

    def member(self, code: str, name: str = "Somebody") -> str:
        """The token of a new participant."""
        status, made = self.call("POST", f"/api/events/{code}/members", {"name": name})
        assert status == 201, made
        return str(made["token"])

    def probe(self) -> dict[str, Any]:
        """What the process says of its own sockets (see probe.py)."""
        answer = self.folder / "probe.json"
        answer.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        while not answer.exists():
            assert self.process.poll() is None, "the server ended"
            time.sleep(0.05)
        told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return told


def environment(folder: Path, port: int, **settings: str) -> dict[str, str]:
    """The variables of a server in a folder on a port."""
    chosen = {"instance": str(folder), "host": "127.0.0.1", "port": str(port), **settings}
    return os.environ | {f"FACILITATE_{name.upper()}": value for name, value in chosen.items()}


def few_files(number: int) -> None:
    """Let the process begin with few open files, as most systems do; it may raise the number itself."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(number, most), most))


@contextmanager
def serve(folder: Path, files: int = 1024, **settings: str) -> Iterator[Served]:
    """Start the server in an empty folder, wait until it answers, end it afterwards. `settings` are FACILITATE_* ones.

    `files` is how many open files the system grants the process at its start.
    """
    port = free_port()
    variables = environment(folder, port, **settings)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(PROBE), "run"], env=variables, stdout=log, stderr=log, preexec_fn=lambda: few_files(files)
        )
    served = Served(process, port, folder, variables)
    try:
        until(served.answers, "the server serves", patience=90)
        made = subprocess.run(
            [sys.executable, "-m", "facilitate.cli", "organiser", "token"], env=variables, stdout=subprocess.PIPE, text=True, check=True
        )
        served.token = made.stdout.strip()
        yield served
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

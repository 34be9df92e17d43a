"""The program that sends records: JSON in, JSON out, an exit code and a sentence."""

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from facilitate.practices.deliver import deliver
from facilitate.practices.record import build
from tests.practices.sample import data
from tests.practices.servers import ALONE, bare, git, web

ONE = build(data())
TOKEN = "t0ken-of-the-hub"


def run(asked: Any) -> tuple[int, Any, str]:
    """(exit code, what it wrote as JSON, what it complained)."""
    sent = asked if isinstance(asked, bytes) else json.dumps(asked).encode()
    done = subprocess.run([sys.executable, "-m", "facilitate.practices.deliver"], input=sent, capture_output=True, env=ALONE)
    return done.returncode, json.loads(done.stdout), done.stderr.decode()


def test_it_sends_what_the_function_sends(tmp_path: Path) -> None:
    code, told, noise = run({"records": [ONE], "target": str(tmp_path / "p.git"), "token": None})
    assert (code, noise) == (0, "")
    assert {**told["receipts"][0], "target": ""} == {**deliver([ONE], str(tmp_path / "q.git"))[0], "target": ""}
    assert run({"records": [ONE], "target": str(tmp_path / "p.git")})[1]["receipts"][0]["state"] == "unchanged"
    assert run({"records": [], "target": str(tmp_path / "p.git")})[:2] == (0, {"receipts": []})


def test_the_token_comes_by_standard_input(tmp_path: Path) -> None:
    path = bare(tmp_path / "hub.git")
    with web(tmp_path, TOKEN) as address:
        code, told, noise = run({"records": [ONE], "target": f"{address}/hub.git", "token": TOKEN})
        assert (code, told["receipts"][0]["commit"], noise) == (0, git("rev-parse", "main", at=path), "")
        code, told, noise = run({"records": [ONE], "target": f"{address}/hub.git", "token": "wrong-token"})
        assert code == 1 and told["error"]["key"] == "practice.error.token_refused"
        assert "wrong-token" not in json.dumps(told) + noise


def test_what_goes_wrong_is_a_sentence(tmp_path: Path) -> None:
    code, told, noise = run({"records": [ONE], "target": "ftp://example.org/x"})
    assert (code, noise) == (1, "")
    assert told["error"]["key"] == "practice.error.scheme" and told["error"]["values"] == {"target": "ftp://example.org/x"}
    assert told["error"]["sentence"].startswith("ftp://example.org/x is no address of a Git repository.")
    assert run({"records": [{**ONE, "licence": "mine"}], "target": str(tmp_path / "p.git")})[1]["error"] == {
        "key": "practice.error.no_licence",
        "values": {"id": ONE["id"], "title": "Homework rooms"},
        "sentence": "The record “Homework rooms” has no licence that the repository knows. Choose one, then send again.",
    }


@pytest.mark.parametrize(
    "asked",
    [b"", b"{", b"[]", b"\xff", {"records": [ONE]}, {"records": 3, "target": "x"}, {"records": ["x"], "target": "x"}, {"records": [], "target": 1}],
    ids=str,
)
def test_other_input_is_named_as_such(asked: Any) -> None:
    code, told, noise = run(asked)
    assert (code, told["error"]["key"], noise) == (2, "practice.error.input", "")


@pytest.mark.parametrize("scheme", ["git", "http"])
def test_a_server_that_speaks_no_git(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def babble() -> None:
            line, _ = server.accept()
            with line:
                line.recv(1000)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")

        thread = threading.Thread(target=babble, daemon=True)
        thread.start()
        code, told, noise = run({"records": [ONE], "target": f"{scheme}://127.0.0.1:{server.getsockname()[1]}/hub.git"})
        assert (code, told["error"]["key"], noise) == (1, "practice.error.not_git", "")
        thread.join(timeout=10)


def test_it_needs_no_flask_and_no_async_mode() -> None:
    """It runs beside the server, in a process of its own, and loads nothing of it."""
    script = "import sys, facilitate.practices.deliver; print([name for name in ('flask', 'eventlet', 'socketio') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=ALONE)
    assert done.stdout.strip() == "[]", done.stderr

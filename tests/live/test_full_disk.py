"""A disk that is full, for real: the system lets the server's files grow no more, and its log has nowhere to go either."""

import os
import resource
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.instance import ORGANISER
from tests.support.served import Served, environment, free_port
from tests.support.until import until


@pytest.fixture(params=["eventlet", "threading"])
def served(request: pytest.FixtureRequest, blank: Path, tmp_path: Path) -> Iterator[Served]:
    """The real server in each async mode; whatever it writes to its standard error is refused as by a full disk."""
    folder, port = shutil.copytree(blank, tmp_path / "instance"), free_port()
    variables = environment(folder, port, async_mode=request.param, rate_limits="off")
    with Path("/dev/full").open("wb") as full:
        process = subprocess.Popen([sys.executable, "-m", "facilitate.server"], env=variables, stdout=full, stderr=full)
    made = Served(process, port, folder, variables, ORGANISER)
    try:
        until(made.answers, "the server serves", patience=90)
        yield made
    finally:
        process.kill()
        process.wait()


def limit(served: Served, most: int) -> None:
    """Let no file of the server grow beyond these bytes."""
    _, hard = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (most, hard))


def put_up(served: Served, code: str, activity: str, token: str) -> tuple[str, dict[str, Any]]:
    """(idea, answer) of an idea that is put up."""
    idea = str(uuid.uuid4())
    words = {"idea": idea, "activity": activity, "text": f"Statement {idea} " + "x" * 150}
    return idea, served.call("POST", f"/api/events/{code}/commands/ideas.add", words, token)[1]


def test_a_full_disk(served: Served) -> None:
    """`unavailable` until there is space again; who reads goes on reading; every acknowledged idea is there once, nothing else."""
    code, vote = served.consultation()
    token, kept = served.member(code), list[str]()
    limit(served, max(path.stat().st_size for path in served.folder.glob("facilitate.db*")) + 50_000)
    refusals = 0
    while refusals < 3:
        idea, answer = put_up(served, code, vote, token)
        assert answer["ok"] or answer["code"] == "unavailable", answer
        kept += [idea] if answer["ok"] else []
        refusals += not answer["ok"]
    assert kept and answer["sentence"].endswith(".") and answer["retry_after"] > 0
    assert set(served.state(code, token)["ideas"]) == set(kept)
    assert served.answers()
    limit(served, resource.RLIM_INFINITY)
    idea, answer = put_up(served, code, vote, token)
    assert answer["ok"], answer
    state = served.state(code, token)
    assert set(state["ideas"]) == {row["id"] for row in state["options"].values()} == {*kept, idea}
    assert os.waitpid(served.process.pid, os.WNOHANG) == (0, 0)

"""Durable before acknowledged: the server is killed in the middle, again and again, and what it had answered is there once."""

import http.client
import json
import random
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.support.served import Served, environment, free_port
from tests.support.until import until

KILLS, VOTERS = 21, 4


def start(folder: Path, port: int) -> Served:
    """Start the server on a folder that it may know already, and wait until it answers."""
    variables = environment(folder, port, async_mode="eventlet", rate_limits="off")
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "facilitate.server"], env=variables, stdout=log, stderr=log)
    served = Served(process, port, folder, variables)
    until(served.answers, "the server serves", patience=90)
    return served


class Voter(threading.Thread):
    """A participant who puts up statements and votes on them without a pause, over one connection, until the line breaks.

    What was sent and not answered is sent again, with the same ids, by the next voter of the same member.
    """

    def __init__(self, served: Served, code: str, vote: str, round_id: str, token: str, memory: dict[str, Any]) -> None:
        super().__init__(daemon=True)
        self.port, self.code, self.vote, self.round, self.token, self.memory = served.port, code, vote, round_id, token, memory

    def run(self) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            try:
                if self.memory["pending"]:
                    self._send(connection, *self.memory["pending"])
                while True:
                    self._send(connection, *self._next())
            except (OSError, http.client.HTTPException, ValueError):
                return

    def _next(self) -> tuple[str, str, dict[str, Any]]:
        if random.random() < 0.4 or not self.memory["ideas"]:
            idea = str(uuid.uuid4())
            return str(uuid.uuid4()), "ideas.add", {"idea": idea, "activity": self.vote, "text": f"Statement {idea}"}
        option, value = random.choice(self.memory["ideas"]), random.choice(["agree", "disagree", "pass"])
        return str(uuid.uuid4()), "voting.mark", {"round": self.round, "option": option, "value": value}

    def _send(self, connection: http.client.HTTPConnection, key: str, name: str, words: dict[str, Any]) -> None:
        self.memory["pending"] = (key, name, words)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key}
        connection.request("POST", f"/api/events/{self.code}/commands/{name}", json.dumps(words), headers)
        answer = json.loads(connection.getresponse().read())
        assert answer["ok"], answer
        self.memory["pending"] = None
        self.memory["answered"] += 1
        if name == "ideas.add":
            self.memory["ideas"].append(words["idea"])
        else:
            self.memory["marks"][words["option"]] = words["value"]


def check(served: Served, code: str, round_id: str, members: dict[str, dict[str, Any]]) -> None:
    """Every answered action is there exactly once, and none by half: an idea has its option, turnout is that of the ballots."""
    for token, memory in members.items():
        state = served.state(code, token)
        mine = [row for row in state["ideas"].values() if row.get("mine")]
        texts = [row["text"] for row in mine]
        assert len(texts) == len(set(texts))
        pending = memory["pending"][2].get("idea") if memory["pending"] else None
        assert set(memory["ideas"]) <= {row["id"] for row in mine} <= {*memory["ideas"], pending}
        marks = state["ballots"].get(round_id, {"ballot": {}})["ballot"]
        asked = memory["pending"][2].get("option") if memory["pending"] else None
        assert all(marks.get(option) == value for option, value in memory["marks"].items() if option != asked)
    everything = served.state(code, next(iter(members)))
    assert {row["id"] for row in everything["ideas"].values()} == {row["id"] for row in everything["options"].values()}
    cast = sum(bool(served.state(code, token)["ballots"]) for token in members)
    assert everything["turnout"][round_id]["cast"] == cast


def test_what_was_answered_survives_every_kill(tmp_path: Path) -> None:
    """SIGKILL at a random moment, twenty-one times, while four phones act; each resends what it has no answer for."""
    port = free_port()
    served = start(tmp_path, port)
    made = subprocess.run([sys.executable, "-m", "facilitate.cli", "organiser", "token"], env=served.environment, capture_output=True, text=True, check=True)
    served.token = made.stdout.strip()
    code, vote = served.consultation()
    round_id = next(iter(served.state(code)["rounds"]))
    members: dict[str, dict[str, Any]] = {served.member(code): {"pending": None, "answered": 0, "ideas": [], "marks": {}} for _ in range(VOTERS)}
    for _ in range(KILLS):
        before = {token: memory["answered"] for token, memory in members.items()}
        voters = [Voter(served, code, vote, round_id, token, memory) for token, memory in members.items()]
        for voter in voters:
            voter.start()
        deadline, wanted = time.monotonic() + 20, random.randint(1, 40)
        while sum(memory["answered"] - before[token] for token, memory in members.items()) < wanted and time.monotonic() < deadline:
            time.sleep(random.uniform(0, 0.02))
        served.process.kill()
        served.process.wait()
        for voter in voters:
            voter.join()
        token = served.token
        served = start(tmp_path, port)
        served.token = token
        check(served, code, round_id, members)
    assert sum(memory["answered"] for memory in members.values()) > KILLS
    served.process.terminate()
    assert served.process.wait(20) == 0

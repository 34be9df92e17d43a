"""What is hidden never leaves the server: every byte that another participant's socket and pages get is read."""

import queue
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.screen import PATIENCE, client, close
from tests.support.served import Served, serve

SECRET = "Xylophone-7731"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The real server."""
    with serve(tmp_path, async_mode="eventlet", rate_limits="off") as made:
        yield made


class Reader:
    """A participant in a browser: its pages over HTTP with a cookie, and all that its socket gets, as raw text."""

    def __init__(self, served: Served, code: str, transport: str) -> None:
        self.served, self.code, self.heard = served, code, list[str]()
        self.session = requests.Session()
        form = self.session.get(f"{served.url}/j/{code}").text
        csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert csrf is not None
        answer = self.session.post(f"{served.url}/j/{code}", data={"csrf_token": csrf[1], "name": "Reader"}, headers={"Referer": served.url})
        assert answer.url.endswith(f"/s/{code}")
        slug = next(name.removeprefix("member_") for name in self.session.cookies.get_dict() if name.startswith("member_"))
        self.slug = slug
        self.frames: queue.Queue[int] = queue.Queue()
        self.client = client(self.session)
        receive = self.client.eio._receive_packet

        def listen(packet: object) -> None:
            self.heard.append(str(getattr(packet, "data", "")))
            receive(packet)

        self.client.eio._receive_packet = listen
        self.client.on("frame", lambda frame: self.frames.put(frame[2]))
        self.session.headers["Origin"] = served.url  # as a browser sends it with every poll
        self.client.connect(served.url, auth={"as": "member", "event": slug}, transports=[transport], wait_timeout=PATIENCE)
        self.heard.append(str(self.client.call("join", {"event": slug, "seen": 0}, timeout=PATIENCE)))

    def until(self, seq: int) -> None:
        """Wait for the frame that reaches a number."""
        while self.frames.get(timeout=PATIENCE) < seq:
            pass

    def everything(self) -> str:
        """All that the socket got, and every page and state of this member, as text."""
        own = (f"/s/{self.code}", f"/s/{self.code}/mine", f"/s/{self.code}/mine.json", f"/j/{self.code}", f"/api/events/{self.code}/state", "/")
        return "\n".join([*self.heard, *self._pages(*own, f"/api/events/{self.slug}/state")])

    def public(self) -> str:
        """The pages that anybody may open, and the way to the projector, as text."""
        return "\n".join(self._pages(f"/e/{self.slug}", f"/e/{self.slug}/results", f"/screen/{self.slug}"))

    def _pages(self, *paths: str) -> list[str]:
        return [self.session.get(self.served.url + path, headers={"X-As": "member"}).text for path in paths]

    def close(self) -> None:
        """End the connection."""
        close(self.client)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_private_words_and_secret_marks_stay_on_the_server(served: Served, transport: str) -> None:
    """Another's idea before the reveal, who wrote it ever, a card that was hidden, and totals before the end: not one byte."""
    _, made = served.call("POST", "/api/events", {"template": "ideas-and-vote", "title": "Bytes", "open": True})
    code = made["code"]
    ids = {row["type"]: row["id"] for row in made["activities"]}
    author = served.member(code, "Quentin-5512")
    served.command(code, "events.start", activity=ids["collect"])
    reader = Reader(served, code, transport)
    try:
        idea, hidden = str(uuid.uuid4()), str(uuid.uuid4())
        served.command(code, "ideas.add", author, idea=idea, activity=ids["collect"], text=f"{SECRET} is private")
        last = served.command(code, "ideas.add", author, idea=hidden, activity=ids["collect"], text=f"{SECRET} is rude")
        reader.until(last["seq"])
        assert not (found := [word for word in (SECRET, idea, "Quentin-5512") if word in reader.everything() + reader.public()]), found
        served.command(code, "ideas.hide", idea=hidden, reason="Not here")
        reader.until(served.command(code, "events.reveal", activity=ids["collect"])["seq"])
        told = reader.everything()
        assert f"{SECRET} is private" in told
        assert not (found := [word for word in (f"{SECRET} is rude", "Quentin-5512") if word in told + reader.public()]), found
        reader.until(served.command(code, "events.start", activity=ids["vote"])["seq"])
        round_id = next(key for key, row in served.state(code)["rounds"].items() if row["status"] == "open")
        for _ in range(6):
            served.command(code, "voting.cast", served.member(code), round=round_id, ballot={idea: 3})
        last = served.command(code, "voting.cast", author, round=round_id, ballot={idea: 2})
        reader.until(last["seq"])
        told = reader.everything()
        assert '"cast":7' in told.replace(" ", "").replace("'", '"')
        told = (told + reader.public()).replace(" ", "").replace("'", '"')
        assert '"cast":7' in told
        assert '"figures":{' not in told and '"results":{"' not in told and '"points":20' not in told
    finally:
        reader.close()

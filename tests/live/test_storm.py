"""Forty-two people vote without a pause while the facilitator pauses, closes, undoes and reopens: what was acknowledged is what is counted."""

import asyncio
import json
import random
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from facilitate.voting import counting, recount
from facilitate.voting.ballots import SHAPES as KINDS
from tests.support.served import Served, serve
from tests.voting.crowd import METHODS, SHAPES, USUAL, ballot_by

PEOPLE, CARDS = 42, 6
MOMENT = 0.06
"""Seconds of storm between two taps of the facilitator."""


class Storm:
    """A workshop with a vote of every shape, and its people over HTTP, each with one request in flight."""

    def __init__(self, served: Served, session: aiohttp.ClientSession) -> None:
        self.served, self.session = served, session
        self.code = self.collect = ""
        self.options = [str(uuid.uuid4()) for _ in range(CARDS)]
        self.votes = {shape: str(uuid.uuid4()) for shape in SHAPES}
        self.people: list[str] = []
        self.round, self.shape, self.over = "", "", False
        self.kept: dict[str, dict[str, Any]] = {}
        self.answers: Counter[str] = Counter()

    async def call(self, path: str, words: Any = None, token: str = "", at: int | None = None) -> dict[str, Any]:
        """The answer of the server to a request of the organiser, or of whoever has the token."""
        headers = {"Authorization": f"Bearer {token or self.served.token}", "Idempotency-Key": str(uuid.uuid4())} | ({"X-At": str(at)} if at else {})
        async with self.session.request("GET" if words is None else "POST", self.served.url + path, json=words, headers=headers) as response:
            return dict(await response.json())

    async def command(self, name: str, token: str = "", **words: Any) -> dict[str, Any]:
        """The answer to a command, which has to be accepted."""
        answer = await self.call(f"/api/events/{self.code}/commands/{name}", words, token)
        assert answer["ok"], (name, answer)
        return answer

    async def rows(self, collection: str) -> dict[str, Any]:
        """The rows of a collection as the organiser sees them."""
        return dict((await self.call(f"/api/events/{self.code}/state"))["collections"][collection])

    async def set_up(self) -> None:
        """An event with cards, a vote of each shape over them, and its people."""
        self.code = (await self.call("/api/events", {"template": "ideas-and-vote", "title": "Storm", "open": True}))["code"]
        activities = sorted((await self.rows("activities")).values(), key=lambda row: row["position"])
        self.collect = next(row["id"] for row in activities if row["type"] == "collect")
        await self.command("events.start", activity=self.collect)
        for number, option in enumerate(self.options):
            await self.command("ideas.add", idea=option, activity=self.collect, text=f"Card {number}")
        for shape, vote in self.votes.items():
            settings: dict[str, Any] = {"method": USUAL[shape], "input": {"from": self.collect, "take": "all"}}
            settings |= {"money": 10, "costs": dict.fromkeys(self.options, 4)} if shape == "budget" else {}
            await self.command("events.add", activity=vote, type="vote", title=shape, settings=settings, after=activities[-1]["id"])
        made = await asyncio.gather(*(self.call(f"/api/events/{self.code}/members", {"name": f"P{number}"}) for number in range(PEOPLE)))
        self.people = [one["token"] for one in made]

    async def voter(self, token: str) -> None:
        """Cast, take a mark back, cast again, in whatever round there is, until the storm is over."""
        chance = random.Random(token)
        while not self.over:
            round_, shape = self.round, self.shape
            if not round_:
                await asyncio.sleep(0.02)
                continue
            mine, option = self.kept[round_], chance.choice(self.options)
            at = int(time.time() * 1000) if chance.random() < 0.5 else None
            if chance.random() < 0.2:
                name, words = "voting.mark", {"option": option, "value": None}
            else:
                name, words = "voting.cast", {"ballot": ballot_by(USUAL[shape], chance.sample(self.options, CARDS), 0)}
            answer = await self.call(f"/api/events/{self.code}/commands/{name}", words | {"round": round_}, token, at)
            self.answers[answer.get("code", "ok")] += 1
            if answer["ok"]:
                kind, settings = KINDS[shape], counting.asked(shape, USUAL[shape]) | {"costs": dict.fromkeys(self.options, 4), "money": 10}
                mine[token] = kind.check(words["ballot"], settings) if name == "voting.cast" else kind.marked(mine.get(token), option, None, settings)

    async def facilitate(self, shape: str) -> str:
        """One vote: opened, paused, resumed, closed, undone, closed, reopened and closed in the middle of the storm; its round."""
        vote = {"activity": self.votes[shape]}
        await self.command("events.start", **vote)
        round_ = next(row["id"] for row in (await self.rows("rounds")).values() if row["activity"] == vote["activity"])
        self.kept[round_] = {}
        self.round, self.shape = round_, shape
        for step in ("pause", "resume", "close", "undo", "close", "reopen", "close"):
            await asyncio.sleep(MOMENT)
            if step == "undo":
                undo = (await self.rows("activities"))[vote["activity"]]["undo"]
                await self.command("events.undo", command=undo["command"])
            else:
                await self.command(f"events.{step}", **vote)
        await asyncio.sleep(MOMENT)
        rows = (await self.rows("rounds")).values()
        assert [row["status"] for row in rows if row["activity"] == vote["activity"]] == ["closed"], "one run, with all its ballots"
        return round_

    async def run(self) -> dict[str, str]:
        """All votes in turn, then everything is revealed: {shape: round}."""
        await self.set_up()
        everybody = [asyncio.create_task(self.voter(token)) for token in self.people]
        rounds = {shape: await self.facilitate(shape) for shape in SHAPES}
        await asyncio.sleep(0.3)
        self.over = True
        await asyncio.gather(*everybody)
        for shape in SHAPES:
            await self.command("events.reveal", activity=self.votes[shape])
        for _ in range(150):
            if {row["status"] for row in (await self.rows("rounds")).values()} == {"sealed"}:
                return rounds
            await asyncio.sleep(0.2)
        raise AssertionError("not sealed in time")


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_storm_of_ballots(tmp_path: Path, mode: str) -> None:
    """The last ballot that was acknowledged of each person is counted, in every shape, and nothing else is."""

    async def play(served: Served) -> tuple[Storm, dict[str, str]]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            storm = Storm(served, session)
            return storm, await storm.run()

    with serve(tmp_path, async_mode=mode, rate_limits="off") as served:
        storm, rounds = asyncio.run(play(served))
        state = served.state(storm.code)
        slug = next(iter(state["events"]))
        for shape, round_ in rounds.items():
            document = served.call("GET", f"/e/{slug}/results/{round_}.json")[1]
            counted = Counter(json.dumps(ballot, sort_keys=True) for ballot in document["proof"]["ballots"])
            cast = [ballot for ballot in storm.kept[round_].values() if ballot is not None]
            assert len(cast) >= recount.OPEN_FROM, (shape, len(cast))
            assert counted == Counter(json.dumps(ballot, sort_keys=True) for ballot in cast), shape
            assert recount.check(document) == [] and document["checksum"] == state["results"][round_]["checksum"]
            assert shape == METHODS[document["proof"]["method"]].SHAPE
        log = (tmp_path / "server.log").read_text(encoding="utf-8", errors="replace")
        assert not any(option in log for option in storm.options), "what was voted for stands in no log"
    assert storm.answers["ok"] > PEOPLE * len(SHAPES) and storm.answers["round_closed"] > 0
    assert set(storm.answers) == {"ok", "round_closed"}, storm.answers

"""Plays a Polis export against a running server as that many people, and compares what the server counted with the data."""

import asyncio
import itertools
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from facilitate import polis
from facilitate.core.strings import t
from facilitate.wire import Api, Person, WireError

DEMO = Path(__file__).parent / "demo" / "london.youth.policing"


@dataclass(frozen=True)
class Progress:
    """How far the replay is: the event's code, who is in the room, what was put up, which votes were acknowledged."""

    event: str
    people: int
    statements: int
    votes: int
    all_votes: int


@dataclass
class Report:
    """What came of a replay. `problems` are (key of the catalogue, values); without any the server's figures are the data's."""

    event: str = ""
    people: int = 0
    statements: int = 0
    votes: int = 0
    ballots: int = 0
    withdrawn: int = 0
    resent: int = 0
    problems: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything was acknowledged and all figures are equal."""
        return not self.problems

    def sentences(self, language: str = "en") -> list[str]:
        """The report for a reader, one sentence a line: what was played, then every problem or that there is none."""
        done = t(
            language,
            "cli.replay.played",
            event=self.event,
            people=self.people,
            statements=self.statements,
            votes=self.votes,
            withdrawn=self.withdrawn,
        )
        resent = [t(language, "cli.replay.resent", n=self.resent)] if self.resent else []
        problems = [t(language, reason, **values) for reason, values in self.problems]
        equal = [t(language, "cli.replay.equal", ballots=self.ballots, statements=self.statements)] if self.ok else []
        return ([done] if self.event else []) + resent + problems + equal


def play(
    folder: Path | str,
    url: str,
    token: str,
    speed: float = 1,
    *,
    event: str | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Report:
    """Play the export in `folder` against the server at `url` with an organiser's `token`, and report.

    `speed` divides the time of the data, 0 means no waiting. `event` is the code of an event of that organiser with a
    stance vote that takes new options; without it one is made from the template `consultation`. Whatever goes wrong
    is a problem of the report: nothing is raised.
    """
    return asyncio.run(_play(Path(folder), url, token, speed, event, progress))


async def _play(folder: Path, url: str, token: str, speed: float, event: str | None, progress: Callable) -> Report:
    report = Report()
    try:
        export = polis.read(folder)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            api = Api(session, url, token)
            report.event = event or await make_event(api, export.topic)
            workshop = Workshop(export, api, speed, progress, report)
            try:
                await workshop.open()
                await workshop.run()
                await workshop.finish()
            finally:
                await workshop.leave()
    except (polis.ExportError, WireError) as problem:
        report.problems.append((problem.reason, problem.values))
    return report


class Workshop:
    """The played workshop: its facilitator, its people as they come in, and what stands on the server by now."""

    def __init__(self, export: polis.Export, api: Api, speed: float, progress: Callable, report: Report) -> None:
        self.export, self.api, self.speed, self.progress, self.report = export, api, speed, progress, report
        self.facilitator = Person(api, report.event, api.token)
        self.people: dict[str, Person] = {}
        self.options = {statement.id: str(uuid.uuid4()) for statement in export.statements}
        self.put_up = {statement.id: asyncio.Event() for statement in export.statements}
        self.activity = self.round = ""

    async def open(self) -> None:
        """Take the facilitator's seat and start the vote, unless it is open."""
        await self.facilitator.enter()
        self.activity = stance_vote(await self._collections())
        if not open_round(await self._collections(), self.activity):
            await self._command("events.start", activity=self.activity)
        self.round = open_round(await self._collections(), self.activity)
        if not self.round:
            raise WireError("cli.replay.no_vote")

    async def run(self) -> None:
        """The facilitator's seeds, then everybody at once, each in the order of the data and not before its time."""
        seeds, timeline = self.export.seeds(), self.export.timeline()
        in_order = seeds + [happening.what for happening in timeline if isinstance(happening.what, polis.Statement)]
        before = {later.id: earlier.id for earlier, later in itertools.pairwise(in_order)}
        for statement in seeds:
            await self._put(self.facilitator, statement)
        start, parts = asyncio.get_running_loop().time(), defaultdict(list)
        for happening in timeline:
            by_facilitator = happening.who == polis.FACILITATOR and isinstance(happening.what, polis.Statement)
            parts[None if by_facilitator else happening.who].append(happening)
        try:
            async with asyncio.TaskGroup() as everybody:
                for who, part in parts.items():
                    everybody.create_task(self._act(who, part, start, before))
        except ExceptionGroup as group:  # the first failure has ended all parts
            raise group.exceptions[0] from None

    async def finish(self) -> None:
        """Withdraw what was moderated out, close, reveal, and compare the figures with the data."""
        for statement in self.export.statements:
            if statement.withdrawn:
                await self._command("ideas.withdraw", idea=self.options[statement.id])
                self.report.withdrawn += 1
        await self._command("events.close", activity=self.activity)
        last = await self._command("events.reveal", activity=self.activity)
        figures = (await self.facilitator.result(self.round))["figures"]
        turnout = (await self._collections())["turnout"].get(self.round, {"cast": 0})["cast"]
        self.report.problems += compare(self.export, {id: figures.get(option) for id, option in self.options.items()}, turnout)
        self.report.ballots = len(self.export.ballots)
        shown = await asyncio.gather(*(person.reach(last["seq"]) for person in self.people.values()))
        if not all(shown):
            self.report.problems.append(("cli.replay.stale", {"n": shown.count(False)}))

    async def leave(self) -> None:
        """Close all connections; count what had to be sent again."""
        everybody = [self.facilitator, *self.people.values()]
        self.report.resent = sum(person.resent for person in everybody)
        await asyncio.gather(*(person.leave() for person in everybody), return_exceptions=True)

    async def _act(self, who: str | None, part: list[polis.Happening], start: float, before: dict[str, str]) -> None:
        """One person's part (None: the facilitator's): join at the first happening, then one after the other."""
        for happening in part:
            if self.speed:
                due = start + happening.due / 1000 / self.speed
                await asyncio.sleep(max(0, due - asyncio.get_running_loop().time()))
            person = self.facilitator if who is None else self.people.get(who) or await self._enter(who)
            if isinstance(happening.what, polis.Mark):
                await self.put_up[happening.what.statement].wait()
                await self._mark(person, happening.what)
            else:
                if earlier := before.get(happening.what.id):
                    await self.put_up[earlier].wait()
                await self._put(person, happening.what)

    async def _enter(self, who: str) -> Person:
        name = t("en", "cli.replay.person", number=who)
        made = await self.api.call("POST", f"/api/events/{self.report.event}/members", {"name": name})
        person = self.people[who] = Person(self.api, self.report.event, made["token"])
        await person.enter()
        self.report.people += 1
        self._tell()
        return person

    async def _put(self, author: Person, statement: polis.Statement) -> None:
        words = {"idea": self.options[statement.id], "activity": self.activity, "text": statement.text}
        await self._command("ideas.add", author, **words)
        self.put_up[statement.id].set()
        self.report.statements += 1
        self._tell()

    async def _mark(self, voter: Person, mark: polis.Mark) -> None:
        await self._command("voting.mark", voter, round=self.round, option=self.options[mark.statement], value=mark.value)
        self.report.votes += 1
        self._tell()

    async def _command(self, name: str, by: Person | None = None, **words: Any) -> dict:
        """The answer to a command, by the facilitator unless said otherwise; WireError where it is refused."""
        answer = await (by or self.facilitator).send(name, words)
        if not answer.get("ok"):
            raise WireError("cli.replay.refused", what=name, sentence=answer.get("sentence", answer.get("code")))
        return answer

    async def _collections(self) -> dict[str, dict[str, dict]]:
        return (await self.api.call("GET", f"/api/events/{self.report.event}/state"))["collections"]

    def _tell(self) -> None:
        report = self.report
        self.progress(Progress(report.event, report.people, report.statements, report.votes, len(self.export.marks)))


async def make_event(api: Api, title: str) -> str:
    """The code of a new, open event of the template `consultation`."""
    return (await api.call("POST", "/api/events", {"template": "consultation", "title": title, "open": True}))["code"]


def stance_vote(collections: dict[str, dict[str, dict]]) -> str:
    """The id of the first activity in which people may add statements and take a stance; WireError when there is none."""
    for row in sorted(collections["activities"].values(), key=lambda row: row["position"]):
        settings = row["settings"]
        if row["type"] == "vote" and settings.get("shape") == "stance" and settings.get("add_own"):
            return row["id"]
    raise WireError("cli.replay.no_vote")


def open_round(collections: dict[str, dict[str, dict]], activity: str) -> str:
    """The id of the activity's open round, else an empty string."""
    rounds = collections.get("rounds", {}).values()
    return next((row["id"] for row in rounds if row["activity"] == activity and row["status"] == "open"), "")


def compare(export: polis.Export, counted: dict[str, dict[str, int] | None], turnout: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every difference between the data and what the server counted, by statement, and in the number of voters."""
    for id, expected in export.figures().items():
        given = counted.get(id)
        if given is None:
            yield "cli.replay.missing", {"statement": id}
        elif {value: given.get(value) for value in expected} != expected:
            yield "cli.replay.differs", {"statement": id, "counted": _list(given), "expected": _list(expected)}
    if turnout != len(export.voters):
        yield "cli.replay.turnout", {"counted": turnout, "expected": len(export.voters)}


def _list(figures: dict[str, int]) -> str:
    return ", ".join(f"{value} {number}" for value, number in figures.items())

"""Reads the export of a Polis consultation (votes.csv, comments.csv, summary.csv) as events in order and final figures."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FACILITATOR = "0"
LONGEST_PAUSE = 2000
VALUES = {"1": "agree", "-1": "disagree", "0": "pass"}


class ExportError(Exception):
    """A folder that is no complete export: `reason` is a key of the catalogue, `values` fill it."""

    def __init__(self, reason: str, **values: str) -> None:
        super().__init__(reason, values)
        self.reason, self.values = reason, values


@dataclass(frozen=True)
class Statement:
    """A statement put up by its author at a moment (ms); `withdrawn` when the moderators took it out."""

    at: int
    id: str
    author: str
    text: str
    withdrawn: bool


@dataclass(frozen=True)
class Mark:
    """One cast vote: what a voter said of a statement at a moment (ms); a later one replaces it."""

    at: int
    voter: str
    statement: str
    value: str


@dataclass(frozen=True)
class Happening:
    """A statement or a mark at its place on the clock of the replay, `due` in ms after the first vote."""

    due: int
    who: str
    what: Statement | Mark


@dataclass(frozen=True)
class Export:
    """One consultation: its topic, its statements and all cast votes, both in the order of time."""

    topic: str
    statements: list[Statement]
    marks: list[Mark]

    @property
    def voters(self) -> set[str]:
        """Everybody who cast a vote."""
        return {mark.voter for mark in self.marks}

    @property
    def people(self) -> set[str]:
        """Everybody who takes a seat: voters and authors. The facilitator does only with votes of its own."""
        return self.voters | {statement.author for statement in self.statements} - {FACILITATOR}

    @cached_property
    def ballots(self) -> dict[tuple[str, str], str]:
        """The last value of each voter on each statement, by (voter, statement)."""
        return {(mark.voter, mark.statement): mark.value for mark in self.marks}

    def figures(self) -> dict[str, dict[str, int]]:
        """By statement: how many last votes agree, disagree and pass."""
        figures = {statement.id: dict.fromkeys(VALUES.values(), 0) for statement in self.statements}
        for (_, statement), value in self.ballots.items():
            figures[statement][value] += 1
        return figures

    def seeds(self) -> list[Statement]:
        """What the facilitator put up before the first vote."""
        first = self.marks[0].at if self.marks else float("inf")
        return [statement for statement in self.statements if statement.author == FACILITATOR and statement.at < first]

    def timeline(self) -> list[Happening]:
        """All that follows the seeds, in order. The clock starts at the first vote; pauses are cut to 2 s."""
        seeds, start = set(self.seeds()), self.marks[0].at if self.marks else 0
        due, last, happenings = 0, start, []
        for who, what in self._in_order():
            if what not in seeds:
                at = max(what.at, start)
                due, last = due + min(max(at - last, 0), LONGEST_PAUSE), max(at, last)
                happenings.append(Happening(due, who, what))
        return happenings

    def _in_order(self) -> Iterator[tuple[str, Statement | Mark]]:
        """Statements and marks by time; a statement never after its first mark, whatever the clocks of the export say."""
        first: dict[str, int] = {}
        for mark in self.marks:
            first.setdefault(mark.statement, mark.at)
        events: list[tuple[int, int, str, Statement | Mark]] = [
            (min(statement.at, first.get(statement.id, statement.at)), 0, statement.author, statement) for statement in self.statements
        ]
        events += [(mark.at, 1, mark.voter, mark) for mark in self.marks]
        for _, _, who, what in sorted(events, key=lambda event: event[:2]):
            yield who, what


def read(folder: Path) -> Export:
    """The export in a folder; ExportError where a file is missing, cannot be read or contradicts another."""
    statements = [
        Statement(int(row["timestamp"]), row["comment-id"], row["author-id"], row["comment-body"].strip(), row["moderated"] == "-1")
        for row in _rows(folder / "comments.csv", "timestamp", "comment-id", "author-id", "comment-body", "moderated")
    ]
    marks = [
        Mark(int(row["timestamp"]), row["voter-id"], row["comment-id"], VALUES[row["vote"]])
        for row in _rows(folder / "votes.csv", "timestamp", "voter-id", "comment-id", "vote")
    ]
    unknown = {mark.statement for mark in marks} - {statement.id for statement in statements}
    if unknown:
        raise ExportError("cli.replay.unknown_statement", statement=min(unknown))
    return Export(_topic(folder), sorted(statements, key=lambda s: s.at), sorted(marks, key=lambda m: m.at))


def _rows(path: Path, *columns: str) -> Iterator[dict[str, str]]:
    """The rows of a table that has the columns; times and votes are checked, so that the caller may convert them."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise ExportError("cli.replay.no_file", file=str(path)) from None
    for number, row in enumerate(rows, start=2):
        complete = all(row.get(column) is not None for column in columns)
        if not complete or not row["timestamp"].isdecimal() or row.get("vote", "0") not in VALUES:
            raise ExportError("cli.replay.bad_row", file=str(path), row=str(number))
        yield row


def _topic(folder: Path) -> str:
    """The question of the consultation as summary.csv (key, value) gives it, else the folder's name."""
    try:
        with (folder / "summary.csv").open(newline="", encoding="utf-8-sig") as file:
            pairs = {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}
    except (OSError, UnicodeDecodeError, csv.Error):
        pairs = {}
    return pairs.get("topic") or folder.resolve().name

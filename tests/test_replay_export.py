"""Reading an export: what is in it, in which order it is played, and what is said of a folder that is none."""

import csv
import itertools
from pathlib import Path

import pytest

from facilitate import polis, replay
from tests.support import house

LONDON = replay.DEMO
FRESHWATER = house.ROOT / "tests" / "data" / "polis" / "scoop-hivemind.freshwater"
VOTES = "timestamp,datetime,comment-id,voter-id,vote"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"


def written(folder: Path, comments: list[str], votes: list[str]) -> Path:
    """An export with these rows."""
    (folder / "comments.csv").write_text("\n".join([COMMENTS, *comments]) + "\n", encoding="utf-8")
    (folder / "votes.csv").write_text("\n".join([VOTES, *votes]) + "\n", encoding="utf-8")
    return folder


def test_the_demo_is_the_workshop_that_it_says() -> None:
    """26 people, 39 statements of which 15 come from the facilitator beforehand, 640 votes that leave 638 marks."""
    export = polis.read(LONDON)
    assert export.topic == "What is the best way to engage more young people in local scrutiny of policing?"
    assert (len(export.people), len(export.voters), len(export.statements), len(export.marks)) == (26, 26, 39, 640)
    assert len(export.seeds()) == 15
    assert sum(sum(figures.values()) for figures in export.figures().values()) == len(export.ballots) == 638
    assert [statement.id for statement in export.statements if statement.withdrawn] == ["0", "2", "3"]


def test_the_larger_set() -> None:
    """117 people, of whom the facilitator is one with votes of its own, 80 statements, 3,979 votes."""
    export = polis.read(FRESHWATER)
    assert (len(export.people), len(export.statements), len(export.marks), len(export.ballots)) == (117, 80, 3979, 3972)
    assert polis.FACILITATOR in export.people
    assert max(len(statement.text) for statement in export.statements) == 400


@pytest.mark.parametrize("folder", [LONDON, FRESHWATER], ids=["london", "freshwater"])
def test_agree_is_agree(folder: Path) -> None:
    """The export's own counts, which take in every cast vote, are those of the marks as they are read."""
    export = polis.read(folder)
    with (folder / "comments.csv").open(newline="", encoding="utf-8") as file:
        counted = {row["comment-id"]: (int(row["agrees"]), int(row["disagrees"])) for row in csv.DictReader(file)}
    cast = {
        id: tuple(sum(mark.statement == id and mark.value == value for mark in export.marks) for value in ("agree", "disagree"))
        for id in counted
    }
    assert cast == counted


@pytest.mark.parametrize("folder", [LONDON, FRESHWATER], ids=["london", "freshwater"])
def test_the_timeline_is_in_order(folder: Path) -> None:
    """The file is not sorted, the replay is: from the first vote on, no pause over 2 s, no mark before its statement."""
    export = polis.read(folder)
    timeline = export.timeline()
    first = next(happening for happening in timeline if isinstance(happening.what, polis.Mark))
    assert first.what == export.marks[0] and first.due == 0
    assert all(0 <= later.due - earlier.due <= 2000 for earlier, later in itertools.pairwise(timeline))
    assert all(earlier.what.at <= later.what.at for earlier, later in itertools.pairwise(timeline))
    assert len(timeline) == len(export.statements) + len(export.marks) - len(export.seeds())
    there = {statement.id for statement in export.seeds()}
    for happening in timeline:
        if isinstance(happening.what, polis.Statement):
            there.add(happening.what.id)
        else:
            assert happening.what.statement in there


def test_a_statement_is_put_up_before_its_first_vote(tmp_path: Path) -> None:
    """Where the clocks of an export disagree, the vote does not wait for ever."""
    folder = written(tmp_path, ["5000,,7,1,1,0,1,Late"], ["1000,,7,1,1", "9000,,7,2,-1"])
    timeline = polis.read(folder).timeline()
    assert [type(happening.what).__name__ for happening in timeline] == ["Statement", "Mark", "Mark"]
    assert [happening.due for happening in timeline] == [2000, 2000, 4000]


def test_the_last_vote_counts(tmp_path: Path) -> None:
    """By time, not by the order of the rows."""
    folder = written(tmp_path, ["1,,7,0,1,1,1,Here"], ["30,,7,1,-1", "10,,7,1,1", "20,,7,2,0"])
    assert polis.read(folder).figures() == {"7": {"agree": 0, "disagree": 1, "pass": 1}}


def test_a_folder_without_a_topic_bears_its_own_name(tmp_path: Path) -> None:
    """summary.csv may be missing."""
    assert polis.read(written(tmp_path, [], [])).topic == tmp_path.name


@pytest.mark.parametrize(
    ("comments", "votes", "sentence"),
    [
        (["1,,7,0,0,0,1,Here"], ["x,,7,1,1"], "{folder}/votes.csv, row 2, is not as Polis exports it."),
        (["1,,7,0,0,0,1,Here"], ["10,,7,1,1", "10,,7,1,2"], "{folder}/votes.csv, row 3, is not as Polis exports it."),
        (["1,,7,0,0"], [], "{folder}/comments.csv, row 2, is not as Polis exports it."),
        (["1,,7,0,0,0,1,Here"], ["10,,8,1,1"], "votes.csv has votes on statement 8, which comments.csv does not have."),
    ],
)
def test_a_bad_export_is_a_sentence(tmp_path: Path, comments: list[str], votes: list[str], sentence: str) -> None:
    """What is wrong is said with its place, and nothing is asked of any server."""
    report = replay.play(written(tmp_path, comments, votes), "http://127.0.0.1:9", "")
    assert not report.ok
    assert report.sentences() == [sentence.format(folder=tmp_path)]


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    """No traceback for a mistyped name."""
    report = replay.play(tmp_path / "nowhere", "http://127.0.0.1:9", "")
    assert report.sentences() == [f"{tmp_path}/nowhere/comments.csv cannot be read as a table."]


def test_every_difference_is_found(tmp_path: Path) -> None:
    """A figure that differs, a statement without figures and a wrong number of voters are three problems, and no more."""
    export = polis.read(LONDON)
    counted: dict[str, dict[str, int] | None] = dict(export.figures())
    assert not list(replay.compare(export, counted, 26))
    counted["0"] = None
    counted["7"] = export.figures()["7"] | {"agree": 99}
    assert [(key, values.get("statement")) for key, values in replay.compare(export, counted, 25)] == [
        ("cli.replay.missing", "0"), ("cli.replay.differs", "7"), ("cli.replay.turnout", None),
    ]

"""A repository in a folder that others change too: people by hand, git itself, several programs at once; and what is wrong with it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from facilitate.practices import frontpage
from facilitate.practices.deliver import deliver
from facilitate.practices.errors import RepositoryError
from facilitate.practices.files import folder
from facilitate.practices.record import build
from facilitate.practices.repositories.git import Repository
from tests.practices.sample import FIRST, SECOND, THIRD, data
from tests.practices.servers import ALONE, bare, clone, commit, git, healthy

ONE = build(data())
TWO = build(data(id=SECOND, source={"id": "g2", "number": 4, "title": "Reading <b>partners</b> | and more"}))
THREE = build(data(id=THIRD, event={"end": "2025-05-05T10:00:00Z"}, licence="CC0-1.0"))


def receive(records: list[dict[str, Any]], path: Path) -> list[str]:
    """Send records and give the state of each."""
    return [receipt["state"] for receipt in deliver(records, str(path))]


def refused(key: str, records: list[dict[str, Any]], target: Path | str) -> str:
    """The sentence with which sending fails, after a look at its key."""
    with pytest.raises(RepositoryError) as problem:
        deliver(records, str(target))
    assert problem.value.key == f"practice.error.{key}"
    assert "{" not in problem.value.sentence
    return problem.value.sentence


def test_what_a_curator_wrote_stays(tmp_path: Path) -> None:
    """A README of one's own keeps its words; a record that somebody completed by hand is not undone by an unchanged one."""
    path = bare(tmp_path / "p.git")
    work = clone(path, tmp_path / "work")
    commit(work, "README.md", "# Our hub\n\nWelcome.\n")
    deliver([ONE], str(path))
    git("pull", "-q", at=work)
    readme = (work / "README.md").read_text()
    assert readme.startswith("# Our hub\n\nWelcome.\n\n" + frontpage.START) and "Homework rooms" in readme
    commit(work, "README.md", readme + "\nLast words.\n")
    stored = json.loads((work / folder(ONE) / "practice.json").read_bytes())
    commit(work, f"{folder(ONE)}/practice.json", json.dumps({**stored, "teaser": {"en": "By hand"}}))
    assert receive([ONE], path) == ["unchanged"]
    deliver([TWO], str(path))
    git("pull", "-q", at=work)
    readme = (work / "README.md").read_text()
    assert readme.startswith("# Our hub\n\nWelcome.\n") and readme.endswith("\nLast words.\n") and readme.count(frontpage.START) == 1
    assert json.loads((work / folder(ONE) / "practice.json").read_bytes())["teaser"] == {"en": "By hand"}
    assert "partners" in readme and readme.count("| [") == 2


@pytest.mark.parametrize("broken", ["{", "[1]", '{"id": 3}', "[" * 100_000, '{"id": "x", "version": 1, "title": 3, "event": 4, "licence": []}'], ids=range(5))
def test_odd_files_in_the_repository_do_no_harm(tmp_path: Path, broken: str) -> None:
    path = bare(tmp_path / "p.git")
    work = clone(path, tmp_path / "work")
    commit(work, "practices/2026/odd--1/practice.json", broken)
    commit(work, "practices/notes.txt", "a file where folders are expected")
    assert receive([ONE], path) == ["added"]
    git("pull", "-q", at=work)
    assert (work / "practices/2026/odd--1/practice.json").read_text() == broken
    healthy(path)


def test_a_receipt_holds_after_a_curator_merged(tmp_path: Path) -> None:
    """In a merge by a person our commit may be the second parent."""
    path = tmp_path / "p.git"
    deliver([TWO], str(path))
    work = clone(path, tmp_path / "work")
    commit(work, "notes.md", "mine", push=False)
    [receipt] = deliver([ONE], str(path))
    git("pull", "-q", "--no-rebase", "--no-edit", at=work)
    git("push", "-q", at=work)
    with Repository(str(path)) as repository:
        assert repository.verify(receipt)
    assert receive([ONE, TWO], path) == ["unchanged", "unchanged"]


def test_a_folder_that_moved_is_replayed_on(tmp_path: Path) -> None:
    """A curator pushes between our plan and our push; theirs stays and ours goes on top."""
    path = tmp_path / "p.git"
    deliver([ONE], str(path))
    work = clone(path, tmp_path / "work")
    with Repository(str(path)) as repository:
        diff = repository.plan([TWO])
        commit(work, "notes.md", "by hand")
        assert [receipt["state"] for receipt in repository.push(diff)] == ["added"]
    assert git("log", "--format=%s", "main", at=path).splitlines()[:2] == [f"practice {SECOND} v1: {TWO['title']['en']}", "Change notes.md"]
    assert git("show", "main:notes.md", at=path) == "by hand"


def test_packed_and_pruned_by_gits_own_housekeeping(tmp_path: Path) -> None:
    path = tmp_path / "p.git"
    deliver([ONE], str(path))
    git("gc", "-q", "--prune=now", at=path)
    assert receive([ONE, TWO], path) == ["unchanged", "added"]
    healthy(path)


def test_the_branch_is_the_one_that_the_repository_has(tmp_path: Path) -> None:
    trunk = bare(tmp_path / "trunk.git", "trunk")
    assert deliver([ONE], str(trunk))[0]["branch"] == "trunk"
    mixed = bare(tmp_path / "mixed.git", "master")
    work = clone(trunk, tmp_path / "work")
    git("push", "-q", str(mixed), "HEAD:refs/heads/main", at=work)
    assert deliver([ONE, TWO], str(mixed))[0] | {"target": ""} == deliver([ONE], str(trunk))[0] | {"target": "", "branch": "main"}


def test_sentences_for_wrong_folders(tmp_path: Path) -> None:
    git("init", "-q", str(tmp_path / "work"))
    assert refused("not_bare", [ONE], tmp_path / "work") == f"{tmp_path}/work is a working copy. Give the path of a bare repository."
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "holiday.txt").touch()
    refused("not_empty", [ONE], tmp_path / "full")
    (tmp_path / "file").touch()
    refused("not_empty", [ONE], tmp_path / "file")
    refused("not_writable", [ONE], tmp_path / "file" / "below" / "p.git")
    refused("scheme", [ONE], "ftp://user:pass@example.org/x")


def test_a_disk_that_takes_nothing(tmp_path: Path) -> None:
    path = bare(tmp_path / "p.git")
    for number in range(256):
        (path / "objects" / f"{number:02x}").touch()  # where git puts objects into folders
    assert "cannot be written to: " in refused("not_writable", [ONE], path)


def test_a_record_that_lacks_what_a_folder_needs_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    nameless = build(data(id=SECOND, source={"title": "", "text": ""}, derived=[]))
    refused("no_title", [ONE, nameless], tmp_path / "p.git")
    assert git("count-objects", at=tmp_path / "p.git").startswith("0 objects")
    refused("record", [{**ONE, "id": "../../x"}], tmp_path / "p.git")


def test_a_damaged_repository(tmp_path: Path) -> None:
    path = tmp_path / "p.git"
    deliver([ONE], str(path))
    tree = git("rev-parse", "main^{tree}", at=path)
    (path / "objects" / tree[:2] / tree[2:]).unlink()
    assert "git fsck" in refused("damaged", [TWO], path)


def test_a_lock_that_stays_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitate.practices.repositories.git.PAUSE", 0.001)
    path = tmp_path / "p.git"
    deliver([ONE], str(path))
    lock = path / "refs" / "heads" / "main.lock"
    lock.touch()
    assert str(lock) in refused("locked", [TWO], path)
    lock.unlink()
    assert receive([TWO], path) == ["added"]


def test_several_programs_at_once(tmp_path: Path) -> None:
    """Four processes that begin at the same moment, on a repository that is not there yet, all arrive."""
    path = tmp_path / "p.git"
    ids = [f"{number}{FIRST[1:]}" for number in range(4)]
    asked = [json.dumps({"records": [build(data(id=ident))], "target": str(path)}) for ident in ids]
    words = [sys.executable, "-m", "facilitate.practices.deliver"]
    started = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ALONE) for _ in asked]
    answers = [json.loads(process.communicate(text)[0]) for process, text in zip(started, asked, strict=True)]
    assert [answer["receipts"][0]["state"] for answer in answers] == ["added"] * 4
    assert sorted(git("ls-tree", "-d", "--name-only", "main", "practices/2026/", at=path).splitlines()) == [
        f"practices/2026/homework-rooms--{ident[:8]}" for ident in ids
    ]
    assert git("rev-list", "--count", "main", at=path) == "4"
    git("fsck", "--strict", "--no-dangling", at=path)

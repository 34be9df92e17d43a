"""The Git repository in a folder: same bytes, same trees, versions, withdrawals, and what people did there by hand."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from facilitate.practices import frontpage
from facilitate.practices.deliver import deliver
from facilitate.practices.errors import RepositoryError
from facilitate.practices.files import folder, rendered
from facilitate.practices.record import build, seal
from facilitate.practices.repositories.git import IDENTITY, Repository
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


def test_the_layout(tmp_path: Path) -> None:
    """A real clone holds, in each practice's folder, what the formats give, and the top files."""
    receipts = deliver([ONE, TWO, THREE], str(tmp_path / "new" / "practices.git"))
    work = clone(tmp_path / "new" / "practices.git", tmp_path / "work")
    files = {str(path.relative_to(work)) for path in work.rglob("*") if path.is_file() and ".git/" not in str(path)}
    expected = {"README.md", "CITATION.cff", "LICENSES/CC-BY-4.0.txt", "LICENSES/CC0-1.0.txt"}
    for record in (ONE, TWO, THREE):
        assert folder(record).endswith(f"/{record['slug']}--{record['id'][:8]}")
        for name, content in rendered(record).items():
            expected.add(f"{folder(record)}/{name}")
            assert (work / folder(record) / name).read_bytes() == content
    assert files == expected
    assert [receipt["path"].split("/")[1] for receipt in receipts] == ["2026", "2026", "2025"]
    healthy(tmp_path / "new" / "practices.git")


def test_one_commit_a_publication_by_the_service_at_the_time_of_the_record(tmp_path: Path) -> None:
    deliver([ONE, TWO], str(tmp_path / "p.git"))
    log = git("log", "--reverse", "--format=%an <%ae>|%cn <%ce>|%at|%ct|%s|%b", "main", at=tmp_path / "p.git").splitlines()
    who = f"{IDENTITY}|{IDENTITY}|1795450000|1795450000"
    assert [line for line in log if line] == [
        f"{who}|practice {FIRST} v1: Homework rooms|",
        f"{who}|practice {SECOND} v1: Reading <b>partners</b> | and more|",
    ]


def test_the_same_records_give_the_same_commits(tmp_path: Path) -> None:
    """Trees and commits are those of the records, whenever and wherever they are made."""
    first, second = deliver([ONE, TWO], str(tmp_path / "a.git")), deliver([ONE, TWO], str(tmp_path / "b.git"))
    assert [receipt["commit"] for receipt in first] == [receipt["commit"] for receipt in second]
    deliver([TWO, ONE], str(tmp_path / "c.git"))
    assert git("rev-parse", "main^{tree}", at=tmp_path / "a.git") == git("rev-parse", "main^{tree}", at=tmp_path / "c.git")


def test_sending_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.git"
    first = deliver([ONE, TWO], str(path))
    before = {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}
    second = deliver([ONE, TWO], str(path))
    assert {file: file.read_bytes() for file in path.rglob("*") if file.is_file()} == before
    assert [receipt.pop("state") for receipt in first + second] == ["added"] * 2 + ["unchanged"] * 2
    assert first == second, "the receipt of what was there names the commit that brought it"
    redrafted = build(data(version=3, modified=1_795_460_000_000))
    assert receive([redrafted], path) == ["unchanged"], "neither a version nor a date makes a new record"


def test_planning_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.git"
    with Repository(str(path)) as repository:
        before = {file for file in path.rglob("*") if file.is_file()}
        diff = repository.plan([ONE, TWO])
        assert [change.state for change in diff.changes] == ["added", "added"]
        assert {file for file in path.rglob("*") if file.is_file()} == before
        repository.push(diff)
        assert [change.state for change in repository.plan([ONE]).changes] == ["unchanged"]


def test_a_changed_record_is_the_next_version_in_the_same_folder(tmp_path: Path) -> None:
    path = tmp_path / "p.git"
    deliver([ONE], str(path))
    changed = build(data(source={"title": "Study rooms"}, language="de", modified=1_795_460_000_000))
    [receipt] = deliver([changed], str(path))
    assert (receipt["state"], receipt["version"], receipt["path"]) == ("changed", 2, folder(ONE))
    work = clone(path, tmp_path / "work")
    stored = json.loads((work / receipt["path"] / "practice.json").read_bytes())
    assert stored == seal({**changed, "slug": ONE["slug"]}, 2) and stored["fingerprint"] == receipt["fingerprint"]
    assert sorted(path.name for path in (work / receipt["path"]).iterdir()) == ["index.de.md", "practice.json", "practice.jsonld"]
    assert git("log", "-1", "--format=%s %at", "main", at=path) == f"practice {FIRST} v2: Study rooms 1795460000"
    assert receive([changed], path) == ["unchanged"]
    assert deliver([ONE], str(path))[0]["version"] == 3, "going back is a new version too"
    healthy(path)


def test_one_record_twice_in_one_go(tmp_path: Path) -> None:
    changed = build(data(source={"title": "Study rooms"}))
    receipts = deliver([ONE, ONE, changed], str(tmp_path / "p.git"))
    assert [(receipt["state"], receipt["version"]) for receipt in receipts] == [("added", 1), ("unchanged", 1), ("changed", 2)]


def test_the_index_lists_what_is_there(tmp_path: Path) -> None:
    deliver([THREE, TWO, ONE], str(tmp_path / "p.git"))
    readme = git("show", "main:README.md", at=tmp_path / "p.git")
    rows = [line for line in readme.splitlines() if line.startswith(("## ", "| ["))]
    assert rows == [
        "## 2026",
        f"| [Homework rooms]({folder(ONE)}/) | Digital schools | 1 | CC-BY-4.0 |",
        f"| [Reading &lt;b&gt;partners&lt;/b&gt; \\| and more]({folder(TWO)}/) | Digital schools | 1 | CC-BY-4.0 |",
        "## 2025",
        f"| [Homework rooms]({folder(THREE)}/) | Digital schools | 1 | CC0-1.0 |",
    ]


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


def test_two_ids_with_the_same_beginning(tmp_path: Path) -> None:
    twin = build(data(id=FIRST[:-1] + "f"))
    receipts = deliver([ONE, twin], str(tmp_path / "p.git"))
    assert [receipt["path"].rpartition("--")[2] for receipt in receipts] == [FIRST[:8], twin["id"]]


def test_a_withdrawn_practice_goes_and_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "p.git"
    deliver([ONE, TWO], str(path))
    with Repository(str(path)) as repository:
        receipt = repository.withdraw(FIRST, "2026-12-01T10:00:00Z")
        assert receipt["state"] == "withdrawn"
        assert repository.withdraw(FIRST, "2026-12-02T10:00:00Z")["commit"] == receipt["commit"], "once is enough"
        with pytest.raises(RepositoryError) as problem:
            repository.withdraw(THIRD, "2026-12-01T10:00:00Z")
        assert problem.value.key == "practice.error.unknown_id"
    assert git("log", "-1", "--format=%s %ct", "main", at=path) == f"practice {FIRST} withdrawn 1796119200"
    assert receive([ONE], path) == ["withdrawn"]
    work = clone(path, tmp_path / "work")
    assert not (work / folder(ONE)).exists() and (work / folder(TWO)).exists()
    assert f"- `{FIRST}` version 1, withdrawn on 2026-12-01" in (work / "WITHDRAWN.md").read_text()
    assert "Homework" not in (work / "WITHDRAWN.md").read_text() + (work / "README.md").read_text()
    healthy(path)


def test_a_receipt_can_be_verified(tmp_path: Path) -> None:
    path = tmp_path / "p.git"
    [receipt] = deliver([ONE], str(path))
    work = clone(path, tmp_path / "work")
    git("checkout", "-q", "--orphan", "elsewhere", at=work)
    git("commit", "-q", "-m", "another history", at=work)
    git("push", "-q", "origin", "elsewhere", at=work)
    elsewhere = git("rev-parse", "elsewhere", at=work)
    deliver([TWO], str(path))
    with Repository(str(path)) as repository:
        assert repository.verify(receipt)
        assert not repository.verify({**receipt, "files": {**receipt["files"], "practice.json": "0" * 64}})
        assert not repository.verify({**receipt, "commit": "0" * 40})
        assert not repository.verify({**receipt, "commit": elsewhere}), "a commit of another branch proves nothing"


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


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert deliver([ONE], f"file://{tmp_path}/with%20space.git")[0]["state"] == "added"
    healthy(tmp_path / "with space.git")


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

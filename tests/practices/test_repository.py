"""The Git repository in a folder: layout, same bytes and trees, versions, withdrawals, receipts."""

import json
from pathlib import Path
from typing import Any

import pytest

from facilitate.practices.deliver import deliver
from facilitate.practices.errors import RepositoryError
from facilitate.practices.files import folder, rendered
from facilitate.practices.record import build, seal
from facilitate.practices.repositories.git import IDENTITY, Repository
from tests.practices.sample import FIRST, SECOND, THIRD, data
from tests.practices.servers import clone, git, healthy

ONE = build(data())
TWO = build(data(id=SECOND, source={"id": "g2", "number": 4, "title": "Reading <b>partners</b> | and more"}))
THREE = build(data(id=THIRD, event={"end": "2025-05-05T10:00:00Z"}, licence="CC0-1.0"))


def receive(records: list[dict[str, Any]], path: Path) -> list[str]:
    """Send records and give the state of each."""
    return [receipt["state"] for receipt in deliver(records, str(path))]


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


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert deliver([ONE], f"file://{tmp_path}/with%20space.git")[0]["state"] == "added"
    healthy(tmp_path / "with space.git")

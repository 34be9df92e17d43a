"""Repositories behind addresses, served by the real git: pushes, replays where others moved the branch, and what can go wrong."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from facilitate.practices import addresses, places
from facilitate.practices.deliver import deliver
from facilitate.practices.errors import RepositoryError
from facilitate.practices.files import folder
from facilitate.practices.record import build
from facilitate.practices.repositories.git import REPLAYS, Repository
from tests.practices.sample import SECOND, data
from tests.practices.servers import bare, clone, commit, daemon, git, healthy, rival, web

ONE = build(data())
TWO = build(data(id=SECOND, source={"id": "g2", "number": 4, "title": "Reading partners"}))
TOKEN = "t0ken-of-the-hub"


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for anybody, and no proxy of the machine stands between."""
    monkeypatch.setattr("facilitate.practices.repositories.git.PAUSE", 0.001)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=[daemon, web], ids=["git", "http"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a folder of repositories, by each protocol."""
    serve: Callable[[Path], AbstractContextManager[str]] = request.param
    with serve(tmp_path) as found:
        yield found


def refused(key: str, target: str, token: str | None = None) -> str:
    """The sentence with which sending fails, after a look at its key; no secret is in it."""
    with pytest.raises(RepositoryError) as problem:
        deliver([ONE], target, token)
    assert problem.value.key == f"practice.error.{key}"
    assert "{" not in problem.value.sentence and TOKEN not in str(problem.value.told())
    return problem.value.sentence


def test_pushing_to_an_empty_repository_and_again(tmp_path: Path, address: str) -> None:
    path = bare(tmp_path / "hub.git")
    first = deliver([ONE, TWO], f"{address}/hub.git")
    assert [receipt["state"] for receipt in first] == ["added", "added"]
    assert first[0]["target"] == f"{address}/hub.git" and first[1]["commit"] == git("rev-parse", "main", at=path)
    again = deliver([ONE, TWO], f"{address}/hub.git")
    assert [{**receipt, "state": "added"} for receipt in again] == first
    assert git("rev-list", "--count", "main", at=path) == "2"
    with Repository(f"{address}/hub.git") as repository:
        assert repository.verify(first[0])
    work = clone(f"{address}/hub.git", tmp_path / "work")
    assert (work / folder(ONE) / "index.en.md").is_file()
    healthy(path)


def test_the_same_tree_as_in_a_folder(tmp_path: Path, address: str) -> None:
    bare(tmp_path / "hub.git")
    [far], [near] = deliver([ONE], f"{address}/hub.git"), deliver([ONE], str(tmp_path / "near.git"))
    assert far["commit"] == near["commit"] and far["files"] == near["files"]


def test_a_remote_that_moved_is_fetched_and_replayed_on(tmp_path: Path, address: str) -> None:
    """Between planning and pushing, a curator's clone moves the branch: their work and ours are both there, in this order."""
    path = bare(tmp_path / "hub.git")
    deliver([ONE], f"{address}/hub.git")
    work = clone(path, tmp_path / "work")
    with Repository(f"{address}/hub.git") as repository:
        diff = repository.plan([TWO])
        commit(work, "notes.md", "by hand")
        theirs = git("rev-parse", "HEAD", at=work)
        [receipt] = repository.push(diff)
    assert git("rev-parse", "main^", at=path) == theirs and git("rev-parse", "main", at=path) == receipt["commit"]
    assert git("show", "main:notes.md", at=path) == "by hand"
    assert "Reading partners" in git("show", "main:README.md", at=path)
    healthy(path)


def test_the_replay_looks_again_at_what_is_there(tmp_path: Path, address: str) -> None:
    """Somebody sent the same record, or another version of it, first: no second copy, and the next version number."""
    bare(tmp_path / "hub.git")
    target = f"{address}/hub.git"
    changed = build(data(source={"title": "Study rooms"}))
    with Repository(target) as slow:
        diff = slow.plan([ONE])
        deliver([ONE], target)
        assert slow.push(diff)[0]["state"] == "unchanged"
        diff = slow.plan([changed])
        deliver([build(data(source={"title": "Other rooms"}))], target)
        assert [(receipt["state"], receipt["version"]) for receipt in slow.push(diff)] == [("changed", 3)]


def test_a_rival_in_the_very_moment(tmp_path: Path, address: str) -> None:
    """The server itself finds that the branch moved while our push was being taken."""
    path = bare(tmp_path / "hub.git")
    deliver([ONE], f"{address}/hub.git")
    rival(path, 2)
    [receipt] = deliver([TWO], f"{address}/hub.git")
    assert (path / "rivals").read_text().strip() == "2"
    assert git("log", "--format=%s", "main", at=path).splitlines()[:3] == [f"practice {SECOND} v1: Reading partners", "rival", "rival"]
    assert receipt["commit"] == git("rev-parse", "main", at=path)


def test_after_five_replays_it_gives_up(tmp_path: Path, address: str) -> None:
    path = bare(tmp_path / "hub.git")
    deliver([TWO], f"{address}/hub.git")
    rival(path, 1000)
    refused("moved", f"{address}/hub.git")
    assert (path / "rivals").read_text().strip() == str(REPLAYS + 1)


def test_a_refusal_by_the_repository_is_passed_on(tmp_path: Path, address: str) -> None:
    path = bare(tmp_path / "hub.git")
    deliver([TWO], f"{address}/hub.git")
    hook = path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    sentence = refused("refused", f"{address}/hub.git")
    assert sentence == f"{address}/hub.git refused the records: pre-receive hook declined"
    assert git("rev-list", "--count", "main", at=path) == "1"


def test_another_default_branch(tmp_path: Path, address: str) -> None:
    path = bare(tmp_path / "hub.git", "trunk")
    assert deliver([ONE], f"{address}/hub.git")[0]["branch"] == "trunk"
    git("rev-parse", "trunk", at=path)
    mixed = bare(tmp_path / "mixed.git", "master")
    work = clone(path, tmp_path / "work")
    git("push", "-q", str(mixed), "HEAD:refs/heads/main", at=work)
    assert [(receipt["state"], receipt["branch"]) for receipt in deliver([ONE, TWO], f"{address}/mixed.git")] == [("unchanged", "main"), ("added", "main")]


def test_no_repository_there(tmp_path: Path, address: str) -> None:
    with pytest.raises(RepositoryError) as problem:
        deliver([ONE], f"{address}/none.git")
    assert problem.value.key in ("practice.error.not_found", "practice.error.forbidden"), "git daemon does not tell the two apart"


def test_the_token_of_http(tmp_path: Path) -> None:
    path = bare(tmp_path / "hub.git")
    with web(tmp_path, TOKEN) as address:
        target = f"{address}/hub.git"
        assert refused("token_needed", target) == f"{target} asks for a token. Set one, then send again."
        refused("token_refused", target, "another")
        [receipt] = deliver([ONE], target, TOKEN)
        with_name = target.replace("http://", f"http://hub:{TOKEN}@")
        again = deliver([ONE], with_name)
        assert again[0]["state"] == "unchanged" and again[0]["target"] == target
        assert TOKEN not in str(receipt) + str(again)
    assert git("rev-parse", "main", at=path) == receipt["commit"]


def test_a_server_that_only_reads(tmp_path: Path) -> None:
    path = bare(tmp_path / "hub.git")
    with daemon(tmp_path, writable=False) as address:
        refused("forbidden", f"{address}/hub.git")
    git("config", "http.receivepack", "false", at=path)
    with web(tmp_path) as address:
        refused("forbidden", f"{address}/hub.git")


def test_nobody_answers(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for scheme in ("git", "http"):
        assert refused("unreachable", f"{scheme}://user:{TOKEN}@127.0.0.1:{port}/hub.git").startswith(f"{scheme}://127.0.0.1:{port}/hub.git does not")


def test_ssh_runs_the_command_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for ssh runs git's own programs here; the real one would run them there, and may ask nothing."""
    path = bare(tmp_path / "hub.git")
    stand_in = tmp_path / "ssh"
    stand_in.write_text('#!/bin/sh\necho "$@" >> "$0.log"\nfor last; do :; done\nexec sh -c "$last"\n')
    stand_in.chmod(0o755)
    assert "BatchMode=yes" in addresses.SSH
    monkeypatch.setattr(addresses, "SSH", addresses.SSH.replace("ssh ", f"{stand_in} "))
    assert deliver([ONE], f"ssh://hub@example.org{path}")[0]["state"] == "added"
    assert deliver([ONE], f"hub@example.org:{path}")[0]["state"] == "unchanged"
    assert "-oBatchMode=yes" in (tmp_path / "ssh.log").read_text() and "hub@example.org" in (tmp_path / "ssh.log").read_text()
    healthy(path)


def test_addresses_are_shown_without_secrets() -> None:
    assert places.shown(f"https://hub:{TOKEN}@example.org:8443/a/b.git?token={TOKEN}") == "https://example.org:8443/a/b.git"
    assert places.shown("/srv/practices.git") == "/srv/practices.git"

"""`facilitate backup` and `restore`, and a database that is damaged: never a silent new one."""

import os
import shutil
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from facilitate.core.strings import t
from tests.support.served import Served, serve
from tests.support.terminal import Terminal
from tests.support.until import until

IDEA = "0b7a3a52-4a3f-4b8e-8f0b-3c1f9a6b2d11"


def damage(path: Path) -> None:
    """Overwrite a part in the middle of a database."""
    with path.open("r+b") as file:
        file.seek(16_384)
        file.write(os.urandom(40_000))


def leave_unfinished(path: Path) -> None:
    """Leave a change in the write-ahead log, as a crash does."""
    beside = path.with_name(f"{path.name}-wal")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE accounts SET name = 'Olga B.' WHERE name = 'Olga'")
    connection.commit()
    kept = {one: one.read_bytes() for one in (path, beside)}
    connection.close()
    for one, content in kept.items():
        one.write_bytes(content)
    assert beside.stat().st_size


def foreign(path: Path) -> None:
    """Make it a database of another program."""
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()


def newer(path: Path) -> None:
    """Let it be one of a later version of this program."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("harm", "key"),
    [
        (damage, "cli.database_broken"),
        (lambda path: path.write_bytes(b""), "cli.database_broken"),  # 0 bytes are no new database where there was one
        (lambda path: path.write_bytes(b"no database at all" * 500), "cli.database_broken"),
        (foreign, "cli.database_foreign"),
        (newer, "cli.database_newer"),
        (lambda path: path.rename(path.with_name(f"{path.name}-wal")), "cli.database_lost"),
    ],
)
def test_a_damaged_database_is_never_replaced_silently(settled: Terminal, harm: Any, key: str) -> None:
    """Exit code 3, the way out is named, and no byte is changed; commands that would write say the same."""
    path = settled.folder / "facilitate.db"
    if harm is damage:
        leave_unfinished(path)
    harm(path)
    before = files(settled.folder)
    said = settled.says("organiser", "token", code=3)
    assert len(said.splitlines()) == 1 and said.startswith(t("en", key, file=path, problem="").split("(")[0])
    assert ("facilitate restore FILE" in said) is (key != "cli.database_foreign")
    if key == "cli.database_broken":
        assert settled.says("run", code=3, alone=True) == said
    assert files(settled.folder) == before


def files(folder: Path) -> dict[str, bytes]:
    """The database and its write-ahead log, as far as they are there and hold anything."""
    return {one.name: one.read_bytes() for one in folder.glob("facilitate.db*") if not one.name.endswith("-shm") and one.stat().st_size}


def test_a_backup_of_a_running_server_comes_back(settled: Terminal, tmp_path: Path) -> None:
    """What was there at the backup is there again, under higher numbers; what came later, and the broken file, is kept aside."""
    backup = tmp_path / "kept.db"
    with serve(settled.folder, async_mode="threading") as served:
        code, _ = served.consultation()
        served.member(code, "Ann")
        link = settled.says("organiser", "link")
        assert settled.says("backup", backup, alone=True) == str(backup)
        before = served.state(code), served.call("GET", f"/api/events/{code}/state")[1]["seq"]
        served.member(code, "Ben")
        assert settled.says("backup", backup, code=1) == t("en", "cli.file_exists", file=backup)
        default = Path(settled.says("backup"))
        assert default.parent == settled.folder / "backups" and default.exists()
        said = settled.says("restore", backup, code=4, alone=True)
        assert said == t("en", "cli.running", folder=settled.folder, pid=served.process.pid, url=served.url)
        secrets = [path.stem for path in (settled.folder / "secrets").glob("*.key")]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    keys = [(settled.folder / "secrets" / f"{secret}.key").read_bytes() for secret in secrets]
    assert keys and not any(key in backup.read_bytes() for key in keys)
    assert not list(tmp_path.glob("kept.db?*"))
    damage(settled.folder / "facilitate.db")
    damaged = (settled.folder / "facilitate.db").read_bytes()
    settled.says("run", code=3, alone=True)
    told = settled.says("restore", backup, alone=True)
    [kept] = settled.folder.glob("facilitate.db.broken-*[0-9]")
    assert str(kept) in told and kept.read_bytes() == damaged
    restored(settled, code, before, link)
    settled.says("restore", default)
    assert len(list(settled.folder.glob("facilitate.db.before-*[0-9]"))) == 1, "a sound database is not called broken"
    assert not list(settled.folder.glob("*.restoring*"))


def restored(terminal: Terminal, code: str, before: tuple[dict[str, Any], int], link: str) -> None:
    """The event is as it was, its number is higher by a million, and a sign-in link of that time is dead."""
    with serve(terminal.folder, async_mode="threading") as again:
        assert again.state(code) == before[0]
        assert again.call("GET", f"/api/events/{code}/state")[1]["seq"] == before[1] + 1_000_000
        assert again.call("GET", link.removeprefix(served_at(link)))[0] == 404


def served_at(link: str) -> str:
    """The address of the server in a link."""
    return "/".join(link.split("/")[:3])


@pytest.mark.parametrize(
    ("harm", "key"),
    [
        (damage, "cli.restore.unsound"),
        (lambda path: path.write_bytes(b"text" * 3000), "cli.restore.unsound"),
        (foreign, "cli.restore.foreign"),
        (newer, "cli.restore.newer"),
    ],
)
def test_what_is_no_sound_backup_is_not_restored(settled: Terminal, tmp_path: Path, harm: Any, key: str) -> None:
    """Exit code 1, and the database that is here stays as it is."""
    file = Path(shutil.copy(settled.folder / "facilitate.db", tmp_path / "file.db"))
    harm(file)
    before = files(settled.folder)
    assert t("en", key, file=file, problem="").split("(")[0] in settled.says("restore", file, code=1)
    assert files(settled.folder) == before


def test_a_database_is_not_restored_from_itself(settled: Terminal) -> None:
    """That would put the only copy aside."""
    assert settled.says("restore", settled.folder / "facilitate.db", code=1) == t("en", "cli.restore.itself")


def test_a_backup_needs_a_database(terminal: Terminal) -> None:
    """There is nothing to be kept where nothing was ever run."""
    assert terminal.says("backup", code=1) == t("en", "cli.no_database", folder=terminal.folder)


def test_a_backup_into_a_new_instance(settled: Terminal, terminal: Terminal, tmp_path: Path) -> None:
    """Another machine begins with it; none was here, so none is kept. A vote that was open ends with the ballots that it had, since
    the secret that tells voters apart never left the old machine."""
    with serve(settled.folder, async_mode="threading") as old:
        code, vote = old.consultation()
        ann = old.member(code, "Ann")
        old.command(code, "ideas.add", ann, idea=IDEA, activity=vote, text="More shade")
        [option] = old.state(code)["options"].values()
        old.command(code, "voting.mark", ann, round=option["round"], option=IDEA, value="agree")
        settled.says("backup", tmp_path / "kept.db")
    assert terminal.says("restore", tmp_path / "kept.db") == t("en", "cli.restore.restored", file=tmp_path / "kept.db")
    assert terminal.says("organiser", "list") == settled.says("organiser", "list")
    with serve(terminal.folder, async_mode="threading") as new:
        until(lambda: IDEA in figures(new, code, option["round"]), "the vote is counted")
        assert figures(new, code, option["round"])[IDEA] == {"agree": 1, "disagree": 0, "pass": 0}
        new.command(code, "events.start", activity=vote)
        [again] = [row for row in new.state(code, ann)["rounds"].values() if row["status"] == "open"]
        new.command(code, "voting.mark", ann, round=again["id"], option=IDEA, value="pass")


def figures(served: Served, code: str, round_id: str) -> dict[str, Any]:
    """The figures of a round by option, as soon as it is counted."""
    results = served.state(code)["results"]
    return dict(results[round_id]["figures"]) if round_id in results else {}


def test_another_database_is_backed_up_by_its_own_tools(settled: Terminal, tmp_path: Path) -> None:
    """A database server has its own way."""
    settled.settings["database_url"] = "postgresql+psycopg://localhost/none"
    assert settled.says("backup", tmp_path / "kept.db", code=1) == t("en", "cli.backup.not_sqlite")



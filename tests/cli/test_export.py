"""`facilitate export`: the records go where the button in the studio sends them, and a second time changes nothing."""

import json
from pathlib import Path

from dulwich.repo import Repo

from facilitate.core.strings import t
from tests.cli.test_event import counted, workshop
from tests.support.served import Served, serve
from tests.support.terminal import Terminal
from tests.support.until import until


def commits(folder: Path) -> list[bytes]:
    """The commits of a repository, newest first."""
    with Repo(str(folder)) as repository:
        return [entry.commit.id for entry in repository.get_walker()]


def voted(served: Served) -> str:
    """The code of an event whose vote is counted."""
    code, ann = workshop(served)
    option = next(iter(served.state(code)["options"].values()))
    served.command(code, "voting.mark", ann, round=option["round"], option=option["id"], value="agree")
    counted(served, code)
    return code


def test_export_twice_changes_nothing(settled: Terminal) -> None:
    """With a server, by the button's command, and without one: the same records, the same commits."""
    repository = settled.folder / "practices.git"
    with serve(settled.folder, async_mode="threading") as served:
        code = voted(served)
        first = json.loads(settled.says("export", code, "--json", alone=True))
        assert [record["state"] for record in first] == ["sent"] and first[0]["target"] == str(repository)
        made = commits(repository)
        assert made[0].decode() == first[0]["receipt"]["commit"]
        served.command(code, "practices.send")
        until(lambda: all(row["state"] == "sent" for row in served.state(code)["practices"].values()), "the records are sent")
        assert commits(repository) == made
    said = settled.says("export", code)
    assert said == t("en", "cli.export.sent", title=first[0]["title"], version=1, commit=made[0].decode()[:10])
    assert commits(repository) == made


def test_what_cannot_be_sent_is_said(settled: Terminal, tmp_path: Path) -> None:
    """No result, no such event, a repository that does not take it: exit code 1 and a sentence."""
    (tmp_path / "file").write_text("no repository", encoding="utf-8")
    with serve(settled.folder, async_mode="threading", practices_target=str(tmp_path / "file")) as served:
        code, _ = served.consultation()
        assert t("en", "refusal.no_result") in settled.says("export", code, code=1)
        served.command(code, "events.end")
        code = voted(served)
        assert settled.says("export", "999999", code=1) == t("en", "cli.no_event", event="999999")
        failed = settled.here("export", code, code=1)
        assert failed.stdout == "" and failed.stderr.startswith(t("en", "cli.export.failed", title="More shade", problem="")[:-1])
        assert len(failed.stderr.strip()) > len(t("en", "cli.export.failed", title="More shade", problem=""))

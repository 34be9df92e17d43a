"""`facilitate recount`: count a downloaded round again, on any machine, without a server and without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from facilitate.cli.say import line, t
from facilitate.instance import FAILED, Trouble
from facilitate.voting import recount as recounting

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""


@click.command(help=t("cli.recount.help"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=t("cli.json.help"))
def recount(file: Path, as_json: bool) -> None:
    """Count again and say whether the result is the announced one."""
    given = read(file)
    wrong = recounting.check(given)
    if as_json:
        line(json.dumps({"ok": not wrong, "problems": [t(key, **values) for key, values in wrong]}, ensure_ascii=False))
    else:
        tell(given, wrong)
    raise SystemExit(FAILED if wrong else 0)


def read(file: Path) -> Any:
    """The document in a file; Trouble where it is none."""
    if file.stat().st_size > LARGEST:
        raise Trouble(FAILED, "cli.recount.too_large", n=LARGEST // 2**20)
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise Trouble(FAILED, "vote.recount.no_document", format=recounting.FORMAT) from None


def tell(given: Any, wrong: list[recounting.Difference]) -> None:
    """Print what was counted and what came of it."""
    try:
        for text in table(given):
            line(text)
    except recounting.UNREADABLE:
        pass  # what is wrong with it is said below
    for key, values in wrong:
        line(t(key, **values), err=True)
    if not wrong:
        line(t("cli.recount.same", checksum=given["checksum"]))


def table(given: dict[str, Any]) -> list[str]:
    """Who decided what, and the ranking, one place a line: the number is that of the checksum, the title what the file says."""
    labels, proven = given["labels"], given.get("proof", {})
    base, said = proven.get("result", {}).get("base", {}), {option["id"]: option["title"] for option in labels.get("options", [])}
    titles = {option["id"]: f"{option['number']} · {said.get(option['id'], option['id'])}" for option in proven.get("options", [])}
    lines = [labels.get("event", ""), labels.get("question", ""), t("cli.recount.base", method=proven.get("method", ""), n=base.get("cast", 0))]
    place = 1
    for tied in proven.get("result", {}).get("ranking", []):
        lines += [f"{place:>4}  {titles.get(option, option)}" for option in tied]
        place += len(tied)
    return lines

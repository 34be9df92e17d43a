"""Copies of an event to keep: everything as JSON, ideas and results as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

Rows = dict[str, dict[str, dict[str, Any]]]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet compute a cell, in its usual and its wide form."""
BYTE_ORDER_MARK = "\ufeff"
LEFT_OUT = {"ideas": ("author", "author_number", "mine"), "activities": ("undo",), "teams": ("members",), "events": ("screen", "facilitator")}
"""Fields that say who somebody is, or that only a running room needs."""


def cell(value: Any) -> str:
    """A value as a cell that stays text."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def table(head: list[str], lines: list[list[Any]]) -> bytes:
    """A table as CSV in UTF-8, with the mark by which spreadsheets know it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    writer.writerows([[cell(value) for value in line] for line in lines])
    return (BYTE_ORDER_MARK + buffer.getvalue()).encode()


def ideas(rows: Rows) -> bytes:
    """Every idea that was not taken back, without its author."""
    steps, groups, challenges = rows["activities"], rows["groups"], rows["challenges"]
    found = sorted((row for row in rows["ideas"].values() if row["status"] != "withdrawn"), key=lambda row: row["number"])
    lines = [
        [
            row["number"], steps[row["activity"]]["title"], row["text"], groups.get(row["group"], {}).get("title"),
            challenges.get(row["challenge"], {}).get("title"), row["status"], "yes" if row["publish"] else "no",
        ]
        for row in found
    ]  # fmt: skip
    return table(["number", "step", "text", "group", "challenge", "status", "publish"], lines)


def results(votes: list[dict[str, Any]]) -> bytes:
    """Every counted option of every vote; `votes` as voting/tables.py makes them."""
    lines = []
    for vote in votes:
        if vote["result"] is None:
            continue
        base, round_ = vote["result"]["base"], vote["round"]
        for line in vote["table"]:
            option, figures = line["option"], line["figures"]
            counted = [figures.get(name) for name in ("votes", "points", "voters", "agree", "disagree", "pass")]
            place = [vote["activity"]["title"], round_["run"], round_["method"], line["place"], option["number"], option["title"]]
            lines.append([*place, *counted, base["cast"], base["eligible"]])
    head = ["vote", "run", "method", "place", "number", "option", "votes", "points", "voters", "agree", "disagree", "pass", "cast", "eligible"]
    return table(head, lines)


def everything(rows: Rows, names: bool) -> bytes:
    """The whole event: agenda with planned and actual minutes, ideas, groups, challenges, teams, votes and results; people and
    who is in which team only where `names` is wanted; never a ballot."""
    wanted = ["events", "activities", "ideas", "groups", "challenges", "teams", "rounds", "options", "turnout", "results"] + (["members"] if names else [])
    document = {}
    for name in wanted:
        left_out = () if names else LEFT_OUT.get(name, ())
        document[name] = [{key: value for key, value in row.items() if key not in left_out} for row in rows[name].values()]
    return json.dumps(document, ensure_ascii=False, indent=1).encode()

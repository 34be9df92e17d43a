"""Participatory budgets as Pabulib keeps them (.pb, approval), for analysts: read and write.

Source: Piotr Faliszewski et al., Participatory Budgeting: Data, Tools and Analysis, IJCAI 2023, and pabulib.org/format: three
sections, META, PROJECTS and VOTES, each a table with semicolons.

>>> text = write({"1": "Park"}, [["1"], []], "Vote", money=10, costs={"1": 7})
>>> read(text).costs, read(text).ballots
({'1': 7}, [['1'], []])
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from facilitate.core.refusals import Refused
from facilitate.voting.preflib import BALLOTS, OPTIONS, bad_line, check_size, one_line

SECTIONS = ("META", "PROJECTS", "VOTES")


class Carts(NamedTuple):
    """What a file says: names and costs by option, every ballot, the money."""

    options: dict[str, str]
    ballots: list[list[str]]
    costs: dict[str, int]
    money: int


def read(text: str) -> Carts:
    """The options, ballots, costs and money of a file of approval votes."""
    check_size(text)
    tables = _tables(text)
    meta = {row[0]: (row[1], line) for line, row in tables["META"] if len(row) == 2}
    if meta.get("vote_type", ("approval", 0))[0] != "approval":
        raise Refused("invalid", "refusal.file_not_approval")
    budget, line = meta.get("budget", ("", 1))
    money = _whole(budget, line)
    options: dict[str, str] = {}
    costs: dict[str, int] = {}
    for line, row in _rows(tables["PROJECTS"], "project_id", "cost"):
        if row["project_id"] in options or len(options) >= OPTIONS:
            raise bad_line(line)
        options[row["project_id"]] = row.get("name", row["project_id"])
        costs[row["project_id"]] = _whole(row["cost"], line)
    ballots: list[list[str]] = []
    for line, row in _rows(tables["VOTES"], "voter_id", "vote"):
        chosen = [one.strip() for one in row["vote"].split(",")] if row["vote"].strip() else []
        if len(set(chosen)) != len(chosen) or not set(chosen) <= options.keys():
            raise bad_line(line)
        if len(ballots) >= BALLOTS:
            raise Refused("too_large", "refusal.file_ballots", n=BALLOTS)
        ballots.append(sorted(chosen))
    return Carts(options, ballots, costs, money)


def _whole(text: str, line: int) -> int:
    """A whole amount of money, also where it is written with noughts after the point."""
    number = text.strip().removesuffix(".0").removesuffix(".00")
    if not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise bad_line(line)
    return int(number)


def _tables(text: str) -> dict[str, list[tuple[int, list[str]]]]:
    """The rows of each section with their lines, the headings first; Refused where a section is missing."""
    tables: dict[str, list[tuple[int, list[str]]]] = {}
    section = ""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) == 1 and row[0].strip().upper() in SECTIONS:
                section = row[0].strip().upper()
                if section in tables:
                    raise bad_line(reader.line_num)
                tables[section] = []
            elif not section:
                raise bad_line(reader.line_num)
            else:
                tables[section].append((reader.line_num, row))
    except csv.Error:
        raise bad_line(reader.line_num) from None
    if set(tables) != set(SECTIONS):
        raise Refused("invalid", "refusal.file_sections")
    return tables


def _rows(table: list[tuple[int, list[str]]], *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a section by its columns."""
    if not table or not set(columns) <= {cell.strip() for cell in table[0][1]}:
        raise bad_line(table[0][0] if table else 1)
    names = [cell.strip() for cell in table[0][1]]
    for line, row in table[1:]:
        if len(row) != len(names):
            raise bad_line(line)
        yield line, dict(zip(names, row, strict=True))


def write(options: dict[str, str], ballots: list[list[str]], title: str, *, money: int, costs: dict[str, int]) -> str:
    """A file of these ballots; options are numbered in the order given, voters by their place in the list."""
    numbers = {option: str(place) for place, option in enumerate(options, start=1)}
    votes = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option in ballot:
            votes[option] += 1
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\n")
    table.writerows([["META"], ["key", "value"], ["description", one_line(title)], ["num_projects", len(options)], ["num_votes", len(ballots)]])
    table.writerows([["budget", money], ["vote_type", "approval"], ["rule", "unknown"], ["PROJECTS"], ["project_id", "cost", "votes", "name"]])
    table.writerows([numbers[option], costs[option], votes[option], one_line(name)] for option, name in options.items())
    table.writerows([["VOTES"], ["voter_id", "vote"]])
    table.writerows([voter, ",".join(sorted((numbers[one] for one in ballot), key=int))] for voter, ballot in enumerate(ballots, start=1))
    return out.getvalue()

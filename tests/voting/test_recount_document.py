"""docs/recount.md: its files count to what they announce, and every number of the recounts by hand is that of the count."""

import json
import re
from typing import Any

import pytest

from facilitate.voting import counting, recount
from facilitate.voting.methods import schulze
from tests.support import house

TEXT = (house.ROOT / "docs" / "recount.md").read_text(encoding="utf-8")
RANKED, DOTS = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL))


def table(title: str) -> dict[str, dict[str, int]]:
    """The numbers of a table of the document: {row: {column: number}}."""
    head, lines = re.search(rf"^\| {title} \|(.*)\|\n\|[-|]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE).groups()  # type: ignore[union-attr]
    columns = [cell.strip() for cell in head.split("|")]
    found = {}
    for line in lines.splitlines():
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        found[name] = {column: int(cell) for column, cell in zip(columns, cells, strict=True) if cell != "–"}
    return found


@pytest.mark.parametrize("given", [RANKED, DOTS])
def test_the_files_count_to_what_they_announce(given: dict[str, Any]) -> None:
    """With our own command; the checksum is the one that the text names."""
    assert recount.check(given) == []
    assert f"The checksum is `{given['checksum']}`" in " ".join(TEXT.split())


def test_the_ranked_round_by_hand() -> None:
    """Duels, chains, ranking."""
    duels, chains = table("duels"), table("strongest chain")
    assert duels == RANKED["proof"]["sums"]["matrix"] and chains == schulze.strengths(duels)
    assert all(duels[one][other] + duels[other][one] == 7 for one in duels for other in duels if one != other)
    said = re.search(r"The ranking is \*\*(.*?)\*\*", TEXT)
    assert said and [[one] for one in said[1].split(", ")] == RANKED["proof"]["result"]["ranking"]
    assert len(RANKED["proof"]["receipts"]) == RANKED["proof"]["result"]["base"]["cast"] == 7


def test_the_round_of_dots_by_hand() -> None:
    """Points, voters, ranking, and no more dots than there were."""
    dots, proven = table("dots"), DOTS["proof"]
    assert {one: row["points"] for one, row in dots.items()} == proven["sums"]["points"]
    assert {one: row["voters"] for one, row in dots.items()} == proven["sums"]["voters"]
    said = re.search(r"is the ranking: \*\*(.*?)\*\*", TEXT)
    assert said and [[one] for one in said[1].split(", ")] == proven["result"]["ranking"]
    assert sorted(dots, key=lambda one: -dots[one]["points"]) == said[1].split(", ")
    budget, placed = proven["settings"]["budget"] * proven["result"]["base"]["cast"], sum(row["points"] for row in dots.values())
    assert f"{' + '.join(str(row['points']) for row in dots.values())} = {placed}" in TEXT and f"which makes {budget}" in TEXT and placed <= budget


def test_every_field_is_in_the_document() -> None:
    """All that a file can hold has its row, and nothing else has one."""
    shapes = {"ballots", "weights", "sums", "patterns", "unpublished"}
    fields = {"format", "checksum", "labels", "announced", *(f"proof.{name}" for name in (set(RANKED["proof"]) - {"result"}) | shapes)}
    fields |= {f"proof.result.{name}" for name in RANKED["proof"]["result"]}
    rows = re.findall(r"^\| ((?:`[\w.]+`(?:, )?)+) \|", TEXT.split("## The format")[1].split("**Canonical")[0], re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([\w.]+)`", row)} == fields


def test_the_checksum_without_our_program() -> None:
    """What the document says of the canonical form is what we do."""
    for given in (RANKED, DOTS):
        assert counting.canonical(given["proof"]) == json.dumps(given["proof"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

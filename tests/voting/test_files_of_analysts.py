"""PrefLib and Pabulib files: what is written is read again, what others wrote is read, what makes no sense is refused by its line."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core.refusals import Refused
from facilitate.core.strings import t
from facilitate.voting import pabulib, preflib

NAME = some.text(max_size=12).map(lambda text: " ".join(text.split()))
OPTIONS = some.lists(NAME, min_size=1, max_size=6).map(lambda names: {str(n): name for n, name in enumerate(names, start=1)})


@some.composite
def rankings(draw: Any) -> Any:
    """Options and ballots with ties and gaps, each level in the order of its numbers."""
    options = draw(OPTIONS)
    ballots = []
    for _ in range(draw(some.integers(0, 6))):
        order = draw(some.lists(some.sampled_from(sorted(options)), unique=True, min_size=1))
        levels: list[list[str]] = [[]]
        for option in order:
            if levels[-1] and draw(some.booleans()):
                levels.append([])
            levels[-1].append(option)
        ballots.append([sorted(level) for level in levels])
    return options, ballots


@given(rankings(), some.text(max_size=20))
def test_rankings_come_back(made: Any, title: str) -> None:
    """Write, then read: the same names and the same ballots, in no order."""
    options, ballots = made
    found = preflib.read(preflib.write(options, ballots, title))
    assert found.options == options and sorted(found.ballots) == sorted(ballots)


@given(OPTIONS, some.data(), some.text(max_size=20), some.integers(0, 10**9))
def test_carts_come_back(options: dict[str, str], data: Any, title: str, money: int) -> None:
    """Write, then read: the same names, costs, ballots and money."""
    ballots = data.draw(some.lists(some.lists(some.sampled_from(sorted(options)), unique=True).map(sorted), max_size=6))
    costs = {option: data.draw(some.integers(0, 10**6)) for option in options}
    found = pabulib.read(pabulib.write(options, ballots, title, money=money, costs=costs))
    assert found == pabulib.Carts(options, ballots, costs, money)


def test_the_kind_of_a_file() -> None:
    """Ties and gaps decide between soc, soi, toc and toi."""
    names = {"x": "X", "y": "Y"}
    kinds = {"soc": [["x"], ["y"]], "soi": [["x"]], "toc": [["x", "y"]]}
    for kind, ballot in kinds.items():
        assert f"# DATA TYPE: {kind}" in preflib.write(names, [ballot], "A vote").splitlines()
    assert "# DATA TYPE: toi" in preflib.write(names, [[["x", "y"]], [["x"]]], "A vote")
    assert preflib.write(names, [], "A vote").startswith("# FILE NAME: a-vote.soc")


def test_files_that_others_wrote() -> None:
    """With a byte order mark, spaces and lines that say nothing."""
    found = preflib.read("\ufeff# TITLE: x\n# ALTERNATIVE NAME 1: A: the first\n#ALTERNATIVE NAME 2:B\n\n 2 : {1, 2}\n1: 2\n")
    assert found == ({"1": "A: the first", "2": "B"}, [[["1", "2"]], [["1", "2"]], [["2"]]])
    text = "META\nkey;value\nbudget;100.0\nvote_type;approval\nPROJECTS\nproject_id;name;cost\n7;\"A; B\";60\nVOTES\nvoter_id;age;vote\n1;30;7\n2;;\n"
    assert pabulib.read(text) == ({"7": "A; B"}, [["7"], []], {"7": 60}, 100)


HEAD = "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"


@pytest.mark.parametrize(
    "line",
    ["1", "x: 1", "1: 3", "1: 1,1", "1: {1,2", "1: 1,,2", "1: {}", "1: ", "1: 1}", "-1: 1", "1: {1}{2}", "# ALTERNATIVE NAME 1: C", "1: ,1"],
)
def test_a_bad_line_of_rankings(line: str) -> None:
    """Refused by its number."""
    with pytest.raises(Refused) as refused:
        preflib.read(f"{HEAD}1: 1\n{line}\n")
    assert t("en", refused.value.key, **refused.value.values) == "Line 4 of the file cannot be read. Nothing was taken from it."


META, PROJECTS, VOTES = "META\nkey;value\nbudget;10\n", "PROJECTS\nproject_id;cost\n1;5\n", "VOTES\nvoter_id;vote\n1;1\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"x\n{META}", 1), ("META\nbudget;many\n" + PROJECTS + VOTES, 2), (f"{META}{PROJECTS}2;x\n{VOTES}", 7), (f"{META}{PROJECTS}1;3\n{VOTES}", 7),
        (f"{META}{PROJECTS}2\n{VOTES}", 7), (f"{META}{PROJECTS}{VOTES}2;9\n", 10), (f"{META}{PROJECTS}{VOTES}2;1,1\n", 10), (f"{META}{META}", 4),
        (f"{META}PROJECTS\nname;cost\n{VOTES}", 5), (f"{META}PROJECTS\n{VOTES}", 1),
        ("META\n\n;\nkey;" + "x" * 140_000, 4),
    ],
)  # fmt: skip
def test_a_bad_line_of_carts(text: str, line: int) -> None:
    """Refused by its number."""
    with pytest.raises(Refused) as refused:
        pabulib.read(text)
    assert refused.value.values == {"line": line}


def test_what_is_no_file_of_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused in a sentence; so is what is too long."""
    for read, text, key in (
        (preflib.read, "", "file_without_options"), (pabulib.read, META, "file_sections"),
        (pabulib.read, META + "vote_type;ordinal\n" + PROJECTS + VOTES, "file_not_approval"), (preflib.read, HEAD + "100001: 1", "file_ballots"),
        (preflib.read, "#" * (preflib.CHARACTERS + 1), "file_long"), (pabulib.read, "#" * (preflib.CHARACTERS + 1), "file_long"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            read(text)
        assert refused.value.key == f"refusal.{key}" and "{" not in t("en", refused.value.key, **refused.value.values)
    monkeypatch.setattr(pabulib, "BALLOTS", 1)
    with pytest.raises(Refused):
        pabulib.read(META + PROJECTS + VOTES + "2;1\n")

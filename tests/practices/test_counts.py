"""Small numbers stay out of a record, alone and by subtraction."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.practices.counts import SMALLEST, hidden, process


@pytest.mark.parametrize(
    ("cells", "out"),
    [
        ([10, 20, 30], set()),
        ([10, 3, 30], {3, 10}),  # 3 alone would follow from the total
        ([10, 1, 2, 30], {1, 2, 10}),  # together they would be known to be 3
        ([10, 4, 3, 30], {3, 4}),
        ([3, 10, 10], {3, 10}),
        ([0, 0], {0}),
        ([], set()),
    ],
)
def test_a_lone_small_cell_takes_a_second_one_with_it(cells: list[int], out: set[int]) -> None:
    assert hidden(cells) == out


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=8))
def test_nothing_small_follows_from_the_total(cells: list[int]) -> None:
    out = hidden(cells)
    covered = [cell for cell in cells if cell in out]
    assert all(cell >= SMALLEST for cell in cells if cell not in out)
    if covered and len(covered) < len(cells):
        assert len(covered) > 1 and sum(covered) >= SMALLEST


def figures(**given: Any) -> dict[str, Any]:
    """The figures that a record shows, and what it names as held back."""
    made = process(given)
    return {**made["figures"], "suppressed": made["suppressed"]}


def test_figures_of_each_shape() -> None:
    assert figures(cast=24, figures={"points": 33, "voters": 14}) == {"points": 33, "voters": 14, "suppressed": []}
    assert figures(cast=24, figures={"points": 33, "voters": 4}) == {"suppressed": ["points", "voters"]}
    assert figures(cast=24, figures={"votes": 4}) == {"suppressed": ["votes"]}
    assert figures(cast=24, figures={"votes": 21}) == {"suppressed": ["votes"]}, "three did not choose it"
    assert figures(cast=24, figures={"votes": 24}) == {"suppressed": ["votes"]}, "unanimity tells what everybody chose"
    assert figures(cast=40, figures={"agree": 20, "disagree": 8, "pass": 7}) == {"agree": 20, "disagree": 8, "pass": 7, "suppressed": []}
    assert figures(cast=40, figures={"agree": 20, "disagree": 2, "pass": 18}) == {"agree": 20, "suppressed": ["disagree", "pass"]}
    assert figures(cast=40, figures={"agree": 20, "disagree": 9, "pass": 8}) == {"agree": 20, "disagree": 9, "suppressed": ["pass"]}, "three gave none"


def test_votes_that_the_other_options_would_give_away() -> None:
    """Where each ballot names one option, the others' numbers and the total give away the last one."""
    table = [{"votes": 30}, {"votes": 7}, {"votes": 3}]
    assert figures(cast=40, figures={"votes": 7}, table=table) == {"suppressed": ["votes"]}
    assert figures(cast=40, figures={"votes": 30}, table=table) == {"votes": 30, "suppressed": []}
    assert figures(cast=25, figures={"votes": 7}, table=table) == {"votes": 7, "suppressed": []}, "several options a ballot: no total"


def test_a_vote_of_fewer_than_five_shows_no_figures_at_all() -> None:
    made = process({"method": "dots", "cast": 4, "rank": 1, "figures": {"points": 12, "voters": 4}})
    assert made == {"method": "dots", "rank": 1, "figures": {}, "suppressed": ["cast", "points", "voters"]}


def test_numbers_of_people_that_differ_by_few_are_not_shown_together() -> None:
    made = process({"cast": 24, "eligible": 26, "participants": 40, "ideas": 3, "of": 3, "rank": 2})
    assert made == {"cast": 24, "participants": 40, "rank": 2, "figures": {}, "suppressed": ["eligible", "ideas", "of"]}


def test_the_ideas_that_are_listed_and_their_number_tell_nothing_of_the_others() -> None:
    assert process({"ideas": 9}, listed=6)["suppressed"] == ["ideas"], "three are not for publication"
    assert process({"ideas": 9}, listed=9)["ideas"] == process({"ideas": 9}, listed=4)["ideas"] == 9
    assert process({"ideas": 9}, listed=12)["ideas"] == 9


def test_only_known_whole_numbers_get_in() -> None:
    made = process({"cast": 24, "figures": {"votes": 12, "by": {"Ada": 1}, "mean": 4.2, "voters": True}, "voters": ["Ada"], "label": "Ada"})
    assert made == {"cast": 24, "figures": {"votes": 12}, "suppressed": []}


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["cast", "eligible", "participants", "ideas", "of", "rank"]), st.integers(0, 60)), st.data())
def test_no_count_below_five_ever(numbers: dict[str, int], data: st.DataObject) -> None:
    figures = data.draw(st.dictionaries(st.sampled_from(["votes", "voters", "points", "agree", "disagree", "pass"]), st.integers(0, 60)))
    made = process({**numbers, "figures": figures})
    shown = {name: number for name, number in {**made, **made["figures"]}.items() if isinstance(number, int) and name != "rank"}
    assert all(number >= SMALLEST for number in shown.values())
    people = [shown[name] for name in ("cast", "eligible", "participants", "votes", "voters") if name in shown]
    if "cast" in shown:
        assert all(abs(shown["cast"] - other) >= SMALLEST for other in people[1:])

"""The map of opinions: real votes, planted groups, who is never shown, and that no order matters."""

import random
from typing import Any

import numpy as np
import pytest

from facilitate import polis
from facilitate.voting import opinions
from tests.support import house

FRESHWATER = house.ROOT / "tests" / "data" / "polis" / "scoop-hivemind.freshwater"
NAMES = [f"s{n:02}" for n in range(12)]


def planted(*sizes: int, chance: float = 0.9, seed: int = 1) -> list[dict[str, str]]:
    """Ballots of groups: all agree with the first three statements, on the others each group has its own mind, most of the time."""
    draw = random.Random(seed)
    ballots = []
    for group, size in enumerate(sizes):
        for _ in range(size):
            mind = [True] * 3 + [(n % len(sizes)) == group for n in range(len(NAMES) - 3)]
            ballots.append({name: "agree" if yes == (draw.random() < chance) else "disagree" for name, yes in zip(NAMES, mind, strict=True)})
    return ballots


@pytest.mark.parametrize("sizes", [(30, 20), (30, 25, 20), (60, 15)])
def test_planted_groups_are_found(sizes: tuple[int, ...]) -> None:
    """As many groups as there are, of their sizes; what all share unites, what one thinks represents it."""
    found = opinions.groups(NAMES, planted(*sizes, chance=0.97))
    assert found is not None and [group["size"] for group in found["groups"]] == sorted(sizes, reverse=True)
    assert {said["option"] for said in found["unites"]} == {"s00", "s01", "s02"}
    own = {said["option"] for said in found["groups"][0]["says"] if said["stance"] == "agree"}
    assert own and own <= {name for n, name in enumerate(NAMES[3:]) if n % len(sizes) == 0}
    assert {said["option"] for said in found["divides"]} <= set(NAMES[3:])


def test_a_real_consultation() -> None:
    """Freshwater in New Zealand: groups of five and more, points without persons, statements that groups share and dispute."""
    data = polis.read(FRESHWATER)
    ballots: dict[str, dict[str, str]] = {}
    for mark in data.marks:
        ballots.setdefault(mark.voter, {})[mark.statement] = mark.value
    names = [one.id for one in data.statements]
    found = opinions.groups(names, list(ballots.values()))
    assert found is not None
    assert found["people"] == len(found["points"]) == sum(group["size"] for group in found["groups"]) == sum(len(one) >= 7 for one in ballots.values())
    assert 2 <= len(found["groups"]) <= 5 and min(group["size"] for group in found["groups"]) >= 5
    for said in found["unites"]:
        figures = data.figures()[said["option"]]
        assert figures[said["stance"]] > sum(figures.values()) / 2 and min(said["shares"]) > 0.5
    shuffled = list(ballots.values())
    random.Random(3).shuffle(shuffled)
    assert opinions.groups(list(reversed(names)), shuffled) == found


def test_a_map_needs_forty_people_with_seven_votes() -> None:
    """One fewer, or one vote fewer, and there is none."""
    ballots = planted(20, 20)
    assert opinions.groups(NAMES, ballots) is not None and opinions.groups(NAMES, ballots[1:]) is None
    short = [dict(list(ballots[0].items())[:6]), *ballots[1:]]
    assert opinions.groups(NAMES, short) is None and opinions.groups([], []) is None


def test_small_groups_are_not_shown_apart() -> None:
    """Four who think alike are counted with the nearest group."""
    found = opinions.groups(NAMES, planted(30, 20, 4, chance=1.0))
    assert found is not None and min(group["size"] for group in found["groups"]) >= 5


def test_one_mind_is_one_group() -> None:
    """Where everybody votes alike nothing divides."""
    found: Any = opinions.groups(NAMES, [dict.fromkeys(NAMES, "agree")] * 40)
    assert [group["size"] for group in found["groups"]] == [40] and found["divides"] == [] and len(found["unites"]) == 5


def test_the_silhouette_by_hand() -> None:
    """Two pairs, far apart."""
    points = np.array([[0.0, 0.0], [0.0, 1.0], [10.0, 0.0], [10.0, 1.0]])
    far = 1 - 1 / ((10 + 101**0.5) / 2)
    assert opinions.silhouette(points, np.array([0, 0, 1, 1])) == pytest.approx(far)
    assert opinions.silhouette(points, np.zeros(4)) == -1
    assert opinions.silhouette(points, np.array([0, 0, 0, 1])) < far

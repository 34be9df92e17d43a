"""Laws 3 and 4: counting is pure and blind to the order of ballots; every variant of a folder keeps its folder's contract."""

import ast
import doctest
import inspect
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate import activities
from facilitate.core import registry
from facilitate.core.strings import catalogue, t
from facilitate.events import templates
from facilitate.events.types import TYPES, CommonSettings
from facilitate.practices import formats, repositories
from facilitate.voting import methods
from facilitate.voting.ballots import SHAPES
from facilitate.voting.result import Result
from facilitate.voting.words import explained
from tests.voting import piles

METHODS = registry.variants(methods)
IMPURE = {"time", "datetime", "random", "secrets", "os", "socket", "sqlite3", "flask", "sqlalchemy", "eventlet", "pathlib", "subprocess"}
OPTIONS = ["a", "b", "c", "d"]


def ballots_of(shape: str) -> st.SearchStrategy[Any]:
    """Random ballots of a shape over four options."""
    if shape in ("scale", "two_scales", "pair", "budget"):
        return piles.ballot_of(shape, OPTIONS)
    if shape == "choices":
        return st.lists(st.sampled_from(OPTIONS), unique=True, max_size=4)
    if shape == "ranking":
        return st.permutations(OPTIONS).flatmap(lambda order: st.lists(st.integers(0, 4), min_size=4, max_size=4).map(lambda cuts: tiers(order, cuts)))
    words = {"stance": ["agree", "disagree", "pass"], "motions": ["yes", "no", "abstain"]}
    values: st.SearchStrategy[Any] = st.integers(1, 3) if shape == "points" else st.sampled_from(words[shape])
    return st.dictionaries(st.sampled_from(OPTIONS), values, max_size=4)


def tiers(order: list[str], cuts: list[int]) -> list[list[str]]:
    """A ranking with ties that leaves some options out: each option goes to the place that its number says, 0 to none."""
    places = [sorted(option for option, cut in zip(order, cuts, strict=True) if cut == place) for place in range(1, 5)]
    return [tier for tier in places if tier]


@pytest.mark.parametrize("folder", [methods, formats], ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_pure_files_import_nothing_that_knows_the_world(folder: ModuleType) -> None:
    """No database, no clock, no chance, no network."""
    for name, module in registry.variants(folder).items():
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        imported = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not imported & IMPURE, f"{name} imports {imported & IMPURE}"


@pytest.mark.parametrize("name", METHODS)
def test_the_contract_of_a_method(name: str) -> None:
    """Its source is named, its shape exists, its doctest holds, its result ranks every option once and says how it counted."""
    module = METHODS[name]
    assert "Source:" in (inspect.getdoc(module) or "") or "Laplace" in (inspect.getdoc(module) or "")
    assert module.SHAPE in SHAPES
    assert doctest.testmod(module).attempted > 0 and doctest.testmod(module).failed == 0
    result = module.count(OPTIONS, [], {"budget": 5, "cap": 3, "max": 4})
    assert isinstance(result, Result)
    assert sorted(option for tied in result.ranking for option in tied) == OPTIONS
    assert set(result.figures) == set(OPTIONS)
    for key, values in result.steps:
        assert t("en", key, **values)
    assert all(explained("en", name).values())


@pytest.mark.parametrize("name", METHODS)
@given(data=st.data())
def test_neither_the_order_of_ballots_nor_the_names_of_options_matter(name: str, data: st.DataObject) -> None:
    """Anonymity: shuffled ballots give the same result. Neutrality: renamed options give the renamed result."""
    module = METHODS[name]
    ballots = data.draw(st.lists(ballots_of(module.SHAPE), max_size=12))
    settings = piles.SETTINGS | {"budget": 12, "cap": 3, "max": 4}
    result = module.count(OPTIONS, ballots, settings)
    assert module.count(OPTIONS, data.draw(st.permutations(ballots)), settings) == result
    assert module.count(list(reversed(OPTIONS)), ballots, settings).ranking == result.ranking
    if result.broken:  # a lot is drawn from ids
        return
    renamed = dict(zip(OPTIONS, data.draw(st.permutations(OPTIONS)), strict=True))
    again = module.count(OPTIONS, [rename(ballot, renamed) for ballot in ballots], settings)
    if result.broken or again.broken:  # the lot goes by the id of an option, and every lot is told
        return
    assert [sorted(renamed[option] for option in tied) for tied in result.ranking] == [sorted(tied) for tied in again.ranking]


def rename(ballot: Any, names: dict[str, str]) -> Any:
    """A ballot over renamed options."""
    if isinstance(ballot, str):
        return names[ballot]
    return piles.renamed(ballot, names)


@pytest.mark.parametrize("name", registry.variants(templates))
def test_the_contract_of_a_template(name: str) -> None:
    """Its blocks have a known type, words and settings that fit, and their minutes are those that it promises."""
    module = registry.variants(templates)[name]
    blocks = module.activities(lambda key, **values: t("en", key, **values))
    assert sum(block["minutes"] for block in blocks) == module.MINUTES
    for block in blocks:
        assert block["title"] and not block["title"].startswith("template.")
        assert TYPES[block["type"]].complete(block.get("settings", {}))
    assert f"template.{name}.title" in catalogue("en")


@pytest.mark.parametrize("name", registry.variants(activities))
def test_the_contract_of_an_activity_type(name: str) -> None:
    """It is registered under its file's name, has the common settings, and completes nothing to something that fits."""
    kind = TYPES[name]
    assert issubclass(kind.settings, CommonSettings)
    assert kind.complete(kind.complete({})) == kind.complete({})
    script = Path(__file__).parents[1] / "static" / "js" / "activities" / f"{name}.js"
    assert "faces" in script.read_text(encoding="utf-8"), "an activity type is one file in Python and one in JavaScript"


@pytest.mark.parametrize("name", registry.variants(repositories))
def test_the_contract_of_a_repository(name: str) -> None:
    """It plans, pushes, verifies and withdraws."""
    module = registry.variants(repositories)[name]
    assert all(callable(getattr(module.Repository, verb)) for verb in ("plan", "push", "verify", "withdraw"))

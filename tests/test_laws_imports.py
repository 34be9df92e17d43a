"""Law 2: who may import whom, checked from the source (ARCHITECTURE.md names the order)."""

import ast
from pathlib import Path

import pytest

from tests.support import house

FEATURES = ("people", "events", "challenges", "ideas", "teams", "voting", "solutions", "practices", "activities", "suitcase")
RUNNING = ("network", "instance", "app", "serving", "server", "local", "backup", "cli")
ORDER = ("core", *FEATURES, *RUNNING)
"""From left to right: a package imports from its left only."""

OUTSIDE = ("polis", "wire", "replay")
"""Programs that talk to a server over the wire, as anybody's could: they know its strings and nothing else of it."""

GROUND = ("config",)
"""Modules that everybody may import, since they import nothing of ours but the spine."""

MODE = ("facilitate.server", "facilitate.serving", "facilitate.live.fanout")
"""Modules that know which async mode runs: the start, and the writing of frames straight to its websockets."""

PURE = (
    "facilitate.voting.methods", "facilitate.voting.ballots", "facilitate.voting.pairwise", "facilitate.voting.transfers", "facilitate.voting.ties",
    "facilitate.voting.compare", "facilitate.voting.stability", "facilitate.voting.grades", "facilitate.voting.carts", "facilitate.voting.pairs",
    "facilitate.voting.counting", "facilitate.voting.recount", "facilitate.practices.formats", "facilitate.teams.matching",
)  # fmt: skip
"""No database, no Flask: these count, write and match, and nothing else."""

FORBIDDEN_TO_PURE = ("flask", "flask_sqlalchemy", "flask_login", "flask_socketio", "flask_wtf", "sqlalchemy", "wtforms", "eventlet", "socketio")
IMPURE_CORE = ("commands", "changes", "writer", "jobs", "db", "runtime")


def part(dotted: str) -> str | None:
    """The package or module right under facilitate that a dotted name belongs to; None outside of ours."""
    steps = dotted.split(".")
    return steps[1] if steps[0] == "facilitate" and len(steps) > 1 else None


def layer(dotted: str) -> str | None:
    """The kind of file inside a feature: models, commands, queries, views; None elsewhere, as in the spine."""
    steps = dotted.split(".")
    return steps[2] if len(steps) > 2 and steps[0] == "facilitate" and steps[1] in FEATURES else None


def starts(dotted: str, *prefixes: str) -> bool:
    """Whether a dotted name is one of the prefixes or lies under it."""
    return any(dotted == prefix or dotted.startswith(prefix + ".") for prefix in prefixes)


def wrong_order(here: str, there: str) -> str | None:
    """Why the package `here` may not import from `there`; None where it may."""
    if here == there or there in GROUND or (here in ("app", "serving") and there == "live"):
        return None
    if there == "live":
        return "only app, and serving that starts it, import live"
    if here == "live":
        return None if there == "core" else "live imports core only"
    if here in OUTSIDE:
        return None if there in (*OUTSIDE, "core") else "a program outside the server imports its strings only"
    if there in OUTSIDE:
        return None if here == "cli" else "only cli starts programs that act from outside"
    if here in GROUND:
        return None if there == "core" else f"{here} imports the spine only"
    if here not in ORDER or there not in ORDER:
        return f"{here if here not in ORDER else there} has no place in the order of packages"
    return None if ORDER.index(there) < ORDER.index(here) else f"{there} is to the right of {here}"


def wrong_layer(here: str, there: str) -> str | None:
    """Why the file `here` may not import `there` because of the kind of file that they are."""
    if layer(here) == "models" and part(there) and not starts(there, "facilitate.core.db", "facilitate.core.changes"):
        return "models import core.db only"
    if layer(here) == "views" and layer(there) == "models":
        return "views never import models"
    if layer(here) == "queries" and layer(there) == "commands":
        return "queries never call commands"
    return None


def impure(here: str, there: str) -> str | None:
    """Why a file of pure functions may not import `there`."""
    if not starts(here, *PURE):
        return None
    if there.split(".")[0] in FORBIDDEN_TO_PURE:
        return "no database, no Flask here"
    if starts(there, *(f"facilitate.core.{name}" for name in IMPURE_CORE)) or layer(there) in ("models", "commands", "queries", "views"):
        return "no database here"
    return None


def broken(here: str, there: str) -> str | None:
    """The law that an import of `there` in the module `here` breaks; None where it breaks none."""
    mine, theirs = part(here), part(there)
    if starts(there, "eventlet") and here not in MODE:
        return "only the server and its fan-out know the async mode"
    order = wrong_order(mine, theirs) if mine and theirs else None
    return order or wrong_layer(here, there) or impure(here, there)


@pytest.mark.parametrize("path", house.modules(), ids=lambda path: house.name(path))
def test_a_module_imports_only_what_it_may(path: Path) -> None:
    """Every import of every module keeps the table."""
    here = house.name(path)
    found = [f"{path.relative_to(house.ROOT)}:{line} imports {there}: {law}" for line, there in house.imports(path) if (law := broken(here, there))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("here", "there", "allowed"),
    [
        ("facilitate.voting.commands", "facilitate.ideas.commands", True),
        ("facilitate.ideas.commands", "facilitate.voting.queries", False),
        ("facilitate.core.writer", "facilitate.events.models", False),
        ("facilitate.live.rooms", "facilitate.core.changes", True),
        ("facilitate.live.rooms", "facilitate.events.queries", False),
        ("facilitate.app", "facilitate.live.rooms", True),
        ("facilitate.serving", "facilitate.live.rooms", True),
        ("facilitate.voting.commands", "facilitate.live.rooms", False),
        ("facilitate.ideas.models", "facilitate.core.db.Base", True),
        ("facilitate.ideas.models", "facilitate.core.commands", False),
        ("facilitate.ideas.views", "facilitate.ideas.models.Idea", False),
        ("facilitate.ideas.queries", "facilitate.ideas.commands", False),
        ("facilitate.voting.methods.dots", "fractions", True),
        ("facilitate.voting.methods.dots", "sqlalchemy.orm", False),
        ("facilitate.practices.formats.csv", "facilitate.practices.queries", False),
        ("facilitate.events.commands", "facilitate.config", True),
        ("facilitate.events.commands", "eventlet.sleep", False),
    ],
)
def test_the_law_itself(here: str, there: str, allowed: bool) -> None:
    """The table says what the architecture says."""
    assert (broken(here, there) is None) is allowed


def test_every_module_says_what_it_is() -> None:
    """A module begins with a docstring; its first sentence says what it is. A folder's empty __init__ needs none."""
    silent = []
    for path in house.modules():
        text = path.read_text(encoding="utf-8")
        if text.strip() and not ast.get_docstring(ast.parse(text)):
            silent.append(str(path.relative_to(house.ROOT)))
    assert not silent, f"without a docstring: {silent}"

"""What the package imports is declared, what is declared is used, and every dependency has its row in docs/dependencies.md."""

import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.support import house

PROJECT = tomllib.loads((house.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCUMENT = (house.ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
UNIMPORTED = {"python-engineio", "simple-websocket"}
"""Used by others in our name: Socket.IO stands on the first, and takes the second for websockets in threading mode."""

BROUGHT = {"werkzeug": "flask", "jinja2": "flask", "markupsafe": "flask", "itsdangerous": "flask", "alembic": "flask-migrate", "urllib3": "dulwich"}
"""Parts of a declared package that its own documentation tells one to import."""


def normal(name: str) -> str:
    """The name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    """The distributions that a list of requirements names."""
    return {normal(re.split(r"[\[<>=~!; ]", requirement)[0]) for requirement in requirements}


def imported(paths: list[Path]) -> dict[str, set[str]]:
    """Third-party distributions that the files import, each with the files that do."""
    owners, found = packages_distributions(), {}
    for path in paths:
        for _, dotted in house.imports(path):
            top = dotted.split(".")[0]
            if top != "facilitate" and top not in sys.stdlib_module_names:
                for owner in owners.get(top, [top]):
                    name = normal(owner)
                    found.setdefault(BROUGHT.get(name, name), set()).add(str(path.relative_to(house.ROOT)))
    return found


def test_what_the_package_imports_is_declared() -> None:
    """No module leans on a package that came along by chance; an extra counts as declared."""
    declared = names(PROJECT["dependencies"]).union(*(names(group) for key, group in PROJECT["optional-dependencies"].items() if key not in ("test", "lint")))
    missing = {name: sorted(files) for name, files in imported(house.modules()).items() if name not in declared}
    assert not missing


def test_what_is_declared_is_imported() -> None:
    """Nothing is installed on people's machines for nothing."""
    idle = names(PROJECT["dependencies"]) - set(imported([*house.modules(), *(house.ROOT / "migrations").rglob("*.py")])) - UNIMPORTED
    assert not idle


def test_every_dependency_has_its_row() -> None:
    """docs/dependencies.md says of each dependency why it is there and under which licence."""
    rows = {normal(name) for name in re.findall(r"^\| `([^`]+)` \|", DOCUMENT, re.MULTILINE)}
    declared = names(PROJECT["dependencies"]).union(*(names(group) for group in PROJECT["optional-dependencies"].values()))
    assert declared <= rows, f"without a row: {sorted(declared - rows)}"


def test_the_browser_gets_what_is_pinned() -> None:
    """The files in static/js/vendor were built from the versions in vendor/package.json, and each package has its row."""
    pinned = json.loads((house.ROOT / "vendor" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    banners = "".join(path.read_text(encoding="utf-8")[:300] for path in (house.ROOT / "static" / "js" / "vendor").glob("*.js"))
    scripts = {name: version for name, version in pinned.items() if not name.startswith("@fontsource")}
    assert [name for name, version in scripts.items() if f"{name} {version} (" not in banners] == []
    assert [name for name in pinned if f"| `{name}` |" not in DOCUMENT] == []

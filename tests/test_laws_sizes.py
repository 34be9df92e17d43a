"""Sizes: a file over 400 lines or a Python function over 60 fails; what is over 250 or 30 is listed in a report."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support import house

FILE_SOFT, FILE_HARD = 250, 400
FUNCTION_SOFT, FUNCTION_HARD = 30, 60
FOLDERS = (("facilitate", "*.py"), ("templates", "*.*"), ("static/js", "*.js"), ("static/css", "*.css"), ("tests", "*.py"), ("tests", "*.js"))
SPARED = ("vendor", "data", "_assets", "__pycache__")
REPORT = house.ROOT / "build" / "sizes.txt"


def files() -> list[Path]:
    """Every file that people here write and read."""
    found = [path for folder, pattern in FOLDERS for path in (house.ROOT / folder).rglob(pattern)]
    return sorted(path for path in found if path.is_file() and not set(path.relative_to(house.ROOT).parts) & set(SPARED))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(name and line, lines) of each function of a Python file; decorators and docstring count, nested ones count twice."""
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(house.ROOT)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def measured() -> list[tuple[str, int, int, int]]:
    """(what, lines, soft limit, hard limit) of every file and function."""
    sizes = [(str(path.relative_to(house.ROOT)), len(path.read_text(encoding="utf-8").splitlines()), FILE_SOFT, FILE_HARD) for path in files()]
    return sizes + [(what, lines, FUNCTION_SOFT, FUNCTION_HARD) for path in files() for what, lines in functions(path)]


def test_nothing_is_over_the_hard_limit() -> None:
    """Nothing is over the hard limit; what is over the soft one is written to build/sizes.txt."""
    sizes = measured()
    long = [f"{what}: {lines} lines (soft {soft}, hard {hard})" for what, lines, soft, hard in sizes if lines > soft]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(long) + "\n" if long else "", encoding="utf-8")
    over = [f"{what}: {lines} lines, at most {hard}" for what, lines, _, hard in sizes if lines > hard]
    assert not over, "\n".join(over)

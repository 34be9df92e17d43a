"""Where the parts of the house lie, read from the tree: files, modules and what they import."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "facilitate"


def modules() -> list[Path]:
    """All Python files of the package."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "_assets" not in path.parts)


def name(path: Path) -> str:
    """The dotted name of a module of the package; a folder's __init__ bears the name of the folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a file imports, wherever in the file that stands.

    `from a import b` gives `a.b`, because b may be a module; a relative import is resolved.
    """
    package = name(path).split(".") if path.name == "__init__.py" else name(path).split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"

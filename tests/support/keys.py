"""Finds which strings of the catalogue the code asks for: in Python, in templates and in scripts."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from tests.support import house, prose, scripts

AREAS = (
    "activity", "app", "challenge", "cli", "console", "group", "idea", "join", "mark", "method", "phone", "practice", "refusal",
    "screen", "state", "studio", "team", "template", "undo", "vote",
)  # fmt: skip
FILE = re.compile(r".+\.(?:csv|css|git|html|js|json|jsonld|md|pdf|png|py|svg|txt|xml|ya?ml|zip)")
KEY = re.compile(rf"(?:{'|'.join(AREAS)})(?:\.[a-z0-9_-]+)+")
PATTERN = re.compile(rf"(?:{'|'.join(AREAS)})\.[a-z0-9_.\x00-]*")
CALL = re.compile(r"""(?<![\w.])t\(\s*(["'])([^"'\n]+)\1\s*(?:,\s*\{([^{}]*)\})?\s*\)""")
JINJA_STRING = re.compile(r"""(["'])([a-z0-9_.-]+)\1(\s*~)?""")


@dataclass
class Use:
    """One place that asks for a string: its key, or the pattern of keys (HOLE for what is filled in), and the values given.

    `values` is None where the place does not show which values it gives.
    """

    place: str
    key: str
    values: set[str] | None = None
    pattern: bool = field(init=False)

    def __post_init__(self) -> None:
        self.pattern = scripts.HOLE in self.key

    def asks_for(self, key: str) -> bool:
        """Whether this place may ask for the key."""
        if not self.pattern:
            return self.key == key
        return re.fullmatch(".+".join(re.escape(part) for part in self.key.split(scripts.HOLE)), key) is not None


def source(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def keylike(text: str) -> bool:
    """Whether a text is a key, or a key with holes."""
    if scripts.HOLE in text:
        return bool(PATTERN.fullmatch(text)) and not text.startswith(scripts.HOLE)
    return bool(KEY.fullmatch(text)) and not FILE.fullmatch(text)


def prefix(text: str) -> bool:
    """Whether a text is the beginning of a key, to which something is added."""
    return text.endswith((".", "_")) and bool(PATTERN.fullmatch(text)) and text != "refusal."  # that one is the class Refused


def _called(node: ast.Call) -> tuple[str, list[ast.expr]]:
    return (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")), node.args


def _values(node: ast.Call) -> set[str] | None:
    """The names of the values that a call gives, None where it unpacks some."""
    return None if any(keyword.arg is None for keyword in node.keywords) else {str(keyword.arg) for keyword in node.keywords}


def in_python(path: Path) -> Iterator[Use]:
    """The keys that a module names; `Refused("code")` without a key names refusal.code."""
    tree = ast.parse(source(path))
    place = path.relative_to(house.ROOT)
    given: dict[int, set[str] | None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name, arguments = _called(node)
            if name in ("t", "Refused", "Wrong"):
                given.update({id(argument): _values(node) for argument in arguments})
            if name == "Refused" and len(arguments) == 1:  # its key follows from the code, or from each code that it chooses between
                codes = [part.value for part in ast.walk(arguments[0]) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                yield from (Use(f"{place}:{node.lineno}", f"refusal.{code}", _values(node)) for code in codes)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            text = (prose.literal(node) or "").replace("{}", scripts.HOLE)
            if text == f"refusal.{scripts.HOLE}":  # the class Refused itself; what it fills in is found above
                continue
            if prefix(text):
                yield Use(f"{place}:{node.lineno}", text + scripts.HOLE)
            elif keylike(text):
                yield Use(f"{place}:{node.lineno}", text, given.get(id(node)))


def in_template(path: Path) -> Iterator[Use]:
    """The keys that a template names."""
    place = path.relative_to(house.ROOT)
    text = source(path)
    tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(text)
    called: set[str] = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args and isinstance(call.args[0], nodes.Const):
            called.add(call.args[0].value)
            yield Use(f"{place}:{call.lineno}", call.args[0].value, None if call.dyn_kwargs else {pair.key for pair in call.kwargs})
    for piece in prose.JINJA.finditer(text):
        for quoted in JINJA_STRING.finditer(piece[0]):
            key = quoted[2] + (scripts.HOLE if quoted[3] else "")
            if key not in called and (keylike(key) or PATTERN.fullmatch(key)) and ("." in key):
                yield Use(f"{place}:{text.count(chr(10), 0, piece.start()) + 1}", key)


def in_script(path: Path) -> Iterator[Use]:
    """The keys that a script names."""
    place = path.relative_to(house.ROOT)
    text = source(path)
    for call in CALL.finditer(text):
        names = None if call[3] is not None and "..." in call[3] else {pair.split(":")[0].strip() for pair in (call[3] or "").split(",") if pair.strip()}
        yield Use(f"{place}:{text.count(chr(10), 0, call.start()) + 1}", call[2], names)
    called = {call[2] for call in CALL.finditer(text)}
    for found in scripts.texts(text):
        if found.value in called:
            continue
        if prefix(found.value):
            yield Use(f"{place}:{found.line}", found.value + scripts.HOLE)
        elif keylike(found.value):
            yield Use(f"{place}:{found.line}", found.value)


def files() -> list[Path]:
    """Every file that may say something to people."""
    own = [path for path in house.modules() if path.name != "strings.py"]
    pages = [path for path in (house.ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".md", ".xml", ".j2")]
    code = [path for path in (house.ROOT / "static" / "js").rglob("*.js") if "vendor" not in path.parts]
    return sorted([*own, *pages, *code])


@cache
def uses() -> list[Use]:
    """Every place that asks for a string."""
    readers = {".py": in_python, ".js": in_script}
    return [use for path in files() for use in readers.get(path.suffix, in_template)(path)]

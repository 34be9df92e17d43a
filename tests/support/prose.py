"""Finds English sentences that bypass the catalogue: in templates, in the html templates of scripts, in Python calls."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.support import scripts

WORDS = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"^\W*[A-Z][a-z’']+( [A-Za-z’'\d,;:\x00-]+)+[.?…]?$|^[A-Z][a-z]+ .*[.?]$")
SPOKEN = ("aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label", "summary")
SILENT = ("script", "style", "code", "kbd", "svg:path")
ALLOWED = ("JSON-LD", "facilitate", "EUPL", "CC BY", "JSON", "CSV", "XLSX", "PDF", "QR", "URL", "OK")
"""Names and formats, equal in every language."""
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)

CALLS = {"Refused", "Wrong", "flash", "abort", "echo", "secho", "print", "prompt", "confirm", "fail", "Markup", "ClickException", "UsageError"}
NAMED = {"sentence", "title", "label", "placeholder", "message", "text", "question"}
Found = Iterator[tuple[int, str]]


def says_something(text: str) -> bool:
    """Whether a text shown to people has words of its own, besides names that are equal in every language."""
    for allowed in ALLOWED:
        text = re.sub(rf"\b{allowed}\b", "", text)
    return bool(WORDS.search(text))


class Page(HTMLParser):
    """Collects the texts that a piece of HTML shows or speaks, as (line, text)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the spoken attributes, and remember a silent element."""
        self.handle_startendtag(tag, attrs)
        if tag in SILENT:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the spoken attributes."""
        kinds = dict(attrs)
        spoken = {*SPOKEN, "value"} if tag == "button" or kinds.get("type") in ("submit", "button") else set(SPOKEN)
        if tag == "meta" and kinds.get("name") in ("description", "application-name"):
            spoken.add("content")
        for name, value in attrs:
            if name in spoken and value and says_something(value):
                self.found.append((self.getpos()[0], f'{name}="{value}"'))

    def handle_endtag(self, tag: str) -> None:
        """Leave a silent element."""
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Take a text node that has words, at the line of its first word; a macro may hold attributes outside of any tag."""
        data = re.sub(rf'\b(?!{"|".join(SPOKEN)}=)[a-z-]+="[^"]*"', "", data)
        word = WORDS.search(data)
        if word and not self.inside and says_something(data):
            self.found.append((self.getpos()[0] + data.count("\n", 0, word.start()), " ".join(data.split())))


def blank(piece: re.Match[str]) -> str:
    """Nothing, on as many lines."""
    return "\n" * piece[0].count("\n")


def in_html(html: str, first: int = 1) -> Found:
    """(line, text) of the words that a piece of HTML shows or speaks."""
    page = Page()
    page.feed(html)
    page.close()
    yield from ((line + first - 1, text) for line, text in page.found)


def in_template(source: str) -> Found:
    """(line, text) of the words in a Jinja template that come from no string of the catalogue."""
    yield from in_html(JINJA.sub(blank, source))
    for piece in JINJA.finditer(source):
        if not piece[0].startswith("{#"):
            for quoted in re.finditer(r"""(["'])((?:(?!\1).)*)\1""", piece[0]):
                if SENTENCE.match(quoted[2]):
                    yield source.count("\n", 0, piece.start() + quoted.start()) + 1, quoted[2]


def in_script(source: str) -> Found:
    """(line, text) of the words in a script's html templates, and of its strings that read like a sentence."""
    for text in scripts.texts(source):
        if text.tag in ("html", "svg"):
            # A component's name is a hole in its tag, and htm closes it with <//>.
            tags = text.value.replace(f"<{scripts.HOLE}", "<x-part").replace(f"</{scripts.HOLE}", "</x-part").replace("<//>", "</x-part>")
            yield from in_html(tags.replace(scripts.HOLE, "{}"), text.line)
        elif SENTENCE.match(text.value.strip()) and not re.search(r"(Error|console\.\w+)\(\s*$", text.before):
            yield text.line, text.value.replace(scripts.HOLE, "{}")


def literal(node: ast.expr) -> str | None:
    """The text of a string or of an f-string, its holes as {}; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def said(node: ast.AST) -> Iterator[ast.expr]:
    """The values in a call or a dictionary that people will read."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        yield from (node.args if name in CALLS else [])
        yield from (keyword.value for keyword in node.keywords if keyword.arg in NAMED and name != "filterwarnings")
    elif isinstance(node, ast.Dict):
        yield from (value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant) and key.value in NAMED)


def in_python(source: str) -> Found:
    """(line, text) of the sentences in calls and rows of a Python module that people will read."""
    for node in ast.walk(ast.parse(source)):
        for value in said(node):
            text = literal(value)
            if text and (SENTENCE.match(text.strip()) or re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", text)):
                yield value.lineno, text


def in_file(path: Path) -> Found:
    """(line, text) of everything in a file that bypasses the catalogue."""
    source = path.read_text(encoding="utf-8")
    finder = {".py": in_python, ".js": in_script}.get(path.suffix, in_template)
    yield from finder(source)

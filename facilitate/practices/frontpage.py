"""The files at the top of a practice repository: an index to read, how to cite it, the licences, what was withdrawn."""

import json
import re
from typing import Any

from facilitate.core.strings import SOURCE, t
from facilitate.practices import vocabulary
from facilitate.practices.formats.markdown import escaped
from facilitate.practices.trees import Files

INDEX, CITATION, WITHDRAWN = "README.md", "CITATION.cff", "WITHDRAWN.md"
START, END = "<!-- practices: start -->", "<!-- practices: end -->"
"""What stands between these two lines of README.md is written by the hub; the rest is left as it is."""

_REGION = re.compile(re.escape(START) + ".*?" + re.escape(END), re.DOTALL)
_ROW = re.compile(r"^- `([0-9a-f-]{36})`", re.MULTILINE)


def bring_up_to_date(files: Files, practices: dict[str, dict[str, Any]]) -> None:
    """Write the top files anew for `practices` ({folder: record}); the same practices give the same bytes."""
    readme = (files.read(INDEX) or b"").decode("utf-8", "replace")
    files.write(INDEX, _readme(readme, practices).encode("utf-8"))
    if files.read(CITATION) is None:
        files.write(CITATION, _citation().encode("utf-8"))
    for spdx in sorted({str(record.get("licence")) for record in practices.values()} & set(vocabulary.licences())):
        if files.read(f"LICENSES/{spdx}.txt") is None:
            files.write(f"LICENSES/{spdx}.txt", vocabulary.legal_text(spdx))


def withdrawn(files: Files) -> set[str]:
    """The ids of the practices that were withdrawn and must not come back by themselves."""
    return set(_ROW.findall((files.read(WITHDRAWN) or b"").decode("utf-8", "replace")))


def add_withdrawn(files: Files, record: dict[str, Any], at: str) -> None:
    """Note that a practice was withdrawn on the day `at` (ISO 8601): its id and version, and nothing of what it said."""
    old = (files.read(WITHDRAWN) or f"# {_say('withdrawn')}\n\n".encode()).decode("utf-8", "replace")
    row = f"- `{record['id']}` {_say('withdrawn_row', version=record['version'], date=at[:10])}\n"
    files.write(WITHDRAWN, (old + row).encode("utf-8"))


def _say(key: str, **values: Any) -> str:
    """The repository as a whole speaks English; each practice speaks its own language."""
    return t(SOURCE, f"practice.readme.{key}", **values)


def _readme(old: str, practices: dict[str, dict[str, Any]]) -> str:
    region = f"{START}\n\n{_table(practices)}\n{END}"
    if _REGION.search(old):
        return _REGION.sub(lambda _: region, old, count=1)
    head = old.rstrip("\n") if old.strip() else f"# {_say('title')}\n\n{_say('intro')}"
    return f"{head}\n\n{region}\n"


def _table(practices: dict[str, dict[str, Any]]) -> str:
    """Newest year first, then by folder: an order that does not depend on when a record came."""
    years = sorted({folder.split("/")[1] for folder in practices}, reverse=True)
    parts = []
    for year in years:
        rows = [_row(folder, practices[folder]) for folder in sorted(practices) if folder.split("/")[1] == year]
        columns = [_say(name) for name in ("practice", "event", "version", "licence")]
        parts.append("\n".join([f"## {year}", "", f"| {' | '.join(columns)} |", "|---|---|---:|---|", *rows, ""]))
    return "\n".join(parts)


def _row(folder: str, record: dict[str, Any]) -> str:
    event = record.get("event")
    title, event = _first(record.get("title")), _first(event.get("name") if isinstance(event, dict) else None)
    cells = [f"[{escaped(title)}]({folder}/)", escaped(event), str(record.get("version", "")), escaped(str(record.get("licence", "")))]
    return f"| {' | '.join(cells)} |"


def _first(texts: Any) -> str:
    text = next(iter(texts.values()), "") if isinstance(texts, dict) else ""
    return text if isinstance(text, str) else ""


def _citation() -> str:
    message, name, authors = (json.dumps(_say(key), ensure_ascii=False) for key in ("cite", "title", "authors"))
    return f"cff-version: 1.2.0\nmessage: {message}\ntitle: {name}\ntype: dataset\nauthors:\n  - name: {authors}\n"

"""The practice record as a page to read: Markdown with the index fields as YAML front matter.

`index.<language>.md` is what people and site generators (Hugo, MkDocs, Jekyll) read. The front matter holds the fields
that an index needs, each text as a double-quoted scalar on one line, which YAML and JSON read alike, so that nothing
anybody wrote can end the front matter or become another type. In the page, what people wrote is escaped character by
character: it can become neither HTML nor a heading, a link, a table cell or a template tag. Headings are in the record's language
where the catalogue has it, else in English.
"""

import json
import re
from typing import Any

from facilitate.core.strings import t
from facilitate.practices import vocabulary

NAME = "markdown"
FILENAME = "index.{language}.md"

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "{": "&#123;", "}": "&#125;"}
_INLINE = re.compile(r"[\\`*_\[\]~|$^#<>&{}]|(?<=[a-z]):(?=//)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)([.)])")
_FRONT = "#+-=!?:/%.,;\"'()@"
"""Signs that mean something to one or the other Markdown reader at the beginning of a line."""

# Characters that YAML does not take as they are, though JSON does.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def render(record: dict[str, Any]) -> bytes:
    """The file's bytes, in the record's language; ValueError for half a surrogate pair."""
    language = record.get("language", "und")
    say = _Catalogue(language)
    parts = [f"---\n{front_matter(_index(record, language))}---", f"# {escaped(_in(record.get('title'), language))}"]
    parts += filter(None, (paragraphs(_in(record.get("summary"), language)), _challenge(record, say), _process(record.get("process"), say)))
    parts += filter(None, (_event(record.get("event"), say), _origins(record, say), _licence(record, say), _missing(record, say)))
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def front_matter(fields: dict[str, Any], indent: str = "") -> str:
    """YAML for texts, whole numbers, truth values, lists and mappings with plain keys; a line feed at the end."""
    written = ""
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            written += f"{indent}{name}:\n{front_matter(value, indent + '  ')}"
        elif isinstance(value, list) and value:
            written += f"{indent}{name}:\n" + "".join(f"{indent}  - {_scalar(item)}\n" for item in value)
        else:
            written += f"{indent}{name}: {_scalar(value)}\n"
    return written


def escaped(text: str) -> str:
    """One line of what somebody wrote, as Markdown that shows exactly that."""
    safe = _INLINE.sub(lambda sign: _ENTITIES.get(sign[0], f"\\{sign[0]}"), " ".join(text.split()))
    if safe[:1] and safe[0] in _FRONT:
        return f"\\{safe}"
    return _NUMBERED.sub(r"\1\\\2", safe)


def paragraphs(text: str) -> str:
    """Several lines of what somebody wrote: an empty line parts paragraphs, every other line feed stays one."""
    blocks = [[escaped(line) for line in block.split("\n") if line.strip()] for block in re.split(r"\n\s*\n", text.strip())]
    return "\n\n".join("\\\n".join(block) for block in blocks if block)


class _Catalogue:
    """The words of the page in the record's language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        return t(self.language, f"practice.page.{key}", **values)

    def field(self, name: str) -> str:
        return t(self.language, f"practice.field.{name}")


def _index(record: dict[str, Any], language: str) -> dict[str, Any]:
    """The front matter: flat where site generators expect a plain title, date and description."""
    event, challenge, dates = record.get("event") or {}, record.get("challenge") or {}, record.get("dates") or {}
    fields = {
        "title": _in(record.get("title"), language),
        "description": _in(record.get("summary"), language),
        "date": dates.get("created"),
        "lastmod": dates.get("modified"),
        "lang": language,
        "id": record["id"],
        "version": record["version"],
        "fingerprint": record["fingerprint"],
        "licence": record.get("licence"),
        "event": {"id": event.get("id"), "name": _in(event.get("name"), language), "start": event.get("start"), "end": event.get("end")},
        "challenge": {"id": challenge.get("id"), "title": _in(challenge.get("title"), language)},
        "themes": record.get("themes"),
        "missing": record.get("missing"),
    }
    return _some({name: _some(value) if isinstance(value, dict) else value for name, value in fields.items()})


def _challenge(record: dict[str, Any], say: _Catalogue) -> str:
    challenge = record.get("challenge")
    if not challenge:
        return ""
    rows = [
        f"**{escaped(_in(challenge.get('title'), say.language))}**" if challenge.get("title") else "",
        paragraphs(_in(record.get("problem"), say.language)),
        _list({say("host"): challenge.get("host"), say("theme"): vocabulary.themes().get(challenge.get("theme"))}),
    ]
    return "\n\n".join([f"## {say('challenge')}", *filter(None, rows)])


def _process(process: dict[str, Any] | None, say: _Catalogue) -> str:
    """How the practice was chosen, as a list of figures."""
    if not process:
        return ""
    place = process.get("rank")
    if place and "of" in process:
        place = say("rank_of", rank=place, of=process["of"])
    counted = {say(name): process.get(name) for name in ("cast", "eligible", "participants", "ideas")}
    figures = {say(f"figure_{name}"): number for name, number in (process.get("figures") or {}).items()}
    rows = {say("method"): process.get("method"), say("rank"): place} | figures | counted
    note = say("suppressed") if process.get("suppressed") else ""
    return "\n\n".join(filter(None, (f"## {say('process')}", _list(rows), note)))


def _event(event: dict[str, Any] | None, say: _Catalogue) -> str:
    if not event:
        return ""
    days = " – ".join(dict.fromkeys(moment[:10] for moment in (event.get("start"), event.get("end")) if moment))
    mode = say(f"mode_{event['mode']}") if event.get("mode") else None
    name = _in(event.get("name"), say.language)
    rows = {say("date"): days, say("mode"): mode, say("place"): event.get("place"), say("organiser"): event.get("organiser")}
    return "\n\n".join(filter(None, (f"## {say('event')}", escaped(name), _list(rows))))


def _origins(record: dict[str, Any], say: _Catalogue) -> str:
    rows = []
    for origin in record.get("derived_from", []):
        label = " ".join(str(part) for part in (say(f"kind_{origin['kind']}") if origin.get("kind") else "", origin.get("number", "")) if part)
        told = escaped(" ".join(_in(origin.get("text"), say.language).split()))
        rows.append(f"- {': '.join(filter(None, (label, told))) or escaped(origin['id'])}")
    return f"## {say('derived_from')}\n\n" + "\n".join(rows) if rows else ""


def _licence(record: dict[str, Any], say: _Catalogue) -> str:
    spdx = record.get("licence", "")
    if spdx not in vocabulary.licences():
        return ""
    link = f"[{spdx}]({vocabulary.licences()[spdx]['url']})"
    return "\n\n".join(filter(None, (f"## {say('licence')}", link, escaped(record.get("attribution", "")))))


def _missing(record: dict[str, Any], say: _Catalogue) -> str:
    rows = [f"- {escaped(say.field(name))}" for name in record.get("missing", [])]
    return f"## {say('missing')}\n\n" + "\n".join(rows) if rows else ""


def _list(rows: dict[str, Any]) -> str:
    return "\n".join(f"- {label}: {escaped(str(value))}" for label, value in rows.items() if value not in (None, ""))


def _in(texts: dict[str, str] | None, language: str) -> str:
    """The text in a language, else in the first one there is."""
    return (texts or {}).get(language) or next(iter((texts or {}).values()), "")


def _scalar(value: Any) -> str:
    if isinstance(value, dict | list):
        return "[]" if isinstance(value, list) else "{}"
    return _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))


def _some(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}

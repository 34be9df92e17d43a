"""One contract for every format, and hostile texts that must neither break nor become anything."""

import copy
import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import rocrate
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from facilitate.core.registry import variants
from facilitate.practices import formats, texts
from facilitate.practices.canonical import fingerprint
from facilitate.practices.formats import jsonld, markdown
from facilitate.practices.record import build
from tests.practices.sample import data

FORMATS = variants(formats)

HOSTILE = [
    "---\ntitle: gone\n---",
    '"\\"\n--- !!python/object:os.system',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "# Heading\n## Heading\n- item\n1. item\n> quote\n```\ncode\n```",
    "Setext\n===\n---\n***",
    "[link](javascript:alert(1)) ![x](y) <https://evil.example> https://evil.example",
    "=HYPERLINK(\"http://evil\")\n+1\n-1\n@x",
    "{{ page.title }} {% include x %} {{< shortcode >}} ${x} $$y$$",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "شكرا \u202eevil\u202c שלום",
    "👩🏽\u200d🔬🇦🇹 e\u0301 \U0001f9d1\u200d🚀",
    "\x00\x01\x1b[31m\x7f\x85\u2028\u2029\ufeff\ufffe",
    "\ud800 \udfff \ud83d\ude00",
    "yes", "no", "null", "1e3", "0x1F", "2026-11-23", "~", "&anchor *alias", "a: b #c",
    "&lt;b&gt; &amp; &#60;",
    "    indented\n\ttabbed",
    "[^1]: note\n*[HTML]: x\n!!! note\n::: box\n??? x\n/// y",
    "</title>--><!--]]>",
]  # fmt: skip
TEXT = (
    st.sampled_from(HOSTILE)
    | st.text(alphabet=st.characters(), max_size=80)
    | st.lists(st.sampled_from("#*-_`<>[](){}|\\\n :.!&~=+1ax\"'$^/"), max_size=40).map("".join)
)


def hostile(text: str) -> dict[str, Any]:
    """The sample with a text in every place where somebody can write one, behind a letter so that none is empty."""
    return data(
        event={"title": f"E{text}", "organiser": f"O{text}", "place": f"P{text}"},
        challenge={"title": f"C{text}", "problem": text, "host": f"H{text}"},
        source={"title": f"T{text}", "text": text},
        derived=[{"id": "i1", "number": 7, "text": f"I{text}"}],
        team={"name": f"N{text}"},
        names=[],
    )


class Shown(HTMLParser):
    """The text of a page, and the tags that make it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags = "", []  # type: ignore[var-annotated]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        self.text += "\n" if tag in ("p", "br", "h1", "h2", "li") else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def front(page: bytes) -> tuple[dict[str, Any], str]:
    """The front matter as YAML reads it, and the rest of the page."""
    start, matter, body = page.decode().split("---\n", 2)
    assert start == ""
    return yaml.safe_load(matter), body


@pytest.mark.parametrize("module", FORMATS.values(), ids=list(FORMATS))
def test_the_contract_of_a_format(module: ModuleType) -> None:
    """A name, a file name, bytes that the record alone decides, and a docstring for the manual."""
    record = build(data())
    before = copy.deepcopy(record)
    first = module.render(record)
    assert isinstance(first, bytes) and first
    assert record == before, "rendering changes nothing"
    assert module.render(json.loads(json.dumps(record, sort_keys=True))) == first, "the order of the fields does not matter"
    assert module.render(build(data(source={"title": "Other"}))) != first
    assert module.FILENAME.format(language="en").count("/") == 0
    assert module.__doc__ and module.render.__doc__


@settings(deadline=None)
@given(TEXT)
@example("\ud800")
def test_json_gives_the_record_back(text: str) -> None:
    record = build(hostile(text))
    read = json.loads(FORMATS["json"].render(record))
    assert read == record
    assert fingerprint(read) == read["fingerprint"]


@settings(deadline=None)
@given(TEXT)
def test_front_matter_gives_its_fields_back(text: str) -> None:
    """YAML reads exactly what the record says, and what follows is the page."""
    record = build(hostile(text))
    fields, body = front(FORMATS["markdown"].render(record))
    assert fields["title"] == record["title"]["en"]
    assert fields.get("description", "") == record.get("summary", {}).get("en", "")
    assert fields["event"]["name"] == record["event"]["name"]["en"]
    assert fields["challenge"]["title"] == record["challenge"]["title"]["en"]
    assert {name: fields[name] for name in ("id", "version", "fingerprint", "licence", "themes", "missing")} == {
        name: record[name] for name in ("id", "version", "fingerprint", "licence", "themes", "missing")
    }
    assert list(fields) == ["title", *(["description"] if "description" in fields else []), "date", "lang", *list(fields)[-8:]]
    assert body.startswith("\n# ")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_front_matter_of_any_text_at_all(text: str) -> None:
    """Even texts that were never cleaned come back, but for halves of surrogate pairs, which UTF-8 cannot hold."""
    text = text.encode("utf-8", "ignore").decode()
    matter = markdown.front_matter({"a": text, "b": {"c": [text, 1, True, None]}, "d": [], "e": {}})
    assert yaml.safe_load(matter) == {"a": text, "b": {"c": [text, 1, True, None]}, "d": [], "e": {}}


@settings(deadline=None, max_examples=200)
@given(TEXT)
def test_what_people_wrote_is_shown_and_is_nothing_else(text: str) -> None:
    """The page has the same headings, links and HTML whatever was written, and shows every text as it was written."""
    record = build(hostile(text))
    page = front(FORMATS["markdown"].render(record))[1]
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    shown = Shown(reader.render(page))
    tags = [tag for tag, _ in shown.tags]
    assert set(tags) <= {"h1", "h2", "p", "br", "ul", "li", "strong", "a"}
    assert tags.count("h1") == 1 and tags.count("h2") == 6 and tags.count("strong") == 1
    assert [attributes["href"] for tag, attributes in shown.tags if tag == "a"] == ["https://creativecommons.org/licenses/by/4.0/"]
    seen = " ".join(shown.text.split())
    for told in (record["title"]["en"], record.get("summary", {}).get("en", ""), record["derived_from"][1]["text"]["en"], record["event"]["place"]):
        assert texts.line(told) in seen


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_template_tags_and_html_do_not_survive_in_the_page(text: str) -> None:
    page = front(FORMATS["markdown"].render(build(hostile(text))))[1]
    assert not [sign for sign in ("<", "{{", "{%", "\x00", "\u202e") if sign in page]


def test_linked_data_can_stand_inside_a_page() -> None:
    for text in HOSTILE:
        written = jsonld.render(build(hostile(text))).decode()
        assert not set("<>&") & set(written)
        json.loads(written)


def test_linked_data_points_to_the_record() -> None:
    record = build(data(event={"mode": "mixed", "place": "Vienna"}, team={"name": "Owls"}))
    resource = json.loads(jsonld.render(record))
    assert resource["encoding"]["sha256"] == hashlib.sha256(FORMATS["json"].render(record)).hexdigest()
    assert resource["@id"] == f"urn:uuid:{record['id']}" and resource["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert resource["name"] == {"@language": "en", "@value": "Homework rooms"}
    assert [origin["identifier"] for origin in resource["isBasedOn"]] == ["c1", "g1", "i1", "i2"]
    assert resource["recordedAt"]["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert resource["creativeWorkStatus"] == "Draft"


def vocabulary() -> dict[str, dict[str, Any]]:
    """schema.org as the package rocrate ships it: {term: its node}."""
    path = Path(rocrate.__file__).parent / "data" / "schema.jsonld"
    return {node["@id"].removeprefix("schema:"): node for node in json.loads(path.read_text(encoding="utf-8"))["@graph"]}


def ids(value: Any) -> list[str]:
    """The terms that a property of a node names."""
    found = value if isinstance(value, list) else [value] if value else []
    return [item["@id"].removeprefix("schema:") for item in found]


def test_every_term_is_one_of_schema_org_and_stands_where_it_may() -> None:
    """Every type exists, and every property belongs to the type that carries it, or to one above."""
    terms = vocabulary()

    def above(kind: str) -> set[str]:
        return {kind}.union(*(above(parent) for parent in ids(terms[kind].get("rdfs:subClassOf")) if parent in terms))

    def check(node: Any) -> int:
        if isinstance(node, list):
            return sum(check(item) for item in node)
        if not isinstance(node, dict) or "@value" in node:
            return 0
        kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        carriers = set().union(*(above(kind) for kind in kinds))
        for name in (name for name in node if not name.startswith("@")):
            assert set(ids(terms[name]["schema:domainIncludes"])) & carriers, f"{name} does not belong to {kinds}"
        return 1 + sum(check(value) for name, value in node.items())

    record = build(data(event={"place": "Vienna"}, team={"name": "Owls"}, modified=1_795_460_000_000))
    resource = json.loads(jsonld.render(record))
    assert check(resource) >= 10
    for address in (resource["recordedAt"]["eventAttendanceMode"], resource["interactionStatistic"]["interactionType"]):
        assert address.removeprefix("https://schema.org/") in terms


def test_words_of_the_page_are_in_the_catalogue() -> None:
    """Every figure, kind, mode and missing field has its word: rendering would raise KeyError here."""
    for kind in ("idea", "group", "challenge", "team", "solution", "text"):
        for mode in ("onsite", "online", "mixed"):
            made = data(
                source={"kind": kind}, event={"mode": mode, "place": "Vienna"}, process={"figures": {"votes": 12, "agree": 9, "disagree": 8, "pass": 7}}
            )
            page = FORMATS["markdown"].render(build(made)).decode()
            assert "practice.page" not in page and "practice.field" not in page and "{" not in page
    assert "Counts that are below five" in FORMATS["markdown"].render(build(data(process={"ideas": 3}))).decode()

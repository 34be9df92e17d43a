"""Records: what they hold, what they lack, and what never gets in."""

import json
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.core.strings import t
from facilitate.practices.canonical import fingerprint
from facilitate.practices.checks import notes, problems
from facilitate.practices.files import rendered
from facilitate.practices.record import REQUIRED, Unpublishable, build, instant, same, seal
from tests.practices.sample import FIRST, data

HELD = {
    *("id", "slug", "version", "fingerprint", "title", "summary", "challenge", "problem", "themes", "event", "process"),
    *("derived_from", "licence", "attribution", "language", "dates", "missing"),
}


def published(record: dict[str, Any]) -> str:
    """Everything that would be written to a repository."""
    return "\n".join(content.decode() for content in rendered(record).values()) + json.dumps(record, ensure_ascii=False)


def test_a_record_holds_what_the_event_knows_and_names_the_rest() -> None:
    record = build(data())
    assert set(record) == HELD
    assert record["id"] == FIRST and record["version"] == 1 and record["licence"] == "CC-BY-4.0"
    assert record["title"] == {"en": "Homework rooms"}
    assert record["event"] | {"name": None} == {
        "id": "digital-schools",
        "name": None,
        "start": "2026-11-23T08:00:00Z",
        "end": "2026-11-23T15:00:00Z",
        "mode": "onsite",
        "organiser": "City library",
    }
    assert record["challenge"]["theme"] == "accessibility-inclusion" and record["themes"] == ["accessibility-inclusion"]
    assert [origin["id"] for origin in record["derived_from"]] == ["g1", "i1", "i2"], "the result first, then ideas by number"
    assert record["attribution"] == "Digital schools, City library (2026)"
    assert record["missing"] == [name for name in REQUIRED if name not in record]
    assert {"teaser", "evidence", "maturity", "review"} <= set(record["missing"])
    assert problems(record) == []


def test_every_required_field_is_either_there_or_named() -> None:
    for sparse in ({"id": FIRST}, data(challenge={"title": None, "theme": "no such theme"}), data(event=None, source={"title": ""})):
        record = build(sparse)
        assert {name for name in REQUIRED if name not in record} == set(record["missing"])
    assert {"title", "summary", "challenge", "event", "process", "derived_from", "language"} <= set(build({"id": FIRST})["missing"])
    for name in REQUIRED:
        assert t("en", f"practice.field.{name}")


def test_the_fingerprint_is_that_of_the_record_without_it() -> None:
    record = build(data())
    assert record["fingerprint"] == fingerprint({name: value for name, value in record.items() if name != "fingerprint"})
    assert build(data()) == record, "the same data give the same record"
    shuffled = data(derived=list(reversed(data()["derived"])))
    assert build(shuffled) == record, "the order in which ideas come from the database does not matter"
    assert build(data(source={"title": "Homework room"}))["fingerprint"] != record["fingerprint"]


def test_nothing_personal_gets_in() -> None:
    """Authors, voters and members are never read; full names and addresses in texts are taken out; so is a person as organiser."""
    made = data(
        event={"organiser": "Ada Lovelace", "facilitator": "Grace Hopper", "members": ["Alan Turing"]},
        challenge={"host": "ada lovelace", "title": "Asked by Ada Lovelace"},
        source={"author": "Alan Turing", "text": "As Ada Lovelace said: write to ada@example.org"},
        derived=[{"id": "i1", "number": 1, "text": "Lovelace, Ada knows", "author": "Alan Turing", "publish": True}],
        process={"voters": ["Alan Turing"], "checkers": "Grace Hopper"},
    )
    told = published(build(made))
    for name in ("Ada", "Lovelace", "ada@", "Alan", "Turing", "Grace", "Hopper"):
        assert name not in told, name
    assert "organiser" not in build(made)["event"] and "host" not in build(made)["challenge"]


def test_what_is_not_for_publication_stays_out() -> None:
    derived = [
        {"id": "i1", "number": 1, "text": "Said in confidence", "publish": False},
        {"id": "i2", "number": 2, "text": "Hidden by the facilitator", "status": "hidden"},
        {"id": "i3", "number": 3, "text": "Taken back", "status": "withdrawn"},
        {"id": "i4", "number": 4, "text": "For everybody", "publish": True, "status": "shown"},
    ]
    record = build(data(derived=derived, source={"title": "Said in  confidence", "text": ""}))
    told = published(record)
    for word in ("confidence", "Hidden", "Taken back", "i1", "i2", "i3"):
        assert word not in told, word
    assert record["summary"] == {"en": "For everybody"}
    assert "title" in record["missing"], "a group named after such an idea has no title"
    assert [problem["key"] for problem in problems(record)] == ["practice.error.no_title"]


def test_a_long_confidential_text_inside_another_stays_out() -> None:
    secret = "We do not want this to be known outside"
    record = build(data(derived=[{"id": "i1", "number": 1, "text": secret, "publish": False}], summary=f"They said: {secret}."))
    assert secret not in published(record)


@pytest.mark.parametrize("mark", [{"publish": False}, {"status": "hidden"}, {"status": "withdrawn"}])
def test_a_result_that_is_not_for_publication_makes_no_record(mark: dict[str, Any]) -> None:
    with pytest.raises(Unpublishable) as refusal:
        build(data(source=mark))
    assert t("en", refusal.value.key, **refusal.value.values) == "“Homework rooms” is not for publication, so no record was made of it."


@pytest.mark.parametrize(("given", "licence"), [("cc0-1.0", "CC0-1.0"), (" CC-BY-SA-4.0", "CC-BY-SA-4.0"), (None, "CC-BY-4.0"), ("all rights reserved", None)])
def test_licences_come_from_the_vocabulary(given: str | None, licence: str | None) -> None:
    record = build(data(event={"licence": given}))
    assert record.get("licence") == licence
    assert ("licence" in record["missing"]) is (licence is None)
    assert [problem["key"] for problem in problems(record)] == ([] if licence else ["practice.error.no_licence"])


@pytest.mark.parametrize(
    "damage",
    [{"id": "../../etc"}, {"slug": "../up"}, {"language": "../en"}, {"version": 0}, {"summary": {"en": "\ud800"}}, {"id": FIRST.upper()}, {"x": {1}}],
    ids=str,
)
def test_damaged_records_are_not_sent(damage: dict[str, Any]) -> None:
    """Paths are made of these fields, so nothing but their own form passes."""
    assert "practice.error.record" in [problem["key"] for problem in problems({**build(data()), **damage})]


def test_texts_are_cut_to_size() -> None:
    record = build(data(source={"title": "word " * 50, "text": "many words " * 400}))
    assert len(record["title"]["en"]) <= 100 and record["title"]["en"].endswith("…")
    assert len(record["summary"]["en"]) <= 1500


def test_notes_for_the_facilitator() -> None:
    record = build(data(source={"text": "Rose helps."}))
    found = {note["key"]: note["values"] for note in notes(record, ["Rose", "Ada Lovelace"])}
    assert found == {"practice.note.short_summary": {"n": 11}, "practice.note.name": {"name": "Rose"}}
    for key, values in found.items():
        assert "{" not in t("en", key, **values)
    assert notes(build(data(source={"text": "A sentence that says much. " * 10}))) == []


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1_795_450_000_999, "2026-11-23T16:06:40Z"),
        ("2026-11-23T16:00:00+02:00", "2026-11-23T14:00:00Z"),
        ("2026-11-23T14:00:00", "2026-11-23T14:00:00Z"),
        ("soon", None),
        (None, None),
        (True, None),
        (10**30, None),
        (-1, None),
    ],
)
def test_moments(given: object, moment: str | None) -> None:
    assert instant(given) == moment


def test_same_sees_content_and_neither_version_nor_dates_nor_what_a_curator_added() -> None:
    record = build(data())
    assert same(record, seal({**record, "dates": {"created": "2020-01-01T00:00:00Z"}}, 7))
    assert same(record, seal({name: value for name, value in record.items() if name != "dates"}, 1))
    assert same(record, {**record, "teaser": {"en": "added by hand"}})
    assert not same(build(data(source={"title": "Other"})), record)
    assert not same(record, {}) and not same(record, {**record, "dates": float("inf")})


@settings(deadline=None, max_examples=200)
@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8),
    st.data(),
)
def test_odd_input_never_makes_an_odd_record(value: Any, draw: st.DataObject) -> None:
    """Whatever stands in a text's or number's place, the record is sound."""
    part = draw.draw(st.sampled_from(["event", "challenge", "source", "process"]))
    field = draw.draw(st.sampled_from(sorted(data()[part])))
    if (part, field) == ("process", "figures") or (part, field, value) == ("source", "publish", False):
        return
    record = build(data(**{part: {field: value}}))
    assert uuid.UUID(record["id"]) and not [problem for problem in problems(record) if problem["key"] == "practice.error.record"]
    rendered(record)

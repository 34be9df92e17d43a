"""A file that is no suitcase, was damaged, comes from a newer version or meddles with another event is refused as a whole."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facilitate.core.refusals import Refused
from facilitate.core.strings import t
from facilitate.suitcase.loading import load
from tests.suitcase.played import account_of, kept, pack, unpack
from tests.support.room import Room, new_id

Parts = dict[str, bytes]


def parts(file: Path) -> Parts:
    """{name: content} of a zip."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(file: Path, found: Parts) -> Path:
    """A zip of these parts."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return file


def manifest(found: Parts, **changed: Any) -> None:
    """Change the manifest."""
    found["manifest.json"] = json.dumps(json.loads(found["manifest.json"]) | changed).encode()


def rows(found: Parts, table: str, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change every row of a table, and let the manifest prove it."""
    changed = [json.loads(line) for line in found[f"{table}.jsonl"].split(b"\n") if line]
    for row in changed:
        change(row)
    found[f"{table}.jsonl"] = "".join(json.dumps(row) + "\n" for row in changed).encode()
    proof = {"rows": len(changed), "sha256": hashlib.sha256(found[f"{table}.jsonl"]).hexdigest()}
    listed = json.loads(found["manifest.json"])["parts"]
    manifest(found, parts=[part | proof if part["table"] == table else part for part in listed])


@pytest.fixture
def packed(room: Room, tmp_path: Path) -> Parts:
    """The parts of a suitcase."""
    pack(room.spine, room.event.id, tmp_path / "packed.zip")
    return parts(tmp_path / "packed.zip")


@pytest.mark.parametrize(
    ("harm", "key"),
    [
        (lambda found: found.clear(), "refusal.no_suitcase"),
        (lambda found: found.pop("manifest.json"), "refusal.no_suitcase"),
        (lambda found: found.update({"manifest.json": b"{"}), "refusal.no_suitcase"),
        (lambda found: found.update({"manifest.json": b"[]"}), "refusal.no_suitcase"),
        (lambda found: manifest(found, format="another"), "refusal.no_suitcase"),
        (lambda found: manifest(found, marks={"much": 1}), "refusal.no_suitcase"),
        (lambda found: found.pop("members.jsonl"), "refusal.no_suitcase"),
        (lambda found: manifest(found, version=2), "refusal.suitcase_newer"),
        (lambda found: rows(found, "ideas", lambda row: None) or rows(found, "members", lambda row: row.update(height=1)), "refusal.suitcase_newer"),
        (lambda found: found.update({"members.jsonl": found["members.jsonl"].replace(b"Ann", b"Eve")}), "refusal.suitcase_damaged"),
        (lambda found: found.update({"members.jsonl": found["members.jsonl"] * 2}), "refusal.suitcase_damaged"),
        (lambda found: rows(found, "members", lambda row: row.update(event_id=new_id())), "refusal.suitcase_damaged"),
        (lambda found: rows(found, "events", lambda row: row.update(id=new_id())), "refusal.suitcase_damaged"),
    ],
)
def test_what_is_no_sound_suitcase(packed: Parts, tmp_path: Path, harm: Callable[[Parts], Any], key: str) -> None:
    """Nothing of it is read, and a sentence says why."""
    harm(packed)
    file = write(tmp_path / "harmed.zip", packed)
    with pytest.raises(Refused) as refused:
        load(file)
    assert refused.value.key == key
    assert refused.value.answer("en")["sentence"].startswith(str(file))


def test_what_is_no_zip(tmp_path: Path) -> None:
    """A text, an empty file, half of a suitcase."""
    for content in (b"", b"no zip", b"PK\x03\x04" + bytes(500)):
        (tmp_path / "file.zip").write_bytes(content)
        with pytest.raises(Refused) as refused:
            load(tmp_path / "file.zip")
        assert refused.value.answer("en")["sentence"] == t("en", "refusal.no_suitcase", file=tmp_path / "file.zip")


def test_rows_of_another_event_are_not_touched(room: Room, packed: Parts, tmp_path: Path) -> None:
    """A member's id that somebody has in another event here: the whole suitcase is refused, both events stay as they are."""
    other = kept(room.spine, room.elsewhere.id)
    taken = other["members"][0]["id"]
    first = json.loads(packed["members.jsonl"].split(b"\n")[0])["id"]
    for table in ("members", "tokens", "seats", "ideas", "challenges", "options", "participation", "team_seats"):
        rows(packed, table, lambda row: row.update(id=taken) if row.get("id") == first else None)
    before = kept(room.spine, room.event.id)
    answer = unpack(room.spine, write(tmp_path / "meddling.zip", packed), account_of(room.spine, room.organiser))
    assert answer["sentence"] == t("en", "refusal.suitcase_collides")
    assert kept(room.spine, room.elsewhere.id) == other and kept(room.spine, room.event.id) == before


def test_a_suitcase_of_an_older_version(room: Room, packed: Parts, tmp_path: Path) -> None:
    """Columns and tables that came later get what a new row gets."""
    rows(packed, "events", lambda row: row.pop("place"))
    listed = [part for part in json.loads(packed["manifest.json"])["parts"] if part["table"] != "deliveries"]
    manifest(packed, parts=listed)
    before = kept(room.spine, room.event.id)
    assert unpack(room.spine, write(tmp_path / "older.zip", packed), account_of(room.spine, room.organiser))["ok"]
    assert kept(room.spine, room.event.id) == before

"""The hot path: many votes in one go do exactly what they would do one by one."""

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some
from sqlalchemy import text

from facilitate.core import changes, registry, writer
from facilitate.core.commands import Submission, enter
from facilitate.core.registry import Viewer
from facilitate.core.spine import Spine
from tests.support.batches import take
from tests.support.instance import Clock, working
from tests.support.room import Room, new_id

IDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(60)]
WHO, OPTION = some.integers(0, 3), some.integers(0, 4)
STEP = some.one_of(
    some.tuples(some.just("mark"), WHO, OPTION, some.sampled_from([0, 1, 2, 3, 4, -1, None, True, "x"])),
    some.tuples(some.just("mark"), WHO, OPTION, some.integers(1, 3)),
    some.tuples(some.just("cast"), WHO, some.dictionaries(OPTION, some.integers(0, 3), max_size=4), some.none()),
    some.tuples(some.just("done"), WHO, some.booleans(), some.none()),
    some.tuples(some.sampled_from(["again", "elsewhere", "close", "reopen", "hide", "show"]), WHO, OPTION, some.none()),
)


@pytest.fixture
def prepared(make_room: Callable[..., Room]) -> Room:
    """A room with an open vote over four cards."""
    room = make_room(people=5)
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    for number in range(4):
        room.send(room[number], "ideas.add", {"idea": new_id(), "activity": collect, "text": f"Card {number}"})
    room.send(room.organiser, "events.edit", {"activity": room.activity("vote")["id"], "settings": {"staff_totals": False}})
    room.send(room.organiser, "events.start", {"activity": room.activity("vote")["id"]})
    return room


def submissions(room: Room, steps: list[Any]) -> list[Submission]:
    """The steps as commands that passed the gate; equal steps get equal ids, however often they are taken."""
    round_, options, vote = room.round()["id"], [*room.options(), IDS[-1]], room.activity("vote")["id"]
    made: list[Submission] = []
    for place, (what, who, first, second) in enumerate(steps):
        viewer: Viewer | None = room.viewer(room[who])
        words: dict[str, Any] = {"round": round_}
        if what == "again" and made:
            made.append(made[first % len(made)])
            continue
        if what in ("mark", "again"):
            name, words = "voting.mark", words | {"option": options[first], "value": second}
        elif what == "elsewhere":
            name, words = "voting.mark", {"round": IDS[-2], "option": options[first], "value": 1}
        elif what == "cast":
            name, words = "voting.cast", words | {"ballot": {options[option]: dots for option, dots in first.items()}}
        elif what == "done":
            name, words = "voting.done", words | {"done": first}
        else:
            viewer = room.viewer(room.organiser)
            name, words = {
                "close": ("events.close", {"activity": vote}), "reopen": ("events.reopen", {"activity": vote}),
                "hide": ("ideas.hide", {"idea": options[min(first, 3)]}), "show": ("ideas.show", {"idea": options[min(first, 3)]}),
            }[what]  # fmt: skip
        made.append(enter(viewer, room.event.id, name, words, IDS[place]))
    return made


def left(spine: Spine, room: Room) -> dict[str, Any]:
    """What commands left behind: tables, and what everybody would see."""
    with spine.reading() as session:
        tables = {
            table: sorted(map(tuple, session.execute(text(f"SELECT * FROM {table}"))), key=repr)
            for table in ("ballots", "participation", "options", "activities")
        }
        tables["accepted"] = sorted(map(tuple, session.execute(text("SELECT sender, command_id FROM accepted"))))
        tables["touched"] = sorted(set(map(tuple, session.execute(text("SELECT collection, row_id FROM changes")))))
        for person in (room.organiser, *room.people[:4]):
            viewer = registry.ask("identify", session, person.credentials, room.event.id)
            tables[person.name] = changes.state(session, viewer)["collections"]
        return tables


@pytest.mark.parametrize("start", range(2))
def test_together_is_as_one_by_one(prepared: Room, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: int) -> None:
    """Any mixture of marks, casts, resends, closes and withdrawals: the same answers, the same tables, the same states."""
    monkeypatch.setattr(writer, "SLICE", 60.0)
    monkeypatch.setattr(random, "getrandbits", lambda _bits: time.monotonic_ns())
    prepared.spine.writer.stop()
    source = prepared.spine.settings.folder

    @seed(start)
    @settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(some.lists(STEP, min_size=2, max_size=25))
    def compare(steps: list[Any]) -> None:
        found = []
        for together in (True, False):
            folder = shutil.copytree(source, tmp_path / new_id())
            with working(folder) as app:
                spine = app.extensions["facilitate"]
                given = submissions(prepared, steps)
                answers = take(spine, given) if together else [take(spine, [one])[0] for one in given]
                told = [(answer["ok"], answer.get("code"), answer.get("sentence")) for answer in answers]
                found.append((told, left(spine, prepared)))
            shutil.rmtree(folder)
        assert found[0] == found[1]

    compare()
    prepared.spine.writer._started = False

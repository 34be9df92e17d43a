"""The end of a server: what is due is finished first, then nobody opens the database again, and its write-ahead log is written back."""

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from facilitate.core import jobs, registry
from facilitate.core.db import prepare
from facilitate.serving import Closing, let_go
from tests.support.room import Room


def test_the_database_stays_closed(tmp_path: Path) -> None:
    """A reader who is in the middle finishes; one who comes later opens nothing, so no new log is left behind."""
    engine = prepare(create_engine(f"sqlite:///{tmp_path / 'facilitate.db'}"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE idea (text TEXT)"))
        connection.execute(text("INSERT INTO idea VALUES ('Shade')"))
    reading, on, found = threading.Event(), threading.Event(), []

    def read() -> None:
        with engine.connect() as connection:
            found.append(connection.execute(text("SELECT text FROM idea")).scalar_one())
            reading.set()
            assert on.wait(30)
            found.append(connection.execute(text("SELECT text FROM idea")).scalar_one())

    reader = threading.Thread(target=read)
    reader.start()
    assert reading.wait(30)

    def sleep(seconds: float) -> None:
        on.set()
        time.sleep(seconds)

    let_go(engine, sleep)
    reader.join(30)
    assert found == ["Shade", "Shade"]
    with pytest.raises(Closing):
        engine.connect()
    assert [path.name for path in tmp_path.iterdir()] == ["facilitate.db"]


def test_what_is_due_is_finished_first(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The beat ends after what it has begun, and begins nothing more."""
    begun, on, seen = threading.Event(), threading.Event(), []

    def due(session: Session) -> list[tuple[str | None, str, dict[str, object]]]:
        seen.append("begun")
        begun.set()
        assert on.wait(30)
        seen.append("finished")
        return []

    monkeypatch.setattr(registry, "PERIODIC", [(0, due)])
    beat = jobs.Beat(room.spine)
    beat.start()
    assert begun.wait(30)
    threading.Timer(0.05, on.set).start()
    beat.stop()
    assert seen[-1] == "finished" and seen.count("begun") == seen.count("finished")

"""Fixtures of the tests of pages: browsers without scripts, for a guest and for the organiser."""

from collections.abc import Callable

import pytest

from tests.support.room import Person, Room
from tests.support.visitor import Visitor


@pytest.fixture
def visitor(room: Room) -> Callable[[Person | None], Visitor]:
    """A function that gives a browser without scripts to somebody, or to a guest."""
    return lambda person=None: Visitor(room.client(person))


@pytest.fixture
def guest(visitor: Callable[..., Visitor]) -> Visitor:
    """A guest's browser."""
    return visitor()


@pytest.fixture
def desk(room: Room, visitor: Callable[..., Visitor]) -> Visitor:
    """The organiser's browser."""
    return visitor(room.organiser)


@pytest.fixture
def studio(room: Room) -> str:
    """The address of the event in the studio."""
    return f"/studio/{room.event.slug}"


@pytest.fixture
def code(room: Room) -> str:
    """The event's code."""
    return str(room.rows("events")[room.event.slug]["code"])

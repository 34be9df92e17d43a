"""Collects garbage after each module of tests, so that a socket or a file that was left open is told where it was left open."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def left_over() -> Iterator[None]:
    """What is still open and in nobody's hand when a module ends warns now, and warnings are errors; it would hit any later test else."""
    yield
    gc.collect()

"""A terminal on a fresh instance, and on one with two organisers."""

import shutil
from pathlib import Path

import pytest

from tests.support.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """The command line where nothing was ever run."""
    return Terminal(tmp_path / "new")


@pytest.fixture
def settled(blank: Path, tmp_path: Path) -> Terminal:
    """The command line on an instance with the organisers Olga and Otto and no event; nothing runs on it."""
    return Terminal(Path(shutil.copytree(blank, tmp_path / "settled")))

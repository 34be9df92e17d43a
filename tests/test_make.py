"""`make help` names every target, and every target that people rely on exists."""

import re
import subprocess

from tests.support import house

PROMISED = {"install", "run", "demo", "test", "lint", "bench", "shots", "vendor", "help"}


def targets() -> set[str]:
    """The targets of the Makefile that are words, not files."""
    text = (house.ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


def test_help_lists_every_target() -> None:
    """The list is written from the targets, one line each."""
    shown = subprocess.run(["make", "--no-print-directory", "help"], cwd=house.ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make (\w+) +\S", shown, re.MULTILINE)) == targets()


def test_the_promised_targets_exist() -> None:
    """What the documents name is there."""
    assert targets() >= PROMISED


def test_targets_are_no_files() -> None:
    """A folder that bears the name of a target must not keep it from running."""
    text = (house.ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony and set(phony[1].split()) == targets()

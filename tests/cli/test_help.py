"""Help and exit codes: every command says what it does, and a wrong word ends with code 2."""

import re

import pytest

from facilitate.cli.group import FILES
from facilitate.core.strings import t
from tests.support.terminal import Terminal

GROUPS = {"organiser": ("add", "link", "list", "token"), "event": ("list", "pack", "unpack")}
EVERY = [(name,) for name in FILES] + [(name, inner) for name, inners in GROUPS.items() for inner in inners]


@pytest.fixture
def quick(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A wide terminal, so that help texts are not broken into lines."""
    monkeypatch.setenv("COLUMNS", "400")
    return terminal


def test_the_help_lists_every_command_and_the_exit_codes(quick: Terminal) -> None:
    """In the order in which one needs them, each with a sentence."""
    told = quick.says("--help", alone=True)
    listed = re.findall(r"^  (\w+) +(\S.*)$", told.split("Commands:\n")[1].split("\n\n")[0], re.MULTILINE)
    assert [name for name, _ in listed] == ["run", "room", "demo", "replay", "organiser", "event", "export", "recount", "backup", "restore"]
    assert t("en", "cli.exit_codes")[:60] in told
    assert re.fullmatch(r"\d+\.\d+\.\d+", quick.says("--version", alone=True))
    assert not quick.folder.exists(), "help makes nothing"


def test_wrong_words(quick: Terminal) -> None:
    """An unknown command, a missing word, a file that is not there: code 2, and standard output stays empty."""
    missing = (("event", "unpack", "missing.zip"), ("restore", "missing.db"), ("replay", "missing"))
    for words in (("dance",), ("event", "dance"), ("export",), ("--dance",), *missing):
        assert quick.says(*words, code=2)
    assert not quick.folder.exists()


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_each_command_has_help(words: tuple[str, ...], quick: Terminal) -> None:
    """Every command, and every option of it, is explained."""
    told = quick.says(*words, "--help")
    options = re.findall(r"^  (--?\w[\w, -]*?)(?: [A-Z ]+)?(?:  +(\S.*))?$", told, re.MULTILINE)
    assert options and all(text for _, text in options), told
    assert len(told.split("\n\n")[1].split()) > 2

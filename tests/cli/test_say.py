"""How the command line speaks: QR codes that phones can read, progress for a file, signs that a terminal does not have."""

import io
import re
import sys

import pytest

from facilitate.cli import say
from tests.support.terminal import cropped, modules, shown_qr

TARGET = "http://192.168.1.7:5000/j/482917"


@pytest.mark.parametrize(("large", "colour"), [(False, False), (True, False), (False, True)])
def test_a_code_of_signs(large: bool, colour: bool) -> None:
    """Halves of a line, whole lines, or dark on light whatever the terminal's colours are."""
    text = say.qr(TARGET, large, colour)
    assert shown_qr(text, TARGET) and not shown_qr(text, TARGET[:-1])
    assert all((line.startswith("\x1b[30;107m") and line.endswith("\x1b[0m")) is colour for line in text.split("\n"))
    if large:
        assert len(text.split("\n")) == say.qr_size(TARGET) == len(text.split("\n")[0]) // 2


def test_a_large_code_in_colours() -> None:
    """Every module is two spaces on black or on white, each line ends plain."""
    lines = say.qr(TARGET, large=True, colour=True).split("\n")
    assert all(line.endswith("\x1b[0m") for line in lines)
    grid = [[colour == "40" for colour in re.findall(r"\x1b\[(40|107)m  ", line)] for line in lines]
    assert {len(row) for row in grid} == {say.qr_size(TARGET)} and cropped(grid) == modules(TARGET, "l")


def test_the_margin_is_light() -> None:
    """Without it no camera finds the code."""
    lines = say.qr(TARGET, large=True).split("\n")
    assert all(not line.strip() for line in (*lines[: say.QUIET_ZONE], *lines[-say.QUIET_ZONE :]))
    assert all(line.startswith("  " * say.QUIET_ZONE) and line.endswith("  " * say.QUIET_ZONE) for line in lines)


def test_progress_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each tenth, on standard error, whatever the steps are."""
    with say.progress("rows", 1000) as told:
        for done in (0, 1, 99, 100, 101, 550, 1000, 1000):
            told(done)
    with say.progress("nothing", 0) as told:
        told(0)
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.splitlines() == ["rows 100/1000", "rows 550/1000", "rows 1000/1000"]


def test_a_terminal_without_these_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it cannot show becomes a question mark; nothing breaks."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    say.line("Über “uns” █")
    assert raw.getvalue() == b"?ber ?uns? ?\n"

"""How the command line speaks: sentences of the catalogue, trouble with an exit code, progress, QR codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import segno
from sqlalchemy.exc import DBAPIError

from facilitate.config import Settings
from facilitate.core import strings
from facilitate.core.refusals import Refused
from facilitate.instance import BROKEN, FAILED, Trouble

QUIET_ZONE = 3
STEPS = 10
"""Light modules around a QR; how many lines of progress there are where nobody watches a terminal."""
UPPER, LOWER, BOTH = "▀", "▄", "█"


def language() -> str:
    """The language of the command line: the setting, as far as there is a catalogue for it."""
    return os.environ.get("FACILITATE_LANGUAGE") or strings.SOURCE


def t(key: str, **values: Any) -> str:
    """A sentence of the catalogue in the language of the command line."""
    return strings.t(language(), key, **values)


def line(text: str = "", err: bool = False, **style: Any) -> None:
    """Print a line at once; colours only where a terminal shows them, signs that it cannot show as question marks."""
    stream = sys.stderr if err else sys.stdout
    safe = text.encode(stream.encoding or "utf-8", "replace").decode(stream.encoding or "utf-8")
    click.secho(safe, err=err, **style)


def settings(**given: Any) -> Settings:
    """The settings of the environment; options of the command line win."""
    try:
        return Settings(os.environ, **given)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


@contextmanager
def plainly() -> Iterator[None]:
    """Turn trouble into a sentence on standard error and an exit code."""
    try:
        yield
    except Trouble as trouble:
        line(trouble.sentence(language()), err=True)
        raise SystemExit(trouble.code) from None
    except Refused as refused:
        line(refused.answer(language())["sentence"], err=True)
        raise SystemExit(FAILED) from None
    except BrokenPipeError:
        sys.stdout = None  # who read along has gone; Python must not try again at the end
        raise SystemExit(FAILED) from None
    except OSError as error:
        line(t("cli.file_problem", file=error.filename or "", problem=error.strerror or error), err=True)
        raise SystemExit(FAILED) from None
    except DBAPIError as error:
        line(t("cli.database_failed", problem=error.orig), err=True)
        raise SystemExit(BROKEN) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A function that is told how much of `total` is done: a bar on a terminal, a line for each tenth elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines(label, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=False) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)


class _Lines:
    """Progress for a file or a pipe."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self._step = label, total, 0

    def __call__(self, done: int) -> None:
        step = STEPS * done // self.total if self.total else 0
        if step > self._step:
            self._step = step
            line(f"{self.label} {done}/{self.total}", err=True)


def qr(text: str, large: bool = False, colour: bool = False) -> str:
    """A QR code as lines for a terminal: half a line per module, or a whole one where it is to be large.

    `colour` draws dark on light whatever the terminal's colours are; without it the lines are plain signs.
    """
    code = segno.make(text, error="l" if large else "m", micro=False)
    modules = [[bool(dark) for dark in row] for row in code.matrix_iter(border=QUIET_ZONE)]
    if large and colour:  # the background fills a line to its edges, which a block need not
        return "\n".join("".join(f"\x1b[{40 if dark else 107}m  " for dark in row) + "\x1b[0m" for row in modules)
    if large:
        rows = ["".join(BOTH * 2 if dark else "  " for dark in row) for row in modules]
    else:
        below = [*modules[1:], [False] * len(modules[0])]
        rows = ["".join(_half(*pair) for pair in zip(*two, strict=True)) for two in list(zip(modules, below, strict=True))[::2]]
    return "\n".join(f"\x1b[30;107m{row}\x1b[0m" if colour else row for row in rows)


def _half(upper: bool, lower: bool) -> str:
    return BOTH if upper and lower else UPPER if upper else LOWER if lower else " "


def qr_size(text: str) -> int:
    """How many lines, and half as many signs, a large QR takes."""
    return int(segno.make(text, error="l", micro=False).symbol_size(border=QUIET_ZONE)[0])

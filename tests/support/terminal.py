"""The command line in a terminal of its own: `facilitate` as a process on an instance in a folder, and how its QR codes are read."""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import segno
import structlog
from click.testing import CliRunner

from tests.support.served import environment, free_port

DARK = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}
"""Which of the upper and the lower half of a sign are dark."""


@dataclass
class Terminal:
    """Commands on one instance; `settings` are FACILITATE_* ones."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its programs."""
        return environment(self.folder, self.port, **{"async_mode": "threading"} | self.settings)

    def __call__(self, *words: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run `facilitate` with these words to its end, which has to come with this exit code and without a traceback."""
        argv = [sys.executable, "-m", "facilitate.cli", *map(str, words)]
        done = subprocess.run(argv, env=self.variables, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def says(self, *words: str | Path, code: int = 0, alone: bool = False) -> str:
        """What a command that succeeds prints, or what one that fails says on standard error (and then it prints nothing).

        `alone` gives it a process of its own; else it runs in this one, which takes a tenth of the time.
        """
        done = (self if alone else self.here)(*words, code=code)
        if code:
            assert done.stdout == ""
            return done.stderr.strip()
        return done.stdout.strip()

    def here(self, *words: str | Path, code: int = 0) -> Any:
        """Run a command within this process; it has to end with this exit code."""
        from facilitate.cli.group import facilitate

        logs = structlog.get_config()
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.variables.items():
                patch.setenv(name, value)
            done = CliRunner().invoke(facilitate, [str(word) for word in words], catch_exceptions=False)
        structlog.configure(**logs)
        assert done.exit_code == code, (done.exit_code, done.stdout, done.stderr)
        return done


def shown_qr(text: str, target: str) -> bool:
    """Whether a printed text holds, in plain signs or in colours, the QR code of an address, small or large."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).split("\n")
    rows = [line for line in lines if line and set(line) <= set(DARK)]
    return _small(rows) == modules(target, "m") or _large(rows) == modules(target, "l")


def modules(target: str, error: str) -> list[list[bool]]:
    """The modules of a QR code without any margin."""
    return [[bool(dark) for dark in row] for row in segno.make(target, error=error, micro=False).matrix]


def _small(rows: list[str]) -> list[list[bool]]:
    return cropped([[DARK[sign][half] for sign in row] for row in rows for half in (0, 1)])


def _large(rows: list[str]) -> list[list[bool]]:
    return cropped([[DARK[sign][0] for sign in row[::2]] for row in rows])


def cropped(grid: list[list[bool]]) -> list[list[bool]]:
    """A grid without the light rows and columns around it."""
    tall = [number for number, row in enumerate(grid) if any(row)]
    wide = [number for number in range(len(grid[0])) if any(row[number] for row in grid)] if grid else []
    return [row[wide[0] : wide[-1] + 1] for row in grid[tall[0] : tall[-1] + 1]] if tall else []

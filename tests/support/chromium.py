"""Finds the chromium that the browser tests drive, and installs it where apt may (`python -m tests.support.chromium`)."""

import os
import shutil
import subprocess
import sys

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""The one without windows first: it draws the same pages with two thirds of the work."""

MISSING = "The browser tests need chromium: install it with `sudo apt-get install chromium`, or set FACILITATE_CHROMIUM to its path."
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def path() -> str | None:
    """The executable: FACILITATE_CHROMIUM, else the first known name on the path; None where there is none."""
    named = os.environ.get("FACILITATE_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _apt() -> list[str] | None:
    """The command that starts apt-get with the right to install, or None where this user has none."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    asked = ["sudo", "-n", "true"]
    if shutil.which("sudo") and subprocess.run(asked, check=False, capture_output=True).returncode == 0:
        return ["sudo", "-n", "apt-get"]
    return None


def install() -> str | None:
    """Install a chromium without windows where apt may, any other where that does not exist; returns its path, or None."""
    apt = None if os.environ.get("FACILITATE_CHROMIUM") or shutil.which(SHELL) else _apt()
    if apt:
        print("Installing chromium for the browser tests.", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run([*apt, "-qq", "update"], check=False, **quiet)
        for name in (SHELL, "chromium"):
            if path() is None or name == SHELL:
                subprocess.run([*apt, "-qq", "-y", "install", "--no-install-recommends", name], check=False, **quiet)
    return path()


if __name__ == "__main__":
    sys.exit(0 if install() else MISSING)

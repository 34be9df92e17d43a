"""Puts templates/, static/ and migrations/ into the wheel, where facilitate/core/paths.py looks for them."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = ("templates", "static", "migrations")


class Assets(BuildHookInterface):
    """Adds the folders to a real wheel only: an editable install reads them from the checkout, never from a copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders to hatchling; `version` is "editable" or "standard"."""
        if version == "editable":
            return
        for name in ASSETS:
            folder = Path(self.root, name)
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"facilitate/_assets/{name}"

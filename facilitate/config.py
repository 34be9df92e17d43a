"""The settings of an instance: name, default and one line of help each, read from FACILITATE_* variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Setting:
    """One setting: its variable is FACILITATE_<NAME>, its type is that of the default."""

    name: str
    default: Any
    help: str

    @property
    def variable(self) -> str:
        return f"FACILITATE_{self.name.upper()}"

    def read(self, environ: Mapping[str, str]) -> Any:
        """The value in `environ`, else the default; ValueError names the variable that does not fit."""
        text = environ.get(self.variable)
        if text is None or text == "":
            return self.default
        if isinstance(self.default, bool):
            return text.strip().lower() in {"1", "on", "true", "yes"}
        if isinstance(self.default, int):
            try:
                return int(text)
            except ValueError:
                raise ValueError(f"{self.variable} must be a whole number, not {text!r}") from None
        return text


SETTINGS = (
    Setting("instance", "instance", "Folder of the database, the secrets of open votes, the files and the Git repository."),
    Setting("host", "0.0.0.0", "Address to listen on; 127.0.0.1 restricts the server to this machine."),
    Setting("port", 5000, "Port to listen on."),
    Setting("public_url", "", "Address that people use, when a proxy or a domain name stands before the server."),
    Setting("database_url", "", "SQLAlchemy address of the database; empty means SQLite in the instance folder."),
    Setting("async_mode", "eventlet", "eventlet or threading; read before anything else is imported."),
    Setting("rate_limits", True, "Limits for joins, wrong codes and commands; off only for load tests on this machine."),
    Setting("secret_key", "", "Key that signs cookies; empty means one that is made once and kept in the instance folder."),
    Setting("language", "en", "Language of pages for people whose browser asks for none that exists here."),
    Setting("practices_target", "", "Git repository that takes practice records: a folder or an address; empty means practices.git in the instance folder."),
    Setting("practices_token", "", "Token for that repository where it is reached over http."),
    Setting("trust_proxy", False, "Take the address of visitors from X-Forwarded-For; only behind a proxy that sets it."),
)


class Settings:
    """All settings as attributes, and the folders that follow from them."""

    host: str
    port: int

    def __init__(self, environ: Mapping[str, str] | None = None, **given: Any) -> None:
        """Read every setting from `environ` (default: the process environment); `given` wins."""
        source = os.environ if environ is None else environ
        self.reached_at = ""  # where phones reach the server, as soon as it listens
        for setting in SETTINGS:
            value = given.get(setting.name)
            setattr(self, setting.name, setting.read(source) if value is None else value)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"there is no setting {name!r}")

    @cached_property
    def folder(self) -> Path:
        """The instance folder, absolute."""
        return Path(self.instance).resolve()

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.folder / 'facilitate.db'}"

    @cached_property
    def secrets(self) -> Path:
        """Folder of the secrets of open votes: outside the database and its backups."""
        return self.folder / "secrets"

    @property
    def practices_repository(self) -> str:
        """Where practice records go."""
        return self.practices_target or str(self.folder / "practices.git")

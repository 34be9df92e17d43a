"""The keys of an instance that live in files: the one that signs cookies."""

from __future__ import annotations

import os
import secrets

from facilitate.config import Settings


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: the setting, else one that is made once and kept in the instance folder."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.folder / "secret.key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()

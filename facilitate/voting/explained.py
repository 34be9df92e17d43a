"""The plain words of a counting method: its name, when to pick it, how it counts in a sentence and in a paragraph."""

from __future__ import annotations

from facilitate.core.strings import t


def explained(language: str, method: str) -> dict[str, str]:
    """What people read of a method: {name, when, sentence, paragraph}."""
    said = {part: t(language, f"method.{method}.{part}") for part in ("when", "sentence", "paragraph")}
    return {"name": t(language, f"method.{method}")} | said

"""Refusals: the codes, and how one becomes a sentence in somebody's language."""

from __future__ import annotations

from typing import Any

from facilitate.core.strings import t

STATUS = {
    "invalid": 400, "bad_json": 400, "unknown_option": 400, "sign_in": 401, "forbidden": 403, "not_eligible": 403, "unknown_event": 404,
    "unknown_command": 404, "not_found": 404, "id_taken": 409, "activity_closed": 409, "round_closed": 409, "over_budget": 409, "full": 409,
    "nothing_to_undo": 409, "ended": 410, "too_large": 413, "not_open_yet": 425, "slow_down": 429, "unavailable": 503,
}  # fmt: skip
"""The codes of refusals and their HTTP status (protocol.md)."""


class Wrong(ValueError):
    """A word that does not fit: carries the key of a sentence in the catalogue and its values."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Refused(Exception):
    """A command that is not carried out: a code, a sentence from the catalogue and, for forms, the fields."""

    def __init__(self, code: str, key: str = "", *, fields: dict[str, Wrong] | None = None, retry_after: int | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code, self.key, self.fields, self.retry_after, self.values = code, key or f"refusal.{code}", fields or {}, retry_after, values

    def answer(self, language: str) -> dict[str, Any]:
        """The refusal as an answer on the wire, in a language."""
        answer: dict[str, Any] = {"ok": False, "code": self.code, "sentence": t(language, self.key, **self.values)}
        if self.fields:
            answer["fields"] = {name: t(language, wrong.key, **wrong.values) for name, wrong in self.fields.items()}
        if self.retry_after is not None:
            answer["retry_after"] = self.retry_after
        return answer

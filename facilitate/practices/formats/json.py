"""The whole practice record as canonical JSON: what machines read, and what the fingerprint is taken from.

`practice.json` holds every field of the record, in the one form that RFC 8785 gives it: keys sorted by their UTF-16 code
units, no white space, numbers as ECMAScript writes them, UTF-8, no line feed at the end. To check a record, read the
file, take out the field `fingerprint`, write the rest in the same form: its SHA-256 is the fingerprint.
"""

from typing import Any

from facilitate.practices.canonical import canonical

NAME = "json"
FILENAME = "practice.json"


def render(record: dict[str, Any]) -> bytes:
    """The file's bytes; ValueError where the record has no canonical form."""
    return canonical(record)

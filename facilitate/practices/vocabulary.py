"""The vocabularies that a practice record draws on: licences and themes."""

import csv
import io
from functools import cache
from importlib import resources

_FOLDER = resources.files("facilitate.practices") / "vocab"


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((_FOLDER / name).read_text(encoding="utf-8"))))


@cache
def licences() -> dict[str, dict[str, str]]:
    """The licences by their SPDX identifier: {code, spdx, url, …}."""
    return {row["spdx"]: row for row in _rows("licences.csv")}


@cache
def themes() -> dict[str, str]:
    """The English labels of the hub's themes by their code."""
    return {row["code"]: row["label_en"] for row in _rows("hub-themes.csv")}


def licence(name: object) -> str | None:
    """The SPDX identifier of a licence named in any case; None for one that is not in the vocabulary."""
    return next((spdx for spdx in licences() if isinstance(name, str) and spdx.casefold() == name.strip().casefold()), None)


@cache
def legal_text(spdx: str) -> bytes:
    """The full text of a licence of the vocabulary, in UTF-8."""
    return (_FOLDER / "licences" / f"{spdx}.txt").read_bytes()

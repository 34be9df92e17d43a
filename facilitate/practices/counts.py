"""Small numbers stay out: the counts of a practice record, without any that is below five or leads to one."""

from typing import Any

from facilitate.practices.canonical import EXACT

SMALLEST = 5
"""A count below this may point at persons."""

COUNTED = ("votes", "voters", "points", "agree", "disagree", "pass")
"""The figures of an option that a record takes over; anything else stays out."""

STANCES = ("agree", "disagree", "pass")


def hidden(cells: list[int], smallest: int = SMALLEST) -> set[int]:
    """Which values of cells with a known total must not be shown.

    The small ones, and, since the total gives away what a lone small cell holds, the next larger ones until at least
    two are hidden and together reach `smallest`. Equal cells go together: which of them is meant does not matter.
    """
    out = {cell for cell in cells if cell < smallest}
    while out:
        covered = [cell for cell in cells if cell in out]
        shown = [cell for cell in cells if cell not in out]
        if not shown or (len(covered) > 1 and sum(covered) >= smallest):
            break
        out.add(min(shown))
    return out


def process(data: dict[str, Any], listed: int = 0) -> dict[str, Any]:
    """The field `process` of a record from the plain data of a vote; `listed` ideas stand in the record themselves.

    `data`: method, rank, of (options), cast, eligible, participants, ideas (whole numbers or None), figures {name:
    number} of the option, table [figures of every option of the round] for the check against its total.
    What was held back because it is small is named in `suppressed`.
    """
    cast = _count(data.get("cast"))
    shown: dict[str, Any] = _people(data)
    for name in ("of", "ideas"):
        number = _count(data.get(name))
        if number is not None:
            shown[name] = number if number >= SMALLEST else None
    if shown.get("ideas") and 0 < shown["ideas"] - listed < SMALLEST:
        shown["ideas"] = None  # else the list and the count together tell how many are not for publication
    figures = _figures(_counts(data.get("figures")), cast, [_counts(row) for row in data.get("table") or []])
    suppressed = sorted(name for part in (shown, figures) for name, number in part.items() if number is None)
    kept: dict[str, Any] = {name: number for name, number in shown.items() if number is not None}
    kept["figures"] = {name: number for name, number in figures.items() if number is not None}
    if isinstance(data.get("method"), str) and data["method"]:
        kept["method"] = data["method"]
    rank = _count(data.get("rank"))  # a place, not a count
    return kept | ({"rank": rank} if rank else {}) | {"suppressed": suppressed}


def _people(data: dict[str, Any]) -> dict[str, int | None]:
    """Numbers of people, each shown only where it is not small and differs from every one shown by no small number."""
    shown: dict[str, int | None] = {}
    for name in ("cast", "eligible", "participants"):
        number = _count(data.get(name))
        if number is not None:
            apart = all(abs(number - other) >= SMALLEST for other in shown.values() if other is not None)
            shown[name] = number if number >= SMALLEST and apart else None
    return shown


def _figures(figures: dict[str, int], cast: int | None, table: list[dict[str, int]]) -> dict[str, int | None]:
    """The option's figures, None for each that is held back."""
    if cast is not None and cast < SMALLEST:
        return dict.fromkeys(figures)
    out: dict[str, int | None] = {name: (number if number >= SMALLEST else None) for name, number in figures.items()}
    for name in ("votes", "voters"):
        if name in figures and cast is not None and cast - figures[name] < SMALLEST:
            out[name] = None
    if "points" in out and figures.get("voters", SMALLEST) < SMALLEST:
        out["points"] = None
    if "votes" in figures and figures["votes"] in _single(table, cast):
        out["votes"] = None
    cells = [figures[name] for name in STANCES if name in figures]
    rest = (cast or 0) - sum(cells)
    secret = hidden([*cells, rest] if rest > 0 else cells)
    return out | {name: None for name in STANCES if figures.get(name) in secret}


def _single(table: list[dict[str, int]], cast: int | None) -> set[int]:
    """Numbers of votes to hold back where each ballot names one option, so that all options add up to the ballots."""
    votes = [row["votes"] for row in table if "votes" in row]
    return hidden(votes) if votes and sum(votes) == cast else set()


def _counts(figures: Any) -> dict[str, int]:
    """The known figures that are whole numbers."""
    found = {name: _count(number) for name, number in figures.items() if name in COUNTED} if isinstance(figures, dict) else {}
    return {name: number for name, number in found.items() if number is not None}


def _count(number: Any) -> int | None:
    return number if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= EXACT else None

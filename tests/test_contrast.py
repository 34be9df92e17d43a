"""WCAG 2.2 contrast of every pair of tokens that the screens use, in both themes, computed from static/css/tokens.css."""

import re

import pytest

from tests.support import house

TOKENS = (house.ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
TEXT, PART, NONE = 4.5, 3.0, 1.0
THEMES = ("incl", "inter", "sust", "qual", "nas")
PAIRS = [
    *((ink, paper, TEXT) for paper in ("paper", "surface", "sunk") for ink in ("ink", "ink-2", "ink-3", "action", "ok", "bad", "spot-ink")),
    *((mark, paper, PART) for paper in ("paper", "surface", "sunk") for mark in ("line-strong", "lead", "focus")),
    ("on-action", "action", TEXT), ("on-action", "action-hover", TEXT), ("on-spot", "spot", TEXT), ("on-lead", "lead", TEXT),
    ("ink", "action-soft", TEXT), ("action", "action-soft", TEXT), ("ink", "spot-soft", TEXT), ("spot-ink", "spot-soft", TEXT),
    ("ok", "ok-soft", TEXT), ("bad", "bad-soft", TEXT), ("ink", "ok-soft", TEXT), ("ink", "bad-soft", TEXT), ("on-bad", "bad", TEXT),
    ("trail-ink", "trail", TEXT), ("ink", "note", TEXT), ("ink-2", "note", TEXT), ("trail", "surface", NONE),
    *((f"t-{theme}", ground, TEXT) for theme in THEMES for ground in (f"t-{theme}-bg", "surface", "paper")),
    *(("ink", f"t-{theme}-bg", TEXT) for theme in THEMES),
]  # fmt: skip
"""(foreground, background, ratio needed); a trail bar may be faint because its number stands beside it."""


def block(selector: str) -> str:
    """The declarations of the first rule with a selector."""
    start = TOKENS.index("{", TOKENS.index(selector))
    return TOKENS[start + 1 : TOKENS.index("}", start)]


def colours(selector: str) -> dict[str, str]:
    """The colours that a rule sets, by token."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", block(selector)))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


LIGHT = colours(":root")
DARK = LIGHT | colours('[data-theme="dark"]')


@pytest.mark.parametrize(("name", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_every_pair_has_the_contrast_it_needs(name: str, theme: dict[str, str]) -> None:
    """All 67 pairs, none under the AA need."""
    weak = [
        f"{ink} on {ground}: {contrast(theme[ink], theme[ground]):.2f}, needs {need}"
        for ink, ground, need in PAIRS
        if contrast(theme[ink], theme[ground]) < need
    ]
    assert len(PAIRS) == 67
    assert not weak, f"{name}\n" + "\n".join(weak)


def test_the_systems_dark_is_the_chosen_dark() -> None:
    """The block for dark systems repeats the dark theme word by word."""
    assert "prefers-color-scheme:dark" in TOKENS
    assert block(":root:not([data-theme])").split() == block('[data-theme="dark"]').split()


def test_the_formula_itself() -> None:
    """Black on white is 21, equal colours are 1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)

"""Cleaning of texts, and what must not leave an event in them."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from facilitate.practices import texts

ANYTHING = st.text(alphabet=st.characters(), max_size=60) | st.text(alphabet="ab \n\r\t\x00\u2028\u202e\ud83d\ude00\ufeff\ud800e\u0301", max_size=30)


@settings(deadline=None)
@given(ANYTHING)
def test_clean_text_is_fit_for_every_format(text: str) -> None:
    """No control or unseen characters but line feeds, no half surrogates, composed, and cleaning again changes nothing."""
    clean = texts.clean(text)
    assert all(letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs") for letter in clean)
    assert not set(clean) & set("\ufeff\u202a\u202e\u2066\u2069\u2028\u2029\ufffe\uffff")
    assert unicodedata.is_normalized("NFC", clean)
    assert texts.clean(clean) == clean
    clean.encode("utf-8")


def test_cleaning_keeps_what_people_see() -> None:
    assert texts.clean("a\x00b\r\nc\td  \n\n\n\ne") == "ab\nc d\n\ne"
    assert texts.clean("\ud83d\ude00 \ud800") == "😀 \ufffd", "a split pair is joined, a half is marked"
    assert texts.clean("שלום 👩\u200d🔬 e\u0301") == "שלום 👩\u200d🔬 é"
    assert texts.clean(None) == texts.clean(12) == ""


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Write to ada.l+x@example.org, please", "Write to […], please"),
        ("Call +43 1 234 56 78 or 0664/123 45 67", "Call […] or […]"),
        ("Pay to DE89 3704 0044 0532 0130 00 now", "Pay to […] now"),
        ("ada  lovelace and LOVELACE, Ada said so", "[…] and […] said so"),
        ("Lovelace Adam said so", "Lovelace Adam said so"),
        ("In 2026-11-23 14:00 we had 1 000 000 000 ideas, 10.5281/zenodo.123 too", "In 2026-11-23 14:00 we had 1 000 000 000 ideas, 10.5281/zenodo.123 too"),
        ("A rose for Rose", "A rose for Rose"),
    ],
)
def test_addresses_and_full_names_are_taken_out(said: str, left: str) -> None:
    assert texts.private(said, ["Ada Lovelace", "Rose"]) == left


def test_single_names_are_found_as_words() -> None:
    assert texts.named("A rose for Rose, not Rosemary", ["Rose", "Ada", "Ro", "Ada Lovelace"]) == ["Rose"]
    assert texts.named("Rosemary", ["Rose"]) == []


@settings(deadline=None)
@example("aa\u200daa", 4)
@given(st.text(alphabet="ab c👩🏽\u200d\ufe0fe\u0301", max_size=40), st.integers(4, 20))
def test_shortened_texts_fit_and_are_marked(text: str, limit: int) -> None:
    short = texts.shorten(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    if short not in (text, "…"):
        assert not text[len(short) - 1 :].startswith(("\u200d", "\ufe0f", "\u0301", "\U0001f3fd")), "nothing is torn from its letter"


def test_slugs() -> None:
    assert texts.slug("  Ümläut & Ideas: 2 × 3!  ") == "umlaut-ideas-2-3"
    assert texts.slug("שלום") == texts.slug("../..") == "practice"
    assert len(texts.slug("word " * 40)) <= 60

"""The catalogue: well-formed, complete, lengthened in the pseudo-language, and the only place where sentences are written."""

import re

import pytest

from facilitate.core import strings
from tests.support import keys, prose

PLACE = re.compile(r"\{[^{}]*\}")
ENGLISH = strings.catalogue("en")


def forms(entry: strings.Entry) -> dict[str, str]:
    """The plural forms of an entry; a plain sentence is its own only form."""
    return entry if isinstance(entry, dict) else {"other": entry}


@pytest.mark.parametrize("language", strings.languages())
def test_a_catalogue_is_well_formed(language: str) -> None:
    """Keys are known to English, plural forms are those of the language, places are those of the English sentence."""
    wrong = []
    for key, entry in strings._stored(language).items():
        expected = set(strings._locale(language).plural_form.tags) | {"other"}
        places = {place for text in forms(ENGLISH.get(key, "")).values() for place in PLACE.findall(text)}
        if key not in ENGLISH or not keys.KEY.fullmatch(key):
            wrong.append(f"{key}: unknown key, or no known area")
        if isinstance(entry, dict) and set(entry) != expected:
            wrong.append(f"{key}: has the forms {sorted(entry)}, the language has {sorted(expected)}")
        wrong += [f"{key}: places differ in {text!r}" for text in forms(entry).values() if not set(PLACE.findall(text)) <= places]
        wrong += [f"{key}: {text!r} is empty or has space at an end" for text in forms(entry).values() if text != text.strip() or not text]
    assert not wrong, "\n".join(wrong)


def test_places_have_simple_names() -> None:
    """Server and browser fill `{name}` only: lower-case letters and underscores."""
    odd = [key for key, entry in ENGLISH.items() for text in forms(entry).values() for place in PLACE.findall(text) if not re.fullmatch(r"\{[a-z_]+\}", place)]
    assert not odd


def test_the_voice_does_not_shout() -> None:
    """No exclamation marks (the interface speaks plainly), no straight quotes around words."""
    loud = [key for key, entry in ENGLISH.items() for text in forms(entry).values() if "!" in text]
    assert not loud


def test_the_pseudo_language_is_long_accented_and_whole() -> None:
    """Every sentence of en-XA is in brackets, keeps its places and is at least 40 % longer than the English one."""
    pseudo = strings.catalogue("en-XA")
    assert pseudo.keys() == ENGLISH.keys()
    for key, entry in ENGLISH.items():
        for form, text in forms(entry).items():
            long = forms(pseudo[key])[form]
            assert long.startswith("[") and long.endswith("]"), key
            assert sorted(PLACE.findall(long)) == sorted(PLACE.findall(text)), key
            assert len(PLACE.sub("", long)) >= 1.4 * len(PLACE.sub("", text)), key
            assert not re.search(r"[aeiou]", PLACE.sub("", long)), key


def test_what_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact language wins, then its base, then English; a key that nobody knows is an error in tests, never on stage."""
    stored = {"en": {"app.a": "A", "app.b": "B", "app.c": "C"}, "de": {"app.a": "Ä", "app.b": "Be"}, "de-AT": {"app.a": "Servus"}}
    monkeypatch.setattr(strings, "_stored", lambda language: stored.get(language, {}))
    monkeypatch.setattr(strings, "catalogue", strings.catalogue.__wrapped__)
    assert [strings.t("de-AT", key) for key in ("app.a", "app.b", "app.c")] == ["Servus", "Be", "C"]
    with pytest.raises(KeyError):
        strings.t("de-AT", "app.d")
    monkeypatch.delenv("FACILITATE_STRICT_STRINGS")
    assert strings.t("de-AT", "app.d") == "app.d"


def test_a_value_is_shown_as_it_is() -> None:
    """What people wrote is put in once: braces in it are no places, and a missing value leaves its place to be seen."""
    assert strings.fill("{name} took {n} from {what}", {"name": "{n}", "n": 2}) == "{n} took 2 from {what}"


def test_an_address_cannot_name_a_file() -> None:
    """A language comes from addresses and headers; what is no language tag gives English."""
    assert strings.catalogue("../../etc/passwd") == ENGLISH
    assert strings.t("xx-yy", "app.name") == "facilitate"


def test_the_fingerprint_follows_the_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a catalogue changes with any of its strings, so that it may be cached for ever."""
    before = strings.fingerprint.__wrapped__("en")
    monkeypatch.setattr(strings, "catalogue", lambda _: {**ENGLISH, "app.name": "other"})
    assert strings.fingerprint.__wrapped__("en") != before
    assert re.fullmatch(r"[0-9a-f]{10}", before)


def test_every_string_that_is_asked_for_exists() -> None:
    """Each key in Python, templates and scripts is in en.json; each pattern of keys fits at least one."""
    missing = [f"{use.place}: {use.key!r}" for use in keys.uses() if not any(use.asks_for(key) for key in ENGLISH)]
    assert not missing, "\n".join(missing)


def test_every_string_is_asked_for() -> None:
    """Nothing in en.json is left over."""
    asked = keys.uses()
    exact = {use.key for use in asked}
    patterns = [use for use in asked if use.pattern]
    idle = [key for key in ENGLISH if key not in exact and not any(use.asks_for(key) for use in patterns)]
    assert not idle, "\n".join(idle)


def test_every_place_gets_its_value() -> None:
    """Who asks for a sentence gives what it has places for; a plural needs n."""
    wrong = []
    for use in keys.uses():
        if use.values is None or use.key not in ENGLISH:
            continue
        entry = ENGLISH[use.key]
        needed = {place[1:-1] for text in forms(entry).values() for place in PLACE.findall(text)} | ({"n"} if isinstance(entry, dict) else set())
        if not needed <= use.values:
            wrong.append(f"{use.place}: {use.key} lacks {sorted(needed - use.values)}")
    assert not wrong, "\n".join(wrong)


def test_no_sentence_bypasses_the_catalogue() -> None:
    """No English words in templates, in the html of scripts or in what Python tells people."""
    found = [f"{path}:{line}: {text}" for path in keys.files() for line, text in prose.in_file(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("finder", "source", "count"),
    [
        (prose.in_template, '<p class="big note">{{ t("app.name") }} · 3/4</p>', 0),
        (prose.in_template, "<p>\n Send it</p>", 1),
        (prose.in_template, '<button aria-label="Send">{{ x }}</button><input type="submit" value="Go on">', 2),
        (prose.in_template, '{{ name or "No one yet" }}', 1),
        (prose.in_template, "<script>let many = words;</script><p>facilitate</p>", 0),
        (prose.in_script, 'html`<p class="big">${t("app.name")}</p>`', 0),
        (prose.in_script, "html`<${Button} title=${x}>${ok ? html`<b>Saved now</b>` : 1}<//>`", 1),
        (prose.in_script, 'say("The vote is closed."); throw new Error("No such thing.")', 1),
        (prose.in_script, "const a = b / c; // it's\nhtml`<img alt='A picture'>`", 1),
        (prose.in_python, 'raise Refused("full", "refusal.full", n=3)', 0),
        (prose.in_python, 'raise Refused("full", f"There are {n} people here.")', 1),
        (prose.in_python, 'answer = {"sentence": "That is not open."}', 1),
        (prose.in_python, '"""A docstring is prose."""\nraise ValueError("two commands are called so")', 0),
    ],
)
def test_the_finder_itself(finder: object, source: str, count: int) -> None:
    """It finds what a person would read, and lets code be code."""
    assert len(list(finder(source))) == count  # type: ignore[operator]

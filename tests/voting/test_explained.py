"""Every method is explained in plain words."""

import pytest

from facilitate.core import registry
from facilitate.core.strings import catalogue
from facilitate.voting import methods
from facilitate.voting.words import explained

EXPLAINED = sorted(name for name in registry.variants(methods) if f"method.{name}" in catalogue("en"))


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_method_is_explained(name: str) -> None:
    """A name, one sentence when to pick it, one sentence how it counts, one paragraph."""
    said = explained("en", name)
    assert said["when"].startswith("Pick it ") and said["when"].count(".") == said["sentence"].count(".") == 1
    assert not said["name"].endswith(".") and len(said["paragraph"]) > 2 * len(said["sentence"])

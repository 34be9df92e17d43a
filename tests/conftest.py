"""Fixtures that every test can use."""

import os

os.environ["FACILITATE_STRICT_STRINGS"] = "1"  # before anything reads a string: a key that is missing is an error

pytest_plugins = [
    "tests.support.garbage",  # the first, so that it is the last to end
    "tests.support.browser",
    "tests.support.network",
    "tests.support.patience",
    "tests.support.instance",
    "tests.support.room",
    "tests.support.stage",
]

"""Limits that know rooms: how often a member may act, how many may join from one address, how many wrong codes are borne."""

from __future__ import annotations

import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

COMMANDS = RateLimitItemPerSecond(60, 5, namespace="commands")
STAFF_COMMANDS = RateLimitItemPerSecond(400, 5, namespace="staff")
JOINS = RateLimitItemPerMinute(300, namespace="joins")
WRONG_CODES = RateLimitItemPerMinute(20, namespace="codes")
MANY_CODES = RateLimitItemPerMinute(200, namespace="codes_of_address")
SIGN_INS = RateLimitItemPerMinute(10, namespace="sign_ins")
"""Commands of one member, and of one of the staff, in five seconds; anonymous joins a minute per address and event; wrong
codes a minute per browser, or per address where no browser is known, and of all browsers of an address together; attempts
to sign in a minute per address and name (protocol.md, Joining)."""


class Credits:
    """Counts in memory: a restart forgives."""

    def __init__(self, enabled: bool = True) -> None:
        self.enabled = enabled

        self._fixed = FixedWindowRateLimiter(MemoryStorage())

    def spend(self, item: RateLimitItem, *key: str) -> int | None:
        """Take one credit; None where there was one, else ms until there is one again."""
        if not self.enabled or self._fixed.hit(item, *key):
            return None
        return self._wait(item, *key)

    def left(self, item: RateLimitItem, *key: str) -> int | None:
        """None where a credit is left, else ms until there is one; takes nothing."""
        if not self.enabled or self._fixed.test(item, *key):
            return None
        return self._wait(item, *key)

    def guessing(self, address: str, browser: str = "") -> int | None:
        """None while a code may be tried, else ms until one may be; takes nothing. A browser has a budget of its own."""
        if not browser:
            return self.left(WRONG_CODES, address)
        waits = (self.left(WRONG_CODES, address, browser), self.left(MANY_CODES, address))
        return max((wait for wait in waits if wait is not None), default=None)

    def guessed(self, address: str, browser: str = "") -> None:
        """A code was tried that opens nothing."""
        if not browser:
            self.spend(WRONG_CODES, address)
            return
        self.spend(WRONG_CODES, address, browser)
        self.spend(MANY_CODES, address)

    def _wait(self, item: RateLimitItem, *key: str) -> int:
        reset = self._fixed.get_window_stats(item, *key).reset_time
        return max(100, int((reset - time.time()) * 1000) + 50)

"""Wrong passphrases make whoever tries wait, by the account, and by the address that many accounts are tried from."""

from __future__ import annotations

import ipaddress
from threading import Lock
from typing import NamedTuple

OF_ACCOUNT, OF_ADDRESS = 5, 20
"""So many wrong ones in a row cost nothing: people mistype, and an office comes from one address."""
LONGEST_WAIT_SECONDS = 300
FORGOTTEN_SECONDS = 3600
MOST_KEPT = 10_000
"""Names and addresses that are remembered; whoever makes up more of them fills no memory."""


class Tries(NamedTuple):
    """Wrong passphrases in a row, and when the last one came, in seconds."""

    wrong: int
    last: float


class Throttle:
    """Counts a try as wrong when it begins, so that many at once do not slip through before the first is proved."""

    def __init__(self) -> None:
        self._known: dict[str, Tries] = {}
        self._lock = Lock()

    def begin(self, account: str, address: str, now: float) -> float:
        """Take up a try; in how many seconds one is taken up again where this one is not, else 0."""
        keys = _keys(account, address)
        with self._lock:
            wait = max(self._wait(key, free, now) for key, free in keys.items())
            if wait <= 0:
                for key in keys:
                    # At the end of the row, whose head goes first when it is too long.
                    self._known[key] = Tries(self._wrong(key, now) + 1, now)
                    self._known[key] = self._known.pop(key)
                self._forget()
        return max(wait, 0.0)

    def was_right(self, account: str, address: str) -> None:
        """The try that was taken up was right: the account's row ends, and the address has one wrong one less.

        Else somebody with an account of his own could try those of others at leisure.
        """
        of_account, of_address = _keys(account, address)
        with self._lock:
            self._known.pop(of_account, None)
            known = self._known.get(of_address)
            if known:
                self._known[of_address] = known._replace(wrong=known.wrong - 1)

    def _wait(self, key: str, free: int, now: float) -> float:
        beyond = self._wrong(key, now) - free
        if beyond < 0:
            return 0.0
        return self._known[key].last + min(2.0 ** min(beyond, 20), LONGEST_WAIT_SECONDS) - now

    def _wrong(self, key: str, now: float) -> int:
        known = self._known.get(key)
        return known.wrong if known and now - known.last < FORGOTTEN_SECONDS else 0

    def _forget(self) -> None:
        while len(self._known) > MOST_KEPT:
            del self._known[next(iter(self._known))]


def _keys(account: str, address: str) -> dict[str, int]:
    return {f"account {account.strip().lower()[:40]}": OF_ACCOUNT, f"address {_line_of(address)}": OF_ADDRESS}


def _line_of(address: str) -> str:
    """The address, or the network of one house: with IPv6 a single machine has more addresses than can be counted."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(known) if known.version == 4 else str(ipaddress.ip_network((known, 64), strict=False))

"""The accounts as the page asks for them: who goes by a name, and whether a passphrase is right."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from blangko.core.accounts import Account, is_passphrase, sees
from blangko.stockroom.accounts import Keeping, all_accounts, for_one_try
from blangko.web.options import Person

KNOWN_SECONDS = 5.0
"""So long the accounts are not read again; each picture of a page would ask the server for them."""


class Accounts:
    """The accounts of what is served.

    Args:
        keeping: Where they are kept.
        served: The office whose book is served; None for all offices of a database.
        clock: This instant in seconds.
    """

    def __init__(self, keeping: Keeping, served: str | None, clock: Callable[[], float]) -> None:
        self._keeping, self._served, self._clock = keeping, served, clock
        self._known: dict[str, Account] = {}
        self._read_at = float("-inf")
        # One try at a time: each takes memory, and whoever tries many at once waits for them himself.
        self._trying = Lock()
        self._nobody_s = for_one_try()

    def all(self) -> dict[str, Account]:
        """Those that may log in here, by their names.

        Raises:
            BadAccounts, BookUnreadable: They cannot be read.
        """
        now = self._clock()
        if not 0 <= now - self._read_at < KNOWN_SECONDS:
            self._known = {name: each for name, each in all_accounts(self._keeping).items() if self._is_of_here(each)}
            self._read_at = now
        return self._known

    def person(self, name: str) -> Person | None:
        """Who has the account of that name; None where it was taken away."""
        account = self.all().get(name.strip().lower())
        return _person(account) if account else None

    def let_in(self, name: str, passphrase: str) -> Person | None:
        """Whoever has that account and that passphrase. A name that is not there takes as long as one that is."""
        account = self.all().get(name.strip().lower())
        with self._trying:
            is_right = is_passphrase(passphrase, account.passphrase if account else self._nobody_s)
        return _person(account) if account and is_right else None

    def _is_of_here(self, account: Account) -> bool:
        return self._served is None or sees(account.role, account.office_code, self._served)


def _person(account: Account) -> Person:
    # The end of what is kept of the passphrase: another passphrase, and the session is over.
    return Person(
        account.name, f"page account {account.name}", account.role, account.office_code, account.passphrase[-12:]
    )

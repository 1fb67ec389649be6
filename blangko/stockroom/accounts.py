"""Who may log in to the page: accounts are added, changed and taken away, and looked up when somebody comes.

They lie on the server where the books do, else in the file of accounts, outside of every book: a copy of a book that
is handed on lets nobody in.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from blangko.core import accounts
from blangko.core.accounts import OF_ONE_OFFICE, Account
from blangko.errors.server import NoSuchOffice, OfficeNotNamed
from blangko.errors.web import AccountExists, NoSuchAccount, OfficeOfAnother
from blangko.stockroom import offices, open_book
from blangko.store import accounts as store
from blangko.store.address import is_server, parted


class Keeping(NamedTuple):
    """Where accounts are kept: those of the books at `place` on their server, those of a file's in the file `path`."""

    place: str
    path: str


def all_accounts(keeping: Keeping) -> dict[str, Account]:
    """The accounts by their names, with those of other offices than a file's book.

    Raises:
        BadAccounts, BookUnreadable: They cannot be read.
    """
    if not is_server(keeping.place):
        return store.in_file(keeping.path)
    from blangko.store.postgres import open_database

    with open_database(keeping.place) as database:
        return store.in_database(database)


def add(keeping: Keeping, name: str, role: str, office_code: str | None, passphrase: str) -> Account:
    """Let somebody in; a clerk and a head of office of a file's book to that one, of a database to the one named.

    Raises:
        BadAccountName, WeakPassphrase: As in `core.accounts`.
        AccountExists: There is one of that name.
        OfficeNotNamed: The database holds several offices.
        NoSuchOffice, OfficeOfAnother: The book is of another office.
    """
    name = accounts.account_name(name)
    made = Account(name, role, _office(keeping.place, role, office_code), _kept(passphrase, name))

    def change(found: dict[str, Account]) -> None:
        if name in found:
            raise AccountExists(name=name)
        found[name] = made

    _change(keeping, change)
    return made


def free_name(keeping: Keeping, text: str) -> str:
    """The name of a new account, looked at before anybody is asked for a passphrase.

    Raises:
        BadAccountName: It is none.
        AccountExists: There is one of that name.
    """
    name = accounts.account_name(text)
    if name in all_accounts(keeping):
        raise AccountExists(name=name)
    return name


def remove(keeping: Keeping, name: str) -> Account:
    """Let somebody in no more, from the next page on.

    Raises:
        NoSuchAccount: There is none of that name.
    """
    gone: list[Account] = []

    def change(found: dict[str, Account]) -> None:
        gone.append(_named(found, name))
        del found[gone[0].name]

    _change(keeping, change)
    return gone[0]


def change_passphrase(keeping: Keeping, name: str, passphrase: str) -> Account:
    """Give an account another passphrase; whoever is logged in with the old one is so no more.

    Raises:
        NoSuchAccount, WeakPassphrase: There is none of that name, or the passphrase is none.
    """
    changed: list[Account] = []

    def change(found: dict[str, Account]) -> None:
        account = _named(found, name)
        changed.append(account._replace(passphrase=_kept(passphrase, account.name)))
        found[account.name] = changed[0]

    _change(keeping, change)
    return changed[0]


def named(keeping: Keeping, name: str) -> Account:
    """The account of that name.

    Raises:
        NoSuchAccount: There is none.
    """
    return _named(all_accounts(keeping), name)


def for_one_try() -> str:
    """A kept passphrase that nobody knows: whoever tries a name that is not there waits as long for the answer."""
    return accounts.kept(secrets.token_urlsafe(), secrets.token_bytes(accounts.SALT_BYTES))


def _change(keeping: Keeping, change: store.Change) -> None:
    if not is_server(keeping.place):
        store.change_file(keeping.path, change)
        return
    from blangko.store.postgres import open_database

    with open_database(keeping.place) as database:
        store.change_database(database, change)


def _named(found: dict[str, Account], name: str) -> Account:
    account = found.get(name.strip().lower())
    if account is None:
        raise NoSuchAccount(name=name)
    return account


def _kept(passphrase: str, name: str) -> str:
    return accounts.kept(accounts.good_passphrase(passphrase, name), secrets.token_bytes(accounts.SALT_BYTES))


def _office(place: str, role: str, asked: str | None) -> str | None:
    """The office or the province that the account is to see."""
    if not is_server(place):
        return _of_file(place, role, asked)
    codes = tuple(each.code for each in offices.listed(place))
    asked = asked or parted(place)[1]
    if asked is None and role in OF_ONE_OFFICE:
        if len(codes) != 1:
            raise OfficeNotNamed(path=place, codes=codes)
        return codes[0]
    if asked and role in OF_ONE_OFFICE and asked not in codes:
        raise NoSuchOffice(path=place, code=asked, others=codes)
    return asked


def _of_file(place: str, role: str, asked: str | None) -> str | None:
    with open_book(place) as book:
        own = book.office_code
    code = asked or own
    if not accounts.sees(role, code, own):
        raise OfficeOfAnother(code=code, own_code=own)
    return code

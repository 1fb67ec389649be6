"""Where the accounts of the page are kept: a file of its owner's alone beside the settings, or a table on a server."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from blangko.core.accounts import ROLES, Account
from blangko.errors import reason_of
from blangko.errors.web import BadAccounts
from blangko.store.saved import make_folder, one_at_a_time, save

if TYPE_CHECKING:
    from blangko.store.postgres import Database

SCHEMA = "blangko.accounts-kept/1"
WAIT_SECONDS = 20
Change = Callable[[dict[str, Account]], None]

IS_THERE = "SELECT to_regclass('account') IS NOT NULL"
ALL = "SELECT name, role, office_code, passphrase FROM account ORDER BY name"
ADD = (
    "INSERT INTO account (name, role, office_code, passphrase) VALUES (:name, :role, :office_code, :passphrase)"
    " ON CONFLICT (name) DO UPDATE SET role = :role, office_code = :office_code, passphrase = :passphrase"
)
REMOVE = "DELETE FROM account WHERE name = :name"
LOCK = "LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"


# --- A file ---------------------------------------------------------------------------------------


def in_file(path: str) -> dict[str, Account]:
    """The accounts in a file by their names; none where there is no file.

    Raises:
        BadAccounts: Others than its owner may read or write it, or it holds something else.
    """
    try:
        # Windows keeps the files of an account to it by other means.
        if os.name != "nt" and os.stat(path).st_mode & 0o077:
            raise BadAccounts(path=path, reason="others than its owner may read it")
        found = json.loads(Path(path).read_bytes())
        accounts = [_account(each) for each in found["accounts"]] if found["schema"] == SCHEMA else None
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadAccounts(path=path, reason=reason_of(error)) from None
    except (ValueError, KeyError, TypeError):
        accounts = None
    if accounts is None:
        raise BadAccounts(path=path, reason="it holds no accounts")
    return {each.name: each for each in accounts}


def _account(row: dict[str, str | None]) -> Account:
    account = Account(**row)  # type: ignore[arg-type]
    if account.role not in ROLES or not all(isinstance(each, str) for each in (account.name, account.passphrase)):
        raise ValueError(account.role)
    return account


def change_file(path: str, change: Change) -> None:
    """Let `change` work on the accounts in a file, and keep what it leaves; of two at once the second waits.

    Raises:
        BadAccounts: As `in_file`.
        CannotCreate, NotConfirmed: As `saved.save`.
    """
    make_folder(path, 0o600)
    with one_at_a_time(path, WAIT_SECONDS):
        accounts = in_file(path)
        change(accounts)
        rows = [accounts[name]._asdict() for name in sorted(accounts)]
        text = json.dumps({"schema": SCHEMA, "accounts": rows}, ensure_ascii=False, indent=1)
        save(path, f"{text}\n".encode(), book="", is_private=True)


# --- A server -------------------------------------------------------------------------------------


def in_database(database: Database) -> dict[str, Account]:
    """The accounts in a database by their names; none before the first.

    Raises:
        BookUnreadable: The role may not read them.
    """
    with database.reading():
        return _rows(database)


def change_database(database: Database, change: Change) -> None:
    """As `change_file`; the first account brings the table.

    Raises:
        BookUnreadable: The role may not make the table, or not write it.
    """
    with database.transaction():
        if database.rows(IS_THERE) == [(False,)]:
            _make_table(database)
        database.rows(LOCK)
        before = _rows(database)
        after = dict(before)
        change(after)
        for name in before.keys() - after.keys():
            database.rows(REMOVE, name=name)
        for name, account in after.items():
            if before.get(name) != account:
                database.rows(ADD, **account._asdict())


def _rows(database: Database) -> dict[str, Account]:
    if database.rows(IS_THERE) == [(False,)]:
        return {}
    return {row[0]: Account(*row) for row in database.rows(ALL)}


def _make_table(database: Database) -> None:
    from blangko.store.postgres_schema import made_by
    from blangko.store.server_models import PAGE

    for statement in made_by(PAGE):
        database.connection.execute(statement)
    # Whatever a database gives to new tables by default: who may read this one may try passphrases at leisure.
    database.rows("REVOKE ALL ON account FROM PUBLIC")

"""The accounts of the page, listed; a passphrase is no part of it, in whatever form it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blangko.core.accounts import Account
from blangko.reports.table import table
from blangko.words.language import N_, _
from blangko.words.written import plural

ACCOUNT_COLUMNS = ("name", "role", "office")
_ROLES = {
    "clerk": N_("clerk"),
    "head": N_("head of office"),
    "auditor": N_("auditor"),
    "province": N_("province"),
}


def role_word(role: str) -> str:
    """What a role is called."""
    return _(_ROLES[role])


def seen_by(account: Account) -> str:
    """Which offices an account sees."""
    return account.office_code or _("all offices")


def accounts_screen(accounts: Sequence[Account]) -> list[str]:
    """A table of them, and how many there are."""
    if not accounts:
        return [_("Nobody has an account yet.")]
    cells = [[each.name, role_word(each.role), seen_by(each)] for each in accounts]
    headers = [_("Account"), _("Role"), _("Office")]
    return [*table(headers, cells, "lll"), "", plural("{n} account", "{n} accounts", len(accounts))]


def account_rows(accounts: Sequence[Account]) -> list[list[Any]]:
    """The same as raw values, in the order of `ACCOUNT_COLUMNS`."""
    return [[each.name, each.role, each.office_code] for each in accounts]


def accounts_data(accounts: Sequence[Account]) -> dict[str, Any]:
    """The same under names, "blangko.accounts/1"."""
    rows = [dict(zip(ACCOUNT_COLUMNS, row, strict=True)) for row in account_rows(accounts)]
    return {"schema": "blangko.accounts/1", "rows": rows}

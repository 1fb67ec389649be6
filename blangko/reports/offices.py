"""The offices of a database, listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blangko.core.offices import ListedOffice
from blangko.reports.table import cut, table
from blangko.words.language import _
from blangko.words.written import count, day, plain, plural

OFFICE_COLUMNS = ("code", "name", "last_entry_no", "last_entry_on", "seal")
_NAME_WIDTH = 40


def offices_screen(offices: Sequence[ListedOffice]) -> list[str]:
    """A table of them, and how many there are."""
    if not offices:
        return [_("There is no office here that this account may see.")]
    cells = [
        [
            plain(each.code),
            cut(plain(each.name), _NAME_WIDTH),
            count(each.last_entry_no),
            day(each.last_entry_on) if each.last_entry_on else "-",
        ]
        for each in offices
    ]
    headers = [_("Code"), _("Office"), _("Entries"), _("The last one on")]
    return [*table(headers, cells, "llrl"), "", plural("{n} office", "{n} offices", len(offices))]


def office_rows(offices: Sequence[ListedOffice]) -> list[list[Any]]:
    """The same as raw values, in the order of `OFFICE_COLUMNS`."""
    return [
        [each.code, each.name, each.last_entry_no, each.last_entry_on and each.last_entry_on.isoformat(), each.seal]
        for each in offices
    ]


def offices_data(offices: Sequence[ListedOffice]) -> dict[str, Any]:
    """The same under names, "blangko.offices/1"."""
    rows = [dict(zip(OFFICE_COLUMNS, row, strict=True)) for row in office_rows(offices)]
    return {"schema": "blangko.offices/1", "rows": rows}

"""The care of the book: the proof that it is whole, and the invented book of the demonstration."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from blangko.core.audit import Finding, audit_entries, audit_settings, notices, overdue
from blangko.core.book import Balance, balance, sums
from blangko.core.entry import Entry
from blangko.core.settings import canonical
from blangko.core.status import outlook, status
from blangko.errors import DamagedBook
from blangko.stockroom import WHOLE_BOOK, Desk, broken_from, facts, signed, stated_now
from blangko.store import queries
from blangko.store.backups import newest_backup
from blangko.store.book import Book, create_book
from blangko.store.place import risky_place
from blangko.store.schema import differences
from blangko.store.seeds import DEMO_CODE, demo_entries


def make_demo(place: str, office_name: str, language: str, note: str) -> date:
    """Make the book of the Sanggau story at `place`; the last day that it tells of.

    `note` marks every invented entry as such.
    """
    told = demo_entries(note)
    first, last = told[0][0].occurred_on, told[-1][0].occurred_on
    chosen = {"office_name": office_name, "language": language, "typical_daily_use": "200"}
    desk = Desk(first, f"{first}T01:00:00Z", "demo", note)
    stated = [Entry("setting", first, subject=name, value=canonical(name, value)) for name, value in chosen.items()]
    create_book(place, DEMO_CODE, [[signed(draft, desk) for draft in stated], *told])
    return last


class Examination(NamedTuple):
    """What an audit of the whole book found."""

    findings: list[Finding]
    balance: Balance
    entries: int

    @property
    def ok(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)


def examine(book: Book, today: date) -> Examination:
    """Look at everything: the file, its schema, every seal, number, link and sum, the settings, the gaps."""
    found = [Finding("error", "file", None, {"reason": reason}) for reason in book.file_damage()]
    with book.reading():
        found += [Finding("error", "schema", None, {"name": name}) for name in differences(book.connection)]
        found += [Finding("error", "seal", number, {}) for number in broken_from(book, 1)]
        try:
            entries = book.entries(queries.WHOLE_BOOK)
        except DamagedBook:
            # The seals have told already which entry it is; only where they have not, there is nothing to tell.
            if not found:
                raise
            return Examination(found, balance([]), 0)
        last_no, seal = book.last()
        chosen = stated_now(book, WHOLE_BOOK)
    found += audit_entries(entries, last_no, seal)
    found += audit_settings(chosen)
    if book.writable_by_others():
        found.append(Finding("notice", "permissions", None, {}))
    if risk := risky_place(book.path):
        found.append(Finding("notice", risk, None, {}))
    if not any(finding.severity == "error" for finding in found):
        seen = facts(book, today)
        found += notices(status(seen, outlook(seen)))
        found += overdue(seen, newest_backup(book.path))
    return Examination(found, balance(sums(entries)), len(entries))

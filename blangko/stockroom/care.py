"""The care of the book: the proof that it is whole, and the invented book of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from blangko.core.audit import Finding, audit_entries, audit_settings, notices, overdue
from blangko.core.book import Balance, balance, sums
from blangko.core.entry import Entry
from blangko.core.seal import FIRST_SEAL, Mark, broken_seals
from blangko.core.settings import canonical
from blangko.core.status import outlook, status
from blangko.errors import DamagedBook
from blangko.stockroom import WHOLE_BOOK, Desk, facts, holds, signed, stated_now
from blangko.store import queries
from blangko.store.backups import newest_backup
from blangko.store.book import Book
from blangko.store.files import create_book
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
    """What an audit of the whole book found; `mark` is the end of the book that was looked at."""

    findings: list[Finding]
    balance: Balance
    entries: int
    mark: Mark | None = None

    @property
    def ok(self) -> bool:
        return not self.first_error

    @property
    def first_error(self) -> str:
        """The first error found, in short; empty when the book is whole."""
        errors = (finding for finding in self.findings if finding.severity == "error")
        return next((f"{error.code} {error.entry_no or ''}".strip() for error in errors), "")


def examine(book: Book, today: date, mark: Mark | None = None) -> Examination:
    """Look at everything: the file, its schema, every seal, number, link and sum, the settings, the gaps.

    With a `mark` that was kept outside the book, also whether the book goes on from there.
    """
    found = [Finding("error", "file", None, {"reason": reason}) for reason in book.file_damage()]
    with book.damaged_text_told(), book.reading():
        found += _shape_and_seals(book, is_damaged=bool(found))
        if mark and mark.office_code != book.office_code:
            found.append(Finding("error", "mark_office", None, {"code": mark.office_code}))
        elif mark and not holds(book, mark):
            found.append(Finding("error", "mark", mark.entry_no, {"day": mark.proved_on}))
        try:
            end = Mark(book.office_code, *book.last(), today)
            entries = book.entries(queries.WHOLE_BOOK)
            chosen = stated_now(book, WHOLE_BOOK)
            if book.has_wrong_types():
                raise DamagedBook(path=book.path, reason="wrong types")
        except DamagedBook:
            # It has been told already which entry it is; only where it has not, there is nothing to tell.
            if not found:
                raise
            return Examination(found, balance([]), 0)
    found += audit_entries(entries, end.entry_no, end.seal)
    found += audit_settings(chosen)
    found += _surroundings(book)
    if not any(finding.severity == "error" for finding in found):
        seen = facts(book, today)
        found += notices(status(seen, outlook(seen)))
        found += overdue(seen, newest_backup(book.path))
    return Examination(found, balance(sums(entries)), len(entries), end)


def _shape_and_seals(book: Book, is_damaged: bool) -> Iterator[Finding]:
    for name in differences(book.connection):
        yield Finding("error", "schema", None, {"name": name})
    rows, missing = book.sealed_rows(one_by_one=is_damaged)
    unreadable = frozenset(missing)
    for first, last in _runs(unreadable):
        yield Finding("error", "unreadable", first, {"first_no": first, "last_no": last})
    for number in broken_seals(FIRST_SEAL, queries.SEALED, rows):
        # Behind an entry that cannot be read nobody knows the seal to go on from.
        if number - 1 not in unreadable:
            yield Finding("error", "seal", number, {})


def _runs(numbers: frozenset[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of numbers without a gap."""
    firsts = sorted(number for number in numbers if number - 1 not in numbers)
    lasts = sorted(number for number in numbers if number + 1 not in numbers)
    return list(zip(firsts, lasts, strict=True))


def _surroundings(book: Book) -> Iterator[Finding]:
    """What threatens a book from outside."""
    if book.writable_by_others():
        yield Finding("notice", "permissions", None, {})
    if risk := risky_place(book.path):
        yield Finding("notice", risk, None, {})

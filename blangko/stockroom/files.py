"""Files in and out: a clerk's sheet taken into the book, and the whole book taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.entry import Entry, mirror
from blangko.core.standing import Standing, Wanted, successor
from blangko.stockroom.desk import Desk, Posted, signed
from blangko.stockroom.look import WHOLE_BOOK
from blangko.stockroom.post import post
from blangko.stockroom.tasks import reversal_day
from blangko.store import queries
from blangko.store.book import Book

IMPORT_KEY = "import"
KEY_DIGITS = 32
Decision = Callable[[Sequence[Standing], date | None], Wanted]
"""What is wanted, given what stands in the book and the day on which it was begun."""


def import_entries(
    book: Book, desk: Desk, first: date | None, decide: Decision, digest: str, reason: str = ""
) -> Posted:
    """Write what a sheet adds to the book, and take back what it replaces: one batch, all or none.

    Args:
        book: Where to write.
        desk: Who writes; without a key of its own the content is the key.
        first: The first day that the sheet speaks of.
        decide: What the sheet wants, given what stands in the book; it raises what is to be refused. Called with the
            lock held: of two clerks who import the same sheet at once the second finds everything there.
        digest: The hexadecimal fingerprint of the sheet's content.
        reason: Why entries are taken back.
    """

    def complete(book: Book, _: Sequence[Entry]) -> list[Entry]:
        wanted = decide(*standing(book, first))
        old = [entry for number in wanted.replaced for entry in book.entries(queries.BY_NUMBER, entry_no=number)]
        drafts = list(wanted.drafts)
        for entry in old:
            if (place := wanted.successors.get(entry.entry_no)) is not None:
                drafts[place] = successor(entry, drafts[place])
        mirrors = [mirror(entry, reversal_day(book, entry, desk.today), reason) for entry in old]
        key = desk.key or import_key(book, digest)
        made = [signed(draft, desk) for draft in (*mirrors, *drafts)]
        return [made[0]._replace(key=key), *made[1:]]

    # A sheet of a whole month is full of what would be asked about one by one; whoever imports has seen it as a table.
    return post(book, desk._replace(yes=True), [], complete)


def standing(book: Book, first: date | None) -> tuple[list[Standing], date | None]:
    """What a clerk's sheet has columns for and stands in the book from the day `first` on, and when it was begun."""
    with book.reading():
        opened = next((book.day(day) for _, day in book.rows(queries.OPENED_ON, as_of=WHOLE_BOOK)), None)
        rows = book.rows(queries.STANDING_FROM, first=first, as_of=WHOLE_BOOK) if first else ()
        return [
            Standing(number, book.day(day), kind, cards, book.day(since) if since else None)
            for number, day, kind, cards, since in rows
        ], opened


def import_key(book: Book, digest: str) -> str:
    """The key under which the next import of that content is written; another one for each further time.

    A form that carries it is written once, however often it is sent.
    """
    key = f"{IMPORT_KEY} {digest[:KEY_DIGITS]}"
    tried, times = key, 1
    while book.entry(queries.BY_KEY, key=tried):
        times += 1
        tried = f"{key} {times}"
    return tried


class Snapshot(NamedTuple):
    """The whole book as rows: the office's code, its last number and seal, its entries under `core.columns.NAMES`."""

    office_code: str
    last_entry_no: int
    last_seal: str
    rows: Iterable[Sequence[Any]]


def snapshot(book: Book) -> Snapshot:
    """Everything in the book, its rows one by one as they are asked for; call within `reading()`, and stay in it."""
    return Snapshot(book.office_code, *book.last(), book.each_row(queries.EVERY_ROW))

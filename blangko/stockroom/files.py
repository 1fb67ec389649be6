"""Files in and out: a clerk's sheet taken into the book, and the whole book taken out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from blangko.core.entry import Entry
from blangko.errors import AlreadyImported, NothingToImport
from blangko.stockroom.desk import Desk, Posted
from blangko.stockroom.post import post
from blangko.store import queries
from blangko.store.book import Book

IMPORT_KEY = "import"
KEY_DIGITS = 32


def import_entries(book: Book, desk: Desk, drafts: Sequence[Entry], path: str, digest: str) -> Posted:
    """Write the drafts of one sheet as one batch: all or none, and the same content only once.

    Args:
        book: Where to write.
        desk: Who writes; its key becomes the mark of the content.
        drafts: What the sheet says.
        path: The sheet's name, for what is said of it.
        digest: The hexadecimal fingerprint of the sheet's content.

    Raises:
        NothingToImport: There are no drafts.
        AlreadyImported: The content stands in the book, and was not taken back.
    """
    if not drafts:
        raise NothingToImport(path=path)
    # A sheet of a whole month is full of what would be asked about one by one; whoever imports has seen it as a table.
    key = _free_key(book, path, f"{IMPORT_KEY} {digest[:KEY_DIGITS]}")
    return post(book, desk._replace(key=key, yes=True), drafts)


def _free_key(book: Book, path: str, key: str) -> str:
    """The key of the content; another one after each import of it that was taken back."""
    with book.reading():
        # A sheet that was taken in, undone and mended elsewhere may be taken in again, but a key is never used twice.
        for attempt in range(1, 1000):
            tried = key if attempt == 1 else f"{key} {attempt}"
            written = book.entry(queries.BY_KEY, key=tried)
            if written is None:
                return tried
            if book.number(queries.REVERSED_BY, entry_no=written.entry_no) is None:
                raise AlreadyImported(path=path, entry_no=written.entry_no)
    raise AlreadyImported(path=path, entry_no=0)


class Snapshot(NamedTuple):
    """The whole book as rows: the office's code, its last number and seal, its entries under `core.columns.NAMES`."""

    office_code: str
    last_entry_no: int
    last_seal: str
    rows: Iterable[Sequence[Any]]


def snapshot(book: Book) -> Snapshot:
    """Everything in the book, its rows one by one as they are asked for; call within `reading()`, and stay in it."""
    return Snapshot(book.office_code, *book.last(), book.each_row(queries.EVERY_ROW))

"""Copies of the book: made, proved, kept by a rule, compared and brought back; and an older book brought up to date."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from blangko.core.columns import NAMES
from blangko.core.seal import Mark
from blangko.errors import (
    AboutFile,
    BlangkoError,
    BookUnreadable,
    CannotCreate,
    DamagedBook,
    EmptyFile,
    ForeignFile,
    LockedBook,
    NotKept,
    PlantedFile,
    reason_of,
)
from blangko.errors.files import BadExport, NotAnOlderCopy, NotCopied
from blangko.errors.server import OtherOffice
from blangko.stockroom.files import Snapshot, snapshot
from blangko.stockroom.proof import examine
from blangko.stockroom.seals import broken_from, holds
from blangko.store import opening, queries
from blangko.store.address import is_server, parted, shown
from blangko.store.backups import backup_place, forget_old, newest_copies
from blangko.store.book import Book
from blangko.store.files import Watch, build_book, copy_book, copy_whole, opened_copy
from blangko.store.saved import (
    being_made,
    free_name,
    make_folder,
    put_back_unless_proved,
    put_in_place,
    refuse_the_book,
    set_companions_aside,
    sync_folder,
)
from blangko.store.schema import SCHEMA_VERSION
from blangko.store.sqlite import SqliteBook, open_book, refuse_server

ROWS_AT_ONCE = 2000
"""So many entries go to a server in one statement."""


def backup(book: Book, target: str, today: date, watch: Watch | None = None) -> int:
    """Copy the book to `target`, prove the copy, and only then give it its name; the number of its entries.

    The copy of a book on a server is a file like any other book. The copy of a file is open to the same accounts as
    the book; `watch` is told how many of its pages are copied, and of how many.

    Raises:
        CannotCreate: The copy cannot be written.
        NotCopied: The book does not verify.
        NotAnOlderCopy: There is something else at `target`.
    """
    refuse_the_book(target, book.path)
    target = _linked(target)
    _refuse_to_replace(book, target)
    with _under_another_name(target, like=book.path) as building:
        # An unproved copy is worse than none: it would be found out on the day it is needed.
        if isinstance(book, SqliteBook):
            copy_book(book, building, watch)
        else:
            with book.reading():
                build_book(building, *snapshot(book))
        try:
            entries = _proved(building, today, target)
        except BadExport as error:
            raise NotCopied(path=book.path, reason=error.reason) from None
        before = _second_name(target, f"{building}.before") if os.path.exists(target) else None
        set_companions_aside(target)
        _named(building, target, before, today, target)
    return entries


def _named(building: str, target: str, kept: str | None, today: date, source: str) -> None:
    """Give a copy of `source` that is proved its name, and prove it there again; else what was `kept` stands again.

    What lies beside it under that name would be taken for a part of it.
    """
    with put_back_unless_proved(target, os.stat(building), kept):
        put_in_place(building, target)
        _proved(target, today, source)


def _refuse_to_replace(book: Book, target: str) -> None:
    """Refuse to copy over anything but an older copy of the same book, from which the book still goes on.

    Else a book that was begun anew, or cut off, would overwrite the only copy of what it lost.
    """
    if not os.path.lexists(target):
        return
    try:
        with opened_copy(target) as copied:
            code, (last_no, seal) = copied.office_code, copied.last()
    except PlantedFile:
        raise
    except BookUnreadable:
        raise NotAnOlderCopy(path=target) from None
    with book.reading():
        if code != book.office_code or (last_no and book.text(queries.SEAL_OF, entry_no=last_no) != seal):
            raise NotAnOlderCopy(path=target)


def copies_kept(book: Book) -> list[str]:
    """The names of the newest copies beside the book, the newest first."""
    return [os.path.basename(path) for path in newest_copies(book.copies_beside())]


def upgrade(place: str, target: str, today: date) -> int | None:
    """Bring the book at `place` to today's shape, after a copy of it went to `target`; the number of its old shape.

    None when the book has today's shape already: nothing is copied then.

    Raises:
        BookUnreadable: There is no book that could be upgraded, or it would not be whole afterwards.
        NotCopied, CannotCreate: As `backup`.
    """
    if is_server(place):
        # Its tables have one shape for all offices, which is looked at whenever it is opened.
        opening.open_book(place).close()
        return None
    with open_book(place, older=True) as book:
        found = book.version()
        if found == SCHEMA_VERSION:
            return None
        backup(book, target, today)
        # Proved inside the transaction, so that a book that is not whole keeps its old shape.
        with book.upgrading():
            if trouble := examine(book, today).first_error:
                raise DamagedBook(path=place, reason=trouble)
    return found


def forget_old_backups(place: str) -> list[str]:
    """Take away the copies beside the book that the rule does not keep; their names."""
    return forget_old(place)


def restore(place: str, source: str, taken: Snapshot | None, today: date, stamp: str) -> tuple[int, str | None]:
    """Make the copy at `source` the book at `place`; the number of its entries, and where the old book was put.

    A book that stands at `place` is kept beside it under another name, never overwritten.

    Args:
        place: Where the book is to be.
        source: The copy's file, or the name of what was `taken`.
        taken: The rows of an export, instead of a copy's file.
        today: The date in the office.
        stamp: This instant, for the name of what is kept.

    Raises:
        BookUnreadable: The copy is no book.
        BadExport: The copy does not verify.
        CannotCreate: The book cannot be written.
        ServerNotSupported: The place is a server's address.
    """
    refuse_server(place)
    place = _linked(place)
    with _under_another_name(place, like=place) as building:
        _build(building, source, taken)
        entries = _proved(building, today, source)
        with _nobody_writes(place):
            kept = _set_aside(place, stamp)
            # The journal of a book that could not be opened belongs to that book, and would ruin the new one.
            set_companions_aside(place, kept)
            sync_folder(place)
            _named(building, place, kept, today, source)
    return entries, kept


def bring_to_server(place: str, source: str, taken: Snapshot | None, today: date) -> tuple[str, int]:
    """Make the copy at `source`, or what was `taken` from an export, a new office of the database at `place`.

    Nothing is ever replaced there: an office that it holds already is refused. Proved as a file first, and its seals
    once more where it arrived.

    Returns:
        The office's code, and the number of its entries.

    Raises:
        OfficeExists, OtherOffice: The database holds the office already, or the place names another one.
        BadExport: The copy does not verify.
        BookUnreadable: As `store.postgres.new_office`.
    """
    from tempfile import TemporaryDirectory

    from blangko.store.postgres import new_office

    with TemporaryDirectory(prefix="blangko-") as folder:
        building = os.path.join(folder, "copy.db")
        Path(building).touch()
        _build(building, source, taken)
        entries = _proved(building, today, source)
        with open_book(building) as copied, copied.reading():
            code, last_no, seal, rows = snapshot(copied)
            _refuse_other(place, code)
            with new_office(place, code, last_no, seal) as book:
                named = (dict(zip(NAMES, row, strict=True)) for row in rows)
                # In parts, since a century of an office fills a small machine's memory.
                while part := list(islice(named, ROWS_AT_ONCE)):
                    book.add_rows(part)
                if broken_from(book, 1) or not holds(book, Mark(code, last_no, seal, today)):
                    raise NotKept(path=book.path)
    return code, entries


def _refuse_other(place: str, code: str) -> None:
    _, named = parted(place)
    if named not in (None, code):
        raise OtherOffice(path=shown(place), code=named, found=code)


def _build(building: str, source: str, taken: Snapshot | None) -> None:
    """Make the copy at `source`, or what was `taken`, a book of today at the new name `building`."""
    if taken:
        build_book(building, taken.office_code, taken.last_entry_no, taken.last_seal, taken.rows)
    else:
        _copy_from_elsewhere(source, building)
        _bring_up_to_date(building)


class Compared(NamedTuple):
    """A copy beside the book that it is to replace: the offices' codes, what it lacks, whether it is its past."""

    copied_code: str
    own_code: str
    lacking_entries: int
    is_its_past: bool


def compared(place: str, source: str, taken: Snapshot | None) -> Compared | None:
    """The copy at `source`, or `taken` from an export, beside the book at `place`; None where one cannot be read."""
    try:
        if taken is None:
            with opened_copy(source) as copied:
                code, (last_no, seal) = copied.office_code, copied.last()
        else:
            code, last_no, seal = taken[:3]
        with open_book(place, older=True) as book, book.reading():
            own_no, _ = book.last()
            is_its_past = last_no == 0 or book.text(queries.SEAL_OF, entry_no=last_no) == seal
            return Compared(code, book.office_code, max(own_no - last_no, 0), is_its_past)
    except BookUnreadable:
        return None


@contextmanager
def _under_another_name(target: str, like: str) -> Iterator[str]:
    """A name beside `target` to build under; whatever is left there is taken away.

    Only the owner may read what is built, and the group where it may write to the book that it is to be `like`.
    """
    building = ""
    try:
        mode = _mode(like)
        make_folder(target, mode)
        with being_made(target, mode) as building:
            yield building
    except (OSError, ValueError) as error:
        raise CannotCreate(path=target, reason=reason_of(error)) from None
    except sqlite3.Error as error:
        raise CannotCreate(path=target, reason=str(error)) from None
    except AboutFile as error:
        if error.path != building:
            raise
        # Nobody knows the file under its passing name.
        raise CannotCreate(path=target, reason=error.reason) from None


def _linked(path: str) -> str:
    """The file that a link names, which is what is replaced, and not the link; any other path as it is."""
    return os.path.realpath(path) if os.path.islink(path) else path


def _mode(path: str) -> int:
    try:
        return 0o660 if os.stat(path).st_mode & 0o020 else 0o600
    except OSError:
        return 0o600


@contextmanager
def _nobody_writes(place: str) -> Iterator[None]:
    """Hold the lock of the book that goes, so that nobody's entry is acknowledged in it while it goes.

    Whoever waits for the lock meanwhile finds that the file was replaced, and is told so. A file that is no book of
    ours is written by nobody; Windows gives no name anew while the file is open, so there the lock ends before.
    """
    with ExitStack() as held:
        try:
            old = held.enter_context(open_book(place, older=True))
            with old.told(writing=True):
                old.begin(writing=True)
            # Not kept but taken back: there is nothing in it, and the file is no longer the book.
            held.callback(old.rollback)
        except LockedBook:
            raise
        except BlangkoError:
            held.close()
        if os.name == "nt":
            held.close()
        yield


def _copy_from_elsewhere(source: str, building: str) -> None:
    try:
        copy_whole(source, building)
    except (ForeignFile, EmptyFile):
        raise BadExport(path=source, reason="it holds no book") from None


def _proved(building: str, today: date, source: str) -> int:
    """The number of entries of a copy that is proved whole."""
    try:
        with open_book(building, older=True) as copied:
            seen = examine(copied, today)
    except BookUnreadable as error:
        raise BadExport(path=source, reason=error.reason) from None
    if seen.first_error:
        raise BadExport(path=source, reason=seen.first_error)
    return seen.entries


def _bring_up_to_date(building: str) -> None:
    """Make the copy of an older book, which nobody else sees, a book of today."""
    with open_book(building, older=True) as copied:
        if copied.version() != SCHEMA_VERSION:
            with copied.upgrading():
                pass


def _set_aside(place: str, stamp: str) -> str | None:
    """Give the book at `place` a second name, so that at no moment there is none under the first; that name."""
    if not os.path.lexists(place):
        return None
    return _second_name(place, free_name(f"{place}.{stamp.replace(':', '').replace('-', '')}"))


def _second_name(place: str, kept: str) -> str:
    try:
        os.link(place, kept)
    except OSError:
        # Some file systems know no second names; there a copy does.
        shutil.copy2(place, kept)
    return kept


__all__ = ["backup", "backup_place", "compared", "copies_kept", "forget_old_backups", "restore", "upgrade"]

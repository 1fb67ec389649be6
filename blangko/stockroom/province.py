"""Between an office and its province: a book goes there as messages, and comes back as them.

Whoever receives a message goes on from what it holds, or finds there what it brings: the same message twice is one.
All of a message stands or nothing. Where the two books say different things under one number, nothing is taken in, and
both sides are kept: the one as the book that stands, the other as the message that was refused.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from blangko.core.columns import NAMES, SEALED
from blangko.core.message import MOST_ENTRIES, Message
from blangko.core.receipt import Seen
from blangko.core.seal import FIRST_SEAL, Mark, broken_seals
from blangko.errors import BrokenBook, DamagedBook
from blangko.errors.province import EntriesLacking, Forked, MessageOfAnother, SeenAndLost
from blangko.stockroom.files import Snapshot
from blangko.stockroom.seals import holds
from blangko.store import queries
from blangko.store.book import Book


class Received(NamedTuple):
    """What the receiving book holds of a message: its last entry and seal, and how many of its entries were new."""

    office_code: str
    entry_no: int
    seal: str
    added: int


def message_from(book: Book, first_no: int = 1, most: int = MOST_ENTRIES) -> Message:
    """The entries of the book from a number on, at most so many.

    Raises:
        BrokenBook: A seal among them is broken; nobody else is to build on it.
        DamagedBook: There is no entry before the first.
    """
    with book.reading():
        before = book.text(queries.SEAL_OF, entry_no=first_no - 1) if first_no > 1 else FIRST_SEAL
        rows = list(islice(book.each_row(queries.SEALED_ROWS_FROM, first_no=first_no), most))
    if before is None:
        raise DamagedBook(path=book.path, reason="its end is not as it was written")
    if broken := broken_seals(before, SEALED, rows):
        raise BrokenBook(path=book.path, reason=f"seal {broken[0]}")
    return Message(book.office_code, first_no, before, [tuple(row) for row in rows])


def to_send(book: Book, seen: Seen | None, is_whole: bool = False) -> Message:
    """What the province has not seen yet; all of the book where `is_whole`, or where it is not as the province saw it.

    With the whole book the province can tell from which entry on the two differ.

    Raises:
        SeenAndLost: The book ends before what the province has seen.
        BrokenBook: As `message_from`.
    """
    with book.reading():
        last_no, _ = book.last()
        if seen and seen.entry_no > last_no:
            raise SeenAndLost(entry_no=seen.entry_no, last_no=last_no, day=seen.on)
        goes_on = seen is not None and goes_on_from(book, seen)
        return message_from(book, seen.entry_no + 1 if seen and goes_on and not is_whole else 1)


def goes_on_from(book: Book, seen: Seen) -> bool:
    """Whether the book is still as the province saw it, up to there; call within `reading()`."""
    return holds(book, Mark(seen.office_code, seen.entry_no, seen.seal, seen.on))


def take_in(book: Book, message: Message) -> Received:
    """Go on with the book by a message, or find there what it brings; all of it, or nothing.

    Raises:
        MessageOfAnother, EntriesLacking, Forked: As their names say; nothing was written.
    """
    if message.office_code != book.office_code:
        raise MessageOfAnother(office_code=message.office_code, own_code=book.office_code)
    with book.writing():
        held_no, seal = book.last()
        if held_no and book.text(queries.SEAL_OF, entry_no=held_no) != seal:
            # Whatever followed would look like a forgery.
            raise DamagedBook(path=book.path, reason="its end is not as it was written")
        if message.from_no > held_no + 1:
            raise EntriesLacking(office_code=book.office_code, from_no=message.from_no, held_no=held_no)
        _refuse_fork(book, message, min(held_no, message.last_no))
        new = message.after(held_no)
        book.append_sealed(new)
    return Received(message.office_code, message.last_no, message.last_seal, len(new))


def _refuse_fork(book: Book, message: Message, shared_no: int) -> None:
    """Refuse a message that says something else than the book, up to the last entry that both have.

    Each seal covers all before it, so where two agree everything before agrees, and where they differ they stay so.
    """

    def differs(entry_no: int) -> bool:
        held = book.text(queries.SEAL_OF, entry_no=entry_no) if entry_no else FIRST_SEAL
        return held != message.seal_of(entry_no)

    if not differs(shared_no):
        return
    # The message begins with the seal before its first entry, which may differ as well.
    numbers = range(message.from_no - 1, shared_no + 1)
    first = numbers[bisect_left(numbers, True, key=differs)]
    raise Forked(office_code=book.office_code, entry_no=first, located=first >= message.from_no)


def as_snapshot(message: Message) -> Snapshot:
    """A message of a whole book as its rows, from which a book can be built."""
    places = [(*SEALED, "seal").index(name) for name in NAMES]
    rows = ([row[place] for place in places] for row in message.rows)
    return Snapshot(message.office_code, message.last_no, message.last_seal, rows)

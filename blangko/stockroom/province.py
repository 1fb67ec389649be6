"""Between an office and its province: a book goes there as messages, and comes back as them.

Whoever receives a message goes on from what it holds, or finds there what it brings: the same message twice is one.
All of a message stands or nothing. Where the two books say different things under one number, nothing is taken in, and
both sides are kept: the one as the book that stands, the other as the message that was refused.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from time import sleep
from typing import TYPE_CHECKING, NamedTuple

from blangko.core.columns import NAMES, SEALED
from blangko.core.message import MOST_ENTRIES, Held, Message
from blangko.core.receipt import Receipt, Seen
from blangko.core.seal import FIRST_SEAL, Mark, broken_seals
from blangko.errors import BrokenBook, DamagedBook
from blangko.errors.province import EntriesLacking, Forked, MessageOfAnother, NotReached, SeenAndLost
from blangko.errors.server import DatabaseInUse, NoSuchOffice
from blangko.stockroom.files import Snapshot
from blangko.stockroom.seals import holds
from blangko.store import pushes, queries
from blangko.store.book import Book

if TYPE_CHECKING:
    from blangko.store.postgres import Database

MOST_FORKS = 100
"""So many refused messages of an office are kept."""
PAUSES_SECONDS = (1.0, 3.0)
"""After a first and a second cut of the line, before the rest is sent."""


class Received(NamedTuple):
    """What the receiving book holds of a message: its last entry and seal, and how many of its entries were new."""

    office_code: str
    entry_no: int
    seal: str
    added: int


class Admitted(NamedTuple):
    """What a province answers to a message: its receipt, signed where its key was at hand, and how much was new."""

    receipt: Receipt
    added: int


def unsigned(receipt: Receipt) -> Receipt:
    """The receipt as it is: where an office writes into the database by itself, nobody signs at once."""
    return receipt


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
    return book.written(lambda: _taken_in(book, message))


def _taken_in(book: Book, message: Message) -> Received:
    """What `take_in` does with the lock held."""
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


# --- At the province, in a database of several offices --------------------------------------------


def opened(place: str) -> Database:
    """The province's database at that address; an empty one gets its tables first.

    Raises:
        BlangkoError: It is not there for this role.
    """
    from blangko.store.postgres import prepared_database

    return prepared_database(place)


class Caller(NamedTuple):
    """An office at the province's door, and the database that keeps its book."""

    database: Database
    office_code: str

    @property
    def book(self) -> Book:
        return self.database.book(self.office_code)


@contextmanager
def called(place: str, token: str) -> Iterator[Caller | None]:
    """The office that a token lets in at the door of the province's database; None where it is nobody's.

    Raises:
        BookUnreadable: The database is not there.
    """
    from blangko.store import tokens
    from blangko.store.postgres import open_database

    with open_database(place) as database:
        code = tokens.office_of(database, token)
        yield None if code is None else Caller(database, code)


def receive(
    database: Database,
    message: Message,
    packed: bytes,
    at: str,
    sender: str,
    sign: Callable[[Receipt], Receipt] = unsigned,
) -> Admitted:
    """Take a message into the database, and write down that it came; an office that is new there is admitted by it.

    Args:
        database: Open, with the rights of whoever brings the message.
        message: What came.
        packed: The same as it came, to be kept where it is refused as a fork.
        at: This instant, as the book records it.
        sender: Who brought it.
        sign: Signs the receipt, where the province's key is at hand.

    Raises:
        EntriesLacking: As `take_in`; a new office's message has to begin with its first entry.
        Forked: The message is kept as evidence, beside the book that stands.
    """
    book = database.book(message.office_code)
    with database.reading():
        ((now,),) = database.rows(pushes.SERVER_NOW)
    at = min(at, now)

    def task() -> Admitted:
        done = _taken_in(book, message)
        receipt = sign(Receipt(done.office_code, done.entry_no, done.seal, at))
        _write_down(book, receipt, sender)
        return Admitted(receipt, done.added)

    try:
        try:
            return book.written(task)
        except NoSuchOffice:
            return _admitted(database, book, message, task)
    except Forked as parted:
        _keep_evidence(book, parted, message, packed, at, sender)
        raise


def _admitted(database: Database, book: Book, message: Message, task: Callable[[], Admitted]) -> Admitted:
    """The same for an office that the database does not hold yet: it comes with its entries, or not at all."""
    if message.from_no > 1 or not message.rows:
        raise EntriesLacking(office_code=message.office_code, from_no=message.from_no, held_no=0)
    from blangko.store.postgres import LOCK_OFFICE

    with database.told(writing=True), database.transaction():
        book.rows(pushes.ADMIT_OFFICE, last_entry_no=0, last_seal=FIRST_SEAL)
        book.rows(LOCK_OFFICE)
        return task()


def _write_down(book: Book, receipt: Receipt, sender: str) -> None:
    book.rows(pushes.ADD_PUSH, **receipt._asdict(), sender=sender)


def _keep_evidence(book: Book, parted: Forked, message: Message, packed: bytes, at: str, sender: str) -> None:
    def task() -> None:
        kept = book.number(pushes.FORKS_KEPT) or 0
        # Whoever may send could fill the disk with them; the first ones tell all that there is to tell.
        if kept < MOST_FORKS:
            told = b64encode(packed).decode()
            book.rows(
                pushes.ADD_FORK,
                entry_no=parted.entry_no, seal=message.last_seal, message=told, arrived_at=at, sender=sender,
            )  # fmt: skip

    book.written(task)


def load_at_once(place: str, messages: Iterable[Message]) -> int:
    """Bring the whole books of many offices into a database that holds none yet; how many entries that were.

    What came of them is written down when each is received; in a database that holds offices already nothing is done.

    Raises:
        DamagedBook: A book does not prove whole, and nothing of any stands.
        CannotCreate: This role is not the owner of the tables.
    """
    from blangko.store.bulk import first_load

    with suppress(DatabaseInUse):
        return first_load(place, map(as_snapshot, messages))
    return 0


def last_refused(book: Book) -> bytes | None:
    """The message of the office that was refused last, as it came; None where none was."""
    with book.reading():
        kept = book.text(pushes.LAST_REFUSED)
    return b64decode(kept) if kept else None


def sign_received(database: Database, sign: Callable[[Receipt], Receipt], at: str, sender: str) -> list[Receipt]:
    """Sign what offices brought by themselves since the last time, where the province's key is at hand; the receipts.

    Each is for what the book says there now: the province signs what it sees, and not what somebody wrote down.
    """
    with database.reading():
        waiting = database.rows(pushes.UNSIGNED_PUSHES)
    return [sign_seen(database.book(code), entry_no, sign, at, sender) for code, entry_no in waiting]


def sign_seen(book: Book, entry_no: int, sign: Callable[[Receipt], Receipt], at: str, sender: str) -> Receipt:
    """A signed receipt for the book up to an entry, written down beside it."""

    def task() -> Receipt:
        seal = book.text(queries.SEAL_OF, entry_no=entry_no)
        if seal is None:
            raise DamagedBook(path=book.path, reason="its end is not as it was written")
        receipt = sign(Receipt(book.office_code, entry_no, seal, at))
        _write_down(book, receipt, sender)
        return receipt

    return book.written(task)


def receipts_of(book: Book) -> list[Receipt]:
    """The furthest receipt of the office that the database has, and the furthest signed one."""
    with book.reading():
        rows = book.rows(pushes.LAST_PUSH) + book.rows(pushes.LAST_SIGNED_PUSH)
    return [Receipt(book.office_code, *row) for row in dict.fromkeys(rows)]


# --- From the office to the province ------------------------------------------------------------------


def held_of(book: Book, at_no: int) -> Held:
    """How far this book goes, for an office whose own one ends with `at_no`; nothing is held of an unknown office."""
    with book.reading():
        for entry_no, seal in book.rows(queries.THE_OFFICE):
            seal_at = book.text(queries.SEAL_OF, entry_no=at_no) if at_no else FIRST_SEAL
            return Held(entry_no, seal, seal_at, book.text(queries.LAST_RECORDED_AT) or "")
    return Held(0, FIRST_SEAL, None, "")


def lacking(book: Book, held: Held) -> Iterator[Message]:
    """What somebody who holds so much lacks of the book, in as many messages as it takes, one of them at least.

    Where the two books part all of it is sent: so the other side can tell from which entry on.

    Raises:
        SeenAndLost: The other side goes on from the end of this book: an older copy was brought back here.
    """
    with book.reading():
        last_no, last_seal = book.last()
        if held.entry_no > last_no and held.seal_at == last_seal:
            raise SeenAndLost(entry_no=held.entry_no, last_no=last_no, day=book.day(held.last_at[:10]))
        goes_on = held.entry_no == 0 or book.text(queries.SEAL_OF, entry_no=held.entry_no) == held.seal
    first = held.entry_no + 1 if goes_on else 1
    while True:
        message = message_from(book, first)
        yield message
        if len(message.rows) < MOST_ENTRIES:
            return
        first = message.last_no + 1


class Brought(NamedTuple):
    """What the province has of the book now, by its receipt, and how many entries it had not before."""

    receipt: Receipt
    added: int


def bring(
    book: Book,
    ask: Callable[[int], Held],
    send: Callable[[Message], Receipt],
    pauses: Iterable[float] = PAUSES_SECONDS,
) -> Brought:
    """Bring the province what it lacks of the book; where the line is cut, go on from what has come by then.

    Args:
        book: The office's.
        ask: How far the province has it, for a book that ends with this number.
        send: The receipt for a message.
        pauses: How long is waited after each cut, in seconds. Where nobody answered at all nothing is waited for.

    Raises:
        NotReached: It says how many entries wait.
        EntriesLacking, Forked, SeenAndLost, BrokenBook: As their names say.
    """
    (last_no, _), first_no, left = book.last(), None, iter(pauses)
    waiting = last_no
    while True:
        try:
            held = ask(last_no)
            first_no = held.entry_no if first_no is None else first_no
            waiting = max(last_no - held.entry_no, 0)
            for message in lacking(book, held):
                receipt = send(message)
                waiting = max(last_no - message.last_no, 0)
            return Brought(receipt, max(receipt.entry_no - first_no, 0))
        except NotReached as error:
            pause = None if first_no is None else next(left, None)
            if pause is None:
                raise NotReached(target=error.target, reason=error.reason, waiting=waiting) from None
            sleep(pause)

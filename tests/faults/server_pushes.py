"""Faults of a book on its way to the province: cut off, forged, twice at once, or another under the same numbers."""

from __future__ import annotations

import gzip
import random
import threading
from collections.abc import Iterator, Sequence
from itertools import count
from operator import itemgetter

from blangko.core.columns import NAMES, SEALED
from blangko.core.message import Message, sealed_message
from blangko.core.seal import FIRST_SEAL
from blangko.errors import BlangkoError
from blangko.errors.province import BadMessage, Forked
from blangko.exchange.push import message_bytes, read_message
from blangko.stockroom.province import receive
from blangko.store.postgres import open_database
from tests import postgres
from tests.benchmarks.nation import office_book
from tests.faults.cut import TO_CLIENT, TO_SERVER, line
from tests.faults.office import DAY, entries
from tests.faults.server import begun_on
from tests.faults.tally import Tally, summed

ELSEWHERE = "61.04"
"""The office that the database has already; the books that are sent are those of others."""
_codes = count(1)
_CARDS = SEALED.index("cards")
_sealed_values = itemgetter(*map(NAMES.index, SEALED))


def book_of(entries_wanted: int, code: str) -> Message:
    """The whole book of an office, as a message of so many entries."""
    rows = office_book(code, entries_wanted // 29 + 2).rows[:entries_wanted]
    return _sealed(code, [_sealed_values(row) for row in rows])


def _sealed(code: str, rows: Sequence[Sequence[object]]) -> Message:
    return sealed_message(code, 1, FIRST_SEAL, rows)  # type: ignore[arg-type]


def new_code() -> str:
    """An office that no database has yet."""
    return f"71.{next(_codes):05}"


def brought(place: str, message: Message) -> int:
    """Bring a message to the province; how many of its entries were new there."""
    with open_database(place) as database:
        packed = message_bytes(message)
        return receive(database, message, packed, f"{DAY}T09:00:00Z", "siti").added


def held(place: str, code: str) -> int:
    """How many entries of an office the province holds; 0 of one that it does not know."""
    with open_database(place) as database:
        return next((office.last_entry_no for office in database.offices() if office.code == code), 0)


# --- Twice at once --------------------------------------------------------------------------------


def twice_at_once(server: postgres.Server, tries: int, senders: int = 2) -> Tally:
    """The same book brought by two at the same moment: first when it is new there, then when it has grown."""
    place = begun_on(server, code=ELSEWHERE)
    return summed(f"{senders} pushes at once", [_at_once(place, senders) for _ in range(tries)])


def _at_once(place: str, senders: int) -> Tally:
    code = new_code()
    whole = book_of(90, code)
    begun = _sealed(code, [row[:-1] for row in whole.rows[:40]])
    tallies = [_brought_by(place, message, senders) for message in (begun, whole)]
    assert entries(f"{place.partition('#')[0]}#{code}") == len(whole.rows)
    return summed("pushes at once", tallies)


def _brought_by(place: str, message: Message, senders: int) -> Tally:
    before = held(place, message.office_code)
    start, added, failed = threading.Barrier(senders), [], []

    def bring() -> None:
        start.wait()
        try:
            added.append(brought(place, message))
        except BlangkoError as error:
            failed.append(error)

    working = [threading.Thread(target=bring) for _ in range(senders)]
    for each in working:
        each.start()
    for each in working:
        each.join()
    stands, new = held(place, message.office_code), len(message.rows) - before
    return Tally(
        "pushes at once",
        senders,
        acknowledged=len(added),
        lost=int(stands < len(message.rows)),
        doubled=int(sum(added) != new),
        misleading=len(failed) + senders - len(added) - len(failed),
    )


# --- Cut off --------------------------------------------------------------------------------------


def cut_messages(server: postgres.Server, tries: int) -> Tally:
    """A message that ends after so many of its bytes, one after the other up to the last but one."""
    place = begun_on(server, code=ELSEWHERE)
    message = book_of(300, new_code())
    packed = message_bytes(message)
    tally = summed("message cut off", [_read_cut(packed[:most]) for most in steps(len(packed), tries)])
    return tally._replace(damaged=int(held(place, message.office_code) != 0))


def _read_cut(packed: bytes) -> Tally:
    try:
        read_message(packed, "a stick")
    except BadMessage:
        return Tally("message cut off", 1, refused=1)
    return Tally("message cut off", 1, misleading=1)


def steps(size: int, tries: int) -> list[int]:
    """So many numbers from 0 to one less than the size, as evenly as whole numbers allow."""
    return sorted({number * (size - 1) // max(tries - 1, 1) for number in range(tries)})


def cut_lines(server: postgres.Server, tries: int) -> Iterator[Tally]:
    """The line of a push cut after so many bytes, one after the other, either way; then the same push again."""
    place = begun_on(server, code=ELSEWHERE)
    with line(place) as (through, whole):
        brought(through, book_of(60, new_code()))
    for way in (TO_SERVER, TO_CLIENT):
        cuts = steps(whole.passed[way], tries)
        yield summed(f"push cut {way}", [_cut(place, way, most + 1) for most in cuts])


def _cut(place: str, way: str, most: int) -> Tally:
    message = book_of(60, new_code())
    added, code = 0, 0
    with line(place, way, most) as (through, _):
        try:
            added = brought(through, message)
        except BlangkoError as error:
            code = error.exit_code
    stood = held(place, message.office_code)
    brought(place, message)
    stands, whole = held(place, message.office_code), len(message.rows)
    return Tally(
        f"push cut {way}",
        1,
        acknowledged=int(bool(added)),
        lost=int((added and stood != whole) or stands < whole),
        damaged=int(stood not in (0, whole)),
        refused=int(not added),
        doubled=int(stands > whole),
        misleading=int(not added and code not in (1, 3)),
    )


# --- Forged, and parted ---------------------------------------------------------------------------


def forged(server: postgres.Server, tries: int, seed: int) -> Tally:
    """One byte of the entries changed on the way, whatever it is."""
    place, chance = begun_on(server, code=ELSEWHERE), random.Random(seed)
    message = book_of(100, new_code())
    head, _, lines = gzip.decompress(message_bytes(message)).partition(b"\n")
    tally = summed("forged on the way", [_forged(head, lines, chance) for _ in range(tries)])
    return tally._replace(damaged=int(held(place, message.office_code) != 0))


def _forged(head: bytes, lines: bytes, chance: random.Random) -> Tally:
    place = chance.randrange(len(lines))
    other = chance.choice([byte for byte in range(256) if byte != lines[place]])
    changed = lines[:place] + bytes([other]) + lines[place + 1 :]
    try:
        read = read_message(gzip.compress(head + b"\n" + changed), "a stick")
    except BadMessage:
        return Tally("forged on the way", 1, refused=1, found=1)
    # Another way of writing the same entry, such as a blank between two values, changes nothing.
    same = read.rows == read_message(gzip.compress(head + b"\n" + lines), "a stick").rows
    return Tally("forged on the way", 1, acknowledged=int(same), hidden=int(not same))


def forks(server: postgres.Server, depths: Sequence[int], size: int) -> Tally:
    """Another book under the same numbers, which parts from the one that the province holds at each of the depths."""
    place = begun_on(server, code=ELSEWHERE)
    code = new_code()
    held_book = book_of(size, code)
    brought(place, held_book)
    tally = summed("fork", [_parted(place, held_book, depth) for depth in depths])
    kept = held(place, code)
    assert entries(f"{place.partition('#')[0]}#{code}") == kept
    return tally._replace(damaged=int(kept != size))


def _parted(place: str, held_book: Message, depth: int) -> Tally:
    rows = [list(row[:-1]) for row in held_book.rows]
    rows[depth - 1][_CARDS] = 1 if rows[depth - 1][_CARDS] is None else rows[depth - 1][_CARDS] + 1
    other = _sealed(held_book.office_code, rows)
    try:
        brought(place, other)
    except Forked as parted:
        return Tally("fork", 1, refused=1, found=1, misleading=int(parted.entry_no != depth))
    return Tally("fork", 1, hidden=1)

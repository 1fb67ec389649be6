"""An office-year brought to the province: `python -m tests.benchmarks.server_pushing`.

Each office is new to the database. Its message is read, its seals computed, and its entries taken in with every guard
on; against a COPY of the same rows into the same tables, under the same guards.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from blangko.core.columns import NAMES, SEALED
from blangko.core.message import sealed_message
from blangko.core.seal import FIRST_SEAL
from blangko.exchange.push import message_bytes, read_message
from blangko.stockroom.province import receive
from blangko.store import queries
from blangko.store.bulk import COPY_ENTRIES
from blangko.store.postgres import Database, open_database
from tests.benchmarks.measure import Figure, medians, shown
from tests.benchmarks.nation import FORTNIGHTS_A_YEAR, OfficeBook, codes, office_book
from tests.benchmarks.office import TODAY
from tests.benchmarks.server_loading import with_tables
from tests.benchmarks.server_writing import a_server

ALLOWED = 1.5
REPETITIONS = 40
_sealed_values = itemgetter(*map(NAMES.index, SEALED))


def main() -> int:
    every = [office_book(code, FORTNIGHTS_A_YEAR) for code in codes(2 * (REPETITIONS + 1))]
    packed = [_packed(book) for book in every[::2]]
    with a_server() as server, open_database(with_tables(server, "pushing")) as database:
        seen = medians(
            {
                "push": _each(packed, lambda message: push(database, message)),
                "guarded COPY": _each(every[1::2], lambda book: guarded_copy(database, book)),
            },
            REPETITIONS,
        )
    kilobytes, entries = len(packed[0]) / 1024, every[0].last_entry_no
    print(f"an office-year of {entries} entries is a message of {kilobytes:.1f} KiB; " + _told(seen, entries))
    return shown([Figure("push of an office-year, × guarded COPY", seen["push"] / seen["guarded COPY"], ALLOWED)])


def _told(seconds: dict[str, float], entries: int) -> str:
    return ", ".join(f"{name} {1e6 * taken / entries:.0f} µs an entry" for name, taken in seconds.items())


def _each(of: Sequence[Any], task: Callable[[Any], None]) -> Callable[[], None]:
    """The task with the next of them each time."""
    following: Iterator[Any] = iter(of)
    return lambda: task(next(following))


def _packed(book: OfficeBook) -> bytes:
    return message_bytes(sealed_message(book.office_code, 1, FIRST_SEAL, map(_sealed_values, book.rows)))


def push(database: Database, packed: bytes) -> None:
    receive(database, read_message(packed, "a message"), packed, f"{TODAY}T09:00:00Z", "siti")


def guarded_copy(database: Database, book: OfficeBook) -> None:
    """The rows as they are, into the tables with all that guards them."""
    connection, end = database.connection, {"last_entry_no": 0, "last_seal": FIRST_SEAL}
    with connection.transaction():
        database.rows(queries.ADD_OFFICE, office_code=book.office_code, **end)
        with connection.cursor() as cursor, cursor.copy(COPY_ENTRIES) as copied:
            for row in book.rows:
                copied.write_row(row)
        end = {"last_entry_no": book.last_entry_no, "last_seal": book.last_seal}
        database.rows(queries.MOVE_OFFICE_ON, office_code=book.office_code, **end)


if __name__ == "__main__":
    sys.exit(main())

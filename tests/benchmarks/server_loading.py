"""The books of the whole nation brought into a server: `python -m tests.benchmarks.server_loading [OFFICES [YEARS]]`.

Once by a raw COPY into a table that has nothing but its columns; once as a first load, which makes its indexes
afterwards and proves every seal; and once office by office with every guard on, as messages bring them. All of it takes
a quarter of an hour; with fewer offices, the first so many of the nation, less.
"""

from __future__ import annotations

import marshal
import sys
import tempfile
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path
from time import perf_counter

from blangko.core.columns import COLUMNS, NAMES, SEALED, WHOLE
from blangko.core.seal import FIRST_SEAL
from blangko.store import queries
from blangko.store.bulk import COPY_ENTRIES, first_load
from blangko.store.postgres import Database, connected, open_database
from blangko.store.postgres_schema import create_schema
from tests import postgres
from tests.benchmarks.measure import Figure, shown
from tests.benchmarks.nation import YEARS, OfficeBook, books
from tests.benchmarks.server_writing import a_server

ALLOWED_GUARDED, ALLOWED_FIRST = 1 / 0.03, 1 / 0.15
_RAW = ", ".join(f"{column.name} {'integer' if column.holds == WHOLE else 'text'}" for column in COLUMNS)
_sealed = itemgetter(*map(NAMES.index, (*SEALED, "seal")))


def main() -> int:
    offices = int(sys.argv[1]) if len(sys.argv) > 1 else None
    years = int(sys.argv[2]) if len(sys.argv) > 2 else YEARS
    with a_server() as server, tempfile.TemporaryDirectory() as folder:
        entries = keep(Path(folder), books(offices, years))
        print(f"{entries:,} entries", flush=True)
        raw = seconds(lambda: raw_copy(server, Path(folder)))
        first = seconds(lambda: first_loaded(server, Path(folder)))
        guarded = seconds(lambda: guarded_load(server, Path(folder)))
    for name, taken in (("raw COPY", raw), ("first load", first), ("every guard on", guarded)):
        print(f"{name}: {taken:.0f} s, {1e6 * taken / entries:.1f} µs an entry")
    return shown(
        [
            Figure("first load, × raw COPY", first / raw, ALLOWED_FIRST),
            Figure("every guard on, × raw COPY", guarded / raw, ALLOWED_GUARDED),
        ]
    )


def seconds(task: Callable[[], object]) -> float:
    begun = perf_counter()
    task()
    return perf_counter() - begun


# --- The books ------------------------------------------------------------------------------------


def keep(folder: Path, made: Iterator[OfficeBook]) -> int:
    """Put books into a folder, so that to make them is not measured; how many entries they hold."""
    entries = 0
    for book in made:
        (folder / book.office_code).write_bytes(marshal.dumps(book.rows))
        entries += book.last_entry_no
    return entries


def kept(folder: Path) -> Iterator[OfficeBook]:
    """The books of a folder."""
    for file in sorted(folder.iterdir()):
        yield OfficeBook(file.name, marshal.loads(file.read_bytes()))


# --- The three ways in ----------------------------------------------------------------------------


def raw_copy(server: postgres.Server, folder: Path) -> None:
    with connected(server.address()) as database:
        database.connection.execute(f"CREATE TABLE raw ({_RAW})")
        with database.connection.cursor() as cursor, cursor.copy(COPY_ENTRIES.replace("entry", "raw", 1)) as copied:
            for book in kept(folder):
                for row in book.rows:
                    copied.write_row(row)
        database.connection.execute("DROP TABLE raw")


def first_loaded(server: postgres.Server, folder: Path) -> None:
    with connected(server.address()) as administrator:
        administrator.connection.execute("CREATE DATABASE first TEMPLATE template0 STRATEGY wal_log")
    first_load(server.address("first"), kept(folder))


def guarded_load(server: postgres.Server, folder: Path) -> None:
    with open_database(with_tables(server, "guarded")) as database:
        for book in kept(folder):
            bring_in(database, book)


def bring_in(database: Database, book: OfficeBook) -> None:
    """One office and its whole book, entry by entry through every guard."""
    end = {"last_entry_no": 0, "last_seal": FIRST_SEAL}
    database.rows(queries.ADD_OFFICE, office_code=book.office_code, **end)
    with database.writing(book.office_code) as written:
        written.append_sealed(map(_sealed, book.rows))


def with_tables(server: postgres.Server, name: str) -> str:
    """A new database with the program's tables and no office; its place."""
    with connected(server.address()) as administrator:
        administrator.connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY wal_log")
    with connected(server.address(name)) as database, database.told(writing=True):
        database.begin(writing=True)
        create_schema(database.connection)
        database.commit()
    return server.address(name)


if __name__ == "__main__":
    sys.exit(main())

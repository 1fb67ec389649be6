"""All offices of the nation at a glance: `python -m tests.benchmarks.server_overview [OFFICES [YEARS]]`.

Against one sum over all entries, which the server makes in one statement: where nothing was written since the last
look, on the next day, and where every digest has to be made from nothing. And how one office is answered that has the
database for itself, and in the database of all. To load the nation takes some minutes; with fewer offices less.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from blangko.core.answer import answer
from blangko.stockroom import look, open_book
from blangko.stockroom.overview import overview
from blangko.store.bulk import first_load
from blangko.store.postgres import connected
from tests import postgres
from tests.benchmarks.measure import Figure, medians, shown
from tests.benchmarks.nation import YEARS, books, codes
from tests.benchmarks.office import TODAY
from tests.benchmarks.server_loading import keep, kept
from tests.benchmarks.server_writing import a_server

ALLOWED_WARM, ALLOWED_ANEW, ALLOWED_STATUS = 2.0, 6.0, 1.2
REPETITIONS = 7
SUM_OF_ALL = (
    "SELECT office_code, SUM(CASE WHEN to_place = 'shelf' THEN cards WHEN from_place = 'shelf' THEN -cards END),"
    " COUNT(*), MAX(occurred_on) FROM entry GROUP BY office_code"
)


def main() -> int:
    offices = int(sys.argv[1]) if len(sys.argv) > 1 else None
    years = int(sys.argv[2]) if len(sys.argv) > 2 else YEARS
    with a_server() as server, tempfile.TemporaryDirectory() as folder:
        entries = keep(Path(folder), books(offices, years))
        every = loaded(server, "every", Path(folder), None)
        code = codes(offices)[-1]
        alone = loaded(server, "alone", Path(folder), code)
        print(f"{entries:,} entries", flush=True)
        seen = medians(
            {
                "sum": lambda: one_sum(every),
                "anew": lambda: overview_anew(every),
                "warm": lambda: overview(every, TODAY, None),
                "next day": lambda: overview(every, TODAY + timedelta(days=1), None),
                "status in all": status_of(f"{every}#{code}"),
                "status alone": status_of(alone),
            },
            REPETITIONS,
        )
    print(", ".join(f"{name} {1000 * taken:.0f} ms" for name, taken in seen.items()))
    return shown(
        [
            Figure("overview, nothing written since, × one sum", seen["warm"] / seen["sum"], ALLOWED_WARM),
            Figure("overview, a day later, × one sum", seen["next day"] / seen["sum"], ALLOWED_ANEW),
            Figure("overview, all made from nothing, × one sum", seen["anew"] / seen["sum"], ALLOWED_ANEW),
            Figure("status among all, × alone", seen["status in all"] / seen["status alone"], ALLOWED_STATUS),
        ]
    )


def loaded(server: postgres.Server, name: str, folder: Path, code: str | None) -> str:
    """A database with the books of a folder, or the one of an office; its place."""
    with connected(server.address()) as administrator:
        administrator.connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY wal_log")
    chosen = (book for book in kept(folder) if code in (None, book.office_code))
    first_load(server.address(name), chosen)
    with connected(server.address(name)) as database:
        # As the server does by itself after a while.
        database.connection.execute("VACUUM ANALYZE")
    return server.address(name)


def one_sum(place: str) -> None:
    with connected(place) as database:
        database.rows(SUM_OF_ALL)


def overview_anew(place: str) -> None:
    with connected(place) as database:
        database.rows("DELETE FROM digest")
    overview(place, TODAY, None)


def status_of(place: str) -> Callable[[], None]:
    """What `status` does with a book, after it was opened."""
    book = open_book(place)

    def look_at() -> None:
        for _ in range(5):
            with book.reading():
                answer(look.facts(book, TODAY))

    return look_at


if __name__ == "__main__":
    sys.exit(main())

"""One entry after the other on a server, by two writers: `python -m tests.benchmarks.server_writing`.

Against pgbench, which runs the same statements as often as it can: each on the office of its own, and both on one.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from blangko.core.entry import Entry, movement
from blangko.store import queries
from blangko.store.postgres import LOCK_OFFICE, add_office, connected, open_book
from tests import postgres
from tests.benchmarks.measure import Figure, shown
from tests.benchmarks.office import TODAY

OFFICES = ("61.03", "61.04")
WRITERS = len(OFFICES)
ROUNDS, SECONDS = 5, 4
ALLOWED = 1 / 0.6
RECORDED = {"recorded_at": f"{TODAY}T09:00:00Z", "recorded_by": "siti"}
A_PRINT = movement("print", TODAY, 7, **RECORDED)
WRITER = """
import sys, time
from tests.benchmarks.server_writing import A_PRINT
from blangko.store.postgres import open_book
written, begun = 0, time.perf_counter()
with open_book(sys.argv[1]) as book:
    while time.perf_counter() < begun + float(sys.argv[2]):
        with book.writing():
            book.append([A_PRINT])
        written += 1
print(written / (time.perf_counter() - begun))
"""


def main() -> int:
    with a_server() as server, tempfile.TemporaryDirectory() as folder:
        place = begun(server, "program")
        begun(server, "pgbench")
        script = Path(folder, "entry.sql")
        script.write_text(the_same_statements(), encoding="utf-8")
        rates = in_turn(
            {
                "pgbench": lambda: pgbench(server, script),
                "two offices": lambda: written(place, OFFICES),
                "one office": lambda: written(place, OFFICES[:1] * WRITERS),
            }
        )
        whole = [no_gap(f"{place}#{code}") for code in OFFICES]
    print("entries a second: " + ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items()))
    print(f"{sum(whole)} entries, numbered without gaps\n")
    return shown([Figure("two writers, pgbench ÷ program", rates["pgbench"] / rates["two offices"], ALLOWED)])


@contextmanager
def a_server() -> Iterator[postgres.Server]:
    """A server that keeps what it says it keeps, as that of a province."""
    server = postgres.Server(settings="", in_memory=False)
    try:
        yield server
    finally:
        server.remove()


def begun(server: postgres.Server, database: str) -> str:
    """A new database in which both offices have begun."""
    with connected(server.address()) as administrator:
        administrator.connection.execute(f"CREATE DATABASE {database} TEMPLATE template0")
    for code in OFFICES:
        add_office(server.address(database), code, [[movement("opening", TODAY, 100_000_000, **RECORDED)]])
    return server.address(database)


def in_turn(tasks: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The median of what each task gives, all of them in turn in every round; a first round is not counted."""
    rounds = [{name: task() for name, task in tasks.items()} for _ in range(ROUNDS + 1)]
    return {name: median(each[name] for each in rounds[1:]) for name in tasks}


def written(place: str, codes: Sequence[str]) -> float:
    """The entries a second of one writer for each of the codes, all at once."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"{place}#{code}", str(SECONDS)], stdout=subprocess.PIPE, text=True
        )
        for code in codes
    ]
    return sum(float(writer.communicate()[0]) for writer in writers)


def no_gap(place: str) -> int:
    """The number of entries of a book whose numbers have no gap."""
    with open_book(place) as book, book.reading():
        ((entries, last_no),) = book.rows("SELECT COUNT(*), MAX(entry_no) FROM entry WHERE office_code = :office_code")
        if entries != last_no or book.last()[0] != last_no:
            raise RuntimeError(f"{place} has gaps")
    return int(entries)


# --- pgbench --------------------------------------------------------------------------------------


def pgbench(server: postgres.Server, script: Path) -> float:
    """The entries a second of one pgbench for each office, all at once."""
    given = {name: value for name, value in _row(A_PRINT).items() if value not in (None, "", 0)} | {"seal": "0" * 64}
    bench = [server.program("pgbench"), "-n", "-M", "prepared", "-T", str(SECONDS), "-f", str(script)]
    working = []
    for code in OFFICES:
        chosen = [word for name, value in {**given, "office_code": code}.items() for word in ("-D", f"{name}={value}")]
        words = [*bench, *chosen, server.address("pgbench")]
        working.append(subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True))
    said = [each.communicate()[0] for each in working]
    return sum(float(line.split()[2]) for text in said for line in text.splitlines() if line.startswith("tps"))


def the_same_statements() -> str:
    """What the program runs for one entry, in its order; pgbench writes places as it does. Only the seal is fixed."""
    empty = [name for name, value in _row(A_PRINT).items() if value is None]
    add = re.sub(rf":({'|'.join(empty)})\b", "NULL", queries.ADD_ENTRY)
    lines = [
        "BEGIN ISOLATION LEVEL READ COMMITTED;",
        f"{LOCK_OFFICE};",
        f"{queries.THE_OFFICE} \\gset",
        "\\set entry_no :last_entry_no",
        f"{queries.SEAL_OF};",
        "\\set entry_no :last_entry_no + 1",
        "\\set batch_no :entry_no",
        "\\set first_no :entry_no",
        f"{add};",
        "\\set last_entry_no :entry_no",
        f"{queries.MOVE_OFFICE_ON};",
        f"{queries.SEALED_ROWS_FROM};",
        f"{queries.THE_OFFICE};",
        "COMMIT;",
    ]
    return "".join(f"{line}\n" for line in lines)


def _row(entry: Entry) -> dict[str, Any]:
    return {**entry._asdict(), "occurred_on": entry.occurred_on.isoformat()}


if __name__ == "__main__":
    sys.exit(main())

"""What trust costs: `python -m tests.benchmarks.trust`.

The seals of an office-year as the alert follows them, in a process that has done nothing before; then the proof, the
copy and the return of a century of one office, each as a ratio to the same on a year.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from blangko.stockroom import open_book
from blangko.stockroom.copies import backup, restore
from blangko.stockroom.proof import examine
from blangko.stockroom.seals import SEALS_CHECKED_DAILY
from tests.benchmarks.measure import Figure, medians, shown
from tests.benchmarks.office import TODAY, make_book

YEAR, CENTURY = 750, 75_000
ALLOWED_SEALS_MS = 3.0
ALLOWED_GROWTH = 125.0
"""A hundred times the entries, and a quarter for what does not fit a processor's cache any more."""
ROUNDS = 21
SEALS = """
import gc, sys
gc.disable()
from time import perf_counter
from blangko.stockroom import seals
from tests.benchmarks.office import TODAY
with open_book(sys.argv[1]) as book:
    begun = perf_counter()
    held = seals.proved_seals(book, TODAY)
    print(1000 * (perf_counter() - begun))
    assert held
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        year, century = Path(folder, "year.db"), Path(folder, "century.db")
        make_book(year, YEAR)
        make_book(century, CENTURY)
        seals = median(_seals_ms(year) for _ in range(ROUNDS))
        seconds = medians({**_tasks("year", year), **_tasks("century", century)}, repetitions=3)
    print(f"alert follows {SEALS_CHECKED_DAILY} seals; medians of {ROUNDS} new processes, of 3 runs in turn below")
    print(", ".join(f"{name} {1000 * each:.0f} ms" for name, each in seconds.items()) + "\n")
    growth = [
        Figure(
            f"{task}, {CENTURY:,} entries, × {YEAR}",
            seconds[f"{task} century"] / seconds[f"{task} year"],
            ALLOWED_GROWTH,
        )
        for task in ("verify", "backup", "restore")
    ]
    return shown([Figure("seals of an office-year in alert, ms", seals, ALLOWED_SEALS_MS), *growth])


def _seals_ms(book: Path) -> float:
    done = subprocess.run([sys.executable, "-c", SEALS, str(book)], capture_output=True, check=True)
    return float(done.stdout)


def _tasks(name: str, place: Path) -> dict[str, Callable[[], object]]:
    copy, back = f"{place}.copy", f"{place}.back"

    def proved() -> None:
        with open_book(str(place)) as book:
            assert examine(book, TODAY).ok

    def copied() -> None:
        with open_book(str(place)) as book:
            backup(book, copy, TODAY)

    def brought_back() -> None:
        Path(back).unlink(missing_ok=True)
        restore(back, copy, None, TODAY, f"{TODAY}T09:00:00Z")

    return {f"verify {name}": proved, f"backup {name}": copied, f"restore {name}": brought_back}


if __name__ == "__main__":
    sys.exit(main())

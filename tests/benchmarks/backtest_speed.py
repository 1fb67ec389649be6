"""How long a year's replay takes: `python -m tests.benchmarks.backtest_speed`.

The first year of a book, and the second of a book of two years, whose evenings look back on more days; then a replay of
four years as a ratio to that of one, which only evenings and no second reading of entries may make longer.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import process_time

from blangko.stockroom import open_book
from blangko.stockroom.backtest import replayed
from tests.benchmarks.measure import Figure, shown
from tests.benchmarks.office import LAST_DAY, TODAY, make_book

YEAR = 750
A_YEAR = timedelta(days=365)
ALLOWED_SECONDS = 2.0
ALLOWED_GROWTH = 10.0
"""Four times the evenings, each with up to twice the history, and a quarter for what a busy machine adds."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        places = {years: Path(folder, f"{years}.db") for years in (1, 2, 4)}
        for years, place in places.items():
            make_book(place, years * YEAR)
        first = seconds(places[1], date.min)
        second = seconds(places[2], LAST_DAY - A_YEAR)
        four = seconds(places[4], date.min)
    return shown(
        [
            Figure("the first year of a book, seconds", first, ALLOWED_SECONDS),
            Figure("the second year of a book, seconds", second, ALLOWED_SECONDS),
            Figure("four years, × the first", four / first, ALLOWED_GROWTH),
        ]
    )


def seconds(place: Path, first: date) -> float:
    """The processor time of a replay from `first` on."""
    begun = process_time()
    with open_book(str(place)) as book:
        assert replayed(book, first, date.max, TODAY, lambda evenings, count: evenings).days
    return process_time() - begun


if __name__ == "__main__":
    sys.exit(main())

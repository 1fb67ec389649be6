"""How long the answer takes, from 400 days of history to all figures: `python -m tests.benchmarks.forecast_speed`."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import process_time

from blangko.core.answer import answer, demand_model, forecast_days, observed
from blangko.core.entry import Entry, movement
from blangko.core.facts import Facts, facts_of
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar
from blangko.store.national_days import national_days
from tests.benchmarks.measure import Figure, shown

TARGET_MS = 25.0
TARGET_LOOPS = 16.0
"""The same in loops of a hundred thousand additions, of which one took 1.6 ms: a figure that a busy machine does not
change. Measured: 9.8."""
ADDITIONS = 100_000
RUNS = 15
CORE_MODULES = "blangko.core.answer"
TODAY = date(2017, 10, 27)
HISTORY_DAYS = 400
OPENING_CARDS = 100_000
QUOTA_CARDS = 100
REQUESTED = (date(2017, 10, 2), date(2017, 10, 13), date(2017, 10, 24))


def main() -> int:
    facts = example()
    took = milliseconds(lambda: all_answers(facts))
    model = milliseconds(lambda: demand_model(facts))
    loop = milliseconds(lambda: sum(range(ADDITIONS)))
    print(f"medians of {RUNS} runs; of this the demand takes {model:.1f} ms\n")
    return shown(
        [
            Figure(f"{len(observed(facts))} days of history to all answers, ms", took, TARGET_MS),
            Figure(f"the same, × {ADDITIONS:,} additions", took / loop, TARGET_LOOPS),
            Figure("numpy loaded by the forecast", float(loads_numpy()), 0.0),
        ]
    )


def example() -> Facts:
    """An invented office: about 200 cards a day, busy on Mondays, rationed now and then; three requests are open."""
    chance = random.Random(20171028)
    nation = national_days()
    office = Calendar(MONDAY_TO_FRIDAY, nation.days, {}, nation.known_until)
    book = [movement("opening", TODAY - timedelta(days=1_000), OPENING_CARDS)]
    for day in office.last_open_days(TODAY, HISTORY_DAYS):
        cards = max(0, round(chance.gauss(240 if day.weekday() == 0 else 190, 40)))
        quota = QUOTA_CARDS if chance.random() < 0.04 else None
        book.append(movement("print", day, min(cards, quota or cards))._replace(quota_cards=quota))
    book += [Entry("request", day, 4_000) for day in REQUESTED]
    return facts_of([entry._replace(entry_no=number) for number, entry in enumerate(book, start=1)], TODAY, nation)


def all_answers(facts: Facts) -> tuple[object, ...]:
    """The status with its reasons and sums, and the rows of the forecast."""
    found = answer(facts)
    return found, forecast_days(found)


def milliseconds(work: Callable[[], object]) -> float:
    """The median processor time of several runs."""
    times = []
    for _ in range(RUNS):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return 1000 * median(times)


def loads_numpy() -> bool:
    """Whether a fresh interpreter that imports the forecast has numpy loaded afterwards."""
    code = f"import sys, {CORE_MODULES}; sys.exit('numpy' in sys.modules)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode != 0


if __name__ == "__main__":
    sys.exit(main())

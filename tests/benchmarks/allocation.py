"""How long it takes to share cards out among all offices of the nation: `python -m tests.benchmarks.allocation`.

514 offices, two in five with an empty shelf, and 2,000 lots; then with "nothing or at least so many" where there is not
enough for all whose shelf is empty, which is the hardest there is; then with offices that lend to each other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import accumulate
from random import Random
from statistics import median
from time import process_time

from blangko.core.allocate import Reach, Sharer, allocate, least_that_stays, loans
from tests.benchmarks.measure import REPETITIONS, Figure, shown

OFFICES, A_PROVINCE, SEED = 514, 15, 514
LOTS, LOT = 2_000, 500
FEW_LOTS = 150
WORKDAYS = 250
ALLOWED_MS, ALLOWED_MS_AT_LEAST, ALLOWED_MS_LOANS = 50.0, 600.0, 100.0


def main() -> int:
    offices = the_offices()
    lenders = [each._replace(least_lots=least_that_stays(each.cards, LOT, LOT)) for each in offices]
    plain = milliseconds(lambda: allocate(offices, LOTS, LOT))
    at_least = milliseconds(lambda: allocate(offices, FEW_LOTS, LOT, at_least_lots=4))
    lent = milliseconds(lambda: loans(allocate(lenders, LOTS, LOT)))
    return shown(
        [
            Figure("514 offices, 2,000 lots, ms", plain, ALLOWED_MS),
            Figure("514 offices, 150 lots, nothing or at least 4, ms", at_least, ALLOWED_MS_AT_LEAST),
            Figure("514 offices, 2,000 lots and loans, ms", lent, ALLOWED_MS_LOANS),
        ]
    )


def milliseconds(task: Callable[[], object]) -> float:
    """The median processor time of a task: what else the machine does is no part of it."""
    seen = []
    for _ in range(REPETITIONS):
        begun = process_time()
        task()
        seen.append(1000 * (process_time() - begun))
    return median(seen)


def the_offices() -> list[Sharer]:
    """Small, middling and large offices, each with days of its own."""
    dice = Random(SEED)
    return [an_office(dice, number) for number in range(OFFICES)]


def an_office(dice: Random, number: int) -> Sharer:
    level = dice.choice((70, 150, 200, 300, 600, 1000))
    cards = dice.choice((0, 0, 1, 1, 1)) * dice.randint(1, 6000)
    used = accumulate(level * dice.uniform(0.8, 1.2) for _ in range(WORKDAYS))
    return Sharer(f"{11 + number // A_PROVINCE}.{number % A_PROVINCE + 1:02}", cards, Reach(tuple(used)))


if __name__ == "__main__":
    sys.exit(main())

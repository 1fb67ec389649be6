"""What the book teaches about demand: the use of each open day, and how far to trust it.

Printing is not demand. A rationed day, an empty shelf or a stop half-way hides demand: such a day is a lower
bound. A day without the server, or a day nobody wrote down, says nothing about demand and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from blangko.core.book import Day

NO_BLANKS = "no-blanks"
HISTORY_DAYS = 400
"""At most so many open days are learnt from: offices change."""


class DayUse(NamedTuple):
    """The use of one open day, in cards: printed and spoiled, both leave the box.

    `is_lower_bound` marks a day on which more was wanted than could be printed (rationed,
    empty shelf, stopped half-way): the true demand was at least `cards`.
    """

    day: date
    cards: int
    is_lower_bound: bool = False


def observed_use(days: Iterable[Day], until: date) -> list[DayUse]:
    """The days up to `until` that teach, at most the last 400 of them, oldest first.

    A print on a closed day is use and is learnt from as well: the office was open after all.
    """
    taught = [
        DayUse(day.day, day.use, _hides_demand(day))
        for day in days
        if day.logged and day.day <= until and _teaches(day)
    ]
    return taught[-HISTORY_DAYS:]


def _teaches(day: Day) -> bool:
    return day.use > 0 or day.cause in (None, NO_BLANKS)


def _hides_demand(day: Day) -> bool:
    return day.quota is not None or day.cause is not None or day.opening <= 0 or day.closing <= 0

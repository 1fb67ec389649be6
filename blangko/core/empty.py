"""For how long the shelf has been empty."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from blangko.core.book import Day
from blangko.core.workdays import Calendar


class Empty(NamedTuple):
    """The day on which the last card left the shelf, and the open days since that nobody could be given one."""

    since: date
    workdays: int


def empty_since(days: Sequence[Day], calendar: Calendar, as_of: date) -> Empty | None:
    """The empty shelf of the evening of `as_of`; None while there are cards, or while nothing is known of them.

    Args:
        days: The days with movements up to `as_of`, in order.
        calendar: The open days of the office.
        as_of: The evening that is meant; its own day counts.
    """
    evenings = list(takewhile(lambda day: day.closing <= 0, reversed(days)))
    if not evenings:
        return None
    first = evenings[-1]
    # A shelf that began the book empty, or the day, was empty on that day already.
    own = int(first.opening <= 0 and calendar.is_open(first.day))
    return Empty(first.day, own + calendar.count_open(first.day, as_of))

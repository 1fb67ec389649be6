"""A small book for the tests of the store."""

from datetime import date

from blangko.core.entry import movement
from blangko.store.files import create_book

DAY = date(2017, 10, 2)
RECORDED = {"recorded_at": "2017-10-02T09:00:00Z", "recorded_by": "siti"}


def small_book(place):
    """Monday 2 October 2017: 1,000 cards at the opening, 187 printed, 3 spoiled; three entries, two commands."""
    opening = [movement("opening", DAY, 1000, **RECORDED)]
    prints = [movement("print", DAY, 187, **RECORDED), movement("spoil", DAY, 3, **RECORDED)]
    create_book(str(place), "61.03", [opening, prints])

"""A small book for the tests of the store."""

from datetime import date

from blangko.core.entry import movement
from blangko.store.files import create_book
from blangko.store.postgres import add_office

DAY = date(2017, 10, 2)
RECORDED = {"recorded_at": "2017-10-02T09:00:00Z", "recorded_by": "siti"}


def begin(place, batches, code="61.03"):
    """A new book, in a file or on a server, with what each of these commands wrote."""
    made_by = add_office if "://" in str(place) else create_book
    made_by(str(place), code, batches)


def small_book(place):
    """Monday 2 October 2017: 1,000 cards at the opening, 187 printed, 3 spoiled; three entries, two commands."""
    opening = [movement("opening", DAY, 1000, **RECORDED)]
    prints = [movement("print", DAY, 187, **RECORDED), movement("spoil", DAY, 3, **RECORDED)]
    begin(place, [opening, prints])

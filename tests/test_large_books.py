"""A book is walked entry by entry: what a command holds in memory does not grow with the entries of a day."""

import tracemalloc

import pytest

from blangko.exchange.package import Package
from blangko.stockroom import open_book
from blangko.stockroom.files import snapshot
from blangko.stockroom.proof import examine
from tests.benchmarks.office import TODAY, make_busy_book

ENTRIES = 6_000
LEAST_ENTRY_BYTES = 500
"""What one entry takes in memory, and in truth it is twice as much."""


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    place = tmp_path_factory.mktemp("large") / "book.db"
    make_busy_book(place, ENTRIES)
    return str(place)


def prove(book):
    assert examine(book, TODAY).ok


def take_out(book):
    with book.reading():
        taken = snapshot(book)
        package = Package(taken[:3], taken.rows)
        for _, pieces in package.files():
            for _ in pieces:
                pass
    assert package.entries == ENTRIES


@pytest.mark.parametrize("task", [prove, take_out])
def test_the_whole_book_is_never_in_memory(large, task):
    with open_book(large) as book:
        # What is imported and kept for the next time is no matter of the entries.
        task(book)
        tracemalloc.start()
        try:
            task(book)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak_bytes < ENTRIES * LEAST_ENTRY_BYTES / 2

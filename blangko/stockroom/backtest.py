"""The replay of a book: its entries, read once, and what the answer said on each evening."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from blangko.core.backtest import Backtest, backtest
from blangko.core.replay import Evening
from blangko.store import queries
from blangko.store.book import Book
from blangko.store.national_days import national_days


def replayed(
    book: Book,
    first: date,
    last: date,
    today: date,
    watched: Callable[[Iterable[Evening], int], Iterable[Evening]],
) -> Backtest:
    """The evenings from `first` to `last`, judged by what the book says up to `today`; see `core.backtest`."""
    with book.reading():
        entries = book.entries(queries.WHOLE_BOOK)
    return backtest(entries, first, last, today, national_days(), watched)

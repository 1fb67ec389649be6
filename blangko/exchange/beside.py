"""A sheet that is read, beside the book: what would be written, what would then be left, and why it cannot be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.standing import Standing
from blangko.errors import BlangkoError
from blangko.errors.files import BadRows, NoTable, SheetUnclear
from blangko.exchange.compare import Compared, compare, shelf_change, wanted
from blangko.exchange.reading import Reading


class Beside(NamedTuple):
    """The comparison, and by sheet what the book would have left when that sheet's balance was last written, in cards.

    The sums of a part would only mislead, so there are none while something of the sheet is open.
    """

    seen: Compared
    closings: dict[str, int]


def beside(
    reading: Reading, standing: Sequence[Standing], opened_on: date | None, on_hand: Callable[[date], int]
) -> Beside:
    """Hold what was read against the book.

    Args:
        reading: The sheet as it was read.
        standing: What stands in the book from the sheet's first day on.
        opened_on: The day on which the book was begun, if it was.
        on_hand: The cards on the shelf in the evening of a day.
    """
    seen = compare(reading.lines, standing, opened_on)
    closings = {
        check.sheet: on_hand(check.closing_on) + shelf_change(seen, check.closing_on)
        for check in (reading.balances if reading.is_whole else ())
        if check.kind == "balance" and check.closing is not None and check.closing_on
    }
    return Beside(seen, closings)


def mark_of(seen: Compared) -> str:
    """A short mark of the days that differ: what somebody agreed to replace is known again by it."""
    days = [(each.kind, each.first, each.last, each.book_cards, each.sheet_cards) for each in seen.differing]
    return hashlib.sha256(repr(days).encode()).hexdigest()[:16]


def refusal(path: str, reading: Reading, seen: Compared, replace: bool) -> BlangkoError | None:
    """Why the sheet called `path` cannot be written; None when it can.

    With `replace` the days that differ are to be written anew.
    """
    if reading.guesses:
        options = tuple(dict.fromkeys(guess.option for guess in reading.guesses))
        return SheetUnclear(path=path, things=len(reading.guesses), options=options)
    if not reading.blocks:
        return NoTable(path=path)
    if reading.troubles:
        return BadRows(path=path, rows=len(reading.troubles))
    try:
        wanted(seen, path, seen if replace else None)
    except BlangkoError as error:
        return error
    return None

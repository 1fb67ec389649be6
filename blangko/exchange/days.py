"""The days of a table: which order day and month have, which year is meant, and which days cannot be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from blangko.exchange.blocks import Block, Hints
from blangko.exchange.figures import Unclear, day_in, doubts
from blangko.exchange.found import Guess
from blangko.exchange.titles import titled

YEARS_TRIED = 6
_ENOUGH_DAYS = 3


class Days(NamedTuple):
    """The day of each row by its index, the code of why a cell is none, and what had to be guessed."""

    days: Mapping[int, date]
    unclear: Mapping[int, str]
    guesses: Sequence[Guess]


def days_of(
    block: Block,
    cells: Mapping[int, Any],
    with_cards: Sequence[int],
    hints: Hints,
    today: date,
    is_open: Callable[[date], bool],
) -> Days:
    """Read the cells of the days.

    Args:
        block: The table.
        cells: What stands in its column of days, by row; empty ones left out.
        with_cards: The rows that have figures, in their order.
        hints: What the clerk said.
        today: The date in the office.
        is_open: Whether the office was open on a day.
    """
    order = hints.date_order or "dmy"
    found = _read(block, cells, order, today, block.year)
    guesses = []
    if block.year is None and "no_year" in found.unclear.values():
        found, guess = _of_some_year(block, cells, with_cards, order, today)
        guesses.append(guess)
    if hints.date_order is None and _is_swapped(block, found, with_cards, is_open, today):
        year = block.year or (guesses[0].facts["year"] if guesses else None)
        other = _read(block, cells, "mdy", today, year)
        guesses.append(_order_guess(block, found, other, with_cards))
        found = other
    return found._replace(guesses=tuple(guesses))


def _read(block: Block, cells: Mapping[int, Any], order: str, today: date, year: int | None) -> Days:
    days: dict[int, date] = {}
    unclear: dict[int, str] = {}
    for at, cell in cells.items():
        try:
            day = day_in(cell, order, today, year, block.month)
        except Unclear as error:
            unclear[at] = error.code
            continue
        if day is not None:
            days[at] = day
    return Days(_over_new_year(cells, days, year), unclear, ())


def _over_new_year(cells: Mapping[int, Any], days: dict[int, date], year: int | None) -> dict[int, date]:
    """The days, those after New Year in the next year where cells say no year: 2 Jan below 28 Des."""
    order = list(days)
    turn = next((at for last, at in pairwise(order) if (days[last] - days[at]).days > 180), None)
    if turn is None or year is None:
        return days
    said = {at for at in order if re.search(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d\d\b", str(cells[at]))}
    late = [at for at in order[order.index(turn) :] if at not in said and days[at].year == year]
    # A 29 February is left where it is, and found to be far from its neighbours.
    return days | {at: days[at].replace(year=year + 1) for at in late if (days[at].month, days[at].day) != (2, 29)}


def _of_some_year(
    block: Block, cells: Mapping[int, Any], with_cards: Sequence[int], order: str, today: date
) -> tuple[Days, Guess]:
    """The days of the latest year in which none is to come and all fall on the weekdays that stand beside them."""
    tried = {year: _read(block, cells, order, today, year) for year in range(today.year, today.year - YEARS_TRIED, -1)}
    used = set(with_cards)

    def faults(year: int) -> int:
        read = tried[year]
        return sum(1 for at, day in read.days.items() if at in used and day > today) + sum(
            1 for code in read.unclear.values() if code == "weekday"
        )

    year = min(tried, key=lambda each: (faults(each), -each))
    without = next(at for at, code in _read(block, cells, order, today, None).unclear.items() if code == "no_year")
    facts = {"year": year, "text": str(cells[without])[:60], "row": without + 1}
    return tried[year], Guess("year", block.sheet, facts, "--year", (str(year), str(year - 1)))


def _is_swapped(
    block: Block, found: Days, with_cards: Sequence[int], is_open: Callable[[date], bool], today: date
) -> bool:
    """Whether day and month have changed places, by the days as they follow each other or by one that there is not."""
    days = [(at, found.days[at]) for at in with_cards if at in found.days]
    # Most days lie in the month that stands over the table: a single one that does not is a slip.
    if block.month and 2 * sum(1 for _, day in days if day.month == block.month) >= len(days) > 0:
        return False
    return "order" in found.unclear.values() or any(doubt.code == "swapped" for doubt in doubts(days, is_open, today))


def _order_guess(block: Block, found: Days, other: Days, with_cards: Sequence[int]) -> Guess:
    differing = (at for at in with_cards if found.days.get(at) != other.days.get(at))
    at = next(differing, with_cards[0] if with_cards else block.first_row)
    facts = {"row": at + 1, "dmy": found.days.get(at), "mdy": other.days.get(at)}
    return Guess("date_order", block.sheet, facts, "--date-order", ("mdy", "dmy"))


def strays(block: Block, days: Mapping[int, date], is_open: Callable[[date], bool], today: date) -> dict[int, str]:
    """The rows whose days cannot be right, each with its code: future, stray, other_month."""
    said = _month_said(block)
    if said and len(days) >= _ENOUGH_DAYS and not any(day.month == said for day in days.values()):
        # A sheet was copied, and its title or its days forgotten.
        return dict.fromkeys(days, "other_month")
    found = {at: "other_month" for at, day in days.items() if _is_of_another_month(block, day)}
    pairs = [pair for pair in days.items() if pair[0] not in found]
    found |= {doubt.place: "stray" for doubt in doubts(pairs, is_open, today) if doubt.code == "stray"}
    return found | {at: "future" for at, day in days.items() if day > today}


def _month_said(block: Block) -> int | None:
    """The one month that the titles of a table name, or else its sheet; not one that is taken over from above."""
    said = titled(block.titles)
    return None if said.is_unsure else said.month or titled([block.sheet]).month


def _is_of_another_month(block: Block, day: date) -> bool:
    """Whether a day lies more than a month away from the month over the table."""
    if block.year is None or block.month is None:
        return False
    return abs((day.year - block.year) * 12 + day.month - block.month) > 1

"""What became of an office, as its whole book tells: the use of every open day, and when each shelf would be empty.

A replay judges the forecasts of an evening by this and by nothing else. Use is not demand: on a day that ended with an
empty shelf, or under a quota, more was wanted, and nobody knows how much. Such days are *hidden*: beyond one of them
no true run-out day is told.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from blangko.core import book
from blangko.core.book import Day
from blangko.core.demand import NO_BLANKS, DayUse, empty_days, unwritten, used_on
from blangko.core.entry import Entry
from blangko.core.facts import Facts, facts_of, reversed_numbers
from blangko.core.waiting import days_at_capacity
from blangko.core.workdays import NationalDays

ROUNDING = 1e-6
"""Shares of a total for a period add up to whole cards, but for this."""
FARTHEST_AHEAD = timedelta(days=550)
"""Forecasts reach 250 open days ahead; so far beyond the last written day their days are looked up."""


class Left(NamedTuple):
    """Open days until a shelf was used up; where that is not `exact`, that many were known to be more than lasted."""

    workdays: int
    exact: bool


class Receipt(NamedTuple):
    """Cards that answered a request: when they came, how many, and when they were asked for."""

    number: int
    cards: int
    requested_on: date


class Hindsight(NamedTuple):
    """The open days from the opening on, numbered from 0, and what is known of each.

    `demand` of a day are the cards used and those that people were turned away for; `totals` is its running sum, `last`
    the number of the last written day. `workdays` go on beyond it. `hidden` are, ascending, the numbers of days on
    which more may have been wanted; `unwritten` those of which the book says nothing. `filled` holds the days with a
    delivery, and the first, with the cards on the shelf in their evening.
    """

    workdays: Sequence[date]
    last: int
    demand: Sequence[float]
    totals: Sequence[float]
    hidden: Sequence[int]
    unwritten: frozenset[int]
    turned_away: Mapping[int, int]
    filled: Mapping[int, int]
    receipts: Sequence[Receipt]

    def number(self, day: date) -> int:
        """The number of an open day; of a closed one that of the next open day."""
        return bisect_left(self.workdays, day)

    def left(self, number: int, cards: float) -> Left:
        """The open days after the evening of day `number` until more had been wanted than so many cards.

        What came later does not count: it is the shelf of that evening that is followed. A day that used up the last
        of them, and on which more may have been wanted, is the end as well: the shelf was empty on it.
        """
        end = self.totals[number] + cards
        until, hidden = bisect_right(self.totals, end + ROUNDING, number + 1), self.first_hidden(number)
        if hidden < until and hidden <= self.last and self.totals[hidden] > end - ROUNDING:
            until = hidden
        if until <= min(hidden, self.last):
            return Left(until - number, exact=True)
        return Left(min(hidden - 1, self.last) - number, exact=False)

    def first_hidden(self, number: int) -> int:
        """The number of the first day after day `number` on which more may have been wanted than is known."""
        place = bisect_right(self.hidden, number)
        return self.hidden[place] if place < len(self.hidden) else self.last + 1


def hindsight(entries: Sequence[Entry], until: date, national: NationalDays) -> Hindsight | None:
    """What the entries up to `until` tell of every open day; None while no use is written down."""
    seen = facts_of(entries, until, national)
    known = [entry for entry in entries if entry.occurred_on <= until]
    moves = sorted((e for e in known if e.is_movement), key=lambda entry: (entry.occurred_on, entry.entry_no))
    seen = seen._replace(days=book.days(moves, 0, reversed_numbers(known)))
    written = [day for day in seen.days if day.logged]
    if not written:
        return None
    return _seen_behind(seen, written[-1].day, _receipts(known, seen))


def _seen_behind(seen: Facts, last: date, receipts: Sequence[tuple[date, int, date]]) -> Hindsight:
    begun = seen.opened_on or seen.days[0].day
    workdays = seen.calendar.open_days(begun, last + FARTHEST_AHEAD)
    count = bisect_right(workdays, last)
    numbers = {day: number for number, day in enumerate(workdays)}
    used = {
        numbers[use.day]: use
        for use in used_on(seen.days, last, seen.calendar, seen.quotas, days_at_capacity(seen))
        if use.day in numbers
    }
    gaps = {numbers[day] for day in unwritten(seen.days, seen.calendar, begun, last, seen.stopped) if day in numbers}
    empty = {numbers[day] for day in empty_days(seen.days, last) if day in numbers}
    days = {numbers[day.day]: day for day in seen.days if day.day in numbers}
    hiding = {number for number, use in used.items() if _hides(use, days.get(number))}
    demand = [used[number].cards if number in used else 0.0 for number in range(count)]
    return Hindsight(
        workdays,
        count - 1,
        demand,
        list(accumulate(demand)),
        sorted(gaps | empty | hiding),
        frozenset(gaps),
        {number: day.turned_away for number, day in days.items() if day.turned_away},
        _filled(seen.days, workdays),
        [Receipt(bisect_left(workdays, day), cards, requested_on) for day, cards, requested_on in receipts],
    )


def _filled(days: Sequence[Day], workdays: Sequence[date]) -> dict[int, int]:
    # What came on a closed day is on the shelf of the next open one.
    closing = {bisect_left(workdays, day.day): day.closing for day in days}
    received = {0, *(bisect_left(workdays, day.day) for day in days if day.received > 0)}
    return {number: closing[number] for number in sorted(received) if number in closing}


def _hides(use: DayUse, day: Day | None) -> bool:
    """Whether more would have left the shelf had there been more, or no quota.

    A printer that stopped half-way, or a counter at its capacity, would have stopped with a full shelf as well.
    """
    if not use.is_lower_bound or use.is_drain:
        return False
    return day is None or day.cause in (None, NO_BLANKS) or day.closing <= 0


def _receipts(known: Sequence[Entry], seen: Facts) -> list[tuple[date, int, date]]:
    asked_on = {request.request_no: request.requested_on for request in seen.requests}
    void = reversed_numbers(known)
    return [
        (entry.occurred_on, entry.cards or 0, asked_on[entry.request_no])
        for entry in known
        if entry.kind == "receive" and entry.entry_no not in void and entry.request_no in asked_on
    ]

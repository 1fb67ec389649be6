"""What the book teaches about demand: the use of each open day, and how far to trust it.

Printing is not demand. A rationed day, an empty shelf or a stop half-way hides demand: such a day is a lower
bound, unless the office said how many were turned away. A day without the server, or a day nobody wrote down, says
nothing about demand and is left out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

from blangko.core.book import Day
from blangko.core.workdays import ONE_DAY, Calendar

NO_BLANKS = "no-blanks"
HISTORY_DAYS = 400
"""At most so many open days are learnt from: offices change."""

Quotas = Sequence[tuple[date, int | None]]
"""Standing quotas, ascending: the day from which one holds and its cards a day; None or 0 lifts it."""


class DayUse(NamedTuple):
    """The use of one open day, in cards: printed, spoiled and sent to print points; all of them leave the box for good.

    `is_lower_bound` marks a day on which more was wanted than could be printed (rationed,
    empty shelf, stopped half-way): the true demand was at least `cards`.
    `is_share` marks a share of one total for several days: it speaks of the level, not of its own day.
    `is_drain` marks a lower bound printed at capacity while people waited: it holds their cards as well.
    `quota` is what a quota allowed, where that alone makes a lower bound of the day; else 0.
    `announced` are the cards that a campaign was to bring on top of the usual; `cards` are without them, and the day
    speaks of the level as a share does: how much of the rest the campaign brought nobody knows.
    Of `cards`, so many were wanted and not printed: their people were `turned_away`, and told to come back.
    """

    day: date
    cards: float
    is_lower_bound: bool = False
    is_share: bool = False
    is_drain: bool = False
    quota: float = 0
    announced: float = 0
    turned_away: float = 0


def observed_use(
    days: Iterable[Day],
    until: date,
    calendar: Calendar,
    quotas: Quotas = (),
    at_capacity: Collection[date] = (),
    announced: Mapping[date, float] = MappingProxyType({}),
) -> list[DayUse]:
    """The open days up to `until` that teach, at most the last 400 of them, oldest first.

    Cards that left on a closed day, or on a day without an entry of prints, are added to the next open day that
    teaches: the days ahead are open days, so the level has to be cards per open day.

    Args:
        days: The book's days, ascending.
        until: The last day that is known.
        calendar: Which days the office works.
        quotas: What the settings said of a standing quota; a `--quota` of a day stands from that day on as well.
        at_capacity: Days printed at the stated capacity while people waited.
        announced: Cards that campaigns were to bring on some of the days.
    """
    found = used_on(days, until, calendar, quotas, at_capacity)[-HISTORY_DAYS:]
    return [_without(use, announced[use.day]) if use.day in announced else use for use in found]


def used_on(
    days: Iterable[Day], until: date, calendar: Calendar, quotas: Quotas = (), at_capacity: Collection[date] = ()
) -> list[DayUse]:
    """The use of all open days up to `until` that tell of it, however long ago; as `observed_use`."""
    taught: dict[date, DayUse] = {}
    carried: list[tuple[date, float]] = []
    for day, quota in _under_quota(days, until, quotas):
        for part in _parts(day, calendar, quota, at_capacity):
            if day.logged and calendar.is_open(part.day):
                taught[part.day] = _joined(taught[part.day], part) if part.day in taught else part
            elif part.cards:
                carried.append((part.day, part.cards))
    return _with_carried([taught[day] for day in sorted(taught)], carried)


def _without(use: DayUse, announced: float) -> DayUse:
    """The day without what a campaign was to bring: else a fortnight of schools would raise the level for a year."""
    return use._replace(cards=max(use.cards - announced, 0.0), is_share=True, announced=announced)


def unwritten(
    days: Sequence[Day], calendar: Calendar, since: date, until: date, stopped: Collection[date] = ()
) -> list[date]:
    """The open days after `since`, up to `until`, that no entry of use speaks of.

    They were probably used like others, so until the shelf is counted their expected use is not on it any more. A
    day that began and ended with an empty shelf is not among them, nor one on which nothing could be printed.

    Args:
        days: The book's days, ascending; those after `until` as well, since a total of today speaks of days before it.
        calendar: Which days the office works.
        since: The last evening on which the shelf was known: of the last count, or of the opening.
        until: The last day that is asked about.
        stopped: Open days on which nothing could be printed.
    """
    # An entry speaks of no day after its own.
    written = {each for day in days if day.logged and day.day > since for each in covered_days(day, calendar)}
    explained = written.union(stopped, empty_days(days, until))
    return [day for day in calendar.open_days(since + ONE_DAY, until) if day not in explained]


def empty_days(days: Sequence[Day], last: date) -> set[date]:
    """The days up to `last` that began and ended with nothing on the shelf."""
    empty = {day.day for day in days if day.opening <= 0 and day.closing <= 0}
    ends = [*(day.day for day in days[1:]), last + ONE_DAY]
    for day, end in zip(days, ends, strict=False):
        if day.closing <= 0:
            empty.update(date.fromordinal(number) for number in range(day.day.toordinal() + 1, end.toordinal()))
    return empty


class EmptyStretch(NamedTuple):
    """A stretch without a card on the shelf: from the day on whose evening, or morning, it was empty, to the last one.

    `workdays` are the open days that passed wholly without a card; on the last day of a stretch that `goes_on` nothing
    has come yet.
    """

    first: date
    last: date
    workdays: int
    goes_on: bool


def empty_stretches(days: Sequence[Day], calendar: Calendar, last: date) -> list[EmptyStretch]:
    """The stretches up to `last` in which the shelf was empty, oldest first; `days` as in `empty_days`."""
    empty, known = empty_days(days, last), [day for day in days if day.day <= last]
    found: list[EmptyStretch] = []
    begun: date | None = None
    for day in known:
        if begun and day.closing > 0:
            found.append(_stretch(begun, day.day - ONE_DAY, empty, calendar, False))
            begun = None
        elif begun is None and day.closing <= 0:
            begun = day.day
    if begun:
        found.append(_stretch(begun, last, empty, calendar, True))
    return found


def _stretch(first: date, last: date, empty: Collection[date], calendar: Calendar, goes_on: bool) -> EmptyStretch:
    workdays = sum(day in empty for day in calendar.open_days(first, last))
    return EmptyStretch(first, last, workdays, goes_on)


def covered_days(day: Day, calendar: Calendar) -> list[date]:
    """The days that an entry speaks of: its own, or all open days of the period whose total it states."""
    open_days = calendar.open_days(day.since, day.day) if day.since else []
    return open_days or [day.day]


def _under_quota(days: Iterable[Day], until: date, quotas: Quotas) -> Iterator[tuple[Day, int]]:
    """Each day up to `until` with the quota that stands on it; 0 where none does.

    The first day of a quota is forgotten as easily as any other: where none stands, that of the next day holds.
    """
    known = [day for day in days if day.day <= until]
    coming, standing = list(quotas), 0
    for day, following in zip_longest(known, known[1:]):
        while coming and coming[0][0] <= day.day:
            standing = coming.pop(0)[1] or 0
        if day.quota is not None:
            standing = day.quota
        yield day, standing or (following and following.quota) or 0


def _parts(day: Day, calendar: Calendar, quota: int, at_capacity: Collection[date]) -> Iterable[DayUse]:
    """What an entry says of each day it speaks of; nothing of a day that is known to have been dead."""
    # Nearly all days of a book: what is said below of them comes to this, and takes twice as long.
    if _is_ordinary(day) and not quota and day.day not in at_capacity:
        return (DayUse(day.day, float(day.use)),)
    return _special_parts(day, calendar, quota, at_capacity)


def _is_ordinary(day: Day) -> bool:
    """A day with use and cards from morning to evening, with no quota, cause or period, and nobody sent home."""
    if day.use <= 0 or day.opening <= 0 or day.closing <= 0:
        return False
    return day.cause is None and day.quota is None and day.since is None and not day.turned_away


def _special_parts(day: Day, calendar: Calendar, quota: int, at_capacity: Collection[date]) -> Iterator[DayUse]:
    if not (day.use or day.turned_away or day.cause in (None, NO_BLANKS)):
        return
    covered = covered_days(day, calendar)
    stopped = not day.turned_away and (day.cause is not None or day.opening <= 0 or day.closing <= 0)
    rationed = not day.turned_away and not stopped and _is_rationed(day, quota * len(covered))
    share = (day.total + day.turned_away) / len(covered)
    for each in covered:
        is_drain = each in at_capacity
        cards = share + (day.use - day.total if each == covered[-1] else 0)
        hides = stopped or rationed or is_drain
        allowed = quota if rationed and not is_drain else 0
        yield DayUse(
            each, cards, hides, len(covered) > 1, is_drain, allowed, turned_away=day.turned_away / len(covered)
        )


def _is_rationed(day: Day, quota: int) -> bool:
    """The day was marked as rationed, or no more was printed than the standing quota allows for its workdays.

    Clerks forget to mark a day: one in five unmarked took the learnt rate to a quarter of the truth in 40 days.
    """
    # Spoiled cards and those sent away leave the box beside the quota.
    printed = day.use - max(day.spoiled, 0) - max(day.sent, 0)
    return day.quota is not None or (quota > 0 and printed <= quota)


def _joined(one: DayUse, other: DayUse) -> DayUse:
    """Two parts of the same day as one."""
    return DayUse(
        one.day,
        one.cards + other.cards,
        one.is_lower_bound or other.is_lower_bound,
        one.is_share or other.is_share,
        one.is_drain or other.is_drain,
        min(one.quota, other.quota),
        turned_away=one.turned_away + other.turned_away,
    )


def _with_carried(taught: list[DayUse], carried: Sequence[tuple[date, float]]) -> list[DayUse]:
    """The days, with what left the box before each of them, but after the one before, added to it."""
    number = 0
    for day, cards in sorted(carried):
        while number < len(taught) and taught[number].day < day:
            number += 1
        if number == len(taught):
            break
        taught[number] = taught[number]._replace(cards=taught[number].cards + cards)
    return taught

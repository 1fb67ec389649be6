"""The print points of an office: what each was sent, how fast it uses it, and what it has left by now.

No book is kept at a print point. It is sent cards when it asks for them, so what it was sent before the last time has
been used by then; of what it was sent last, so much is gone as it usually uses in the days since.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.allocate import Reach
from blangko.core.entry import Entry
from blangko.core.facts import Facts
from blangko.core.requests import plain_name
from blangko.core.sharing import Holding
from blangko.core.workdays import ONE_DAY, Calendar

LAST_SENDS = 10
"""So many days on which a point was sent cards teach how fast it uses them."""
HORIZON_WORKDAYS = 250


class Point(NamedTuple):
    """A print point; `cards_per_workday` is None where it was sent cards on one day only, and nobody stated its use.

    `left_cards` are those that it probably has now.
    """

    name: str
    cards_per_workday: float | None
    left_cards: int
    last_sent_on: date | None


def points(
    sends: Iterable[Entry], calendar: Calendar, as_of: date, stated: Mapping[str, int]
) -> list[Point]:  # fmt: skip
    """The print points that the sends name, in the order of their names, each under the name written last.

    Args:
        sends: Cards sent to print points, by day and number.
        calendar: The open days.
        as_of: This evening.
        stated: Cards a working day by name, where somebody said so; also of points that were never sent any.
    """
    names: dict[str, str] = {plain_name(each): each for each in stated}
    sent: dict[str, dict[date, int]] = {name: {} for name in names}
    said = {plain_name(name): number for name, number in stated.items()}
    for entry in sends:
        key = plain_name(entry.party or "")
        names[key] = " ".join((entry.party or "").split())
        days = sent.setdefault(key, {})
        days[entry.occurred_on] = days.get(entry.occurred_on, 0) + (entry.cards or 0)
    return [
        _point(names[key], sent[key], calendar, as_of, said.get(key))
        for key in sorted(names, key=lambda each: names[each].casefold())
    ]


def _point(name: str, sent: Mapping[date, int], calendar: Calendar, as_of: date, stated: int | None) -> Point:
    days = sorted(sent)[-LAST_SENDS:]
    if not days:
        return Point(name, stated, 0, None)
    rate = _use(days, sent, calendar) if stated is None else float(stated)
    gone = (rate or 0.0) * len(calendar.open_days(days[-1] + ONE_DAY, as_of))
    return Point(name, rate, max(round(sent[days[-1]] - gone), 0), days[-1])


def _use(days: Sequence[date], sent: Mapping[date, int], calendar: Calendar) -> float | None:
    """Cards of an open day, from the first of these days to the last; None where no open day lies between them."""
    passed = len(calendar.open_days(days[0], days[-1] - ONE_DAY)) if len(days) > 1 else 0
    return sum(sent[day] for day in days[:-1]) / passed if passed else None


def holding_of_point(point: Point, workdays: Sequence[date]) -> Holding:
    """What a print point has, and how fast it goes; `workdays` are the open days ahead."""
    rate = point.cards_per_workday
    used = tuple(rate * number for number in range(1, len(workdays) + 1)) if rate is not None else ()
    return Holding(
        point.name, point.name, point.left_cards, point.left_cards, reach=Reach(used) if used else None,
        workdays=workdays,
    )  # fmt: skip


def of_the_counter(facts: Facts, sends: Iterable[Entry]) -> Facts:
    """The facts of the office's own counter: what was sent to print points is no use of it."""
    sent: dict[date, int] = {}
    for entry in sends:
        sent[entry.occurred_on] = sent.get(entry.occurred_on, 0) + (entry.cards or 0)
    days = [
        day._replace(use=day.use - sent[day.day], logged=day.printed > 0 or day.cause is not None)
        if day.day in sent
        else day
        for day in facts.days
    ]
    return facts._replace(days=days)

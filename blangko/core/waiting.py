"""People who wait for a card (PRR and suket): how many they are today, and what they do to the use of coming days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.campaigns import extra_cards
from blangko.core.demand import empty_days
from blangko.core.facts import Facts, Stated
from blangko.core.level import DemandModel
from blangko.core.use import UseAhead

RECENT_WORKDAYS = 5
BUSIEST_WITHIN = timedelta(days=84)
"""Sixty open days, with their holidays."""


class Waiting(NamedTuple):
    """A queue: the cards waited for as last stated, and today; `today` is None where new demand is not known."""

    cards: int
    stated_on: date
    today: int | None


def waiting(facts: Facts, model: DemandModel | None) -> dict[str, Waiting]:
    """Each queue that was stated, brought forward to today by demand and prints since.

    What was printed beyond the demand of the days since has shortened the queues, the first stated first; what was
    demanded and not printed has made the first one longer. Without a capacity on record the learnt demand is what the
    office prints while people wait, and says nothing of how many come new.
    """
    left, found = 0.0, {}
    for number, (name, stated) in enumerate(facts.backlog.items()):
        change = _change_since(facts, stated, model)
        if change is None:
            found[name] = Waiting(stated.number, stated.occurred_on, None)
            continue
        change = change if number == 0 else min(left, 0)
        today = max(stated.number + change, 0)
        left = min(stated.number + change, 0)
        found[name] = Waiting(stated.number, stated.occurred_on, round(today))
    return found


def queue_cards(facts: Facts, model: DemandModel | None) -> float:
    """The cards that people wait for today; where new demand is not known, at least those stated and not printed."""
    queues = waiting(facts, model).values()
    known = sum(each.today for each in queues if each.today is not None)
    return known + _at_least([each for each in queues if each.today is None], facts)


def _at_least(queues: Iterable[Waiting], facts: Facts) -> int:
    """What is left of queues if all that was printed since they were stated was printed for them, each card once."""
    listed, left = sorted(queues, key=lambda each: each.stated_on), 0
    ends = [*(each.stated_on for each in listed[1:]), facts.as_of]
    for each, end in zip(listed, ends, strict=False):
        printed = sum(day.printed for day in facts.days if each.stated_on < day.day <= end)
        left = max(left + each.cards - printed, 0)
    return left


def _change_since(facts: Facts, stated: Stated, model: DemandModel | None) -> float | None:
    """Demand less prints since a queue was stated, in cards; None where new demand is not known."""
    since = [day for day in facts.days if day.day > stated.occurred_on]
    passed = facts.calendar.open_days(stated.occurred_on + timedelta(days=1), facts.as_of)
    if not since and not passed:
        return 0.0
    if model is None or not facts.settings.print_capacity:
        return None
    extra = extra_cards(facts.campaigns)
    return sum(model.expected(day) + extra.get(day, 0.0) for day in passed) - sum(day.printed for day in since)


def capacity(facts: Facts, queue_cards: float) -> int | None:
    """The most that the counter can print on a day; None where nobody knows.

    Where none is stated and people wait after an empty shelf or a rationed week, the busiest of the last sixty open
    days stands for it: when cards land, the counter prints what it can.
    """
    if facts.settings.print_capacity or queue_cards <= 0:
        return facts.settings.print_capacity
    return (busiest_day(facts) or None) if _was_short(facts) else None


def busiest_day(facts: Facts) -> int:
    """The most cards that were printed on one of the last sixty open days."""
    first = facts.as_of - BUSIEST_WITHIN
    return max((day.printed for day in facts.days if day.day > first), default=0)


def _was_short(facts: Facts) -> bool:
    recent = facts.calendar.last_open_days(facts.as_of, RECENT_WORKDAYS)
    empty = empty_days(facts.days, facts.as_of)
    rationed = {day.day for day in facts.days if day.quota}
    return any(day in empty for day in recent) or all(day in rationed for day in recent)


def days_at_capacity(facts: Facts) -> frozenset[date]:
    """Days since a queue was stated on which all that could be printed was: more was wanted."""
    if not facts.settings.print_capacity or not facts.backlog:
        return frozenset()
    stated = min(each.occurred_on for each in facts.backlog.values())
    most = facts.settings.print_capacity
    return frozenset(day.day for day in facts.days if day.day > stated and day.printed >= most)


def queue_ends(use: UseAhead) -> date | None:
    """The open day on which nobody waits any more if cards do not run out; None without a queue, or beyond the horizon.

    On that day all that was wanted so far can have been printed.
    """
    if use.drain is None or use.waiting_cards <= 0:
        return None
    for number, day in enumerate(use.workdays, start=use.unwritten_days):
        printed = min(use.drain.mean[number], use.cap.mean[number] if use.cap else use.drain.mean[number])
        if use.waiting_cards + use.demand.mean[number] <= printed:
            return day
    return None

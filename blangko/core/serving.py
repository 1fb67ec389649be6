"""Those who wait for a card: what is wanted and what can be printed on the days ahead, and when nobody waits any more.

What limits the counter is told one by one and together: what it can print, what comes in a week, the quota that stands.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from blangko.core.answer import HORIZON_WORKDAYS, Answer
from blangko.core.clearing import cards_there, clearing, steady, with_stopped_days
from blangko.core.facts import Facts
from blangko.core.forecast import Spread
from blangko.core.inflow import Inflow
from blangko.core.level import CumulativeDemand
from blangko.core.supply import DAYS_A_WEEK
from blangko.core.target import Pace, as_printed
from blangko.core.use import DRAIN_VARIATION
from blangko.core.waiting import queue_cards
from blangko.core.workdays import ONE_DAY

PACE_DOUBT = 0.3
"""A pace taken from two statements is taken to be right within 30 % (coefficient of variation)."""
USE, RECORDINGS = "use", "recordings"
"""From what is known how many come new: from the demand that the book teaches, or from the pace of recording."""
RATE_WORKDAYS = 20
LONGEST_WEEKS = 520
ROUNDING = 1e-9


class Days(NamedTuple):
    """The days ahead as sums: what is newly wanted (None where nobody knows) and what can be printed, limit by limit.

    `workdays` are those on which cards can be printed, `stopped` the open days between them on which none can, with
    what is newly wanted on each. `printing` is what the counter prints while people wait: the capacity, else what it is
    known to print. `quota` is None where none stands.
    """

    workdays: tuple[date, ...]
    stopped: dict[date, float]
    new: CumulativeDemand | None
    new_from: str | None
    printing: CumulativeDemand
    quota: CumulativeDemand | None

    @property
    def come(self) -> CumulativeDemand | None:
        """What is newly wanted, that of stopped days included: people come, and wait for the next day."""
        return with_stopped_days(self.new, self.stopped) if self.new else None

    @property
    def limits(self) -> list[CumulativeDemand]:
        """All that keeps the counter from printing more."""
        return [self.printing, *([self.quota] if self.quota else [])]

    @property
    def prints(self) -> float:
        """Cards that can be printed on an average open day of the next four weeks."""
        return min(map(average, self.limits))


class Scenario(NamedTuple):
    """When nobody waits any more under some of the limits, or `why` no middle day is named.

    `if_nobody_new` is the day on which all who wait today have their cards, were nobody to come new; None beyond ten
    years.
    """

    on: Spread[date | None]
    why: str | None
    if_nobody_new: date | None


class Queue(NamedTuple):
    """People who wait for a card, and when none of them does any more.

    `waiting_cards` are this evening's, or with `is_as_stated`, where nobody knows how many came new, those last stated.
    `prints_cards_per_workday` can be printed on a day as long as cards last: at that the `shelf_cards` at hand reach
    for `shelf_workdays`, until `shelf_until`; `left_cards` of those who wait now wait then. `weeks` are those in which
    as many cards come at the present supply. `clear_on` is with all limits together; the three others are with what
    comes in a week alone, as it came of late and as grants were learnt, and with the counter alone.
    """

    waiting_cards: int
    is_as_stated: bool
    batches: float
    weeks: float | None
    prints_cards_per_workday: float
    workdays_to_serve: int
    new_cards_per_workday: float | None
    new_from: str | None
    shelf_cards: int
    shelf_workdays: int
    shelf_until: date | None
    left_cards: int
    clear_on: Scenario
    at_supply: Scenario | None
    at_grants: Scenario | None
    at_capacity: Scenario


# --- The days ahead -------------------------------------------------------------------------------


def days_ahead(answer: Answer, pace: Pace | None) -> Days | None:
    """What is wanted and what can be printed on the open days ahead; None where nobody knows either.

    While people wait and no capacity is stated, the learnt demand is what the counter prints: how many come new is
    then what the recordings say, else nobody knows.
    """
    facts, ahead = answer.facts, answer.ahead
    if ahead is None:
        return _at_capacity_alone(facts, pace)
    use, waits = ahead.fresh, queue_cards(facts, ahead.model) > 0
    stopped, printing, quota = _stopped(facts, use.workdays), use.drain or use.demand, _quota(facts, use.workdays)
    if facts.settings.print_capacity or not waits:
        wanted = {day: ahead.model.expected(day) for day in stopped}
        return Days(use.workdays, wanted, use.demand, USE, printing, quota)
    return _of_recordings(use.workdays, stopped, pace, printing, quota)


def _at_capacity_alone(facts: Facts, pace: Pace | None) -> Days | None:
    """The days of an office of which nothing is known but what its counter can print."""
    open_days = facts.calendar.next_open_days(facts.as_of + ONE_DAY, HORIZON_WORKDAYS)
    workdays = tuple(day for day in open_days if day not in facts.stopped)
    if not facts.settings.print_capacity or not workdays:
        return None
    printing = steady(workdays, facts.settings.print_capacity, DRAIN_VARIATION)
    return _of_recordings(workdays, _stopped(facts, workdays), pace, printing, _quota(facts, workdays))


def _of_recordings(
    workdays: tuple[date, ...], stopped: Sequence[date], pace: Pace | None, printing: CumulativeDemand,
    quota: CumulativeDemand | None,
) -> Days:  # fmt: skip
    """The days of which only the recordings tell how many come new, where even they do."""
    if pace is None:
        return Days(workdays, dict.fromkeys(stopped, 0.0), None, None, printing, quota)
    new = steady(workdays, pace.per_workday, PACE_DOUBT)
    return Days(workdays, dict.fromkeys(stopped, pace.per_workday), new, RECORDINGS, printing, quota)


def _quota(facts: Facts, workdays: Sequence[date]) -> CumulativeDemand | None:
    """What the quota that stands lets through, or the one that is supposed in its place."""
    most = facts.capped_cards or facts.quota_cards
    return steady(workdays, most) if most else None


def _stopped(facts: Facts, workdays: Sequence[date]) -> list[date]:
    """The open days up to the last of these on which nothing can be printed, though people come."""
    ahead = (day for day in facts.stopped if facts.as_of < day <= workdays[-1])
    return sorted(day for day in ahead if facts.calendar.is_open(day))


def average(sums: CumulativeDemand) -> float:
    """Cards of an average open day of the next four weeks."""
    days = min(RATE_WORKDAYS, len(sums.mean))
    return sums.mean[days - 1] / days


def at_hand(answer: Answer) -> int:
    """Cards taken to be on the shelf: without what days that nobody wrote down have probably used."""
    return max(answer.status.shelf_cards - answer.status.unwritten_cards, 0)


def coming(answer: Answer) -> list[tuple[date, float]]:
    """What is on order, with the likely day of each part."""
    return [(each.likely_on, each.cards) for each in answer.status.deliveries]


def waiting_cards(answer: Answer) -> int:
    """The cards that people wait for today; where nobody knows how many came new, those last stated."""
    return sum(each.cards if each.today is None else each.today for each in answer.status.waiting.values())


# --- The queue ------------------------------------------------------------------------------------


def queue(answer: Answer, days: Days, late: Inflow | None, grants: Inflow | None) -> Queue:
    """When nobody waits any more.

    Args:
        answer: The answer of this evening.
        days: The days ahead.
        late: What came in a week of late; None where that is not known.
        grants: What would come as grants were learnt; None before the first.
    """
    shelf, waits, prints = at_hand(answer), waiting_cards(answer), days.prints
    reach = int(shelf / prints + ROUNDING)
    served = as_printed(answer.facts, waits, prints)
    of_late, granted = (_at_supply(answer, days, each) if each else None for each in (late, grants))
    supply, there = (late, of_late) if late else (grants, granted)
    limits = [*days.limits, *([_there(answer, days, supply)] if supply else [])]
    with_cards = served and (there.if_nobody_new if there else served)
    return Queue(
        waiting_cards=waits,
        is_as_stated=any(each.today is None for each in answer.status.waiting.values()),
        batches=waits / answer.facts.settings.batch_cards,
        weeks=waits / supply.cards_per_week if supply and supply.cards_per_week else None,
        prints_cards_per_workday=prints,
        workdays_to_serve=ceil(waits / prints - ROUNDING),
        new_cards_per_workday=average(days.new) if days.new else None,
        new_from=days.new_from,
        shelf_cards=shelf,
        shelf_workdays=reach,
        shelf_until=days.workdays[reach - 1] if 0 < reach <= len(days.workdays) else None,
        left_cards=max(waits - shelf, 0),
        clear_on=_scenario(answer, days, limits, max(served, with_cards) if served and with_cards else None),
        at_supply=of_late,
        at_grants=granted,
        at_capacity=_scenario(answer, days, days.limits, served),
    )


def _scenario(
    answer: Answer, days: Days, limits: Sequence[CumulativeDemand], if_nobody_new: date | None
) -> Scenario:  # fmt: skip
    waits, today = waiting_cards(answer), answer.facts.as_of
    if waits <= 0:
        return Scenario(Spread(today, today, today), None, today)
    return Scenario(*clearing(waits, days.come, limits), if_nobody_new)


def _at_supply(answer: Answer, days: Days, inflow: Inflow) -> Scenario:
    """With the cards that come in a week alone."""
    missing = waiting_cards(answer) - at_hand(answer)
    weeks = ceil(missing / inflow.cards_per_week - ROUNDING) if inflow.cards_per_week else LONGEST_WEEKS + 1
    ordered = sorted(coming(answer))
    there = [day for n, (day, _) in enumerate(ordered) if sum(cards for _, cards in ordered[: n + 1]) >= missing]
    ends = [answer.facts.as_of + weeks * timedelta(days=DAYS_A_WEEK)] if 0 < weeks <= LONGEST_WEEKS else []
    served = min([*there[:1], *ends], default=None) if missing > 0 else answer.facts.as_of
    return _scenario(answer, days, [_there(answer, days, inflow)], served)


def _there(answer: Answer, days: Days, inflow: Inflow) -> CumulativeDemand:
    seen = inflow.receipts or len([each for each in answer.status.requests if each.share is not None])
    return cards_there(
        days.workdays,
        answer.facts.as_of,
        at_hand(answer),
        coming(answer),
        inflow.cards_per_week,
        inflow.lot_cards,
        seen,
    )

"""The plan: when nobody waits any more, what a target asks for, how to make the cards last, and what to do now.

It stands on the answer and computes nothing that the answer knows. Every number is kept with those it comes from, so
that whoever reads it can do the sum again.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise
from math import ceil, inf
from typing import NamedTuple

from blangko.core.answer import Answer, Outlook
from blangko.core.clearing import Clearing, Evening, cards_there, clearing, evenings, steady, with_stopped_days
from blangko.core.facts import Facts, Stated
from blangko.core.forecast import EARLY, LATE, Spread
from blangko.core.inflow import Inflow, granted_usually, received_of_late
from blangko.core.level import CumulativeDemand
from blangko.core.ration import Ration, ration
from blangko.core.status import Status
from blangko.core.target import Pace, Printing, Target, Wanted, past_pace, target
from blangko.core.waiting import busiest_day, capacity, queue_cards

PACE_DOUBT = 0.3
"""A pace taken from two statements is taken to be right within 30 % (coefficient of variation)."""
ROUNDING = 1e-9
USE, RECORDINGS = "use", "recordings"
"""From what is known how many come new: from the demand that the book teaches, or from the pace of recording."""
LEAST_ROWS = 20
"""Four weeks are shown however soon all is over."""


class Queue(NamedTuple):
    """People who wait for a card, and when none of them does any more.

    `waiting_cards` are this evening's, or with `is_as_stated`, where nobody knows how many came new, those last stated.
    `prints_cards_per_workday` is what can be printed on a day as long as cards last; `shelf_workdays` so many days the
    cards at hand reach at that, until `shelf_until`, and `left_cards` of those who wait now wait then. `weeks` are
    those that cards for them take at the present supply. `clear_on` is with all limits together; the three others are
    with what comes in a week alone, as it came of late and as grants were learnt, and with the counter alone.
    """

    waiting_cards: int
    is_as_stated: bool
    batches: float
    weeks: float | None
    prints_cards_per_workday: float
    new_cards_per_workday: float | None
    new_from: str | None
    shelf_cards: int
    shelf_workdays: int
    shelf_until: date | None
    left_cards: int
    workdays_to_serve: int
    clear_on: Clearing
    at_supply: Clearing | None
    at_grants: Clearing | None
    at_capacity: Clearing


class PlanRow(NamedTuple):
    """One open day ahead: cards used, waited for on its evening, and left on the shelf."""

    day: date
    use_cards: int
    waiting_cards: int
    stock_cards: Spread[int]


class Plan(NamedTuple):
    """The answer, and what follows from it for the weeks and months to come.

    `queue` is None where nobody stated who waits, or no demand is known; `target` without one; `ration` where no
    demand is known. `supply` is what comes in a week, of late or else as grants were learnt; `grants` the latter.
    """

    answer: Answer
    wanted: Wanted
    queue: Queue | None
    target: Target | None
    ration: Ration | None
    supply: Inflow | None
    grants: Inflow | None
    capacity_cards: int | None
    rows: Sequence[PlanRow]

    @property
    def status(self) -> Status:
        """The answer that the plan stands on."""
        return self.answer.status


class Days(NamedTuple):
    """The days ahead as sums: what is newly wanted (None where nobody knows) and what can be printed, limit by limit.

    `printing` is what the counter prints while people wait: the capacity, else what it is known to print; `quota` is
    None where none stands.
    """

    new: CumulativeDemand | None
    new_from: str | None
    printing: CumulativeDemand
    quota: CumulativeDemand | None

    @property
    def prints(self) -> float:
        """Cards that can be printed on an average open day of the next four weeks."""
        return min(map(_average, self.limits))

    @property
    def limits(self) -> list[CumulativeDemand]:
        """All that keeps the counter from printing more."""
        return [self.printing, *([self.quota] if self.quota else [])]


def plan(answer: Answer, wanted: Wanted, recorded: Sequence[Stated] = ()) -> Plan:
    """What follows from an answer for those who wait, for a target and for the days until more cards come.

    Args:
        answer: The answer of this evening.
        wanted: The target and the day up to which the cards are to last.
        recorded: All statements of how many people are recorded, by day.

    Raises:
        NoPopulation: A target without the figures that it is a share of.
        RationDayPassed: Cards are to last until a day that is over.
        RationBeyondHorizon: They are to last until a day that no forecast reaches.
    """
    facts, ahead = answer.facts, answer.ahead
    late, grants = received_of_late(facts), granted_usually(answer)
    supply = late or grants
    pace = past_pace(recorded, facts.calendar)
    days = days_ahead(facts, ahead, pace) if ahead else None
    waiting = _queue(answer, days, late, grants) if days and ahead and facts.backlog else None
    aim = target(facts, wanted, recorded, _printing(answer, days), _trip_cards(facts, supply, grants))
    held = ration(answer, wanted.ration_until)
    return Plan(
        answer=answer,
        wanted=wanted,
        queue=waiting,
        target=aim,
        ration=held,
        supply=supply,
        grants=grants,
        capacity_cards=capacity(facts, queue_cards(facts, ahead.model if ahead else None)),
        rows=_rows(answer, ahead, days, supply, _shown_until(waiting, wanted, answer)) if ahead and days else [],
    )


# --- The days ahead -------------------------------------------------------------------------------


def days_ahead(facts: Facts, ahead: Outlook, pace: Pace | None) -> Days:
    """What is wanted and what can be printed on the open days ahead.

    While people wait and no capacity is stated, the learnt demand is what the counter prints: how many come new is
    then what the recordings say, else nobody knows.
    """
    use, waits = ahead.fresh, queue_cards(facts, ahead.model) > 0
    demand, come, source = use.demand, None, None
    if facts.settings.print_capacity or not waits:
        come, source = with_stopped_days(demand, _stopped(facts, ahead), ahead.model.expected), USE
    elif pace:
        come, source = steady(use.workdays, pace.per_workday, PACE_DOUBT), RECORDINGS
    quota = most_a_day(facts)
    return Days(come, source, use.drain or demand, steady(use.workdays, quota) if quota else None)


def most_a_day(facts: Facts) -> int | None:
    """The quota that stands, or the smaller one that is supposed; None where there is none."""
    return min(filter(None, (facts.quota_cards, facts.capped_cards)), default=None)


def _stopped(facts: Facts, ahead: Outlook) -> list[date]:
    """The open days ahead on which nothing can be printed, though people come."""
    last = ahead.fresh.workdays[-1]
    return sorted(day for day in facts.stopped if facts.as_of < day <= last and facts.calendar.is_open(day))


def _coming(answer: Answer) -> list[tuple[date, float]]:
    """What is on order with the likely day of each part."""
    return [(each.likely_on, each.cards) for each in answer.status.deliveries]


def _at_hand(answer: Answer) -> int:
    """Cards taken to be on the shelf: without what days that nobody wrote down have probably used."""
    return max(answer.status.shelf_cards - answer.status.unwritten_cards, 0)


# --- The queue ------------------------------------------------------------------------------------


def _queue(answer: Answer, days: Days, late: Inflow | None, grants: Inflow | None) -> Queue:
    facts, shelf, waiting, workdays = answer.facts, _at_hand(answer), _waiting(answer), days.printing.workdays
    prints, supply = days.prints, late or grants
    reach = int(shelf / prints + ROUNDING) if prints else 0
    of_late, granted = (_there(answer, workdays, each) if each else None for each in (late, grants))
    there = of_late or granted
    return Queue(
        waiting_cards=waiting,
        is_as_stated=any(each.today is None for each in answer.status.waiting.values()),
        batches=waiting / facts.settings.batch_cards,
        weeks=waiting / supply.cards_per_week if supply and supply.cards_per_week else None,
        prints_cards_per_workday=prints,
        new_cards_per_workday=_average(days.new) if days.new else None,
        new_from=days.new_from,
        shelf_cards=shelf,
        shelf_workdays=reach,
        shelf_until=workdays[reach - 1] if 0 < reach <= len(workdays) else None,
        left_cards=max(waiting - shelf, 0),
        workdays_to_serve=ceil(waiting / prints - ROUNDING) if prints else 0,
        clear_on=_clearing(answer, waiting, days.new, [*days.limits, *([there] if there else [])]),
        at_supply=_clearing(answer, waiting, days.new, [of_late]) if of_late else None,
        at_grants=_clearing(answer, waiting, days.new, [granted]) if granted else None,
        at_capacity=_clearing(answer, waiting, days.new, days.limits),
    )


def _waiting(answer: Answer) -> int:
    """The cards that people wait for today; where nobody knows how many came new, those last stated."""
    return sum(each.cards if each.today is None else each.today for each in answer.status.waiting.values())


def _clearing(
    answer: Answer, waiting: int, new: CumulativeDemand | None, limits: Sequence[CumulativeDemand]
) -> Clearing:
    if waiting <= 0:
        return Clearing(Spread(*[answer.facts.as_of] * 3))
    return clearing(waiting, new, limits)


def _there(answer: Answer, workdays: Sequence[date], inflow: Inflow) -> CumulativeDemand:
    seen = inflow.receipts or len([each for each in answer.status.requests if each.share is not None])
    return cards_there(
        workdays, answer.facts.as_of, _at_hand(answer), _coming(answer), inflow.cards_per_week, inflow.lot_cards, seen
    )


def _average(demand: CumulativeDemand) -> float:
    """Cards of an average open day of the next four weeks."""
    days = min(LEAST_ROWS, len(demand.mean))
    return demand.mean[days - 1] / days


# --- The target -----------------------------------------------------------------------------------


def _printing(answer: Answer, days: Days | None) -> Printing:
    """What the cards of a target meet: those who wait as they were stated, else who is recorded and not printed yet."""
    stated, stated_queue = answer.facts.population, answer.status.waiting
    unprinted = stated["recorded"].number - stated["printed"].number if {"recorded", "printed"} <= set(stated) else 0
    waiting = _waiting(answer) if stated_queue else max(unprinted, 0)
    # New people known from the recordings are those of the target itself.
    new = _average(days.new) if days and days.new and days.new_from == USE else None
    return Printing(waiting, days.prints if days else None, new)


def _trip_cards(facts: Facts, supply: Inflow | None, grants: Inflow | None) -> int:
    """What a trip to the giver brings: the deliveries of late, else what is granted, else a batch; never above the
    giver's ceiling."""
    known = [round(each.lot_cards) for each in (supply, grants) if each and each.lot_cards >= 1]
    usual = known[0] if known else facts.settings.batch_cards
    return min(usual, facts.settings.most_per_request or usual)


# --- Day by day -----------------------------------------------------------------------------------


def _shown_until(waiting: Queue | None, wanted: Wanted, answer: Answer) -> date | None:
    """The last day of which something is told; None for all there are."""
    empty = waiting.clear_on.on.p90 if waiting else answer.facts.as_of
    gone = answer.status.run_out_on.p90
    named = [day for day in (wanted.by, wanted.ration_until) if day]
    return None if empty is None or gone is None else max([empty, gone, *named])


def _rows(
    answer: Answer, ahead: Outlook, days: Days, supply: Inflow | None, until: date | None
) -> list[PlanRow]:  # fmt: skip
    """One row for each open day ahead: as expected, and the shelf on busy and on quiet days."""
    open_days = sorted({*days.printing.workdays, *_stopped(answer.facts, ahead)})
    if until is not None:
        open_days = open_days[: max(bisect_left(open_days, until) + 1, LEAST_ROWS)]
    arriving = _arriving(answer, open_days, supply)
    middle, busy, quiet = (_path(answer, ahead, days, open_days, arriving, each) for each in (None, LATE, EARLY))
    found = []
    for day, expected, low, high in zip(open_days, middle, busy, quiet, strict=True):
        stocks = sorted(round(each.stock_cards) for each in (low, expected, high))
        found.append(PlanRow(day, round(expected.use_cards), round(expected.waiting_cards), Spread(*stocks)))
    return found


def _path(
    answer: Answer, ahead: Outlook, days: Days, open_days: Sequence[date], arriving: Sequence[float],
    chance: float | None,
) -> list[Evening]:  # fmt: skip
    """The days one after the other, as expected (None) or such that no more is used with this chance."""
    limits, waiting = [_each_day(limit, chance) for limit in days.limits], float(_waiting(answer))
    most = {day: min(limit[day] for limit in limits) for day in days.printing.workdays}
    if days.quota is None and not waiting and not answer.facts.settings.print_capacity:
        # Where nobody is known to wait, the demand is no limit: whoever found an empty shelf is served beside it.
        most = {day: max(usual, busiest_day(answer.facts)) for day, usual in most.items()}
    most |= dict.fromkeys(_stopped(answer.facts, ahead), 0.0)
    if days.new:
        wanted = _each_day(days.new, chance)
        return evenings(
            open_days, _at_hand(answer), waiting, [wanted.get(day, 0.0) for day in open_days], most, arriving
        )
    # Nobody knows who comes new: all that can be printed is, and those who wait now are served by it.
    path = evenings(open_days, _at_hand(answer), inf, [0.0] * len(open_days), most, arriving)
    used = accumulate(each.use_cards for each in path)
    return [each._replace(waiting_cards=max(waiting - so_far, 0.0)) for each, so_far in zip(path, used, strict=True)]


def _arriving(answer: Answer, open_days: Sequence[date], supply: Inflow | None) -> list[float]:
    """What is there on each morning that was not there on the evening of the open day before."""
    rate, lot = (supply.cards_per_week, supply.lot_cards) if supply else (0.0, 0.0)
    there = cards_there(open_days, answer.facts.as_of, 0.0, _coming(answer), rate, lot, 1).mean
    return [after - before for before, after in pairwise([0.0, *there])]


def _each_day(sums: CumulativeDemand, chance: float | None) -> dict[date, float]:
    """The sums as single days: of the mean, or of the quantile."""
    totals = sums.mean
    if chance is not None:
        totals = tuple(sums.quantile(days, chance) for days in range(1, len(sums.mean) + 1))
    steps = (max(after - before, 0.0) for before, after in pairwise([0.0, *totals]))
    return dict(zip(sums.workdays, steps, strict=True))

"""The plan: when nobody waits any more, what a target asks for, how to make the cards last, and the days ahead.

It stands on the answer and computes nothing that the answer knows. Every number is kept with those it comes from, so
that whoever reads it can do the sum again.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple

from blangko.core.answer import Answer
from blangko.core.clearing import Evening, cards_there, evenings
from blangko.core.facts import Facts, Stated
from blangko.core.forecast import EARLY, LATE, Spread
from blangko.core.inflow import Inflow, granted_usually, received_of_late
from blangko.core.level import CumulativeDemand
from blangko.core.population import not_printed
from blangko.core.ration import Ration, ration
from blangko.core.serving import USE, Days, Queue, at_hand, average, coming, days_ahead, queue, waiting_cards
from blangko.core.status import Status
from blangko.core.target import Printing, Target, Wanted, past_pace, target
from blangko.core.waiting import busiest_day, capacity, queue_cards

LEAST_ROWS = 20
"""Four weeks are shown however soon all is over."""


class PlanRow(NamedTuple):
    """One open day ahead: cards used, waited for on its evening, and left on the shelf."""

    day: date
    use_cards: int
    waiting_cards: int
    stock_cards: Spread[int]


class Plan(NamedTuple):
    """The answer, and what follows from it for the weeks and months to come.

    `queue` is None where nobody stated who waits, or nobody knows what can be printed; `target` without one; `ration`
    where no demand is known. `supply` is what comes in a week, of late or else as grants were learnt; `grants` the
    latter. `capacity_cards` is the most that the counter prints on a day, None where nobody knows.
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

    @property
    def waiting_cards(self) -> int | None:
        """The cards that people wait for; None where nobody stated any."""
        return waiting_cards(self.answer) if self.status.waiting else None


def plan(answer: Answer, wanted: Wanted, recorded: Sequence[Stated] = (), printed_for: Mapping[str, int] = {}) -> Plan:
    """What follows from an answer for those who wait, for a target and for the days until more cards come.

    Args:
        answer: The answer of this evening.
        wanted: The target and the day up to which the cards are to last.
        recorded: All statements of how many people are recorded, by day.
        printed_for: Cards that were printed for each purpose while nothing was rationed.

    Raises:
        NoPopulation: A target without the figures that it is a share of.
        RationDayPassed: Cards are to last until a day that is over.
        RationBeyondHorizon: They are to last until a day that no forecast reaches.
    """
    facts = answer.facts
    late, grants = received_of_late(facts), granted_usually(answer)
    supply, pace = late or grants, past_pace(recorded, facts.calendar)
    days = days_ahead(answer, pace)
    waits = queue(answer, days, late, grants) if days and days.prints > 0 and answer.status.waiting else None
    return Plan(
        answer=answer,
        wanted=wanted,
        queue=waits,
        target=target(facts, wanted, pace, _printing(answer, days), _trip_cards(facts, supply)),
        ration=ration(answer, wanted.ration_until, printed_for),
        supply=supply,
        grants=grants,
        capacity_cards=capacity(facts, queue_cards(facts, answer.ahead.model if answer.ahead else None)),
        rows=_rows(answer, days, supply, _last_shown(waits, answer, wanted)) if days else [],
    )


def _printing(answer: Answer, days: Days | None) -> Printing:
    """What the cards of a target meet: those who wait as they were stated, else who is recorded and not printed yet."""
    gap = not_printed(answer.facts.population)
    waits = waiting_cards(answer) if answer.status.waiting else gap.people if gap else 0
    # New people known from the recordings are those of the target itself.
    new = average(days.new) if days and days.new and days.new_from == USE else None
    return Printing(waits, days.prints if days else None, new)


def _trip_cards(facts: Facts, supply: Inflow | None) -> int:
    """What a trip to the giver brings: a delivery of late, or as granted; else a batch. Never above his ceiling."""
    usual = round(supply.lot_cards) if supply and supply.lot_cards >= 1 else facts.settings.batch_cards
    return min(usual, facts.settings.most_per_request or usual)


# --- Day by day -----------------------------------------------------------------------------------


def _last_shown(waits: Queue | None, answer: Answer, wanted: Wanted) -> date | None:
    """The day on which the queue, the shelf and all that was asked about are over; None beyond the days ahead."""
    empty = waits.clear_on.on.p90 if waits else answer.facts.as_of
    gone = answer.status.run_out_on.p90
    named = [day for day in (wanted.by, wanted.ration_until) if day]
    return None if empty is None or gone is None else max([empty, gone, *named])


def _rows(answer: Answer, days: Days, supply: Inflow | None, last: date | None) -> list[PlanRow]:
    """One row for each open day ahead: as expected, and the shelf on busy and on quiet days."""
    open_days = sorted([*days.workdays, *days.stopped])
    if last is not None:
        open_days = open_days[: max(bisect_right(open_days, last), LEAST_ROWS)]
    arriving = _arriving(answer, open_days, supply)
    expected, busy, quiet = (_path(answer, days, open_days, arriving, each) for each in (None, LATE, EARLY))
    found = []
    for day, middle, low, high in zip(open_days, expected, busy, quiet, strict=True):
        stocks = sorted(round(each.stock_cards) for each in (low, middle, high))
        found.append(PlanRow(day, round(middle.use_cards), round(middle.waiting_cards), Spread(*stocks)))
    return found


def _arriving(answer: Answer, open_days: Sequence[date], supply: Inflow | None) -> list[float]:
    """What is there on each morning that was not there on the evening of the open day before."""
    rate, lot = (supply.cards_per_week, supply.lot_cards) if supply else (0.0, 0.0)
    there = cards_there(open_days, answer.facts.as_of, 0.0, coming(answer), rate, lot, 1).mean
    return [after - before for before, after in pairwise([0.0, *there])]


def _path(
    answer: Answer, days: Days, open_days: Sequence[date], arriving: Sequence[float], chance: float | None
) -> list[Evening]:  # fmt: skip
    """The days one after the other, as expected (None) or such that no more is used with this chance."""
    shelf, waits, most = at_hand(answer), float(waiting_cards(answer)), _most(answer, days, chance)
    if days.new:
        wanted = _each_day(days.new, chance) | days.stopped
        return evenings(open_days, shelf, waits, [wanted[day] for day in open_days], most, arriving)
    # Nobody knows who comes new: all that can be printed is, and those who wait now are served by it.
    path = evenings(open_days, shelf, inf, [0.0] * len(open_days), most, arriving)
    used = accumulate(each.use_cards for each in path)
    return [each._replace(waiting_cards=max(waits - so_far, 0.0)) for each, so_far in zip(path, used, strict=True)]


def _most(answer: Answer, days: Days, chance: float | None) -> Mapping[date, float]:
    """What can be printed on each day."""
    limits = [_each_day(limit, chance) for limit in days.limits]
    most = {day: min(limit[day] for limit in limits) for day in days.workdays}
    if days.quota is None and not answer.status.waiting and not answer.facts.settings.print_capacity:
        # Where nobody is known to wait, the demand is no limit: whoever found an empty shelf is served beside it.
        most = {day: max(usual, busiest_day(answer.facts)) for day, usual in most.items()}
    return most | dict.fromkeys(days.stopped, 0.0)


def _each_day(sums: CumulativeDemand, chance: float | None) -> dict[date, float]:
    """The sums as single days: of the mean, or of the quantile."""
    totals = sums.mean
    if chance is not None:
        totals = tuple(sums.quantile(days, chance) for days in range(1, len(sums.mean) + 1))
    steps = (max(after - before, 0.0) for before, after in pairwise([0.0, *totals]))
    return dict(zip(sums.workdays, steps, strict=True))

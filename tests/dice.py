"""The model of the answer once more, the slow way: leads are drawn, days are walked one by one, uses are thrown."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from blangko.core.answer import Answer, Outlook, supply_of
from blangko.core.level import CumulativeDemand
from blangko.core.requests import Promise, Request
from blangko.core.supply import LeadTime

THROWS = 5_000
"""The standard error of a chance seen so often is at most .007."""
ONE_DAY = timedelta(days=1)
LONGEST_WALK = timedelta(days=620)
STAYS = 0.95
"""Beyond all leads cards come on each day with a chance of one in twenty."""


def before_delivery(answer: Answer, dice: Random) -> float | None:
    """The chance of an empty shelf before the first of the cards on order; None with nothing on order."""
    on_hand, ahead = answer.facts.balance.on_hand, _ahead(answer)
    orders = [(request, promise) for request in answer.facts.requests for promise in request.to_come]
    if not orders:
        return None
    if on_hand <= 0:
        return 1.0
    drawn = [_arrivals(answer, request, promise, dice) for request, promise in orders]
    firsts = [min(days) for days in zip(*drawn, strict=True)]
    lasted = {day: sum(workday < day for workday in ahead.use.workdays) for day in set(firsts)}
    return sum(_thrown(ahead, lasted[day], dice) > on_hand for day in firsts) / len(firsts)


def before_a_request(answer: Answer, requested_on: date, dice: Random) -> float:
    """The chance of an empty shelf before cards asked for on a day, on the evenings from the first expected arrival."""
    ahead, on_hand = _ahead(answer), answer.facts.balance.on_hand
    workdays = ahead.use.workdays
    coming = sorted((sum(day < each.likely_on for day in workdays), each.cards) for each in answer.status.deliveries)
    evenings = range(len(workdays) + 1)
    shelves = [on_hand + sum(cards for lasted, cards in coming if lasted < evening) for evening in evenings]
    first, lead = coming[0][0] + 1 if coming else 0, supply_of(answer.facts).lead
    worst: dict[int, list[int]] = {}
    for days, arrival in _walked(answer, requested_on, {days for days, _ in lead.chances}).items():
        lasted = sum(day < arrival for day in workdays)
        # On one shelf the use only grows: its last evening is its worst.
        turns = [each for each in range(first, lasted) if shelves[each + 1] > shelves[each]]
        worst[days] = [*turns, lasted] if first <= lasted else []
    empty = 0
    for days in _leads(lead, -1, dice):
        fortune, service = dice.gauss(0, 1), dice.gauss(0, 1)
        empty += any(_used(ahead, evening, fortune, service) > shelves[evening] for evening in worst[days])
    return empty / THROWS


def _ahead(answer: Answer) -> Outlook:
    assert answer.ahead is not None
    return answer.ahead


# --- When cards come ------------------------------------------------------------------------------


def _arrivals(answer: Answer, request: Request, promise: Promise, dice: Random) -> list[date]:
    """The days on whose morning the cards are there, one for each throw."""
    today, source = answer.facts.as_of, answer.facts.source
    if promise.due_on and promise.due_on >= today:
        day = promise.due_on
        while not source.is_open(day) and day - promise.due_on < LONGEST_WALK:
            day += ONE_DAY
        return [day] * THROWS
    waited, day = 0, request.requested_on
    while day < today:
        day += ONE_DAY
        waited += source.is_open(day)
    drawn = _leads(supply_of(answer.facts).lead, waited, dice)
    walked = _walked(answer, request.requested_on, set(drawn))
    return [walked[days] for days in drawn]


def _leads(lead: LeadTime, waited: int, dice: Random) -> list[int]:
    """Leads longer than the wait, or a day more at a time where none is that long."""
    longer = [each for each in lead.chances if each[0] > waited]
    if not longer:
        return [_one_more(waited + 1, dice) for _ in range(THROWS)]
    return dice.choices(*zip(*longer, strict=True), k=THROWS)


def _one_more(days: int, dice: Random) -> int:
    while dice.random() < STAYS:
        days += 1
    return days


def _walked(answer: Answer, requested_on: date, leads: set[int]) -> dict[int, date]:
    """For each of these leads the so-manieth open day of the source after a request, found by walking there."""
    day, source, passed, found = requested_on, answer.facts.source, 0, {0: requested_on}
    while passed < max(leads) and day - answer.facts.as_of < LONGEST_WALK:
        day += ONE_DAY
        if source.is_open(day):
            passed += 1
            found[passed] = day
    return {days: found.get(days, day + ONE_DAY) for days in leads}


# --- What is used ---------------------------------------------------------------------------------


def _thrown(ahead: Outlook, evening: int, dice: Random) -> float:
    """The use up to an evening: a gamma, and no more than the counter can print."""
    number = ahead.use.unwritten_days + evening - 1
    if number < 0:
        return 0.0
    wanted = ahead.use.waiting_cards + _gamma(ahead.use.demand, number, dice)
    return wanted if ahead.use.drain is None else min(wanted, _gamma(ahead.use.drain, number, dice))


def _gamma(sums: CumulativeDemand, number: int, dice: Random) -> float:
    mean, variance = sums.mean[number], sums.variance[number]
    return dice.gammavariate(mean * mean / variance, variance / mean) if variance > 0 and mean > 0 else mean


def _used(ahead: Outlook, evening: int, fortune: float, service: float) -> float:
    """The use up to an evening of people as many, and a counter as quick, as `fortune` and `service` say (normal)."""
    number = ahead.use.unwritten_days + evening - 1
    if number < 0:
        return 0.0
    wanted = ahead.use.waiting_cards + _cube(ahead.use.demand, number, fortune)
    return wanted if ahead.use.drain is None else min(wanted, _cube(ahead.use.drain, number, service))


def _cube(sums: CumulativeDemand, number: int, z: float) -> float:
    """A gamma by the normal that its cube root very nearly is (Wilson and Hilferty)."""
    mean, variance = sums.mean[number], sums.variance[number]
    spread = variance**0.5 / (3 * mean) if mean > 0 else 0.0
    return mean * max(1 - spread * spread + z * spread, 0.0) ** 3

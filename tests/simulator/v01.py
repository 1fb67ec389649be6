"""The former rule: when and how many cards version 0.1 asked for, kept as it was to be compared with.

It took what was on order for stock: in full, and at once. Lead times were calendar days, each of the stated range seen
once beforehand. What was granted of the cards asked for did not change what it asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from blangko.core.book import Day
from blangko.core.facts import Facts
from blangko.core.workdays import ONE_DAY
from tests.simulator import v01_level as level
from tests.simulator.v01_level import CumulativeDemand, DayUse

HORIZON_WORKDAYS = 250
LOOK_BACK_WORKDAYS = 30
REVIEW_WORKDAYS = 5
MOST_BATCHES = 50
RARE_SHARE = 0.05
NO_BLANKS = "no-blanks"

Leads = tuple[tuple[int, float], ...]
"""Calendar days from a request to the cards, ascending, with the chance of each."""


def cards_to_ask(facts: Facts) -> int:
    """What version 0.1 asked for on this evening: its number once its day had come, else nothing."""
    model = _model(facts)
    workdays = facts.calendar.next_open_days(_known_until(facts) + ONE_DAY, HORIZON_WORKDAYS)
    if model is None or not workdays:
        return 0
    demand, leads = model.cumulative(workdays), _leads(facts)
    position = facts.balance.on_hand + sum(request.on_order_cards for request in facts.requests)
    candidates = _request_days(facts, leads, workdays)
    asked_by = _latest_request_day(demand, position, leads, facts.settings.accepted_risk, candidates)
    if asked_by is None or asked_by > facts.as_of:
        return 0
    return _cards(facts, demand, position, leads, candidates)


# --- Demand ---------------------------------------------------------------------------------------


def _model(facts: Facts) -> level.DemandModel | None:
    taught = [
        DayUse(day.day, day.use, _hides_demand(day))
        for day in facts.days
        if day.logged and (day.use > 0 or day.cause in (None, NO_BLANKS))
    ][-level.HISTORY_DAYS :]
    if sum(not use.is_lower_bound for use in taught) >= level.MINIMUM_DAYS:
        return level.fit(taught)
    typical = facts.settings.typical_daily_use
    return level.typical(typical) if typical else None


def _hides_demand(day: Day) -> bool:
    return day.quota is not None or day.cause is not None or day.opening <= 0 or day.closing <= 0


def _known_until(facts: Facts) -> date:
    known = [day.day for day in facts.days if day.logged]
    if facts.last_count:
        known.append(facts.last_count.occurred_on)
    if facts.opened_on:
        known.append(facts.opened_on)
    ends = [*(day.day - ONE_DAY for day in facts.days[1:]), facts.as_of]
    known += [max(day.day, end) for day, end in zip(facts.days, ends, strict=False) if day.closing <= 0]
    return min(max(known, default=facts.as_of), facts.as_of)


# --- The request ----------------------------------------------------------------------------------


def _leads(facts: Facts) -> Leads:
    low, high = facts.settings.lead_low_days, facts.settings.lead_high_days
    seen = [request.lead_time_days for request in facts.requests if request.lead_time_days is not None]
    counts: dict[int, int] = {}
    for days in [*range(low, high + 1), *(days for days in seen if days >= 0)]:
        counts[days] = counts.get(days, 0) + 1
    total = sum(counts.values())
    return tuple((days, count / total) for days, count in sorted(counts.items()))


def _longest_usual(leads: Leads) -> int:
    reached = 0.0
    for days, chance in leads:
        reached += chance
        if reached >= 1 - RARE_SHARE - 1e-9:
            return days
    return leads[-1][0]


def _request_days(facts: Facts, leads: Leads, workdays: Sequence[date]) -> list[date]:
    first = min(facts.as_of, workdays[0]) - timedelta(days=_longest_usual(leads))
    back = facts.calendar.last_open_days(facts.as_of, LOOK_BACK_WORKDAYS)
    return facts.calendar.open_days(min(first, *back) if back else first, workdays[-1])


def _latest_request_day(
    demand: CumulativeDemand, position: int, leads: Leads, accepted_risk: float, candidates: Sequence[date]
) -> date | None:
    gone = _gone_by(demand, position, len(demand.workdays))

    def risk(day: date) -> float:
        return _average(demand, gone, day, leads)

    if risk(candidates[-1]) <= accepted_risk:
        return None
    return candidates[max(bisect_right(candidates, accepted_risk, key=risk) - 1, 0)]


def _cards(facts: Facts, demand: CumulativeDemand, position: int, leads: Leads, candidates: Sequence[date]) -> int:
    latest_arrival = facts.as_of + timedelta(days=_longest_usual(leads))
    number = bisect_right(candidates, latest_arrival) + REVIEW_WORKDAYS - 1
    next_request_on = candidates[min(number, len(candidates) - 1)]
    longest = bisect_left(demand.workdays, next_request_on + timedelta(days=leads[-1][0]))
    batch, batches = facts.settings.batch_cards, 1
    while batches < MOST_BATCHES:
        gone = _gone_by(demand, position + batches * batch, longest)
        if _average(demand, gone, next_request_on, leads) <= facts.settings.accepted_risk:
            break
        batches += 1
    return batches * batch


def _gone_by(demand: CumulativeDemand, cards: float, days: int) -> list[float]:
    chances = [0.0]
    for ahead in range(1, min(days, len(demand.workdays)) + 1):
        chances.append(max(chances[-1], 1 - demand.chance_within(ahead, cards)))
    return chances


def _average(demand: CumulativeDemand, gone: Sequence[float], requested_on: date, leads: Leads) -> float:
    arrivals = (bisect_left(demand.workdays, requested_on + timedelta(days=days)) for days, _ in leads)
    return sum(chance * gone[number] for (_, chance), number in zip(leads, arrivals, strict=True))

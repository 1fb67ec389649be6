"""When to ask for the next batch, for how many cards, and what the wait risks.

The shelf must last from the request to the delivery. How long that takes is not known, so every answer is averaged
over the lead times seen so far. Source: the probability of no stock-out in a cycle, Silver, Pyke and Thomas,
Inventory and Production Management in Supply Chains, 4th ed. (2017).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.forecast import empty_chances
from blangko.core.level import CumulativeDemand

REVIEW_WORKDAYS = 5
MOST_BATCHES = 50
"""No request is for more: a hundred thousand cards, a good year's use of a large office, where a batch is 2,000."""
RARE_SHARE = 0.05


class LeadTime(NamedTuple):
    """How likely each lead time is: calendar days from the request to the first cards, ascending, with its chance."""

    chances: tuple[tuple[int, float], ...]

    @property
    def low(self) -> int:
        """The shortest lead time to reckon with, in calendar days; shorter ones are one in twenty, or fewer."""
        return self._quantile(RARE_SHARE)

    @property
    def typical(self) -> int:
        """The median, in calendar days."""
        return self._quantile(0.5)

    @property
    def high(self) -> int:
        """The longest lead time to reckon with, in calendar days; longer ones are one in twenty, or fewer."""
        return self._quantile(1 - RARE_SHARE)

    def _quantile(self, share: float) -> int:
        reached = 0.0
        for days, chance in self.chances:
            reached += chance
            # The margin keeps a sum of tenths from missing its mark by a rounding error.
            if reached >= share - 1e-9:
                return days
        return self.chances[-1][0]


def latest_request_day(
    demand: CumulativeDemand,
    position_cards: int,
    lead: LeadTime,
    accepted_risk: float,
    candidates: Sequence[date],
) -> date | None:
    """The last of the candidates on which the next batch may be asked for.

    A request one candidate later would leave a chance above `accepted_risk` of an empty shelf before the delivery.

    Args:
        demand: The use from the first horizon day to each of them.
        position_cards: Usable blanks on the shelf and those on order.
        lead: How likely each lead time is.
        accepted_risk: Accepted chance of an empty shelf before the delivery, in (0, 1).
        candidates: Open days, ascending; they begin so far back that a request then was early enough.

    Returns:
        None when even the last candidate is early enough: nothing need be asked for yet.
        The first candidate when that is too late already.
    """
    gone = _gone_by(demand, position_cards, len(demand.workdays))

    def risk(day: date) -> float:
        return _average(demand, gone, day, lead.chances)

    if risk(candidates[-1]) <= accepted_risk:
        return None
    # The risk never falls as the request moves on, so the days that are early enough come first.
    early_enough = bisect_right(candidates, accepted_risk, key=risk)
    return candidates[max(early_enough - 1, 0)]


def shortage_risk(demand: CumulativeDemand, position_cards: int, requested_on: date, lead: LeadTime) -> float:
    """The chance that the shelf is empty before a delivery asked for on this day arrives."""
    longest = _days_before(demand, requested_on + timedelta(days=lead.chances[-1][0]))
    return _average(demand, _gone_by(demand, position_cards, longest), requested_on, lead.chances)


def delivery_risk(
    demand: CumulativeDemand,
    on_hand_cards: int,
    requested_on: date,
    due_on: date | None,
    as_of: date,
    lead: LeadTime,
) -> float:
    """The chance that the shelf is empty before cards already on order arrive.

    A promised day that has not passed is believed. Else the lead times that have not passed count; if all have,
    the cards are taken to arrive tomorrow.
    """
    if due_on is not None and due_on >= as_of:
        coming: tuple[tuple[int, float], ...] = (((due_on - requested_on).days, 1.0),)
    else:
        waited = (as_of - requested_on).days
        coming = tuple((days, chance) for days, chance in lead.chances if days >= waited) or ((waited + 1, 1.0),)
    return shortage_risk(demand, on_hand_cards, requested_on, LeadTime(_shares(coming)))


def cards_to_request(
    demand: CumulativeDemand,
    position_cards: int,
    lead: LeadTime,
    accepted_risk: float,
    candidates: Sequence[date],
    requested_on: date,
    batch_cards: int,
    review_workdays: int = REVIEW_WORKDAYS,
) -> int:
    """The cards to ask for, in whole batches.

    So many that the request after this one need not be made until `review_workdays` open days after the latest
    arrival of this one; at least one batch, and at most `MOST_BATCHES`.
    """
    latest_arrival = requested_on + timedelta(days=lead.high)
    next_request = bisect_right(candidates, latest_arrival) + review_workdays - 1
    next_request_on = candidates[min(next_request, len(candidates) - 1)]
    batches = 1
    while batches < MOST_BATCHES:
        if shortage_risk(demand, position_cards + batches * batch_cards, next_request_on, lead) <= accepted_risk:
            break
        batches += 1
    return batches * batch_cards


def lead_time(low_days: int, high_days: int, observed: Sequence[int]) -> LeadTime:
    """The lead times to expect: each from `low_days` to `high_days` seen once beforehand, and those observed since."""
    counts: dict[int, int] = {}
    for days in [*range(low_days, high_days + 1), *observed]:
        counts[days] = counts.get(days, 0) + 1
    return LeadTime(_shares(sorted(counts.items())))


def stretching_quota(on_hand_cards: int, workdays: int) -> int:
    """Cards a day that make the shelf last so many open days."""
    return max(on_hand_cards, 0) // max(workdays, 1)


def _shares(weights: Sequence[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    total = sum(weight for _, weight in weights)
    return tuple((days, weight / total) for days, weight in weights)


def _gone_by(demand: CumulativeDemand, cards: float, days: int) -> list[float]:
    """The chance that the shelf is empty after 0, 1, 2 … horizon days, up to `days`."""
    chances = [0.0]
    for chance in empty_chances(demand, cards):
        if len(chances) > days:
            break
        chances.append(chance)
    return chances


def _average(
    demand: CumulativeDemand, gone: Sequence[float], requested_on: date, chances: Sequence[tuple[int, float]]
) -> float:
    return sum(chance * gone[_days_before(demand, requested_on + timedelta(days=days))] for days, chance in chances)


def _days_before(demand: CumulativeDemand, arrival: date) -> int:
    """Horizon days that the shelf must last if the cards arrive on this day, in the morning."""
    return bisect_left(demand.workdays, arrival)

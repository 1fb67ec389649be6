"""How to make the cards last until the next ones come: what share of the people to serve, and the quota of a day.

A fixed quota that is safe for the latest delivery leaves cards over, and turns people away on busy days; without any
rule the last days serve nobody. Projected proportional allocation serves each day the share that the shelf has of the
use to be expected until the delivery, seen anew every morning.

Source: Manshadi, Niazadeh, Rodilitz, "Fair dynamic rationing", Management Science 69:6818 (2023).
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise
from math import ceil, sqrt
from typing import NamedTuple

from blangko.core.answer import Answer, Outlook
from blangko.core.gamma import gamma_chance, normal_chance
from blangko.core.supply import Delivery, asked_on
from blangko.core.use import DRAIN_VARIATION
from blangko.errors import RationBeyondHorizon, RationDayPassed

Lasted = Sequence[tuple[int, float]]
"""Open days to be lasted until cards come, ascending and at least one, each with its chance."""

LEVELS = ((-sqrt(3), 1 / 6), (0.0, 2 / 3), (sqrt(3), 1 / 6))
"""Three values that stand for a normal variable, with their weights: Gauss and Hermite's, exact to the fifth power."""


class Ration(NamedTuple):
    """How to make the cards last until `until`, the day on whose morning more of them are there.

    `cards_per_day` is the quota of `on`, the next open day; `fixed_cards` one quota that would hold on all days until
    then, None where none is needed. `served_share` of the people are served that day. Where it is 1 nothing has to be
    rationed. `left_at_delivery_cards` are to be expected on the shelf when the delivery comes.
    """

    until: date
    on: date
    cards_per_day: int
    fixed_cards: int | None
    served_share: float
    left_at_delivery_cards: int

    @property
    def is_needed(self) -> bool:
        """Whether anybody has to be turned away at all."""
        return self.served_share < 1


def ration(answer: Answer, until: date | None = None) -> Ration | None:
    """How to make the cards on the shelf last until more come; None while nobody knows how many a day uses.

    Args:
        answer: The answer of the evening before.
        until: The day on whose morning cards are there. Unless given, the next delivery on order, as likely on each
            day as the supply teaches; without anything on order one that is asked for today.

    Raises:
        RationDayPassed: `until` is no later than the day of the answer.
        RationBeyondHorizon: `until` is later than the days that are forecast.
    """
    ahead, today = answer.ahead, answer.facts.as_of
    if until is not None and until <= today:
        raise RationDayPassed(until=until, today=today)
    if ahead is None:
        return None
    if until is not None and until > ahead.fresh.workdays[-1]:
        raise RationBeyondHorizon(until=until, last=ahead.fresh.workdays[-1])
    comes = Delivery(0, 0.0, ((until, 1.0),), until, True) if until else next_delivery(answer, ahead)
    shelf = max(answer.status.shelf_cards - answer.status.unwritten_cards, 0)
    lasted, uses = days_to_last(comes, ahead.fresh.workdays), expected_uses(ahead)
    share, left = course(shelf, uses, lasted)
    return Ration(
        until=comes.likely_on,
        on=ahead.fresh.workdays[0],
        cards_per_day=min(round(uses[0]), shelf) if share >= 1 else int(share * uses[0]),
        fixed_cards=fixed_quota(shelf, day_uses(ahead), lasted, answer.facts.settings.accepted_risk),
        served_share=share,
        left_at_delivery_cards=left,
    )


def next_delivery(answer: Answer, ahead: Outlook) -> Delivery:
    """The delivery on order that is likely to come first, else one that would be asked for today."""
    if coming := answer.status.deliveries:
        return min(coming, key=lambda each: each.likely_on)
    return asked_on(answer.facts.as_of, ahead.held.lead, ahead.held.source)


def days_to_last(comes: Delivery, workdays: Sequence[date]) -> Lasted:
    """The open days that the shelf must last until this delivery, given that it is not there tomorrow morning.

    What comes tomorrow needs no ration; so the plan is made for the case that it does not.
    """
    chances: dict[int, float] = {}
    for day, chance in comes.days:
        number = bisect_left(workdays, day)
        chances[number] = chances.get(number, 0.0) + chance
    later = [(number, chance) for number, chance in sorted(chances.items()) if number > 0]
    total = sum(chance for _, chance in later)
    return [(number, chance / total) for number, chance in later] or [(0, 1.0)]


def expected_uses(ahead: Outlook) -> list[float]:
    """The use to be expected of each open day ahead, in cards, without that of days that nobody wrote down."""
    means = [ahead.fresh.mean(days) for days in range(len(ahead.fresh.workdays) + 1)]
    return [max(after - before, 0.0) for before, after in pairwise(means)]


def course(shelf_cards: int, uses: Sequence[float], lasted: Lasted) -> tuple[float, int]:
    """The share of the first day's people that is served, and the cards to be expected on the shelf at the delivery.

    Args:
        shelf_cards: Cards on the shelf in the morning.
        uses: The use expected of each open day ahead.
        lasted: The days to be lasted.
    """
    not_yet = _not_yet(lasted)
    # What is expected from each morning to the delivery, times the chance that it has not come by then.
    weighed = [use * chance for use, chance in zip(uses, not_yet, strict=False)]
    ahead = list(accumulate(reversed(weighed)))[::-1]
    left, shares, lefts = float(shelf_cards), [], [float(shelf_cards)]
    for number, chance in enumerate(not_yet):
        needed = ahead[number] / chance
        shares.append(1.0 if left >= needed else left / needed)
        left = max(left - shares[-1] * uses[number], 0.0)
        lefts.append(left)
    return shares[0] if shares else 1.0, round(sum(chance * lefts[number] for number, chance in lasted))


def _not_yet(lasted: Lasted) -> list[float]:
    """For each open day that may have to be lasted, the chance that no cards have come by its morning."""
    at = dict(lasted)
    days, left, chances = max(at), 1.0, []
    for number in range(1, days + 1):
        left -= at.get(number - 1, 0.0)
        chances.append(max(left, at[days]))
    return chances


# --- One quota for all days -----------------------------------------------------------------------


class DayUses(NamedTuple):
    """The use of the days ahead one by one: its mean, in cards, and how single days and all of them together scatter.

    The variance of a day of mean m is m + `dispersion` · m²; `doubts` are, for 1, 2, 3 … days, how badly their level
    is known (coefficient of variation).
    """

    means: Sequence[float]
    dispersion: float
    doubts: Sequence[float]


def day_uses(ahead: Outlook) -> DayUses:
    """The days ahead one by one, from their sums: what these scatter beyond the single days is doubt of the level."""
    use, means = ahead.fresh, expected_uses(ahead)
    drains = use.drain is not None and use.waiting_cards > 0
    sums = use.drain if use.drain is not None and drains else use.demand
    dispersion = DRAIN_VARIATION**2 if drains else ahead.model.dispersion
    noise = accumulate(mean + dispersion * mean * mean for mean in means)
    known = zip(sums.variance, noise, sums.mean, strict=True)
    doubts = [sqrt(max(variance - own, 0.0)) / mean if mean > 0 else 0.0 for variance, own, mean in known]
    return DayUses(means, dispersion, doubts)


def fixed_quota(shelf_cards: int, uses: DayUses, lasted: Lasted, risk: float) -> int | None:
    """The largest quota with which the shelf lasts until the delivery with a chance of at least 1 − `risk`.

    None where it does so without any.
    """
    reckoned = _without_the_rarest(lasted, risk / 10)
    highest = ceil(3 * max(uses.means[: reckoned[-1][0]], default=0.0)) + 1
    low, high = 0, highest
    while high - low > 1:
        middle = (low + high) // 2
        holds = chance_to_last(shelf_cards, uses, reckoned, middle) >= 1 - risk
        low, high = (middle, high) if holds else (low, middle)
    return None if low == highest - 1 else low


def chance_to_last(shelf_cards: int, uses: DayUses, lasted: Lasted, quota_cards: int) -> float:
    """The chance that the shelf lasts until the delivery if no day gives out more than the quota.

    Days on which fewer people come use less than it. Their sum is taken to be normal, given how busy all of them are.
    """
    certain = sum(chance for days, chance in lasted if days * quota_cards <= shelf_cards)
    open_question = [(days, chance) for days, chance in lasted if days * quota_cards > shelf_cards]
    return certain + sum(
        weight * _chance_if_busy(shelf_cards, uses, open_question, node, quota_cards) for node, weight in LEVELS
    )


def _chance_if_busy(shelf_cards: int, uses: DayUses, lasted: Lasted, busy: float, quota_cards: int) -> float:
    """As `chance_to_last`, where the days are all so many deviations busier than expected."""
    sums = [(0.0, 0.0)]
    for use, doubt in zip(uses.means[: max(dict(lasted), default=0)], uses.doubts, strict=False):
        served, square = _below(max(use * (1 + busy * doubt), 0.0), uses.dispersion, quota_cards)
        mean, variance = sums[-1]
        sums.append((mean + served, variance + max(square - served * served, 0.0)))
    return sum(chance * _sum_within(*sums[days], shelf_cards) for days, chance in lasted)


def _sum_within(mean: float, variance: float, cards: int) -> float:
    # A normal sum of whole cards: up to half a card more still counts as the shelf.
    return normal_chance((cards + 0.5 - mean) / sqrt(variance)) if variance > 0 else float(mean <= cards)


def _below(mean: float, dispersion: float, quota_cards: int) -> tuple[float, float]:
    """Mean and mean square of what a day gives out that uses `mean` cards, a gamma, and at most the quota."""
    if mean <= 0:
        return 0.0, 0.0
    scale = 1 + dispersion * mean
    shape = mean / scale

    def within(more: int) -> float:
        return gamma_chance((shape + more) * scale, (shape + more) * scale * scale, quota_cards)

    above = 1 - within(0)
    served = mean * within(1) + quota_cards * above
    return served, mean * (mean + scale) * within(2) + quota_cards * quota_cards * above


def _without_the_rarest(lasted: Lasted, share: float) -> Lasted:
    """The days to be lasted without the longest of them that together are rarer than `share`."""
    reached, kept = 0.0, []
    for days, chance in lasted:
        kept.append((days, chance))
        reached += chance
        if reached >= 1 - share:
            break
    return kept

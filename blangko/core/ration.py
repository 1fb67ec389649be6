"""How to make the cards last until the next ones come: what share of the people to serve, and the quota of a day.

A fixed quota that is safe for the latest delivery leaves cards over, and turns people away on busy days; without any
rule the last days serve nobody. Projected proportional allocation serves each day the share that the shelf has of the
use to be expected until the delivery, seen anew every morning. Here late deliveries weigh more than early ones, which
only leave cards over, and a share once given is kept for a while: that is fairer at the same price.

Source: Manshadi, Niazadeh, Rodilitz, "Fair dynamic rationing", Management Science 69:6818 (2023).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from math import ceil, sqrt
from typing import NamedTuple

from blangko.core.answer import Answer, Outlook
from blangko.core.gamma import gamma_chance, normal_chance
from blangko.core.quota import quota_since
from blangko.core.supply import Delivery, asked_on
from blangko.core.use import DRAIN_VARIATION
from blangko.core.workdays import ONE_DAY
from blangko.errors.ahead import RationBeyondHorizon, RationDayPassed

Lasted = Sequence[tuple[int, float]]
"""Open days to be lasted until cards come, ascending and at least one, each with its chance."""

LATE_POWER = 2.5
KEPT, GIVEN_UP = (0.5, 2.0), (0.25, 4.0)
SLACK_WORKDAYS = 8
USUAL, NEARLY_PLENTY = 0.9, 0.75
"""In 1,500 runs on five series of office work, with shelves of 9 days and leads of 8 to 24 open days, the worst day
serves 31.6 % so, 0.02 days are empty and 17.8 % of the cards are left at the delivery; with a plain mean of the leads,
followed every day, it is 30.2 %, 0.00 and 17.6 %; to make that 31.4 % without a share kept, 19.8 % would be left."""
NEGLIGIBLE = 1e-6
RAREST = 0.01
"""A delivery later than all but so many is not followed day by day."""
LEVELS = ((-sqrt(3), 1 / 6), (0.0, 2 / 3), (sqrt(3), 1 / 6))
"""Three values that stand for a normal variable, with their weights: Gauss and Hermite's, exact to the fifth power."""


class Served(NamedTuple):
    """Who comes for this purpose, and how many of the cards are theirs; None where the book tells no shares."""

    purpose: str
    cards: int | None


class Ration(NamedTuple):
    """How to make the cards last until `until`, the day on whose morning more of them are there.

    `cards_per_day` is the quota of `on`, the next open day; `fixed_cards` one quota that would hold on all days until
    then, None where none is needed. `served_share` of the people are served that day. Where it is 1 nothing has to be
    rationed. `left_at_delivery_cards` are to be expected on the shelf when the delivery comes. `serves` is who comes
    first with the cards of that day, in the order that the office chose. `risk` is the chance that the shelf is empty
    before the delivery if nothing is rationed, `is_risk_accepted` whether the office may rest with it.
    """

    until: date
    on: date
    cards_per_day: int
    fixed_cards: int | None
    served_share: float
    left_at_delivery_cards: int
    serves: tuple[Served, ...] = ()
    risk: float = 0.0
    is_risk_accepted: bool = True

    @property
    def is_needed(self) -> bool:
        """Whether anybody has to be turned away at all."""
        return self.served_share < 1


def ration(answer: Answer, until: date | None = None, printed_for: Mapping[str, int] = {}) -> Ration | None:
    """How to make the cards on the shelf last until more come; None while nobody knows how many a day uses.

    Args:
        answer: The answer of the evening before.
        until: The day on whose morning cards are there. Unless given, the next delivery on order, as likely on each
            day as the supply teaches; without anything on order one that is asked for today.
        printed_for: Cards that were printed for each purpose while nothing was rationed.

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
    lasted, uses = _lasted(comes, answer, ahead), expected_uses(ahead)
    share, left = course(shelf, uses, lasted, _share_before(answer, ahead, comes))
    came = _days_before(comes, ahead.fresh.workdays)
    risk = sum(chance * ahead.chances[min(days, len(ahead.chances) - 1)] for days, chance in came)
    today_cards = min(round(uses[0]), shelf) if share >= 1 else int(share * uses[0] + NEGLIGIBLE)
    return Ration(
        until=comes.likely_on,
        on=ahead.fresh.workdays[0],
        cards_per_day=today_cards,
        fixed_cards=fixed_quota(shelf, day_uses(ahead), lasted, answer.facts.settings.accepted_risk),
        served_share=share,
        left_at_delivery_cards=left,
        serves=served_in_order(answer.facts.settings.serve_first, printed_for, today_cards, uses[0]),
        risk=risk,
        is_risk_accepted=risk <= (answer.status.risk_allowed if comes.request_no else answer.status.accepted_risk),
    )


def served_in_order(
    order: Sequence[str], printed_for: Mapping[str, int], cards: int, wanted_cards: float
) -> tuple[Served, ...]:  # fmt: skip
    """Who is served with so many cards, and how many of each, the first purpose first.

    Each purpose wants its usual share of all that is wanted. Purposes for which no card is left are not among them;
    where no print was ever marked with its purpose, all are, without a number.
    """
    known = sum(printed_for.values())
    if not known:
        return tuple(Served(purpose, None) for purpose in order)
    left, served = cards, []
    for purpose in order:
        wanted = round(wanted_cards * printed_for.get(purpose, 0) / known)
        served.append(Served(purpose, min(wanted, left)))
        left -= min(wanted, left)
    return tuple(each for each in served if each.cards)


def next_delivery(answer: Answer, ahead: Outlook) -> Delivery:
    """The delivery on order that is likely to come first, else one that would be asked for today."""
    if coming := answer.status.deliveries:
        return min(coming, key=lambda each: each.likely_on)
    return asked_on(answer.facts.as_of, ahead.held.lead, ahead.held.source)


def _share_before(answer: Answer, ahead: Outlook, comes: Delivery) -> float | None:
    """The share that the shelf allowed when the quota in force was stated; None without one, or when cards came since.

    The quota itself may be any number, and one that is too high or too low is nothing to keep to.
    """
    facts = answer.facts
    if not answer.status.quota_cards:
        return None
    said_on, workdays = quota_since(facts), ahead.fresh.workdays
    if any(day.received > 0 for day in facts.days if day.day > said_on):
        return None
    shelf = next((day.closing for day in reversed(facts.days) if day.day <= said_on), 0)
    passed = facts.calendar.open_days(said_on + ONE_DAY, workdays[0] - ONE_DAY)
    lasted = days_to_last(_as_seen_on(said_on, comes, answer, ahead), [*passed, *workdays])
    uses = [ahead.model.average(passed)] * len(passed) + expected_uses(ahead)
    return share_of_day(shelf, uses, lasted) or None


def _as_seen_on(day: date, comes: Delivery, answer: Answer, ahead: Outlook) -> Delivery:
    """The delivery as it was to be expected on the evening of an earlier day, which knew of less waiting."""
    lead, source = ahead.held.lead, ahead.held.source
    if comes.is_promised:
        return comes
    asked = next((each.requested_on for each in answer.facts.requests if each.request_no == comes.request_no), day)
    if asked >= day:
        return asked_on(day, lead, source)
    left = lead.after_waiting(source.between(asked, day))
    return comes._replace(days=tuple((source.arrival(asked, days), chance) for days, chance in left))


def _lasted(comes: Delivery, answer: Answer, ahead: Outlook) -> Lasted:
    """The days to be lasted; none where cards are likely there before anything can be printed again.

    A quota for a day two weeks ahead, in case that cards come later than nearly always, is no advice: by then it is
    known whether they came.
    """
    first = ahead.fresh.workdays[0]
    stands_still = answer.facts.calendar.open_days(answer.facts.as_of + ONE_DAY, first - ONE_DAY)
    return [(0, 1.0)] if stands_still and comes.likely_on < first else days_to_last(comes, ahead.fresh.workdays)


def days_to_last(comes: Delivery, workdays: Sequence[date]) -> Lasted:
    """The open days that the shelf must last until this delivery, given that it is not there tomorrow morning.

    What comes tomorrow needs no ration; so the plan is made for the case that it does not.
    """
    later = [(number, chance) for number, chance in _days_before(comes, workdays) if number > 0]
    total = sum(chance for _, chance in later)
    return [(number, chance / total) for number, chance in later] or [(0, 1.0)]


def _days_before(comes: Delivery, workdays: Sequence[date]) -> Lasted:
    """How many of the open days pass before this delivery, each number with its chance."""
    chances: dict[int, float] = {}
    for day, chance in comes.days:
        number = bisect_left(workdays, day)
        chances[number] = chances.get(number, 0.0) + chance
    return sorted(chances.items())


def expected_uses(ahead: Outlook) -> list[float]:
    """What is wanted on each open day ahead, in cards, whatever a quota allows and nobody wrote down before."""
    wanted = ahead.fresh._replace(cap=None)
    means = [wanted.mean(days) for days in range(len(wanted.workdays) + 1)]
    return [max(after - before, 0.0) for before, after in pairwise(means)]


def course(shelf_cards: int, uses: Sequence[float], lasted: Lasted, before: float | None = None) -> tuple[float, int]:
    """The share of the first day's people that is served, and the cards to be expected on the shelf at the delivery.

    Args:
        shelf_cards: Cards on the shelf in the morning.
        uses: The use expected of each open day ahead.
        lasted: The days to be lasted.
        before: The share that has been served until now; None where nothing has been rationed.
    """
    left, share = float(shelf_cards), before
    still, lefts = [each for each in lasted if each[0] > 0], [left]
    shares: list[float] = []
    while sum(chance for _, chance in still) >= RAREST:
        day = len(shares)
        share = share_of_day(left, uses[day:], still, share)
        left = max(left - share * uses[day], 0.0)
        shares.append(share)
        lefts.append(left)
        still = [(days - 1, chance) for days, chance in still if days > 1]
    # What is left after so long is nearly nothing, and hardly ever comes to pass.
    return shares[0] if shares else 1.0, round(sum(chance * lefts[min(days, len(shares))] for days, chance in lasted))


def share_of_day(
    shelf_cards: float, uses: Sequence[float], lasted: Lasted, before: float | None = None
) -> float:  # fmt: skip
    """The share of the first day's people to serve, 0 to 1.

    The share of the day before stays while the shelf allows no less than half of it and no more than the double:
    it is the worst day that is felt, and a share that follows every busy and every quiet day has a worse one.
    Beyond, it follows the shelf more and more, and is given up where that allows a quarter or four times as much. The
    nearer the latest delivery, the closer it keeps to the shelf.

    Args:
        shelf_cards: Cards on the shelf in the morning.
        uses: The use expected of this day and each open day after it; of this day the people themselves, once counted.
        lasted: The days to be lasted, this one among them; the chances need not add up to 1.
        before: The share of the day before; None where nothing has been rationed.
    """
    usual = _usual(lasted)
    latest = usual[-1][0]
    allowed = _allowed_share(shelf_cards, uses, usual)
    if not before:
        return min(allowed, 1.0)
    kept = before * _bent(allowed / before, min((latest - 1) / SLACK_WORKDAYS, 1.0))
    # What lasts until the latest usual delivery is plenty: nothing is kept then, and ever less on the way there.
    plenty = (_part(shelf_cards, sum(uses[:latest])) - NEARLY_PLENTY) / (1 - NEARLY_PLENTY)
    return min(max(kept, plenty), _part(shelf_cards, uses[0]), 1.0)


def _allowed_share(shelf_cards: float, uses: Sequence[float], lasted: Lasted) -> float:
    """The share that the shelf has of the use until the delivery; above 1 in plenty.

    The use is a mean over the leads in which the late ones weigh more: of its powers.
    """
    later = [0.0, *accumulate(uses[1 : lasted[-1][0]])]
    powers = sum(chance * later[min(days, len(later)) - 1] ** LATE_POWER for days, chance in lasted)
    needed = uses[0] + (powers / sum(chance for _, chance in lasted)) ** (1 / LATE_POWER)
    return _part(shelf_cards, needed)


def _part(shelf_cards: float, needed_cards: float) -> float:
    return shelf_cards / needed_cards if needed_cards > 0 else GIVEN_UP[1]


def _bent(change: float, slack: float) -> float:
    """What becomes of a share when the shelf allows `change` times as much: flat around 1, `change` itself far off."""
    (low, high), (lowest, highest) = ([1 + slack * (end - 1) for end in ends] for ends in (KEPT, GIVEN_UP))
    if change <= lowest or change >= highest:
        return change
    if change < low:
        return lowest + (change - lowest) * (1 - lowest) / (low - lowest)
    return 1.0 if change <= high else 1 + (change - high) * (highest - 1) / (highest - high)


def _usual(lasted: Lasted) -> Lasted:
    """The days to be lasted, where the latest tenth comes no later than the others.

    A drought of months in one of twenty cases would else keep the cards back in all of them.
    """
    whole = sum(chance for _, chance in lasted)
    reached, usual = 0.0, []
    for days, chance in lasted:
        reached += chance
        usual.append((days, chance))
        if reached >= (USUAL - NEGLIGIBLE) * whole:
            return [*usual[:-1], (days, chance + whole - reached)]
    return usual


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
    reckoned = _without_the_rarest(lasted, risk / 4)
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

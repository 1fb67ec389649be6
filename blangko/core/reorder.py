"""When to ask for the next batch, for how many cards, and what the wait risks.

The shelf must last from the request to the delivery. How long that takes is not known, so every answer is averaged
over the lead times to expect. What is on order counts for the next request at its expected amount, from the day on
which it is likely to be there; that it may come later is the risk before the delivery, which no second request cures.

Source: the probability of no stock-out in a cycle, Silver, Pyke and Thomas, Inventory and Production Management in
Supply Chains, 4th ed. (2017).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from blangko.core.forecast import CERTAIN, empty_chances
from blangko.core.supply import TAIL_LEARNT_FROM, Delivery, LeadTime, SourceDays
from blangko.core.use import UseAhead

REVIEW_WORKDAYS = 3
MOST_COVER_WORKDAYS = 65
"""A quarter of a year. Where cards take longer to come, nobody is granted more at once; the next request follows."""
ASKING_SHARE = 0.5
"""Of 133 cycles of eight offices that asked on the day and got their cards within the usual lead 16 % saw a warning
while they waited, without it 19 %. In the simulator's usual supply 0.96 % of the cards are short; before, with a review
of five days, 1.55 %."""
MOST_BATCHES = 50
"""No request is for more: a hundred thousand cards, a good year's use of a large office, where a batch is 2,000."""
LEAST_SHARE = 0.25
"""The median grant of the field. Where less than that is granted, the giver has a fixed lot or a drought: asking for
more than four times the need brings no more, and is refused as hoarding."""
CLOSE_ENOUGH_CARDS = 1


class Cover(NamedTuple):
    """How the shelf holds out on the evenings ahead with what is on order: the basis of all that is asked next.

    `worst` is, for 0, 1, 2 … open days to be lasted, the largest chance of an empty shelf on one of their evenings.
    """

    worst: list[float]
    lasting: list[int]
    source: SourceDays
    lead: LeadTime

    def lasted(self, requested_on: date) -> list[tuple[int, float]]:
        """The open days to be lasted until cards asked for on this day arrive, for each lead, with its chance."""
        days, lasting, last = self.source.days, self.lasting, len(self.source.days) - 1
        after, at_once = bisect_right(days, requested_on) - 1, bisect_left(days, requested_on)
        # A list, since some hundred leads are asked about a dozen times for one answer.
        return [(lasting[min(after + lead if lead else at_once, last)], chance) for lead, chance in self.lead.chances]

    def risk(self, requested_on: date) -> float:
        """The chance that the shelf is empty before cards asked for on this day arrive, averaged over the leads."""
        worst = self.worst
        return sum([chance * worst[days] for days, chance in self.lasted(requested_on)])


def cover(
    use: UseAhead, on_hand_cards: int, coming: Sequence[Delivery], lead: LeadTime, source: SourceDays
) -> Cover:  # fmt: skip
    """How the shelf holds out on the evenings ahead; without anything on order from this evening on."""
    arrivals = sorted((bisect_left(use.workdays, each.likely_on), each.cards) for each in coming)
    first = arrivals[0][0] + 1 if arrivals else 0
    chances = [0.0] * (len(use.workdays) + 1)
    position, waiting, empty = float(on_hand_cards), list(arrivals), 0.0
    for evening in range(len(chances)):
        while waiting and waiting[0][0] < evening:
            position += waiting.pop(0)[1]
            empty = 0.0
        if evening < first:
            continue
        if empty < CERTAIN:
            # On one shelf the chance never falls from one evening to the next.
            empty = max(empty, 1 - use.chance_within(evening, position))
        chances[evening] = empty
    lasting = [bisect_left(use.workdays, day) for day in source.days]
    return Cover(list(accumulate(chances, max)), lasting, source, lead)


def latest_request_day(held: Cover, accepted_risk: float, candidates: Sequence[date]) -> date | None:
    """The last of the candidates on which the next batch may be asked for.

    A request one candidate later would leave a chance above `accepted_risk` of an empty shelf before the delivery.

    Returns:
        None when even the last candidate is early enough: nothing need be asked for yet.
        The first candidate when that is too late already.
    """
    if held.risk(candidates[-1]) <= accepted_risk:
        return None
    # The risk never falls as the request moves on, so the days that are early enough come first.
    early_enough = bisect_right(candidates, accepted_risk, key=held.risk)
    return candidates[max(early_enough - 1, 0)]


def risk_to_ask_at(accepted_risk: float, lead: LeadTime) -> float:
    """The chance of an empty shelf before the delivery at which to ask: the accepted one, or less of it.

    While a request waits its risk only grows. A new office reckons with a tail of long leads that takes nearly all of
    the accepted risk, so that it asks early anyway; once its own answers have made the tail light, half is left for
    the wait.
    """
    return accepted_risk * (ASKING_SHARE if lead.answers >= TAIL_LEARNT_FROM else 1.0)


def first_day_of_need(candidates: Sequence[date], need: Callable[[date], int]) -> date | None:
    """The first of the candidates on which a request would be for any cards at all; None when none of them is.

    While what is on order comes late the shelf may be empty before it and between its parts; where it is enough once
    it is there, no further request cures that.

    Args:
        candidates: Open days, ascending.
        need: The cards needed of the giver on a day; it never falls from one day to the next.
    """
    number = bisect_left(candidates, True, key=lambda day: need(day) > 0)
    return candidates[number] if number < len(candidates) else None


def delivery_risk(use: UseAhead, chances: Sequence[float], coming: Sequence[Delivery]) -> float | None:
    """The chance that the shelf is empty before the first of the cards on order arrive; None with nothing on order.

    Args:
        use: The use of the days ahead.
        chances: `empty_chances` of what is on hand.
        coming: What is on order; the deliveries come independently of each other.
    """
    if not coming:
        return None
    arriving = [_by_days_lasted(use, delivery) for delivery in coming]
    risk, none_before = 0.0, 1.0
    for days in range(len(chances)):
        none_yet = 1.0
        for chance in arriving:
            chance.left -= chance.at.get(days, 0.0)
            none_yet *= max(chance.left, 0.0)
        risk += (none_before - none_yet) * chances[days]
        none_before = none_yet
    return min(risk + none_before * chances[-1], 1.0)


def lasting_risk(
    use: UseAhead, on_hand_cards: int, chances: Sequence[float], coming: Sequence[Delivery], asked_now: Delivery
) -> float | None:
    """The chance that the shelf is empty before cards on order that last; None with nothing on order.

    A few cards promised for tomorrow end the wait for the first delivery, and say nothing of the wait for the others:
    so, for each delivery in the order in which they are likely, the chance that the shelf and what is likely to come
    before it are gone before it, or a later one, is there. What a request made now could cure is no matter of waiting.

    Args:
        use: The use of the days ahead.
        on_hand_cards: Cards on the shelf.
        chances: `empty_chances` of them.
        coming: What is on order.
        asked_now: What a request made now would bring.
    """
    worst, listed = delivery_risk(use, chances, coming), sorted(coming, key=lambda each: each.likely_on)
    for number in range(1, len(listed)):
        if listed[number].likely_on == listed[number - 1].likely_on:
            continue
        shelf = on_hand_cards + sum(each.cards for each in listed[:number])
        later = delivery_risk(use, empty_chances(use, shelf), [*listed[number:], asked_now])
        worst = max(worst or 0.0, later or 0.0)
    return worst


class _Arriving:
    """The chance of arrival after so many open days were lasted, and what is left of it."""

    def __init__(self, at: dict[int, float]) -> None:
        self.at, self.left = at, 1.0


def _by_days_lasted(use: UseAhead, delivery: Delivery) -> _Arriving:
    at: dict[int, float] = {}
    for day, chance in delivery.days:
        days = bisect_left(use.workdays, day)
        at[days] = at.get(days, 0.0) + chance
    return _Arriving(at)


class Line(NamedTuple):
    """One line of the sum that gives the number to ask for; `what` is its name, `cards` may be negative."""

    what: str
    cards: int


class Ask(NamedTuple):
    """The number to ask for and the lines that add up to it.

    `until` is the evening up to which the cards are to last, `need_cards` what is needed of the giver, before the
    share that he grants, his ceiling and the rounding.
    """

    cards: int
    lines: tuple[Line, ...]
    until: date
    need_cards: int


def cards_to_request(
    use: UseAhead,
    on_hand_cards: int,
    coming: Sequence[Delivery],
    held: Cover,
    accepted_risk: float,
    requested_on: date,
    batch_cards: int,
    share: float | None,
    largest_asked: int,
    most_cards: int | None,
) -> Ask:
    """The cards to ask for on a day, in whole batches, at least one and at most `MOST_BATCHES`.

    Need = the use that is exceeded with chance `accepted_risk` only, until what is asked for at the review after the
    latest arrival is there, less what is on hand and what is expected of the cards on order.

    Args:
        use: The use of the days ahead, without what was left unwritten.
        on_hand_cards: Cards taken to be on the shelf.
        coming: What is on order.
        held: The lead times and the source's days.
        accepted_risk: Accepted chance of an empty shelf, in (0, 1).
        requested_on: The day of the request.
        batch_cards: Cards of one batch.
        share: What is granted of each card asked for; None before the first answer.
        largest_asked: The most that was ever asked for, in cards; 0 before the first request.
        most_cards: The most that the giver hands out for one request; None without a ceiling.
    """
    days = _days_to_cover(use, held, requested_on)
    # Waiting people add to what is asked for; a capacity, which may be stretched, takes nothing off.
    demanded = use.demand.mean[days - 1]
    waiting = max(use.mean(days) - demanded, 0.0)
    likely = max(use.quantile(days, 1 - accepted_risk), use.demand.quantile(days, 1 - accepted_risk))
    lines = [
        Line("use", round(demanded)),
        Line("reserve", round(likely) - round(demanded) - round(waiting)),
        Line("waiting", round(waiting)),
        Line("on_hand", -on_hand_cards),
        Line("on_order", -round(sum(each.cards for each in coming))),
    ]
    need = max(sum(line.cards for line in lines), 0)
    most = min(most_cards or MOST_BATCHES * batch_cards, MOST_BATCHES * batch_cards)
    asked = need if share is None else round(need / min(max(share, LEAST_SHARE), 1.0))
    if share is not None:
        # Beyond twice what was ever asked for nobody knows whether more is granted, or a fixed number in any case.
        most = min(most, max(-(-need // batch_cards) * batch_cards, 2 * largest_asked))
    lines += [Line("share", asked - need), Line("ceiling", min(most - asked, 0))]
    cards = min(max(ceil(asked / batch_cards), 1) * batch_cards, most)
    lines.append(Line("rounding", cards - sum(line.cards for line in lines)))
    return Ask(cards, tuple(line for line in lines if line.cards), use.workdays[days - 1], need)


def _days_to_cover(use: UseAhead, held: Cover, requested_on: date) -> int:
    """Until the answer to the next request, made at the review after the latest arrival, is there at the latest.

    Cards that lasted until that review only would have to be followed by a request before they came: with 200 cards a
    day and leads of two to seven open days every second evening after asking would warn that the next request is due.
    """
    latest = held.source.arrival(requested_on, held.lead.high)
    review = min(bisect_left(use.workdays, latest) + REVIEW_WORKDAYS, len(use.workdays) - 1)
    days = bisect_left(use.workdays, held.source.arrival(use.workdays[review], held.lead.high))
    begin = bisect_left(use.workdays, requested_on)
    return max(min(days, begin + MOST_COVER_WORKDAYS, len(use.workdays)), 1)


def reorder_level(use: UseAhead, held: Cover, requested_on: date, accepted_risk: float) -> int:
    """The fewest cards on the shelf with which a request on this day is early enough, with nothing on order."""
    lasted: dict[int, float] = {}
    for days, chance in held.lasted(requested_on):
        lasted[days] = lasted.get(days, 0.0) + chance
    ordered = sorted(lasted.items())
    low, high = 0, max(round(use.quantile(ordered[-1][0], 1 - accepted_risk / 10)), 1)
    while high - low > CLOSE_ENOUGH_CARDS:
        middle = (low + high) // 2
        low, high = (low, middle) if _gone(use, ordered, middle) <= accepted_risk else (middle, high)
    return high


def _gone(use: UseAhead, lasted: Sequence[tuple[int, float]], cards: int) -> float:
    """The chance that so many cards do not last until the arrival, over days to be lasted, ascending, with chances."""
    total, gone = 0.0, 0.0
    for days, chance in lasted:
        if gone < CERTAIN:
            gone = max(gone, 1 - use.chance_within(days, cards))
        total += chance * gone
    return total

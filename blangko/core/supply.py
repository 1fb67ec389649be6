"""What is on order as a chance and not as a stock: when cards come after a request, and how many of those asked for.

Lead times are counted in the open days of the *source* (province or centre): nobody hands out cards on a holiday. A
lead of `k` brings the cards on the morning of the k-th such day after the request.

Sources: Efron, "The two sample problem with censored data", Proc. 5th Berkeley Symposium (1967), redistribution to
the right of what is still waiting; Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains,
4th ed. (2017), lead times as a distribution in the reorder rule.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.facts import Arrival
from blangko.core.requests import Request
from blangko.core.workdays import ONE_DAY, Calendar

WORKDAYS_A_WEEK, DAYS_A_WEEK = 5, 7
STATED_WEIGHT = 2.0
"""The office's own word on its lead times weighs as much as two requests that were answered."""
ANSWER_MEMORY = 0.9
REQUESTS_LEARNT_FROM = 30
"""The request before that weighs less than one twentieth of the newest."""
TAIL_WEIGHT, TAIL_MEAN_DAYS, TAIL_DAYS = 0.1, 20, 120
"""Beyond the longest usual lead: a small chance that falls geometrically, for the droughts nobody has told of."""
TAIL_LEARNT_FROM = 3
LOOK_BACK = timedelta(days=62)
"""So far back a day to ask that was missed is looked for."""
DROUGHT_FACTOR = 3
"""A lead of more than three times the longest stated one is not how the source works, but a drought."""
RARE_SHARE = 0.05

SHARE_MEMORY = 0.8
SHARES_BEFOREHAND = ((1.0, 0.5), (0.5, 0.5))
"""Before any answer: all of it, or half of it, with half a request's weight each."""


class LeadTime(NamedTuple):
    """How likely each lead time is, in open days of the source, ascending, with its chance; `high` is without the tail.

    `high` is the longest usual lead and the latest arrival to reckon with; what lies beyond it is the tail. `answers`
    are the answered requests that it was learnt from.
    """

    chances: tuple[tuple[int, float], ...]
    high: int
    answers: int = 0

    @property
    def low(self) -> int:
        """The shortest lead to reckon with; shorter ones are one in twenty, or fewer."""
        return _quantile(self.chances, RARE_SHARE)

    @property
    def typical(self) -> int:
        """The median."""
        return _quantile(self.chances, 0.5)

    def after_waiting(self, waited_days: int) -> tuple[tuple[int, float], ...]:
        """The leads that are left when nothing has come in so many open days of the source, with their chances."""
        return _shares([each for each in self.chances if each[0] > waited_days] or _tail(waited_days))


class SourceDays(NamedTuple):
    """The open days of the source, ascending: what leads are counted in."""

    days: Sequence[date]

    def between(self, after: date, until: date) -> int:
        """Open days after `after`, up to and with `until`."""
        return bisect_right(self.days, until) - bisect_right(self.days, after)

    def arrival(self, requested_on: date, lead_days: int) -> date:
        """The day on whose morning the cards are there; beyond the last day known, the day after that."""
        if lead_days <= 0:
            return self.rolled_on(requested_on)
        number = bisect_right(self.days, requested_on) + lead_days - 1
        return self.days[number] if number < len(self.days) else self.days[-1] + ONE_DAY

    def rolled_on(self, day: date) -> date:
        """The day itself, or the next one on which the source hands out cards."""
        number = bisect_left(self.days, day)
        return self.days[number] if number < len(self.days) else day


def source_days(source: Calendar, listed: Sequence[Request], as_of: date, last: date) -> SourceDays:
    """The open days of the source from before the requests that are learnt from, or still open, to `last`.

    `last` itself is among them even where the source is closed, so that no lead ends before it by being too long.
    """
    asked = [each.requested_on for each in listed if each.is_open] + [
        each.requested_on for each in listed[-REQUESTS_LEARNT_FROM:]
    ]
    days = source.open_days(min([as_of - LOOK_BACK, *asked]), last)
    # Leads beyond the last day end after it: a source closed to the end would else hand out cards tomorrow.
    return SourceDays(days if days and days[-1] == last else [*days, last])


def in_open_days(calendar_days: int) -> int:
    """A lead that an office states in calendar days, in open days of the source."""
    return round(calendar_days * WORKDAYS_A_WEEK / DAYS_A_WEEK)


def in_calendar_days(open_days: int) -> int:
    """A lead in open days of the source, as offices speak of it."""
    return round(open_days * DAYS_A_WEEK / WORKDAYS_A_WEEK)


def lead_time(
    low_days: int, high_days: int, accepted_risk: float, listed: Sequence[Request], source: SourceDays, as_of: date
) -> LeadTime:
    """The lead times to expect after a request.

    Args:
        low_days: The shortest lead that the office states, in calendar days.
        high_days: The longest one.
        accepted_risk: Bounds the tail once three requests were answered.
        listed: The requests so far, in the order of their numbers.
        source: The source's open days, from before the first of the requests.
        as_of: The evening on which this is asked.
    """
    low, high = in_open_days(low_days), max(in_open_days(high_days), 1)
    seen = _seen(listed, source, as_of)
    answered = [each for each in seen if not each.is_waiting]
    usual = [each for each in answered if each.days <= DROUGHT_FACTOR * high]
    longest = max(high, _longest(usual))
    drought_is_on = _drought_is_on(seen, usual, longest)
    if drought_is_on:
        usual, longest = answered, max(high, _longest(answered))
    droughts = [each for each in answered if each not in usual]
    weights = {days: STATED_WEIGHT / (high - min(low, high) + 1) for days in range(min(low, high), high + 1)}
    for each in usual:
        weights[each.days] = weights.get(each.days, 0.0) + each.weight
    _add(weights, [*_tail(longest, TAIL_WEIGHT), *((each.days, each.weight) for each in droughts)])
    for each in sorted((each for each in seen if each.is_waiting), key=lambda each: each.days):
        _redistribute(weights, each)
    if len(answered) >= TAIL_LEARNT_FROM and not drought_is_on:
        _bound_tail(weights, longest, accepted_risk / 2)
    return LeadTime(_shares(sorted(weights.items())), longest, len(answered))


class _Seen(NamedTuple):
    """What one request tells of leads: the open days until its cards came, or for which it has waited."""

    days: int
    weight: float
    is_waiting: bool
    is_newest_answer: bool = False


def _seen(listed: Sequence[Request], source: SourceDays, as_of: date) -> list[_Seen]:
    recent = [each for each in listed if each.first_received_on or each.is_open][-REQUESTS_LEARNT_FROM:]
    ends = [_ends_on(each, source, as_of) for each in recent]
    newest = max(filter(None, ends), default=None)
    found = []
    for since, (each, end) in enumerate(zip(reversed(recent), reversed(ends), strict=True)):
        # A delivery dated before its request answers it all the same; it took no time.
        days = max(source.between(each.requested_on, end or as_of), 0)
        found.append(_Seen(days, ANSWER_MEMORY**since, end is None, end is not None and end == newest))
    return found


def _ends_on(request: Request, source: SourceDays, as_of: date) -> date | None:
    """The day of the first cards, come or promised; None where nobody knows. A promise is believed until it passed."""
    if request.first_received_on:
        return request.first_received_on
    promised = [each.due_on for each in request.to_come if each.due_on and each.due_on >= as_of]
    return source.rolled_on(min(promised)) if promised else None


def _longest(answered: Iterable[_Seen]) -> int:
    """The lead that 95 % of the answered requests did not exceed, by weight; 0 without any."""
    weighed = sorted((each.days, each.weight) for each in answered)
    return _quantile(_shares(weighed), 1 - RARE_SHARE) if weighed else 0


def _drought_is_on(seen: Iterable[_Seen], usual: Sequence[_Seen], longest: int) -> bool:
    return any((each.is_newest_answer and each not in usual) or (each.is_waiting and each.days > longest)
               for each in seen)  # fmt: skip


def _tail(beyond: int, weight: float = 1.0) -> list[tuple[int, float]]:
    """Leads beyond so many days, falling geometrically; the last of them stands for all that are longer still."""
    stays = 1 - 1 / TAIL_MEAN_DAYS
    chances = [(beyond + days, weight * (1 - stays) * stays ** (days - 1)) for days in range(1, TAIL_DAYS)]
    return [*chances, (beyond + TAIL_DAYS, weight * stays ** (TAIL_DAYS - 1))]


def _bound_tail(weights: dict[int, float], longest: int, most_share: float) -> None:
    """Make the leads beyond the longest usual one lighter where they would be more than `most_share` of all."""
    tail = sum(weight for days, weight in weights.items() if days > longest)
    most = (sum(weights.values()) - tail) * most_share / (1 - most_share)
    if tail > most:
        weights.update({days: weight * most / tail for days, weight in weights.items() if days > longest})


def _add(weights: dict[int, float], more: Iterable[tuple[int, float]]) -> None:
    for days, weight in more:
        weights[days] = weights.get(days, 0.0) + weight


def _redistribute(weights: dict[int, float], waiting: _Seen) -> None:
    """Spread a request that still waits over the longer leads, in proportion to their weights."""
    longer = [(days, weight) for days, weight in weights.items() if days > waiting.days] or _tail(waiting.days)
    _add(weights, [(days, share * waiting.weight) for days, share in _shares(longer)])


def _shares(weights: Sequence[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    total = sum(weight for _, weight in weights)
    return tuple((days, weight / total) for days, weight in weights)


def _quantile(chances: Iterable[tuple[int, float]], share: float) -> int:
    reached, longest = 0.0, 0
    for days, chance in chances:
        reached, longest = reached + chance, days
        # The margin keeps a sum of tenths from missing its mark by a rounding error.
        if reached >= share - 1e-9:
            break
    return longest


# --- How many of those asked for ------------------------------------------------------------------


def expected_share(listed: Sequence[Request]) -> float:
    """The share of what is asked that is to be expected, 0 to 1: what was granted so far, the newest weighing most."""
    recent = listed[-REQUESTS_LEARNT_FROM:]
    seen = [
        (min(each.share, 1.0), SHARE_MEMORY**since)
        for since, each in enumerate(reversed(recent))
        if each.share is not None
    ]
    weighed = [*SHARES_BEFOREHAND, *seen]
    return sum(share * weight for share, weight in weighed) / sum(weight for _, weight in weighed)


def learnt_share(listed: Sequence[Request]) -> float | None:
    """As `expected_share`; None before the first answer."""
    return expected_share(listed) if any(each.share is not None for each in listed) else None


class Delivery(NamedTuple):
    """Cards that are to come: how many are expected, and the chance of each day on whose morning they are there.

    `days` ascend; `likely_on` is the median of them. `is_promised` says that the giver named the day himself.
    """

    request_no: int
    cards: float
    days: tuple[tuple[date, float], ...]
    likely_on: date
    is_promised: bool


def deliveries(
    listed: Sequence[Request], lead: LeadTime, source: SourceDays, as_of: date, lot_cards: int | None = None,
    most_cards: int | None = None,
) -> list[Delivery]:  # fmt: skip
    """What is to come of the open requests, seen on the evening of `as_of`.

    A promised day is believed until it has passed; after that the cards come as those of a request that has waited
    since it was made. What was granted is expected in full, what was only asked for at the share learnt so far.

    Args:
        listed: All requests, in the order of their numbers.
        lead: The lead times to expect.
        source: The source's open days.
        as_of: The evening on which this is asked.
        lot_cards: The giver hands out whole lots of so many cards; None where any number may come.
        most_cards: The most that a request brings; None without such a ceiling.
    """
    share = expected_share(listed)
    found = []
    for request in listed:
        for cards, due_on in request.to_come:
            days = _arrival_days(request, due_on, lead, source, as_of)
            expected = float(cards)
            if request.granted_cards is None:
                expected = max(
                    expected_of(request.asked_cards, share, lot_cards, most_cards) - request.received_cards, 0
                )
            promised = due_on is not None and due_on >= as_of
            found.append(Delivery(request.request_no, expected, days, _likely(days), promised))
    return found


def certain(arrival: Arrival) -> Delivery:
    """Cards whose day is known for sure, like a promise that is kept; they belong to no request."""
    return Delivery(0, float(arrival.cards), ((arrival.day, 1.0),), arrival.day, True)


def without_arriving(
    coming: Sequence[Delivery], numbers: Collection[int], arriving: Iterable[Arrival]
) -> list[Delivery]:
    """What is still to come beside cards whose arrival is known for sure.

    As a delivery that is written down answers the oldest open request, they are part of what the requests of these
    `numbers` bring: but for what is promised for an earlier day, which will have come before them.
    """
    left = list(coming)
    for arrival in sorted(arriving):
        cards = float(arrival.cards)
        for number, each in enumerate(left):
            if each.request_no not in numbers or (each.is_promised and each.likely_on < arrival.day):
                continue
            taken = min(cards, each.cards)
            cards -= taken
            left[number] = each._replace(cards=each.cards - taken)
    return [each for each, before in zip(left, coming, strict=True) if each.cards > 0 or each == before]


def asked_on(day: date, lead: LeadTime, source: SourceDays) -> Delivery:
    """What a request made on this day would bring, and when; its cards are not known yet."""
    days = tuple((source.arrival(day, lead_days), chance) for lead_days, chance in lead.chances)
    return Delivery(0, 0.0, days, _likely(days), False)


def _likely(days: Iterable[tuple[date, float]]) -> date:
    return next(day for day, reached in _reached(days) if reached >= 0.5 - 1e-9)


def expected_of(asked_cards: int, share: float, lot_cards: int | None, most_cards: int | None) -> float:
    """The cards to expect of a request that was not answered yet, cut to whole lots and to the giver's ceiling."""
    expected = asked_cards * share
    if most_cards is not None:
        expected = min(expected, float(most_cards))
    return float(int(expected // lot_cards) * lot_cards) if lot_cards else expected


def _arrival_days(
    request: Request, due_on: date | None, lead: LeadTime, source: SourceDays, as_of: date
) -> tuple[tuple[date, float], ...]:
    if due_on is not None and due_on >= as_of:
        return ((source.rolled_on(due_on), 1.0),)
    waited = source.between(request.requested_on, as_of)
    return tuple((source.arrival(request.requested_on, days), chance) for days, chance in lead.after_waiting(waited))


def _reached(days: Iterable[tuple[date, float]]) -> Iterable[tuple[date, float]]:
    reached = 0.0
    for day, chance in days:
        reached += chance
        yield day, reached

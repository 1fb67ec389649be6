"""What would be if: cards that come, a quota, a campaign, a request, put into the facts as if they were so.

Nothing is written: `suppose` makes other facts of the facts, and the answer to them is the answer to the question.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.answer import RATE_WORKDAYS, Answer, answer, proposed_request
from blangko.core.campaigns import extra_cards
from blangko.core.facts import Campaign, Facts, Suppositions
from blangko.core.level import DemandModel
from blangko.core.requests import Request, oldest_answered_by, received
from blangko.core.use import UseAhead
from blangko.core.workdays import LONGEST_CLOSURE_DAYS, ONE_DAY
from blangko.errors.ahead import NoWorkdaySupposed, SupposedFarAhead, SupposedPast, SupposedRequestClosed


class Supposed(NamedTuple):
    """What was supposed, and the answers without and with it; `requests` are the requests as they were supposed."""

    suppositions: Suppositions
    before: Answer
    after: Answer
    requests: tuple[Request, ...]


class Remark(NamedTuple):
    """What whoever supposes something should know of it; `what` is one of the words below, and the rest are its facts.

    `moved`: cards of a closed `day` count from `until` on. `on_order`: they are part of what is on order.
    `adds_up`: from `day` to `until` several campaigns run at once. `idle`: the quota of `cards` is above the use.
    """

    what: str
    day: date | None = None
    until: date | None = None
    cards: int = 0


def suppose(facts: Facts, supposed: Suppositions, learnt: DemandModel | None = None) -> Facts:
    """The facts as they would be; `learnt` is the demand that they teach, where it was learnt already.

    Raises:
        SupposedPast: A day lies before today.
        SupposedFarAhead: A day lies more than a year ahead.
        NoWorkdaySupposed: A campaign has no open day from today on.
        SupposedRequestClosed: On the day of a request the office or the giver is closed.
    """
    _refuse_impossible(facts, supposed)
    for arrival in supposed.receive:
        if arrival.day == facts.as_of:
            facts = _received_today(facts, arrival.cards)
    later = [each for each in supposed.receive if each.day > facts.as_of]
    facts = facts._replace(
        arriving=tuple(sorted([*facts.arriving, *later])),
        campaigns=(*facts.campaigns, *supposed.extra),
        capped_cards=supposed.quota_cards or facts.capped_cards,
    )
    for day in sorted(supposed.request_on):
        cards = proposed_request(facts, day, learnt)
        facts = facts._replace(requests=[*facts.requests, Request(_next_no(facts), day, cards)])
    return facts


def compared(facts: Facts, supposed: Suppositions) -> Supposed:
    """The answers without and with what is supposed; the demand is learnt once for both.

    Raises:
        SupposedPast, SupposedFarAhead, NoWorkdaySupposed, SupposedRequestClosed: As `suppose`.
    """
    before = answer(facts)
    learnt = before.ahead.model if before.ahead else None
    other = suppose(facts, supposed, learnt)
    return Supposed(supposed, before, answer(other, learnt), tuple(other.requests[len(facts.requests) :]))


def remarks(supposed: Supposed) -> list[Remark]:
    """What deserves a word beside the figures."""
    facts, after = supposed.before.facts, supposed.after
    found = [
        Remark("moved", each.day, facts.calendar.next_open_days(each.day, 1)[0], each.cards)
        for each in supposed.suppositions.receive
        if each.day > facts.as_of and not facts.calendar.is_open(each.day)
    ]
    if supposed.suppositions.receive and any(each.is_open for each in facts.requests):
        found.append(Remark("on_order"))
    found += _added_up(supposed.suppositions.extra, after.facts.campaigns, facts.as_of)
    if after.ahead and after.ahead.use.cap and _is_idle(after.ahead.use):
        found.append(Remark("idle", cards=supposed.suppositions.quota_cards or 0))
    return found


def _is_idle(use: UseAhead) -> bool:
    """Over four weeks the quota is no less than what is wanted."""
    assert use.cap, "a quota is supposed"
    last = min(use.unwritten_days + RATE_WORKDAYS, len(use.demand.mean)) - 1
    return use.cap.mean[last] >= use.waiting_cards + use.demand.mean[last]


def _received_today(facts: Facts, cards: int) -> Facts:
    """The cards are on the shelf, and part of the oldest open request, as if they were written down."""
    total = facts.balance
    facts = facts._replace(balance=total._replace(received=total.received + cards, on_hand=total.on_hand + cards))
    oldest = oldest_answered_by(facts.requests, None)
    if oldest is None:
        return facts
    return facts._replace(
        requests=[received(each, cards, facts.as_of) if each == oldest else each for each in facts.requests]
    )


def _next_no(facts: Facts) -> int:
    """The number that the next entry would have."""
    return max([facts.last_entry_no, *(each.request_no for each in facts.requests)]) + 1


def _refuse_impossible(facts: Facts, supposed: Suppositions) -> None:
    today = facts.as_of
    days = [*(each.day for each in supposed.receive), *(each.first for each in supposed.extra), *supposed.request_on]
    for day in days:
        if day < today:
            raise SupposedPast(day=day, today=today)
        if (day - today).days > LONGEST_CLOSURE_DAYS:
            raise SupposedFarAhead(day=day, last=today + timedelta(days=LONGEST_CLOSURE_DAYS))
    for each in supposed.extra:
        if not facts.calendar.open_days(each.first, each.last):
            raise NoWorkdaySupposed(first=each.first, last=each.last)
    for day in supposed.request_on:
        _refuse_closed(facts, day)


def _refuse_closed(facts: Facts, day: date) -> None:
    """A request is made on a day on which the office works and the giver is there."""
    nearest = day
    while not (facts.calendar.is_open(nearest) and facts.source.is_open(nearest)):
        nearest += ONE_DAY
        if (nearest - day).days > LONGEST_CLOSURE_DAYS:
            raise NoWorkdaySupposed(first=day, last=nearest)
    if nearest != day:
        raise SupposedRequestClosed(day=day, next_day=nearest)


def _added_up(supposed: Sequence[Campaign], campaigns: Sequence[Campaign], today: date) -> list[Remark]:
    """The days from today on for which something is supposed, and something else besides."""
    if not supposed or len(campaigns) < 2:
        return []
    everything, parts = extra_cards(campaigns), [extra_cards([each]) for each in campaigns]
    own = extra_cards(supposed)
    shared = sorted(
        day for day in everything if day >= today and day in own and sum(day in part for part in parts) > 1
    )  # fmt: skip
    return [Remark("adds_up", shared[0], shared[-1])] if shared else []

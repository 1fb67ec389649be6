"""The rules that are compared: each says on an evening how many cards to ask for, knowing only the office's book."""

from __future__ import annotations

from math import ceil

from blangko.core.answer import answer
from blangko.core.facts import Facts
from blangko.core.supply import in_open_days
from tests.simulator import v01
from tests.simulator.offices import Rule

RATE_WORKDAYS = 30
SAFETY_WORKDAYS = 3
REVIEW_WORKDAYS = 5
FEW_DAYS = 5
PADDING = 1.5
FLOORS = (500, 1_000, 2_000)


def product(facts: Facts) -> int:
    """Ask for the number that `status` proposes once its request-by day has come."""
    status = answer(facts).status
    if status.request_by is None or status.request_by > facts.as_of:
        return 0
    return status.request_cards or 0


def thirty_days(facts: Facts) -> int:
    """The common rule: ask when less is left than the mean of 30 days lasts over the usual lead and three days more."""
    return _below(facts, _rate(facts) * (_usual_lead(facts) + SAFETY_WORKDAYS))


def padded(facts: Facts) -> int:
    """The same with half as much again, for fear."""
    return _below(facts, PADDING * _rate(facts) * (_usual_lead(facts) + SAFETY_WORKDAYS))


def floor(cards: int) -> Rule:
    """Ask for a batch when less than a fixed number is left or on order, as many offices are told to."""

    def rule(facts: Facts) -> int:
        return facts.settings.batch_cards if _position(facts) < cards else 0

    return rule


def _below(facts: Facts, level: float) -> int:
    position = _position(facts)
    if position >= level:
        return 0
    batch = facts.settings.batch_cards
    return max(ceil((level + REVIEW_WORKDAYS * _rate(facts) - position) / batch), 1) * batch


def _position(facts: Facts) -> int:
    return facts.balance.on_hand + sum(request.on_order_cards for request in facts.requests)


def _rate(facts: Facts) -> float:
    """The mean use of the last thirty days written down."""
    used = [day.use for day in facts.days if day.logged][-RATE_WORKDAYS:]
    return sum(used) / len(used) if len(used) >= FEW_DAYS else float(facts.settings.typical_daily_use or 0)


def _usual_lead(facts: Facts) -> int:
    return in_open_days((facts.settings.lead_low_days + facts.settings.lead_high_days + 1) // 2)


RULES: dict[str, Rule] = {
    "product": product,
    "version 0.1": v01.cards_to_ask,
    "30 days": thirty_days,
    "30 days padded": padded,
} | {f"floor {cards:,}": floor(cards) for cards in FLOORS}

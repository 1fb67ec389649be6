"""How many cards come to an office in a week: what it received of late, and what the grants it is used to would bring.

One answers "if it goes on like this", the other "if we ask again as soon as an answer is there".
"""

from datetime import timedelta
from typing import NamedTuple

from blangko.core.answer import Answer
from blangko.core.facts import Facts
from blangko.core.supply import DAYS_A_WEEK, WORKDAYS_A_WEEK, expected_of, expected_share

RECEIPTS, GRANTS = "receipts", "grants"
OF_LATE = timedelta(days=91)
"""A quarter of a year: long enough to hold several trips, short enough to notice a drought."""
LEAST_DAYS = 28
"""A younger book has seen too little: one delivery in its first week would pass for one every week."""


class Inflow(NamedTuple):
    """Cards that come in a week, and from what that is known: `receipts` of late, or `grants` as they were learnt.

    `received_cards` came in `receipts` deliveries within `days` up to today; with grants, `lot_cards` come every
    `lead_workdays` open days of the giver.
    """

    cards_per_week: float
    source: str
    lot_cards: float
    receipts: int = 0
    received_cards: int = 0
    days: int = 0
    lead_workdays: int = 0


def received_of_late(facts: Facts) -> Inflow | None:
    """The cards that came in a week over the last quarter; None where the book is too young, or nobody asked.

    An office that asked and got nothing is told so, as nothing a week; one that asked for nothing teaches nothing.
    Cards that came on loan go back, and those of a loan come back were the office's before: neither is counted.
    """
    begun = facts.opened_on or (facts.days[0].day if facts.days else facts.as_of)
    first = max(begun, facts.as_of - OF_LATE)
    days = (facts.as_of - first).days
    came = [day.received - day.borrowed for day in facts.days if day.day > first and day.received > day.borrowed]
    asked = any(each.is_open and (facts.as_of - each.requested_on).days >= LEAST_DAYS for each in facts.requests)
    if days < LEAST_DAYS or not (came or asked):
        return None
    lot = sum(came) / len(came) if came else 0.0
    return Inflow(sum(came) * DAYS_A_WEEK / days, RECEIPTS, lot, len(came), sum(came), days)


def granted_usually(answer: Answer) -> Inflow | None:
    """What comes if each request is as large as the next one, is granted as those before, and follows at once.

    None before the first answer of a giver.
    """
    status, chosen = answer.status, answer.facts.settings
    if status.granted_share is None:
        return None
    asked = status.request_cards or status.requests[-1].asked_cards
    lot = expected_of(asked, expected_share(status.requests), chosen.lot_cards, chosen.most_per_request)
    lead = max(status.lead_time.typical, 1)
    return Inflow(lot * WORKDAYS_A_WEEK / lead, GRANTS, lot, lead_workdays=lead)

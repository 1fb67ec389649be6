"""The answer under the names of the contract: raw numbers, plain dates, keys that are only ever added."""

from typing import Any

from blangko.core.answer import lead_in_calendar_days
from blangko.core.facts import Campaign
from blangko.core.status import Status
from blangko.core.supply import Delivery

CHANCE_DIGITS = 4


_PLAIN = (
    "office", "as_of", "on_hand_cards", "shelf_cards", "spoiled_cards", "on_order_cards", "expected_on_order_cards",
    "last_entry_no",
    "workdays_at_quota", "quota_cards", "unwritten_cards", "unwritten_workdays", "request_by", "request_cards",
    "reorder_level_cards", "accepted_risk", "stretch_quota_cards", "next_delivery_on", "waiting_until", "level",
    "reasons", "missing_workdays", "reminder_workdays", "workdays_to_request", "floor_cards", "forecast_until",
    "calendar_known_until", "entries_after", "seal",
)  # fmt: skip
_CHANCES = ("granted_share", "risk_if_requested_today", "risk_before_delivery", "risk_allowed")
"""The figures of the answer that are told as they are, and those that are chances."""


def status_data(answer: Status) -> dict[str, Any]:
    """The answer under the names of the contract, "blangko.status/1"."""
    rate = answer.cards_per_workday
    return {
        "schema": "blangko.status/1",
        **{name: getattr(answer, name) for name in _PLAIN},
        **{name: as_chance(getattr(answer, name)) for name in _CHANCES},
        "last_count": _count(answer),
        "use": {
            "cards_per_workday": None if rate is None else round(rate, 1),
            "workdays_observed": answer.workdays_observed,
            "drain_cards_per_workday": answer.drain_cards_per_workday,
            "stated_by_office": answer.use_is_typical,
            "at_least": answer.use_is_at_least,
        },
        "quota": answer.quota._asdict() if answer.quota else None,
        "workdays_of_supply": answer.workdays_of_supply._asdict(),
        "run_out_on": answer.run_out_on._asdict(),
        "request_sum": [line._asdict() for line in answer.request_sum],
        "need_cards": answer.ask.need_cards if answer.ask else None,
        "lead_time_days": lead_in_calendar_days(answer.lead_time),
        "lead_time_workdays": {name: getattr(answer.lead_time, name) for name in ("low", "typical", "high")},
        "deliveries": [_delivery(each) for each in answer.deliveries],
        "waiting": {name: each._asdict() for name, each in answer.waiting.items()},
        "backlog": {
            name: {"occurred_on": each.stated_on, "cards": each.cards} for name, each in answer.waiting.items()
        },
        "campaigns": [campaign_data(each) for each in answer.campaigns],
        "loans": [{"party": party, "cards": cards} for party, cards in answer.loans.items()],
        "balance": {f"{name}_cards": cards for name, cards in answer.balance._asdict().items()},
    }


def campaign_data(campaign: Campaign) -> dict[str, Any]:
    """What was announced, and until when."""
    return {
        "cards_per_workday": campaign.cards_per_workday,
        "from": campaign.first,
        "until": campaign.last,
        "reason": campaign.reason,
    }


def _delivery(each: Delivery) -> dict[str, Any]:
    return {
        "request_no": each.request_no or None,
        "expected_cards": round(each.cards),
        "likely_on": each.likely_on,
        "promised": each.is_promised,
    }


def _count(answer: Status) -> dict[str, Any] | None:
    seen = answer.last_count
    if seen is None:
        return None
    return {
        "occurred_on": seen.occurred_on,
        "counted_cards": seen.counted_cards,
        "discrepancy_cards": seen.discrepancy_cards,
        "open_discrepancy_cards": seen.open_cards,
    }


def as_chance(value: float | None) -> float | None:
    """A chance as the contract tells it."""
    return None if value is None else round(value, CHANCE_DIGITS)

"""The plan as data: raw numbers, ISO dates, names that never change. Nothing here is localised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blangko.core.advice import advice
from blangko.core.contract import status_data
from blangko.core.inflow import Inflow
from blangko.core.plan import Plan, PlanRow
from blangko.core.ration import Ration
from blangko.core.serving import Queue, Scenario
from blangko.core.target import Target

PLAN_COLUMNS = ("day", "use_cards", "waiting_cards", "stock_p10", "stock_p50", "stock_p90")
_NO_DAY = {"p10": None, "p50": None, "p90": None}
_PLAIN = (
    "coverage", "by", "eligible", "recorded", "stated_on", "goal", "recordings_needed", "workdays", "teams", "per_team",
    "teams_needed", "pace_from", "reachable", "reached_on", "unprinted_cards", "cards_needed", "batch_cards", "batches",
    "trip_cards", "trips", "new_cards", "cards_needed_with_new", "batches_with_new", "printed_on",
    "printed_on_with_new",
)  # fmt: skip
_RATES = (
    "recordings_per_workday", "per_team_needed", "pace", "coverage_then", "cards_per_workday", "new_cards_per_workday",
    "cards_per_workday_with_new", "prints_cards_per_workday",
)  # fmt: skip
"""The figures of a target that are told as they are, and those that are rounded."""


def plan_data(shown: Plan) -> dict[str, Any]:
    """The plan under the names of the contract, "blangko.plan/1"."""
    return {
        **status_data(shown.status),
        "schema": "blangko.plan/1",
        "waiting_cards": shown.waiting_cards,
        "capacity_cards": shown.capacity_cards,
        "supply": _inflow(shown.supply),
        "grants": _inflow(shown.grants),
        "clear_on": shown.queue.clear_on.on._asdict() if shown.queue else _NO_DAY,
        "queue": _queue(shown.queue) if shown.queue else None,
        "target": _target(shown.target) if shown.target else None,
        "ration": _ration(shown.ration) if shown.ration else None,
        "advice": list(advice(shown.answer, shown.ration)),
        "rows": [row._asdict() | {"stock_cards": row.stock_cards._asdict()} for row in shown.rows],
    }


def plan_rows(rows: Sequence[PlanRow]) -> list[list[Any]]:
    """The rows under `PLAN_COLUMNS`."""
    return [[row.day, row.use_cards, row.waiting_cards, *row.stock_cards] for row in rows]


def _inflow(each: Inflow | None) -> dict[str, Any]:
    """What comes in a week and from what that is known; nothing of it is known without an `Inflow`."""
    if each is None:
        return {"cards_per_week": None, "from": None}
    return {
        "cards_per_week": _rounded(each.cards_per_week),
        "from": each.source,
        "lot_cards": _rounded(each.lot_cards),
        "receipts": each.receipts,
        "received_cards": each.received_cards,
        "days": each.days,
        "lead_workdays": each.lead_workdays,
    }


def _queue(each: Queue) -> dict[str, Any]:
    return {
        "waiting_cards": each.waiting_cards,
        "as_stated": each.is_as_stated,
        "batches": _rounded(each.batches),
        "weeks": _rounded(each.weeks),
        "prints_cards_per_workday": _rounded(each.prints_cards_per_workday),
        "new_cards_per_workday": _rounded(each.new_cards_per_workday),
        "new_from": each.new_from,
        "shelf_cards": each.shelf_cards,
        "shelf_workdays": each.shelf_workdays,
        "shelf_until": each.shelf_until,
        "left_cards": each.left_cards,
        "workdays_to_serve": each.workdays_to_serve,
        "clear_on": _scenario(each.clear_on),
        "at_supply": _scenario(each.at_supply),
        "at_grants": _scenario(each.at_grants),
        "at_capacity": _scenario(each.at_capacity),
    }


def _scenario(each: Scenario | None) -> dict[str, Any] | None:
    return None if each is None else {**each.on._asdict(), "why": each.why, "if_nobody_new": each.if_nobody_new}


def _target(each: Target) -> dict[str, Any]:
    past = each.past
    return {
        **{name: getattr(each, name) for name in _PLAIN},
        **{name: _rounded(getattr(each, name)) for name in _RATES},
        "past": None
        if past is None
        else {
            "from": past.first.occurred_on,
            "to": past.last.occurred_on,
            "recordings": past.recordings,
            "workdays": past.workdays,
            "per_workday": _rounded(past.per_workday),
        },
    }


def _ration(each: Ration) -> dict[str, Any]:
    serves = [served._asdict() for served in each.serves]
    shares = {"served_share": round(each.served_share, 4), "risk": round(each.risk, 4)}
    return {**each._asdict(), **shares, "serves": serves}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)

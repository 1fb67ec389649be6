"""Machine-readable answers: raw numbers, ISO dates, names that never change. Nothing here is localised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from blangko.core.answer import lead_in_calendar_days
from blangko.core.facts import Campaign
from blangko.core.forecast import ForecastRow
from blangko.core.status import Status
from blangko.core.supply import Delivery
from blangko.core.workdays import Calendar
from blangko.reports.table import markdown_text, table
from blangko.words.written import plain

CARD_COLUMNS = (
    "entry_no",
    "occurred_on",
    "recorded_at",
    "recorded_by",
    "kind",
    "cards",
    "in_cards",
    "out_cards",
    "balance_cards",
    "spoiled_cards",
    "reference",
    "note",
    "reverses_no",
)
FORECAST_COLUMNS = ("day", "workday", "expected_cards", "stock_p10", "stock_p50", "stock_p90", "empty_probability")
CALENDAR_COLUMNS = ("date", "kind", "estimated", "name_id", "name_en")
_CHANCE_DIGITS = 4


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
        **{name: _chance(getattr(answer, name)) for name in _CHANCES},
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


def _chance(value: float | None) -> float | None:
    return None if value is None else round(value, _CHANCE_DIGITS)


def forecast_data(answer: Status, rows: Iterable[ForecastRow]) -> dict[str, Any]:
    """The keys of status, and one row for each open day ahead."""
    listed = [
        {
            "day": row.day,
            "workday": number,
            "expected_cards": row.expected_cards,
            "stock_cards": row.stock_cards._asdict(),
            "empty_probability": _chance(row.empty_probability),
        }
        for number, row in enumerate(rows, 1)
    ]
    return {**status_data(answer), "schema": "blangko.forecast/1", "rows": listed}


def forecast_rows(rows: Iterable[ForecastRow]) -> list[list[Any]]:
    """The rows under `FORECAST_COLUMNS`."""
    return [
        [row.day, number, row.expected_cards, *row.stock_cards, _chance(row.empty_probability)]
        for number, row in enumerate(rows, 1)
    ]


def calendar_rows(calendar: Calendar, year: int) -> list[list[Any]]:
    """The days of a year that differ from the work week, under `CALENDAR_COLUMNS`."""
    days = {
        day: [day, "joint" if n.is_joint_leave else "public", n.estimated, n.name_id, n.name_en]
        for day, n in calendar.national.items()
    }
    days |= {
        day: [day, "opened" if own.is_open else "closed", False, own.reason, own.reason]
        for day, own in calendar.office.items()
    }
    return [days[day] for day in sorted(days) if day.year == year]


def flat(data: dict[str, Any], prefix: str = "") -> list[list[Any]]:
    """Nested data as rows of a dotted name and its value."""
    rows: list[list[Any]] = []
    for name, value in data.items():
        if isinstance(value, dict):
            rows += flat(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            rows += flat({str(number): each for number, each in enumerate(value, 1)}, f"{prefix}{name}.")
        elif isinstance(value, list):
            rows.append([prefix + name, " ".join(map(str, value))])
        else:
            rows.append([prefix + name, value])
    return rows


def as_json(data: object) -> str:
    """The data as JSON: raw numbers, ISO dates; signs that steer a terminal are written as numbers."""
    import json
    import re

    def escaped(found: re.Match[str]) -> str:
        return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]

    return re.sub(r"[^ -~\n]", escaped, json.dumps(data, ensure_ascii=False, indent=1, default=_as_text)) + "\n"


def _as_text(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    """The rows as comma-separated values under their column names."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows([_no_formula(cell) for cell in row] for row in rows)
    return out.getvalue()


def as_excel_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as an Indonesian Excel opens them by a double click: parted by semicolons, marked as UTF-8."""
    return as_csv(columns, rows, ";").encode("utf-8-sig")


def _no_formula(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return cell
    text = plain(cell)
    # A spreadsheet runs a text that begins like a formula; a note in the book is never meant as one.
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") else text


def as_markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The rows as a markdown table."""
    cells = [[_in_a_table(cell) for cell in row] for row in rows]
    return "\n".join(table(columns, cells, form="github")) + "\n"


def _in_a_table(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return markdown_text(plain(cell)) if isinstance(cell, str) else "" if cell is None else str(cell)

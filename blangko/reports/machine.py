"""Machine-readable answers: raw numbers, ISO dates, names that never change. Nothing here is localised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from blangko.core.contract import as_chance, status_data
from blangko.core.forecast import ForecastRow
from blangko.core.status import Status
from blangko.core.workdays import Calendar
from blangko.errors import BlangkoError
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


def status_answer(answer: Status, advised: Sequence[str]) -> dict[str, Any]:
    """The keys of status, and the codes of what is to be done."""
    return {**status_data(answer), "advice": list(advised)}


def card_data(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The lines of the stock card under the names of the contract, "blangko.card/1"."""
    return {"schema": "blangko.card/1", "rows": [{name: row[name] for name in CARD_COLUMNS} for row in rows]}


def forecast_data(answer: Status, rows: Iterable[ForecastRow]) -> dict[str, Any]:
    """The keys of status, and one row for each open day ahead."""
    listed = [
        {
            "day": row.day,
            "workday": number,
            "expected_cards": row.expected_cards,
            "stock_cards": row.stock_cards._asdict(),
            "empty_probability": as_chance(row.empty_probability),
        }
        for number, row in enumerate(rows, 1)
    ]
    return {**status_data(answer), "schema": "blangko.forecast/1", "rows": listed}


def forecast_rows(rows: Iterable[ForecastRow]) -> list[list[Any]]:
    """The rows under `FORECAST_COLUMNS`."""
    return [
        [row.day, number, row.expected_cards, *row.stock_cards, as_chance(row.empty_probability)]
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


def code_of(error: BlangkoError | None) -> str:
    """A refusal as programs know it, such as not_enough_on_hand; empty where nothing was refused."""
    import re

    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower() if error else ""


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

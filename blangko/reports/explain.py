"""Every number of the answer with the numbers that it comes from, on the screen and as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.explain import Step, Value
from blangko.core.status import Status
from blangko.reports.answer import office_line
from blangko.reports.table import table
from blangko.words.language import N_, _
from blangko.words.written import count, day, rate

_STEPS = {
    "on_hand_cards": N_("On hand, from the book"),
    "use.cards_per_workday": N_("Use of a working day, learnt from these days"),
    "campaign_cards": N_("Announced campaigns: cards on top of the usual from today on"),
    "unwritten_cards": N_("Taken off for days not written down"),
    "run_out_on.p50": N_("Run-out day: use added up, day by day"),
    "lead_time_workdays.high": N_("Lead time, in the giver's working days"),
    "granted_share": N_("Share of what is asked that is to be expected"),
    "expected_on_order_cards": N_("Expected of what is on order"),
    "risk_before_delivery": N_("Chance of an empty shelf before the cards on order come"),
    "risk_if_requested_today": N_("Chance of an empty shelf before a delivery asked for today"),
    "request_by": N_("Ask by: the last day whose risk is accepted"),
    "request_cards": N_("Cards to ask for"),
    "reorder_level_cards": N_("Reorder level"),
}
_COLUMNS = {
    "what": N_("What"),
    "cards": N_("Cards"),
    "day": N_("Day"),
    "known": N_("Known"),
    "expected_cards": N_("Expected"),
    "use_until_then": N_("Use"),
    "use_p10": N_("low"),
    "use_p90": N_("high"),
    "left": N_("Left"),
    "empty_probability": N_("Empty"),
    "lead_workdays": N_("Lead"),
    "probability": N_("Chance"),
    "request": N_("Request"),
    "share": N_("Share"),
    "weight": N_("Weight"),
    "likely_on": N_("Likely on"),
    "promised": N_("Promised"),
    "arrival": N_("Arrival"),
    "empty_before": N_("Empty before"),
    "requested_on": N_("Asked on"),
    "risk": N_("Risk"),
    "value": N_("Value"),
    "from": N_("From"),
    "until": N_("Until"),
    "cards_per_workday": N_("A day"),
    "workdays": N_("Days"),
}
_WORDS = {
    "opening": N_("opening"),
    "received": N_("received"),
    "adjusted": N_("adjusted"),
    "gone": N_("printed, spoiled, sent, lost and destroyed"),
    "later": N_("later"),
    "at least": N_("at least"),
    "without campaign": N_("without the campaign"),
    "supposed": N_("supposed"),
    "beforehand": N_("beforehand"),
    "use": N_("use"),
    "reserve": N_("reserve"),
    "waiting": N_("people waiting"),
    "on_hand": N_("on hand"),
    "on_order": N_("on order"),
    "share": N_("because less is granted"),
    "ceiling": N_("no more is asked for at once"),
    "rounding": N_("to whole batches"),
    "accepted_risk": N_("accepted risk"),
    "floor_cards": N_("the office's floor"),
    "true": N_("yes"),
    "false": N_("no"),
}
CHANCES = ("empty_probability", "probability", "share", "empty_before", "risk")
"""Columns that hold chances and shares, from 0 to 1."""


class Explained(NamedTuple):
    """A number with its name, and the table of what it comes from; every cell is text already."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def explained_screen(answer: Status, steps: Sequence[Step]) -> list[str]:
    """All steps as text: the number, and under it the table of what it comes from."""
    lines = [*office_line(answer), ""]
    for each in map(explained, steps):
        lines.append(each.title)
        if each.rows:
            right = "." + "r" * (len(each.headers) - 1)
            lines += [f"  {line}" for line in table(each.headers, each.rows, right=right)]
        lines.append("")
    return lines[:-1]


def explained(step: Step) -> Explained:
    """One step in words."""
    chance = step.what in ("granted_share", "risk_before_delivery", "risk_if_requested_today")
    cells = [
        [_shown(cell, name in CHANCES or row[0] == "accepted_risk")
         for name, cell in zip(step.columns, row, strict=True)]
        for row in step.rows
    ]  # fmt: skip
    title = f"{_(_STEPS[step.what])}: {_shown(step.value, chance)}"
    return Explained(title, [_(_COLUMNS[name]) for name in step.columns], cells)


def _shown(value: Value, is_chance: bool) -> str:
    if value is None:
        return "\u2013"
    if isinstance(value, bool):
        return _(_WORDS[str(value).lower()])
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        return _(_WORDS[value]) if value in _WORDS else value
    if is_chance:
        return f"{rate(100 * value)} %"
    return rate(value) if isinstance(value, float) else count(value)


def explained_data(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """All steps as data: raw numbers, and names that are never localised."""
    return [
        {
            "what": step.what,
            "value": step.value,
            "rows": [dict(zip(step.columns, row, strict=True)) for row in step.rows],
        }
        for step in steps
    ]

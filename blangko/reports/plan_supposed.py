"""The plan as it would be, beside the plan as it is."""

from __future__ import annotations

from collections.abc import Iterator

from blangko.core.plan import Plan
from blangko.core.serving import Queue
from blangko.core.suppose import Supposed
from blangko.reports.plan import plan_parts
from blangko.reports.suppose import UNCHANGED, Row, figure_rows, supposed_screen
from blangko.reports.table import pairs
from blangko.words.language import _
from blangko.words.written import cards, day


def supposed_plan_screen(supposed: Supposed, before: Plan, after: Plan) -> list[str]:
    """What is supposed and what it changes, then the plan as it would be."""
    lines = supposed_screen(supposed, list(plan_figures(before, after)))
    for title, rows in plan_parts(after):
        lines += ["", _("{title}, as supposed").format(title=title), *pairs(rows)]
    return lines


def changes(supposed: Supposed, before: Plan, after: Plan) -> list[Row]:
    """The figures that would be different, those of the status first."""
    every = [*figure_rows(supposed), *plan_figures(before, after)]
    return [row for row in every if row[1] != row[2]]


def plan_figures(before: Plan, after: Plan) -> Iterator[Row]:
    """What the plan knows beyond the status, as it is and as it would be."""
    if before.queue and after.queue:
        yield _row(_("Queue empty"), _nobody_waits(before.queue), _nobody_waits(after.queue))
    if before.ration and after.ration:
        yield _row(_("Ration"), _rationed(before), _rationed(after))


def _row(name: str, now: str, then: str) -> Row:
    return name, now, then, UNCHANGED if now == then else ""


def _nobody_waits(queue: Queue) -> str:
    middle = queue.clear_on.on.p50
    return _("no day known") if middle is None else day(middle)


def _rationed(shown: Plan) -> str:
    held = shown.ration
    if held is None or not held.is_needed:
        return _("not needed")
    return cards(held.cards_per_day)

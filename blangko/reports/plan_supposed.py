"""The plan as it would be, beside the plan as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from blangko.core.plan import Plan
from blangko.core.ration import Ration
from blangko.core.suppose import Supposed
from blangko.reports.plan import plan_parts
from blangko.reports.suppose import UNCHANGED, Row, compared_days, figure_rows, supposed_screen
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
    calendar = before.answer.facts.calendar
    if before.queue and after.queue:
        now, then = before.queue.clear_on, after.queue.clear_on
        yield compared_days(_("Queue empty"), now.on.p50, then.on.p50, calendar, _told)
        yield compared_days(_("if nobody came new"), now.if_nobody_new, then.if_nobody_new, calendar, _told)
    if before.target and after.target:
        aim, other = before.target, after.target
        yield compared_days(_("Target reached"), aim.reached_on, other.reached_on, calendar, _told)
        yield compared_days(_("its cards printed"), aim.printed_on, other.printed_on, calendar, _told)
    if before.ration and after.ration:
        yield _row(_("Ration"), _rationed(before.ration), _rationed(after.ration))
        yield compared_days(_("until"), before.ration.until, after.ration.until, calendar, _told)


def _row(name: str, now: str, then: str) -> Row:
    return name, now, then, UNCHANGED if now == then else ""


def _told(on: date | None) -> str:
    return _("no day known") if on is None else day(on)


def _rationed(held: Ration) -> str:
    if held.is_needed:
        return cards(held.cards_per_day)
    return _("not needed") if held.is_risk_accepted else _("not needed yet")

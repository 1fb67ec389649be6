"""The answers to what would be if, each as a page: what is and what would be side by side. Nothing is written."""

import sys
from collections.abc import Mapping
from typing import Any

from blangko.cli.colour import alert_headline, supposed_headline
from blangko.cli.reading import Page, forms
from blangko.cli.screen import is_plain
from blangko.core.answer import forecast_days
from blangko.core.contract import status_data
from blangko.core.facts import Facts, Suppositions
from blangko.core.suppose import Supposed, compared
from blangko.reports import machine
from blangko.reports.alert import Alert


def status(known: Facts, asked: Suppositions, usual: Mapping[str, int]) -> Page:
    """What is on hand, how long it lasts and when to ask, as it is and as it would be.

    `usual` are the cards printed of late by purpose, for the advice.
    """
    from blangko.core.advice import advice
    from blangko.core.ration import ration
    from blangko.reports.suppose import both, side_by_side, supposed_screen

    seen = compared(known, asked)

    def data() -> dict[str, Any]:
        now, then = (
            machine.status_answer(each.status, advice(each, ration(each, printed_for=usual)))
            for each in (seen.before, seen.after)
        )
        return both(seen, now, then)

    return Page(
        lambda: supposed_screen(seen),
        data,
        lambda: side_by_side(seen),
        headline=supposed_headline(seen.after.status.level),
    )


def forecast(known: Facts, asked: Suppositions, explain: bool) -> Page:
    """The days ahead as they would be; the data hold those without what is supposed as well."""
    from blangko.core.explain import explanation
    from blangko.reports.explain import explained_data
    from blangko.reports.forecast_workbook import ForecastPaper
    from blangko.reports.suppose import both, supposed_explanation, supposed_forecast_screen

    seen = compared(known, asked)
    rows, steps = forecast_days(seen.after), explanation(seen.after) if explain else []

    def data() -> dict[str, Any]:
        before = machine.forecast_data(seen.before.status, forecast_days(seen.before))
        after = machine.forecast_data(seen.after.status, rows)
        return both(seen, before, {**after, "explanation": explained_data(steps)} if explain else after)

    if explain:
        return Page(
            lambda: supposed_explanation(seen, steps),
            data,
            lambda: (("what", "value"), [[step.what, step.value] for step in steps]),
        )
    return Page(
        lambda: supposed_forecast_screen(seen, rows, is_plain(sys.stdout)),
        data,
        lambda: (machine.FORECAST_COLUMNS, machine.forecast_rows(rows)),
        files=forms(ForecastPaper(seen.after, seen), {"xlsx": "forecast_workbook.forecast_workbook"}),
        headline=supposed_headline(seen.after.status.level),
    )


def alert(seen: Supposed, now: Alert, then: Alert) -> Page:
    """The line as it would be, marked, and below it the one that holds; the exit code is that of the first."""
    from blangko.reports.suppose import both, supposed_alert

    def data() -> dict[str, Any]:
        return both(seen, _alert_data(seen.before.status, now), _alert_data(seen.after.status, then))

    return Page(
        lambda: supposed_alert(seen, now, then),
        data,
        lambda: (("name", "value"), machine.flat(data())),
        then.code,
        headline=alert_headline(then.code),
    )


def _alert_data(shown: Any, told: Alert) -> dict[str, Any]:
    return {**status_data(shown), "line": told.line, "exit_code": told.code}

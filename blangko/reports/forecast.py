"""The forecast day by day, as a table and a line of blocks, and the sum in words that a clerk can do again."""

from __future__ import annotations

from collections.abc import Sequence

from blangko.core.answer import Status
from blangko.core.forecast import ForecastRow
from blangko.reports.answer import identity, lasts, office_line, verdict
from blangko.reports.table import paragraph, table
from blangko.words.language import _
from blangko.words.written import cards, count, day, rate, share, short_day, workdays

_BLOCKS = "▁▂▃▄▅▆▇█"
_PLAIN_BLOCKS = "_.:-=+*#"
ROWS_ON_SCREEN = 25


def forecast_screen(answer: Status, rows: Sequence[ForecastRow], plain: bool) -> list[str]:
    """The whole forecast as text; `plain` keeps to ASCII."""
    lines = [*office_line(answer), "", *paragraph(verdict(answer)), ""]
    if not rows:
        return [*lines, *identity(answer.balance)]
    shown = rows[:ROWS_ON_SCREEN]
    lines += [*_table(shown), ""]
    if len(rows) > len(shown):
        lines += [_("... and so on until {day}; all days: blangko forecast -f csv").format(day=day(rows[-1].day)), ""]
    lines += [_("Stock left") + "  " + sparkline([row.stock_cards.p50 for row in rows[:60]], plain), ""]
    return [*lines, *sum_in_words(answer, rows), "", *identity(answer.balance)]


def _table(rows: Sequence[ForecastRow]) -> list[str]:
    headers = [_("Working day"), _("Use"), _("Left, low"), _("Left, middle"), _("Left, high"), _("Empty")]
    return table(
        headers,
        [
            [day(row.day), count(round(row.expected_cards)), *map(count, row.stock_cards), share(row.empty_probability)]
            for row in rows
        ],
        right=".rrrrr",
    )


def sparkline(values: Sequence[int], plain: bool) -> str:
    """The values as a line of blocks from nothing to the highest."""
    blocks = _PLAIN_BLOCKS if plain else _BLOCKS
    top = max([*values, 1])
    return "".join(blocks[min(value * len(blocks) // top, len(blocks) - 1)] for value in values)


def sum_in_words(answer: Status, rows: Sequence[ForecastRow]) -> list[str]:
    """The division that gives the working days, and the days counted back from the run-out to the request."""
    if not answer.cards_per_workday:
        return []
    use = answer.cards_per_workday
    division = _("{on_hand} : {use} a working day = {quotient}, counted from {day}.").format(
        on_hand=cards(answer.on_hand_cards),
        use=rate(use),
        quotient=workdays_parted(answer.on_hand_cards / use),
        day=day(rows[0].day),
    )
    outcome = _("With what is known of weekdays and of busy and quiet days: {lasts}.").format(lasts=lasts(answer))
    return [*paragraph(division), *paragraph(outcome), *paragraph(_request_in_words(answer))]


def _request_in_words(answer: Status) -> str:
    lead = _("A delivery takes {low} to {high} days, most often about {typical}.").format(
        low=answer.lead_time.low, high=answer.lead_time.high, typical=answer.lead_time.typical
    )
    if answer.request_by is None:
        return lead
    risk = _("Asked for after {day}, it comes too late with a chance of more than {risk}.").format(
        day=short_day(answer.request_by), risk=share(answer.accepted_risk)
    )
    return f"{lead} {risk}"


def workdays_parted(days: float) -> str:
    """Working days with one decimal, as a division gives them."""
    if days >= 100:
        return workdays(round(days))
    return _("{n} working days").format(n=rate(days))

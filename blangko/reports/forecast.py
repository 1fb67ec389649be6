"""The forecast day by day, as a table and a line of blocks, and the sum in words that a clerk can do again."""

from __future__ import annotations

from collections.abc import Sequence

from blangko.core.answer import lead_in_calendar_days
from blangko.core.forecast import ForecastRow
from blangko.core.status import Status
from blangko.core.supply import LeadTime
from blangko.reports.answer import identity, lasts, office_line, reorder_level, sum_rows, verdict
from blangko.reports.table import amounts, capital, paragraph, table
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
    lines += [*day_table(rows), *stock_left(rows, plain), ""]
    return [*lines, *sum_in_words(answer, rows), *_ask_in_words(answer), "", *identity(answer.balance)]


def _ask_in_words(answer: Status) -> list[str]:
    """The number to ask for, line by line, and the level at which to ask."""
    lines = ["", *amounts(sum_rows(answer))] if answer.ask else []
    level = answer.reorder_level_cards
    return lines if level is None else [*lines, *paragraph(f"{capital(reorder_level(answer))}.")]


def day_table(rows: Sequence[ForecastRow]) -> list[str]:
    """The first days as a table, and until when it would go on."""
    shown = rows[:ROWS_ON_SCREEN]
    lines = [*_table(shown), ""]
    if len(rows) > len(shown):
        lines += [_("... and so on until {day}; all days: blangko forecast -f csv").format(day=day(rows[-1].day)), ""]
    return lines


def stock_left(rows: Sequence[ForecastRow], plain: bool) -> list[str]:
    """The middle of what is left on each evening, as a line of blocks."""
    return [_("Stock left") + "  " + sparkline([row.stock_cards.p50 for row in rows[:60]], plain)]


def _table(rows: Sequence[ForecastRow]) -> list[str]:
    return table(day_headers(), day_cells(rows), right=".rrrrr")


def day_headers() -> list[str]:
    """What stands above each column of the day table."""
    return [_("Working day"), _("Use"), _("Left, low"), _("Left, middle"), _("Left, high"), _("Empty")]


def day_cells(rows: Sequence[ForecastRow]) -> list[list[str]]:
    """The cells of the day table, a row for each day."""
    return [
        [day(row.day), count(round(row.expected_cards)), *map(count, row.stock_cards), share(row.empty_probability)]
        for row in rows
    ]


def sparkline(values: Sequence[int], plain: bool) -> str:
    """The values as a line of blocks from nothing to the highest."""
    blocks = _PLAIN_BLOCKS if plain else _BLOCKS
    top = max([*values, 1])
    return "".join(blocks[min(value * len(blocks) // top, len(blocks) - 1)] for value in values)


def sum_in_words(answer: Status, rows: Sequence[ForecastRow]) -> list[str]:
    """The same as `sum_sentences`, folded to the window."""
    return [line for sentence in sum_sentences(answer, rows) for line in paragraph(sentence)]


def sum_sentences(answer: Status, rows: Sequence[ForecastRow]) -> list[str]:
    """The division that gives the working days, and the days counted back from the run-out to the request."""
    if not answer.cards_per_workday:
        return []
    use = answer.drain_cards_per_workday or answer.cards_per_workday
    left = answer.shelf_cards - answer.unwritten_cards
    division = _("{on_hand} : {use} a working day = {quotient}, counted from {day}.").format(
        on_hand=_left(answer), use=rate(use), quotient=workdays_parted(left / use), day=day(rows[0].day)
    )
    if answer.drain_cards_per_workday:
        division += " " + _("While people wait the counter prints what it can.")
    outcome = _("With what is known of weekdays and of busy and quiet days: {lasts}.").format(lasts=lasts(answer))
    return [division, outcome, _request_in_words(answer)]


def _left(answer: Status) -> str:
    """What is on hand, less what a count missed and what the days that nobody wrote down have probably used."""
    parts = [cards(answer.on_hand_cards)]
    if missing := answer.on_hand_cards - answer.shelf_cards:
        parts.append(_("{n} missing at the count").format(n=count(missing)))
    if answer.unwritten_cards:
        parts.append(_("{n} not written down").format(n=count(answer.unwritten_cards)))
    return parts[0] if len(parts) == 1 else "(" + " \u2212 ".join(parts) + ")"


def _request_in_words(answer: Status) -> str:
    lead = _lead_in_words(answer.lead_time)
    if answer.request_by is None or answer.request_by <= answer.as_of:
        return lead
    risk = _("Asked for after {day}, it comes too late with a chance of more than {risk}.").format(
        day=short_day(answer.request_by), risk=share(answer.accepted_risk)
    )
    return f"{lead} {risk}"


def _lead_in_words(lead: LeadTime) -> str:
    """How long a delivery takes, in the days that offices speak of and in the giver's working days."""
    usual = lead_in_calendar_days(lead)
    return _(
        "A delivery takes {low} to {high} days ({low_workdays} to {high_workdays} working days of the giver), "
        "most often about {typical}."
    ).format(**usual, low_workdays=lead.low, high_workdays=lead.high)


def workdays_parted(days: float) -> str:
    """Working days with one decimal, as a division gives them."""
    if days >= 100:
        return workdays(round(days))
    return _("{n} working days").format(n=rate(days))

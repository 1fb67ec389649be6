"""The overview as a workbook: real dates and numbers, sums below them, and a small line for each shelf."""

from __future__ import annotations

from typing import Any

from blangko.core.overview import Overview, Row
from blangko.reports import overview as words
from blangko.reports.workbook import Sheet
from blangko.words.language import _

WIDTHS = (9, 30, 12, 11, 11, 11, 9, 8, 8, 8, 13, 11, 8, 13, 13, 24)
SUMMED = (3, 4, 5)
RATE, SHELF = 6, len(WIDTHS) - 1


def overview_workbook(shown: Overview) -> bytes:
    """A row for each office, in the order of the screen; the numbers of the small lines stand on a second sheet.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    sheet = Sheet(_("Overview of blank KTP-el cards"))
    sheet.widths = dict(enumerate(WIDTHS))
    sheet.line([words.title(shown)], "title")
    sheet.wide(words.together(shown.totals), 0, SHELF, "wrapped")
    sheet.row += 2
    sheet.heads(_headings())
    first = sheet.row
    for number, row in enumerate(shown.rows):
        _office(sheet, row, number)
    last = sheet.row - 1
    sheet.write(0, _("Together"), "bold")
    for column, name in zip(SUMMED, ("on_hand_cards", "spoiled_cards", "on_order_cards"), strict=True):
        sheet.sum(column, first, last, getattr(shown.totals, name))
    sheet.write(RATE, shown.totals.cards_per_workday, "rate")
    sheet.widths = dict(enumerate(WIDTHS))
    sheet.turn(_("The shelves"))
    for row in shown.rows:
        sheet.line(_shelf(row))
    return sheet.bytes()


def _headings() -> list[str]:
    """The headings of the columns."""
    return [
        _("Code"), _("Office"), _("Level"), _("On hand"), _("Spoiled, held"), _("On order"), _("Use a day"),
        _("Days, early"), _("Days, likely"), _("Days, late"), _("Ask by"), _("How many"), _("Risk"), _("Last entry"),
        _("Last push"), _("Shelf"),
    ]  # fmt: skip


def _office(sheet: Sheet, row: Row, number: int) -> None:
    """One office in the present row."""
    level = words.level_word(row.level)
    cells: list[tuple[Any, str | None]] = [
        (row.code, None), (row.name, None), (level + ", " + _("behind") if row.is_stale else level, None),
        (row.on_hand_cards, None), (row.spoiled_cards, None), (row.on_order_cards, None),
        (row.cards_per_workday, "rate"), *((end, None) for end in row.workdays), (row.request_by, "day"),
        (row.request_cards, None), (row.risk, "percent"), (row.heard.last_on, "day"), (row.heard.last_push_on, "day"),
    ]  # fmt: skip
    for column, (value, form) in enumerate(cells):
        sheet.write(column, value, form)
    if len(_shelf(row)) > 1:
        sheet.sparkline(SHELF, _("The shelves"), number, 1, len(_shelf(row)) - 1)
    sheet.row += 1


def _shelf(row: Row) -> list[Any]:
    """An office's evenings behind, and the likely ones ahead, behind its code."""
    return [row.code, *row.told.past, *(middle for _low, middle, _high in row.told.ahead)]

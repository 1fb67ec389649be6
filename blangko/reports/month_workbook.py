"""The monthly report as a workbook: its weeks add up the days on the sheet behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from blangko.core.month import Month
from blangko.core.summary import SummaryRow
from blangko.reports.month import MonthPage, month_page, month_requests, month_sections, week_word
from blangko.reports.remarks import remarks_told
from blangko.reports.sections import NUMBER, TEXT, Cell, Section
from blangko.reports.summary import column_words
from blangko.reports.workbook import Sheet, sheet_name
from blangko.words.language import _

MOVED = ("received", "printed", "spoiled", "sent", "lost", "adjusted")
FIGURES = (*MOVED, "closing")
LAST = len(FIGURES)
WIDTHS = {0: 34, **dict.fromkeys(range(1, LAST + 1), 12)}
PAPER_LAST = 4
"""The number of a paper, in the last column of its table, reaches over the columns up to this one."""
RIGHT_SIGNATURE = 4
PICTURE_WIDTH = 700
REMARK_WIDTH = 42
_FORMS = {int: "cell number", date: "cell date"}


def month_workbook(month: Month) -> bytes:
    """The report on one page, the days behind it.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    page = month_page(month)
    sheet = Sheet(page.title)
    sheet.sheet.set_portrait()
    sheet.sheet.fit_to_pages(1, 1)
    sheet.widths = dict(WIDTHS)
    sheet.letterhead(page.letterhead, page.title, [f"{page.period} ({page.state})"], LAST)
    sheet.wide(page.verdict, 0, LAST, "verdict")
    sheet.row += 2
    _weeks(sheet, month)
    sheet.wide(page.balance, 0, LAST, "wrapped")
    sheet.row += 2
    for section in (*month_sections(month), *([month_requests(month)] if month.requests else [])):
        _section(sheet, section)
    for name, text in page.facts:
        sheet.wide(name, 0, 1, "bold")
        sheet.wide(text, 2, LAST, "wrapped")
        sheet.row += 1
    for note in page.notes:
        sheet.wide(note, 0, LAST, "wrapped")
        sheet.row += 1
    _end(sheet, page)
    _days(sheet, month)
    return sheet.bytes()


def _weeks(sheet: Sheet, month: Month) -> None:
    """The weeks, each the sum of its days on the other sheet, and their own sum."""
    words = column_words()
    sheet.line([_("Week"), *(words[name] for name in FIGURES)], "cell head")
    sheet.tall({})
    for column in range(LAST + 1):
        sheet.sheet.write_blank(sheet.row, column, None, sheet.forms["cell"])
    sheet.write(0, _("Before"), "cell")
    sheet.write(LAST, month.summary.opening, "cell number")
    sheet.row += 1
    first, day_row, days = sheet.row, 2, sheet_name(_("The days"))
    for each in month.weeks:
        until = day_row + len(each.rows) - 1
        sheet.tall({})
        sheet.write(0, week_word(each), "cell")
        for column, name in enumerate(MOVED, 1):
            letter = chr(ord("A") + column)
            total = getattr(each.sums, name)
            sheet.formula(column, f"=SUM('{days}'!{letter}{day_row}:{letter}{until})", total, "cell number")
        _closing(sheet, each.sums, "cell number")
        day_row = until + 1
    sheet.tall({})
    sheet.write(0, _("The month"), "cell sum")
    for column, name in enumerate(MOVED, 1):
        sheet.sum(column, first, sheet.row - 1, getattr(month.summary.totals, name), "cell sum")
    sheet.formula(LAST, f"=H{sheet.row}", month.summary.closing, "cell sum")
    sheet.row += 2


def _closing(sheet: Sheet, row: SummaryRow, form: str) -> None:
    """What is left: what was there in the row before, and what came and went."""
    here = sheet.row + 1
    formula = f"=H{here - 1}+B{here}-C{here}-D{here}-E{here}-F{here}+G{here}"
    sheet.formula(LAST, formula, row.closing, form)
    sheet.row += 1


def _section(sheet: Sheet, section: Section) -> None:
    """A small table; its last column of numbers is added up below where the section has sums."""
    sheet.write(0, section.title, "bold")
    sheet.row += 1
    if section.headers:
        _row(sheet, section.headers, "cell head", section.kinds)
    first = sheet.row
    for row in section.rows:
        _row(sheet, row, "cell", section.kinds)
    if section.foot:
        words, total = section.foot
        assert isinstance(total, int), "the sums of a section are one number"
        sheet.write(0, words, "cell sum")
        sheet.sum(section.kinds.index(NUMBER), first, sheet.row - 1, total, "cell sum")
        sheet.row += 1
    for text in section.words:
        sheet.wide(text, 0, LAST, "wrapped")
        sheet.row += 1
    sheet.row += 1


def _row(sheet: Sheet, row: Sequence[Cell], form: str, kinds: str) -> None:
    sheet.tall({0: str(row[0])})
    for column, cell in enumerate(row):
        if column and column == len(row) - 1 and kinds[column] == TEXT:
            sheet.wide(str(cell), column, PAPER_LAST, form)
        elif cell is not None:
            sheet.write(column, cell, _FORMS.get(type(cell), form))
        else:
            sheet.sheet.write_blank(sheet.row, column, None, sheet.forms[form])
    sheet.row += 1


def _end(sheet: Sheet, page: MonthPage) -> None:
    sheet.signed(page.signatures, (0, RIGHT_SIGNATURE))
    sheet.row += 1
    sheet.line([_("Check code {code}").format(code=page.code)])
    sheet.footer(page.code)
    sheet.widths = dict(WIDTHS)


def _days(sheet: Sheet, month: Month) -> None:
    sheet.turn(_("The days"))
    sheet.sheet.set_portrait()
    words = column_words()
    sheet.heads([_("Day"), *(words[name] for name in FIGURES), _("Remark")])
    for row in month.summary.rows:
        sheet.write(0, row.day, "cell date")
        for column, name in enumerate(MOVED, 1):
            sheet.write(column, getattr(row, name), "cell number")
        sheet.write(LAST, row.closing, "cell number")
        sheet.write(LAST + 1, remarks_told(month.summary.remarks.get(row.day, ())), "cell")
        sheet.row += 1
    sheet.write(0, _("Total"), "cell sum")
    for column, name in enumerate(MOVED, 1):
        sheet.sum(column, 1, sheet.row - 1, getattr(month.summary.totals, name), "cell sum")
    sheet.write(LAST, month.summary.closing, "cell sum")
    if month.summary.rows:
        sheet.picture(sheet.row + 2, 0, len(month.summary.rows), (LAST,), width=PICTURE_WIDTH)
    sheet.widths = {0: 15, **dict.fromkeys(range(1, LAST + 1), 12), LAST + 1: REMARK_WIDTH}

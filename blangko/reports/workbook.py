"""Answers as workbooks: real dates, real numbers, totals that show before anything is calculated. Extra: `excel`.

Text is written as text, so that no note can turn into a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from blangko.core.columns import MAX_CARDS
from blangko.core.status import Status
from blangko.core.summary import Summary
from blangko.errors import MissingExtra
from blangko.reports.answer import sum_lines
from blangko.reports.letterhead import signature_lines
from blangko.reports.summary import FIGURES, column_words, summary_page
from blangko.reports.table import capital
from blangko.words.language import _
from blangko.words.written import plain

DATE_FORM = "dd mmm yyyy"
NUMBER_FORM = "#,##0"
EPOCH = datetime(2017, 1, 1)  # noqa: DTZ001 (a workbook knows no zones; the same book gives the same bytes)
WIDEST = 42
SUM_COLUMN = 3
"""The words of a line of the sum reach over the columns before it."""


class Sheet:
    """One sheet that is filled from the top."""

    def __init__(self, title: str) -> None:
        try:
            import xlsxwriter
        except ImportError:
            raise MissingExtra(extra="excel", what="XLSX") from None
        self.out = io.BytesIO()
        self.file = xlsxwriter.Workbook(self.out, {"in_memory": True, "strings_to_formulas": False})
        self.file.set_properties({"title": title, "created": EPOCH})
        self.sheet = self.file.add_worksheet(_sheet_name(title))
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.forms = {
            "plain": self.file.add_format({}),
            "bold": self.file.add_format({"bold": True, "valign": "top"}),
            "wrapped": self.file.add_format({"text_wrap": True, "valign": "top"}),
            "verdict": self.file.add_format(
                {"bold": True, "font_size": 12, "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "title": self.file.add_format({"bold": True, "font_size": 14}),
            "head": self.file.add_format({"bold": True, "bottom": 1, "top": 1, "text_wrap": True, "align": "center"}),
            "date": self.file.add_format({"num_format": DATE_FORM, "align": "left"}),
            "number": self.file.add_format({"num_format": NUMBER_FORM}),
            "rate": self.file.add_format({"num_format": "#,##0.0"}),
            "percent": self.file.add_format({"num_format": "0 %"}),
            "day": self.file.add_format({"num_format": DATE_FORM, "align": "right"}),
            "share": self.file.add_format({"num_format": "0.0000"}),
            "total": self.file.add_format({"num_format": NUMBER_FORM, "bold": True, "top": 1, "bottom": 1}),
        }
        self.row = 0
        self.widths: dict[int, int] = {}
        self.folded: dict[int, int] = {}

    def write(self, column: int, value: Any, form: str | None = None) -> None:
        """One cell of the present row, by its kind."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(self.row, column, value)
        elif isinstance(value, int | float):
            kind = "number" if isinstance(value, int) else "share"
            self.sheet.write_number(self.row, column, value, self.forms[form or kind])
        elif isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001
            self.sheet.write_datetime(self.row, column, moment, self.forms[form or "date"])
        else:
            self.sheet.write_string(self.row, column, plain(str(value)), self.forms[form or "plain"])
        if form != "title":
            self.widths[column] = max(self.widths.get(column, 8), min(len(str(value)) + 2, WIDEST))

    def line(self, values: Sequence[Any], form: str | None = None) -> None:
        """A whole row."""
        for column, value in enumerate(values):
            self.write(column, value, form)
        self.row += 1

    def wide(self, text: str, first: int, last: int, form: str) -> None:
        """A text over several columns, folded, in the present row."""
        letters = sum(self.widths.get(column, 8) for column in range(first, last + 1))
        if form == "verdict":
            letters = letters * 3 // 4
        lines = max(-(-len(text) // max(letters - 2, 1)), self.folded.get(self.row, 1))
        if first < last:
            self.sheet.merge_range(self.row, first, self.row, last, "", self.forms[form])
        self.sheet.write_string(self.row, first, text, self.forms[form])
        if lines > 1:
            self.folded[self.row] = lines
            self.sheet.set_row(self.row, 15.5 * lines)

    def sum(self, column: int, first: int, last: int, value: int) -> None:
        """A sum over rows of a column, with its value for whoever does not calculate."""
        if last < first:
            self.write(column, value, "total")
            return
        letter = chr(ord("A") + column)
        formula = f"=SUM({letter}{first + 1}:{letter}{last + 1})"
        self.sheet.write_formula(self.row, column, formula, self.forms["total"], value)

    def picture(self, row: int, heads: int, last: int, columns: Sequence[int]) -> None:
        """A line for each of these columns over the days in the first one, drawn by the sheet itself; the second one
        against a scale of its own."""
        drawn = self.file.add_chart({"type": "line"})
        name = self.sheet.get_name()
        for number, column in enumerate(columns):
            drawn.add_series({
                "name": [name, heads, column],
                "categories": [name, heads + 1, 0, last, 0],
                "values": [name, heads + 1, column, last, column],
                "line": {"color": "black", "width": 1.5, "dash_type": "dash" if number else "solid"},
                "y2_axis": number > 0,
            })  # fmt: skip
        drawn.set_x_axis({"date_axis": True, "num_format": "d mmm"})
        drawn.set_y_axis({"min": 0})
        drawn.set_y2_axis({"min": 0})
        drawn.set_legend({"position": "bottom"})
        drawn.set_size({"width": 720, "height": 300})
        self.sheet.insert_chart(row, 0, drawn)

    def bytes(self) -> bytes:
        """The finished file."""
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, width)
        self.file.close()
        return self.out.getvalue()


def _sheet_name(title: str) -> str:
    return "".join("-" if sign in "[]:*?/\\'" else sign for sign in title)[:31] or "blangko"


def table_workbook(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], summed: Sequence[str] = ()
) -> bytes:
    """Rows under their headings, with sums below the columns named in `summed`.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    sheet = Sheet(title)
    sheet.line(columns, "head")
    sheet.sheet.freeze_panes(1, 0)
    for row in rows:
        sheet.line(row)
    for name in summed:
        column = list(columns).index(name)
        sheet.sum(column, 1, sheet.row - 1, sum(row[column] or 0 for row in rows))
    return sheet.bytes()


def summary_workbook(summary: Summary) -> bytes:
    """The summary: its table with living sums, then the figures of the page."""
    page = summary_page(summary)
    sheet = Sheet(page.title)
    sheet.sheet.set_portrait()
    sheet.sheet.fit_to_pages(1, 1)
    last = len(FIGURES)
    # A date with its weekday stands in the second column of the requests.
    widths = {0: 15, 1: 16, **dict.fromkeys(range(2, last + 1), 12)}
    sheet.widths = dict(widths)
    for line in page.letterhead:
        sheet.line([line], "bold")
    sheet.line([page.title], "title")
    sheet.line([f"{page.period} ({page.state})"])
    sheet.wide(page.verdict, 0, last, "verdict")
    sheet.row += 2
    _figures_table(sheet, summary)
    for text in (page.balance, *page.identity, *page.sums, *page.notes):
        sheet.wide(text, 0, last, "wrapped")
        sheet.row += 1
    sheet.row += 1
    for name, text in page.facts:
        sheet.wide(name, 0, 1, "bold")
        sheet.wide(text, 2, last, "wrapped")
        sheet.row += 1
    sheet.row += 1
    for number, cells in enumerate([page.request_headers, *page.requests] if page.requests else []):
        sheet.line(cells, None if number else "bold")
    sheet.row += 1
    number_asked(sheet, page.ask_title, summary.answer)
    for one, other in zip(*map(signature_lines, page.signatures), strict=True):
        sheet.line([one, "", "", "", other])
    sheet.row += 1
    sheet.line([_("Check code {code}").format(code=page.code)])
    sheet.widths = widths
    return sheet.bytes()


def _figures_table(sheet: Sheet, summary: Summary) -> None:
    sheet.line([_("Day"), *(column_words()[name] for name in FIGURES)], "head")
    first = sheet.row
    for row in summary.rows:
        sheet.line([row.day, *(getattr(row, name) for name in FIGURES)])
    sheet.write(0, _("Total"), "bold")
    for column, name in enumerate(FIGURES[:-1], 1):
        sheet.sum(column, first, first + len(summary.rows) - 1, getattr(summary.totals, name))
    sheet.write(len(FIGURES), summary.closing, "total")
    sheet.row += 2


def number_asked(sheet: Sheet, title: str, answer: Status) -> None:
    """The sum of the number to ask for, as numbers that the sheet adds up."""
    if answer.ask is None:
        return
    sheet.line([title], "title")
    first = sheet.row
    for words, cards in sum_lines(answer):
        sheet.line([capital(words), *[""] * (SUM_COLUMN - 1), cards])
    sheet.write(0, capital(_("cards to ask for")), "bold")
    sheet.sum(SUM_COLUMN, first, sheet.row - 1, answer.ask.cards)
    sheet.row += 2


def entry_sheet(title: str, heads: Sequence[str]) -> bytes:
    """An empty sheet that accepts a date in its first column and whole cards in the next four.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    sheet = Sheet(title)
    for column, head in enumerate(heads):
        sheet.write(column, head, "head")
    rows = (1, 2000)
    day = {"validate": "date", "criteria": "between", "minimum": date(2011, 1, 1), "maximum": date(2099, 12, 31)}
    sheet.sheet.data_validation(rows[0], 0, rows[1], 0, day)
    whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MAX_CARDS}
    sheet.sheet.data_validation(rows[0], 1, rows[1], 4, whole)
    sheet.sheet.set_column(0, 0, 14, sheet.forms["date"])
    sheet.sheet.set_column(1, 4, 11, sheet.forms["number"])
    sheet.sheet.set_column(5, 6, 22)
    sheet.sheet.freeze_panes(1, 0)
    sheet.widths.clear()
    return sheet.bytes()

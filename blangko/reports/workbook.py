"""Answers as workbooks: real dates, real numbers, totals that show before anything is calculated. Extra: `excel`.

Text is written as text, so that no note can turn into a formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import cycle
from typing import Any

from blangko.core.columns import MAX_CARDS
from blangko.core.status import Status
from blangko.errors.files import MissingExtra
from blangko.reports.answer import sum_lines
from blangko.reports.letterhead import Signature, signature_lines
from blangko.reports.table import capital
from blangko.words.language import _, language
from blangko.words.written import plain

LOCALES = {"en": "[$-409]", "id": "[$-421]"}
"""What a cell's form begins with, so that months and thousands are in the language of the text on any machine."""
EPOCH = datetime(2017, 1, 1)  # noqa: DTZ001 (a workbook knows no zones; the same book gives the same bytes)
WIDEST = 42
CELL_HEIGHT = 17
"""Points of one line within borders."""
TITLE_HEIGHT = 21
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
        self._begin(title)
        self.locale = LOCALES[language()]
        date_form, number_form = f"{self.locale}d mmm yyyy", f"{self.locale}#,##0"
        self.forms = {
            "plain": self.file.add_format({}),
            "bold": self.file.add_format({"bold": True, "valign": "top"}),
            "wrapped": self.file.add_format({"text_wrap": True, "valign": "top"}),
            "remark": self.file.add_format({"indent": 1}),
            "verdict": self.file.add_format(
                {"bold": True, "font_size": 12, "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "title": self.file.add_format({"bold": True, "font_size": 14}),
            "head": self.file.add_format({"bold": True, "bottom": 1, "top": 1, "text_wrap": True, "align": "center"}),
            "date": self.file.add_format({"num_format": date_form, "align": "left"}),
            "number": self.file.add_format({"num_format": number_form}),
            "rate": self.file.add_format({"num_format": f"{self.locale}#,##0.0"}),
            "percent": self.file.add_format({"num_format": "0 %"}),
            "day": self.file.add_format({"num_format": date_form, "align": "right"}),
            "share": self.file.add_format({"num_format": "0.0000"}),
            "cell": self.file.add_format({"text_wrap": True, "valign": "vcenter", "border": 1}),
            "cell date": self.file.add_format(
                {"num_format": date_form, "align": "left", "valign": "vcenter", "border": 1}
            ),
            "cell number": self.file.add_format(
                {"num_format": number_form, "align": "right", "indent": 1, "valign": "vcenter", "border": 1}
            ),
            "cell percent": self.file.add_format({"num_format": "0 %", "valign": "vcenter", "border": 1}),
            "cell head": self.file.add_format(
                {
                    "bold": True,
                    "text_wrap": True,
                    "align": "center",
                    "valign": "vcenter",
                    "border": 1,
                    "bg_color": "#EBEBEB",
                }
            ),
            "cell sum": self.file.add_format({"num_format": number_form, "bold": True, "border": 1}),
            "middle": self.file.add_format({"bold": True, "align": "center"}),
            "middle title": self.file.add_format({"bold": True, "font_size": 14, "align": "center"}),
            "total": self.file.add_format({"num_format": number_form, "bold": True, "top": 1, "bottom": 1}),
        }

    def _begin(self, title: str) -> None:
        self.sheet = self.file.add_worksheet(sheet_name(title))
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.row = 0
        self.widths: dict[int, int] = {}
        self.folded: dict[int, int] = {}

    def turn(self, title: str) -> None:
        """Go on with another sheet of the same workbook, from its top."""
        self._set_widths()
        self._begin(title)

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

    def tall(self, texts: Mapping[int, str]) -> None:
        """Make the present row as tall as these texts need in their columns; not every program does it by itself."""
        lines = max((-(-len(text) // max(self.widths[column] - 3, 1)) for column, text in texts.items()), default=1)
        self.sheet.set_row(self.row, CELL_HEIGHT * max(lines, 1))

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

    def sum(self, column: int, first: int, last: int, value: int, form: str = "total") -> None:
        """A sum over rows of a column, with its value for whoever does not calculate."""
        if last < first:
            self.write(column, value, form)
            return
        letter = chr(ord("A") + column)
        self.formula(column, f"=SUM({letter}{first + 1}:{letter}{last + 1})", value, form)

    def formula(self, column: int, formula: str, value: int, form: str) -> None:
        """A formula in the present row, with its value for whoever does not calculate."""
        self.sheet.write_formula(self.row, column, formula, self.forms[form], value)

    def letterhead(self, lines: Sequence[str], title: str, below: Sequence[str], last: int) -> None:
        """The head of a paper over the columns up to `last`: whose it is, what it is, and of when."""
        for text, form in (
            *((line, "middle") for line in lines),
            (title, "middle title"),
            *((line, "plain") for line in below),
        ):
            if form == "plain":
                self.wide(text, 0, last, "wrapped")
            else:
                self.sheet.merge_range(self.row, 0, self.row, last, "", self.forms[form])
                self.sheet.write_string(self.row, 0, text, self.forms[form])
                if form == "middle title":
                    self.sheet.set_row(self.row, TITLE_HEIGHT)
            self.row += 1
        self.row += 1

    def heads(self, headings: Sequence[str], form: str = "cell head") -> None:
        """The headings of a long table: they stay on the screen, and come again on every sheet that is printed."""
        self.sheet.set_row(self.row, 2 * CELL_HEIGHT)
        self.line(headings, form)
        self.sheet.freeze_panes(self.row, 0)
        self.sheet.repeat_rows(self.row - 1)

    def signed(self, signatures: Sequence[Signature], columns: Sequence[int]) -> None:
        """Those who sign, each from a column of their own on."""
        self.row += 1
        for lines in zip(*map(signature_lines, signatures), strict=True):
            for column, text in zip(columns, lines, strict=True):
                self.sheet.write_string(self.row, column, text, self.forms["plain"])
            self.row += 1

    def footer(self, code: str) -> None:
        """The check code and the number of the sheet, on every sheet that is printed."""
        self.sheet.set_footer("&L&8" + _("Check code {code}").format(code=code) + "&R&8&P / &N")

    def picture(
        self,
        row: int,
        heads: int,
        last: int,
        columns: Sequence[int],
        apart: bool = False,
        width: int = 720,
        of_sheet: str | None = None,
    ) -> None:
        """A line for each of these columns over the days in the first one, drawn by the workbook itself from the rows
        of the sheet, or of another one.

        With `apart` those after the first column are drawn against a scale of their own.
        """
        drawn = self.file.add_chart({"type": "line"})
        name = sheet_name(of_sheet) if of_sheet else self.sheet.get_name()
        for number, (column, dash) in enumerate(zip(columns, cycle(("solid", "dash", "round_dot")))):
            drawn.add_series({
                "name": [name, heads, column],
                "categories": [name, heads + 1, 0, last, 0],
                "values": [name, heads + 1, column, last, column],
                "line": {"color": "black", "width": 1.5, "dash_type": dash},
                "y2_axis": apart and number > 0,
            })  # fmt: skip
        drawn.set_x_axis({"date_axis": True, "num_format": f"{self.locale}d mmm"})
        drawn.set_y_axis({"min": 0, "num_format": f"{self.locale}#,##0"})
        drawn.set_y2_axis({"min": 0, "num_format": f"{self.locale}#,##0"})
        drawn.set_title({"none": True})
        drawn.set_legend({"position": "bottom"})
        drawn.set_size({"width": width, "height": 300})
        self.sheet.insert_chart(row, 0, drawn)

    def sparkline(self, column: int, of_sheet: str, row: int, first: int, last: int) -> None:
        """A small line in one cell of the present row, along the numbers of another sheet's row."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        cells = ":".join(xl_rowcol_to_cell(row, at, row_abs=True, col_abs=True) for at in (first, last))
        look = {"range": f"'{sheet_name(of_sheet)}'!{cells}", "series_color": "#000000", "min": 0}
        self.sheet.add_sparkline(self.row, column, look)

    def bytes(self) -> bytes:
        """The finished file."""
        self._set_widths()
        self.file.close()
        return self.out.getvalue()

    def _set_widths(self) -> None:
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, width)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the signs that none may have, and not too long."""
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

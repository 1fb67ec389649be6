"""Sheets as files: the same cells written as .xlsx, .xls, .ods and .csv, with what only real files have.

A cell is a text, a number, a day, nothing, or one of these with more to it (`Formula`, `Formed`). Rows count from 0.
"""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

FIRST_SERIAL_DAY = date(1899, 12, 30)
"""Excel counts days from here."""
DAY_FORM = "dd/mm/yyyy"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_UNSAVED = "value never saved"


class Formula(NamedTuple):
    """A formula with the value that the last saving left beside it; None as programs write it that cannot compute."""

    text: str
    saved: int | float | str | None = None


class Formed(NamedTuple):
    """A number or a day shown in a form of its own: in red, in brackets, with the unit behind it."""

    value: int | float | date
    form: str


Cell = str | int | float | date | Formula | Formed | None
Rows = Sequence[Sequence[Cell]]


class Page(NamedTuple):
    """One sheet of a workbook; `merged` are (first row, first column, last row, last column)."""

    name: str
    rows: Rows
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    hidden: bool = False


def serial(day: date) -> int:
    """The bare number that Excel keeps for a day."""
    return (day - FIRST_SERIAL_DAY).days


def _moment(day: date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day)  # noqa: DTZ001


def xlsx(*pages: Page) -> bytes:
    """An Excel workbook; formulas whose value was never saved have none in the file."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for row_no, row in enumerate(page.rows):
            for column, cell in enumerate(row):
                _put_xlsx(book, sheet, row_no, column, cell)
        for first_row, first_column, last_row, last_column in page.merged:
            kept = page.rows[first_row][first_column]
            sheet.merge_range(first_row, first_column, last_row, last_column, kept)
        for row_no in page.hidden_rows:
            sheet.set_row(row_no, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    book.close()
    return _without_unsaved(out.getvalue())


def _put_xlsx(book, sheet, row_no: int, column: int, cell: Cell) -> None:
    form = book.add_format({"num_format": cell.form if isinstance(cell, Formed) else DAY_FORM})
    value = cell.value if isinstance(cell, Formed) else cell
    if isinstance(value, date):
        sheet.write_datetime(row_no, column, _moment(value), form)
    elif isinstance(value, Formula):
        saved = _UNSAVED if value.saved is None else value.saved
        sheet.write_formula(row_no, column, value.text, None, saved)
    elif isinstance(value, str):
        sheet.write_string(row_no, column, value)
    elif value is not None:
        sheet.write_number(row_no, column, value, form if isinstance(cell, Formed) else None)


def _without_unsaved(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            text = made.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(rf' t="str"(><f>[^<]*</f>)<v>{_UNSAVED}</v>'.encode(), rb"\1", text)
            kept.writestr(name, text)
    return out.getvalue()


def xls(*pages: Page) -> bytes:
    """A workbook of Excel 97 to 2003."""
    book = xlwt.Workbook()
    for page in pages:
        sheet = book.add_sheet(page.name)
        for row_no, row in enumerate(page.rows):
            for column, cell in enumerate(row):
                _put_xls(sheet, row_no, column, cell)
        for row_no in page.hidden_rows:
            sheet.row(row_no).hidden = True
        for column in page.hidden_columns:
            sheet.col(column).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put_xls(sheet, row_no: int, column: int, cell: Cell) -> None:
    value, form = (cell.value, cell.form) if isinstance(cell, Formed) else (cell, DAY_FORM)
    if isinstance(value, date):
        sheet.write(row_no, column, _moment(value), xlwt.easyxf(num_format_str=form))
    elif isinstance(cell, Formed):
        sheet.write(row_no, column, value, xlwt.easyxf(num_format_str=form))
    elif isinstance(value, Formula):
        sheet.write(row_no, column, value.saved)
    elif value is not None:
        sheet.write(row_no, column, value)


def ods(*pages: Page) -> bytes:
    """A sheet of LibreOffice."""
    tables = "".join(
        f'<table:table table:name="{escape(page.name)}">'
        + "".join(_ods_row(row, row_no in page.hidden_rows) for row_no, row in enumerate(page.rows))
        + "</table:table>"
        for page in pages
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        # The first file of the archive says what it is, and lies there uncompressed.
        files.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        files.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>',
        )
        files.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def _ods_row(row: Sequence[Cell], hidden: bool) -> str:
    collapsed = ' table:visibility="collapse"' if hidden else ""
    return f"<table:table-row{collapsed}>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    value = cell.value if isinstance(cell, Formed) else cell.saved if isinstance(cell, Formula) else cell
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        kind, kept = "date", f'office:date-value="{value}"'
    elif isinstance(value, str):
        kind, kept = "string", ""
    else:
        kind, kept = "float", f'office:value="{value}"'
    return (
        f'<table:table-cell office:value-type="{kind}" {kept}><text:p>{escape(str(value))}</text:p></table:table-cell>'
    )


def text(rows: Rows, between: str = ";", encoding: str = "utf-8") -> bytes:
    """A .csv file; days as people in Indonesia write them."""
    out = io.StringIO()
    csv.writer(out, delimiter=between, lineterminator="\r\n").writerows(
        [_as_text(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode(encoding)


def _as_text(cell: Cell) -> str:
    value = cell.value if isinstance(cell, Formed) else cell.saved if isinstance(cell, Formula) else cell
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return "" if value is None else str(value)

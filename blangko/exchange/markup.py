"""The clerk's own sheet with remarks beside its rows: what was not understood, in colour and in words. Extra: `excel`.

The workbook that comes back is the one that came: sheets, formats and formulas stay as they are. What is no such
workbook, an older binary file or a text, comes back as a new one with the same cells. Somebody else's file is opened in
a process of its own, within limits: run as a program, this module is that process.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from importlib.util import find_spec
from typing import Any, NamedTuple

from blangko.elsewhere import TOO_LARGE, limit_myself, made_apart
from blangko.errors import reason_of
from blangko.errors.files import BadSheet, MissingExtra
from blangko.exchange.seen import FAR_APART, seen_in
from blangko.exchange.sheets import Grid
from blangko.exchange.workbook import BROKEN, LARGEST_MEMORY_BYTES, LONGEST_SECONDS, cell_back, told_cell

KEPT_AS_THEY_ARE = (".xlsx", ".xlsm")
"""What comes back as it came; macros are left out."""
REMARK_WIDTH = 56
"""Of the column of remarks, in letters; longer ones go on below."""
LONGEST_TEXT = 32_000
"""Excel takes no longer text into a cell."""
_BAD, _NOTE = "FFC7CE", "FFEB9C"
"""Excel's own colours of what is bad and what is neither; the words say it too, for a printer without colours."""
_DARK = {_BAD: "9C0006", _NOTE: "7F6000"}


class Area(NamedTuple):
    """A table of a sheet, its headings included; rows and columns count from 0."""

    sheet: str
    heading_row: int
    last_row: int
    last_column: int


class Remark(NamedTuple):
    """What is said of a row, in words; `column` is the cell that is meant, None where it is the whole row.

    Rows and columns count from 0. What stands in the way of the import `is_bad`; anything else is a note.
    """

    sheet: str
    row: int
    column: int | None
    text: str
    is_bad: bool = True


def marked_up(
    path: str, content: bytes, grids: Sequence[Grid], areas: Sequence[Area], remarks: Sequence[Remark], heading: str
) -> bytes:
    """The workbook with one column of remarks to the right of each table, and the cells that are meant in colour.

    Args:
        path: The clerk's file; its ending says what it is.
        content: What it holds.
        grids: Its sheets, as they were read.
        areas: The tables that were found.
        remarks: All that is to be said; a row may have several, in their order.
        heading: What stands above the remarks.

    Raises:
        BadSheet: The file cannot be taken apart within limits.
        MissingExtra: openpyxl is not installed.
    """
    if find_spec("openpyxl") is None:
        raise MissingExtra(extra="excel", what="Excel")
    is_kept = os.path.splitext(path)[1].lower() in KEPT_AS_THEY_ARE and content.startswith(b"PK")
    asked = {
        "sheets": None
        if is_kept
        else [[grid.name, [list(map(told_cell, row)) for row in grid.rows]] for grid in grids],
        "marks": [mark for grid in grids for mark in _marks(grid, areas, remarks, heading)],
    }
    given = json.dumps(asked).encode() + b"\n" + (content if is_kept else b"")
    try:
        return made_apart("blangko.exchange.markup", given, LONGEST_SECONDS)
    except OSError as error:
        raise BadSheet(path=path, reason=reason_of(error)) from None


# --- Where the remarks go -----------------------------------------------------------------------------------


def _marks(
    grid: Grid, areas: Sequence[Area], remarks: Sequence[Remark], heading: str
) -> Iterator[tuple[str, int, int, str, str]]:
    """Sheet, row, column, colour and text of each cell that is marked; one without a text is only coloured."""
    here = [remark for remark in remarks if remark.sheet == grid.name]
    if not here:
        return
    own = [area for area in areas if area.sheet == grid.name] or [_whole(grid)]
    columns = _columns(grid, own)
    texts: dict[tuple[int, int], list[Remark]] = {}
    for remark in here:
        if remark.column is not None:
            yield grid.name, remark.row, remark.column, _BAD if remark.is_bad else _NOTE, ""
        texts.setdefault((remark.row, columns[_nearest(own, remark)]), []).append(remark)
    heads = {(area.heading_row, column) for area, column in columns.items()}
    for row, column in sorted(heads - texts.keys()):
        if any(place[1] == column for place in texts):
            yield grid.name, row, column, "", heading
    for (row, column), said in texts.items():
        colour = _BAD if any(remark.is_bad for remark in said) else _NOTE
        text = "; ".join(dict.fromkeys(remark.text for remark in said))
        yield grid.name, row, column, colour, f"{heading}: {text}" if (row, column) in heads else text


def _whole(grid: Grid) -> Area:
    """A sheet in which no table was found, as one."""
    return Area(grid.name, 0, max(len(grid.rows) - 1, 0), max(map(len, grid.rows), default=1) - 1)


def _nearest(areas: Sequence[Area], remark: Remark) -> Area:
    """The table to which a remark belongs: the one that holds its cell, else the one that ends least far above it."""

    def away(area: Area) -> tuple[int, int]:
        down = max(area.heading_row - remark.row, remark.row - area.last_row, 0)
        return down, area.last_column - remark.column if remark.column is not None else 0

    beside = [area for area in areas if remark.column is None or remark.column <= area.last_column]
    return min(beside or areas, key=away)


def _columns(grid: Grid, areas: Sequence[Area]) -> dict[Area, int]:
    """The free column for the remarks of each table; where tables stand side by side, behind all of them."""
    columns: dict[Area, int] = {}
    for area in areas:
        rows = _rows(area)
        taken = {
            column for other, column in columns.items() if other.heading_row in rows or area.heading_row in _rows(other)
        }
        column = area.last_column + 1
        while column in taken or column in grid.hidden_columns or not _is_free(grid, rows, column):
            column += 1
        columns[area] = column
    return columns


def _rows(area: Area) -> range:
    return range(area.heading_row, area.last_row + 1)


def _is_free(grid: Grid, rows: range, column: int) -> bool:
    if any(left <= column <= right and top in rows for top, left, _, right in grid.merged):
        return False
    if any((row, column) in grid.unsaved for row in rows):
        return False
    cells = (grid.rows[row] for row in rows if row < len(grid.rows))
    return not any(column < len(row) and row[column] not in (None, "") for row in cells)


# --- The process of its own -----------------------------------------------------------------------------------


def _book(asked: Mapping[str, Any], content: bytes) -> tuple[Any, dict[str, Any]]:
    """The clerk's workbook, or a new one with the same cells, and its sheets by the names that the marks give them."""
    import openpyxl

    if asked["sheets"] is None:
        seen_in(content)
        book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=False, rich_text=True)
        return book, {name: book[name] for name in book.sheetnames}
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {}
    for name, rows in asked["sheets"]:
        # Other programs allow signs and lengths that Excel does not.
        sheets[name] = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or None)
        _fill(sheets[name], rows)
    return book, sheets


def _fill(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    for row_no, row in enumerate(rows, 1):
        for column_no, told in enumerate(row, 1):
            if told not in (None, ""):
                cell, value = sheet.cell(row_no, column_no), cell_back(told)
                _write(cell, value)
                if isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"


def _write(cell: Any, value: Any) -> None:
    """A value into a cell; a text stays a text, whatever sign it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT] if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _mark(sheets: Mapping[str, Any], marks: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for name, row, column, colour, text in marks:
        sheet = sheets[name]
        cell = sheet.cell(row + 1, column + 1)
        if colour:
            cell.fill = PatternFill("solid", start_color=colour)
        if text:
            _write(cell, text)
            own_font = {"name": cell.font.name, "size": cell.font.sz}
            cell.font = Font(**own_font, bold=not colour, color=_DARK.get(colour))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            own = _own_column(sheet, column + 1)
            own.width, own.hidden = REMARK_WIDTH, False


def _own_column(sheet: Any, number: int) -> Any:
    """What says how wide a column is, for that column alone.

    Often it is said for a run of columns at once, and a second word on one of them would be a broken workbook.
    """
    from openpyxl.utils import get_column_letter

    for run in list(sheet.column_dimensions.values()):
        first, last = run.min or 0, run.max or 0
        if first <= number <= last and first < last:
            for start, end in ((first, number - 1), (number, number), (number + 1, last)):
                if start <= end:
                    part = copy(run)
                    part.index, part.min, part.max = get_column_letter(start), start, end
                    sheet.column_dimensions[part.index] = part
    return sheet.column_dimensions[get_column_letter(number)]


def _made(given: bytes) -> tuple[int, bytes]:
    """An exit code and what goes with it: 0 and the workbook, or 1 and the reason why there is none."""
    head, _, content = given.partition(b"\n")
    asked = json.loads(head)
    out = io.BytesIO()
    try:
        book, sheets = _book(asked, content)
        _mark(sheets, asked["marks"])
        book.save(out)
    except MemoryError:
        return 1, TOO_LARGE.encode()
    except Exception as error:
        # openpyxl has no error of its own for a workbook that it cannot read: whatever it stumbles over is raised.
        return 1, (str(error) if str(error) in (FAR_APART, TOO_LARGE) else BROKEN).encode()
    return 0, out.getvalue()


def main() -> int:
    """Mark what comes in; the exit code."""
    limit_myself(LARGEST_MEMORY_BYTES, LONGEST_SECONDS)
    code, made = _made(sys.stdin.buffer.read())
    sys.stdout.buffer.write(made)
    return code


if __name__ == "__main__":
    sys.exit(main())

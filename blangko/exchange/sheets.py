"""A clerk's file as rows of cells, whatever program wrote it: workbooks through calamine, and separated text."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from blangko.elsewhere import read_whole
from blangko.errors import reason_of
from blangko.errors.files import BadSheet, MissingExtra
from blangko.exchange.workbook import workbook_sheets

WORKBOOKS = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")
LARGEST_BYTES = 50_000_000
"""Larger than a century of one office's days; a file beyond that is another file."""
SWALLOWED = "a quotation mark that is not closed swallows the rows below it"
LONG_CELL = "a cell is longer than any remark"
SAMPLE_LINES = 60
"""Letterhead and titles above a table have no separators; below them the true one shows."""
# Where two part equally well, the comma stands in texts and the others do not.
_SEPARATORS = ";\t|,"
_SAYS_SEPARATOR = re.compile(r"\"?sep=([;,\t|])\"?[ \t]*\r?\n", re.IGNORECASE)


class Grid(NamedTuple):
    """The cells of one sheet from its first row and column on, and what they alone do not show.

    A cell is a text, a whole or broken number, a truth, a date, or empty: None or "". Rows and columns are counted from
    0: row 0 is what Excel calls row 1, column 0 is its column A.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    unsaved: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the formulas that hold no value: nobody knows what would stand there."""
    merged: Sequence[tuple[int, int, int, int]] = ()
    """First row, first column, last row, last column; the value stands in the first cell."""


def read_file(path: str) -> bytes:
    """What a clerk's file holds.

    Raises:
        BadSheet: It cannot be read, is no ordinary file, or is too large.
    """
    try:
        return read_whole(path, LARGEST_BYTES)
    except (OSError, ValueError) as error:
        is_large = getattr(error, "errno", None) == errno.EFBIG
        raise BadSheet(path=path, reason="larger than 50 MB" if is_large else reason_of(error)) from None


def read_sheets(path: str, content: bytes) -> list[Grid]:
    """The sheets of a file that holds `content`, in their order; a text file is one sheet.

    Raises:
        BadSheet: It is empty, protected by a password, takes too much, or is not what its name says.
        MissingExtra: python-calamine is not installed.
    """
    if not content.strip():
        raise BadSheet(path=path, reason="empty")
    if os.path.splitext(path)[1].lower() in WORKBOOKS:
        return _workbook(path, content)
    # A program's own file under a wrong name; as text it would be one long row of nonsense.
    if b"\0" in content:
        raise BadSheet(path=path, reason="not a text file")
    try:
        return [Grid("", _separated(_decoded(content)))]
    except (csv.Error, ValueError) as error:
        raise BadSheet(path=path, reason=_csv_reason(error)) from None


def _workbook(path: str, content: bytes) -> list[Grid]:
    if find_spec("python_calamine") is None:
        raise MissingExtra(extra="excel", what="Excel")
    try:
        return [_grid(fields) for fields in workbook_sheets(content)]
    except OSError as error:
        raise BadSheet(path=path, reason=reason_of(error)) from None


def _grid(fields: dict[str, Any]) -> Grid:
    """A sheet as it came out of the other process, where sets and pairs are lists."""
    sets = {name: frozenset(fields.get(name, ())) for name in ("hidden_rows", "hidden_columns")}
    unsaved = frozenset((row, column) for row, column in fields.get("unsaved", ()))
    merged = [tuple(place) for place in fields.get("merged", ())]
    return Grid(**{**fields, **sets, "unsaved": unsaved, "merged": merged})


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Indonesian Excel saves in the old Windows encoding.
        return content.decode("cp1252", errors="replace")


def _separated(text: str) -> list[list[str]]:
    separator = _separator(text)
    rows = _split(text, separator)
    swallowed = _swallowed_row(separator)
    if any(swallowed.search(cell) for row in rows for cell in row):
        raise ValueError(SWALLOWED)
    # Excel writes its separator into a line of its own, which keeps its place so that the rows keep their numbers.
    if _SAYS_SEPARATOR.match(text):
        rows[0] = []
    return [[cell.strip() for cell in row] for row in rows]


def _split(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _separator(text: str) -> str:
    """The sign that parts most lines into equally many cells.

    The most frequent one it need not be: with two columns, "Senin, 2 Okt 2017;1,043" has more commas than semicolons.
    """
    if said := _SAYS_SEPARATOR.match(text):
        return said[1]
    sample = "".join(text.splitlines(keepends=True)[:SAMPLE_LINES])

    def even_lines(sign: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _split(sample, sign) if len(row) > 1)
        return max(((lines, width) for width, lines in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=even_lines)


def _swallowed_row(separator: str) -> re.Pattern[str]:
    """What a cell holds when a quotation mark opens there and closes nowhere, or in a row below.

    A remark may have several lines, and commas; a line with a number in front and a separator is a row of the sheet,
    and so is one with two separators that are no commas.
    """
    sign = re.escape(separator)
    row = rf"\s*\"?\d[^\r\n]*{sign}"
    return re.compile(rf"[\r\n](?:{row})" if separator == "," else rf"[\r\n](?:{row}|(?:[^\r\n]*{sign}){{2}})")


def _csv_reason(error: Exception) -> str:
    return LONG_CELL if isinstance(error, csv.Error) else reason_of(error)

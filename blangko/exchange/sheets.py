"""A clerk's file as rows of cells, whatever program wrote it: workbooks through calamine, and separated text."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from blangko.elsewhere import read_whole
from blangko.errors import BadSheet, MissingExtra, reason_of
from blangko.exchange.workbook import workbook_sheets

WORKBOOKS = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")
LARGEST_BYTES = 50_000_000
"""Larger than a century of one office's days; a file beyond that is another file."""
SWALLOWED = "a quotation mark that is not closed swallows the rows below it"
LONG_CELL = "a cell is longer than any remark"
_SEPARATORS = ";,\t|"


class Sheet(NamedTuple):
    """The cells of one sheet from its first row on; text, whole and broken numbers, dates, or None."""

    name: str
    rows: Sequence[Sequence[Any]]


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


def read_sheets(path: str, content: bytes) -> list[Sheet]:
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
        return [Sheet("", _separated(_decoded(content)))]
    except (csv.Error, ValueError) as error:
        raise BadSheet(path=path, reason=_csv_reason(error)) from None


def _workbook(path: str, content: bytes) -> list[Sheet]:
    if find_spec("python_calamine") is None:
        raise MissingExtra(extra="excel", what="Excel")
    try:
        return [Sheet(name, rows) for name, rows in workbook_sheets(content)]
    except OSError as error:
        raise BadSheet(path=path, reason=reason_of(error)) from None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Indonesian Excel saves in the old Windows encoding.
        return content.decode("cp1252", errors="replace")


def _separated(text: str) -> list[list[str]]:
    # Notes hold commas and dates hold dashes: over many lines the true separator is the most frequent one.
    sample = text.splitlines()[:40]
    separator = max(_SEPARATORS, key=lambda sign: sum(line.count(sign) for line in sample))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    swallowed = _swallowed_row(separator)
    if any(swallowed.search(cell) for row in rows for cell in row):
        raise ValueError(SWALLOWED)
    return [[cell.strip() for cell in row] for row in rows]


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

"""A clerk's file as rows of cells, whatever program wrote it: workbooks through calamine, and separated text."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from blangko.errors import BadSheet, MissingExtra, reason_of

WORKBOOKS = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")
LARGEST_BYTES = 50_000_000
"""Larger than a century of one office's days; a file beyond that is another file."""
_SEPARATORS = ";,\t|"


class Sheet(NamedTuple):
    """The cells of one sheet from its first row on; text, whole and broken numbers, dates, or None."""

    name: str
    rows: Sequence[Sequence[Any]]


def read_sheets(path: str) -> list[Sheet]:
    """The sheets of a file, in their order; a text file is one sheet.

    Raises:
        BadSheet: The file cannot be read, is too large, protected by a password, or not what its name says.
        MissingExtra: python-calamine is not installed.
    """
    try:
        if os.path.getsize(path) > LARGEST_BYTES:
            raise BadSheet(path=path, reason="larger than 50 MB")
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise BadSheet(path=path, reason=reason_of(error)) from None
    if not content.strip():
        raise BadSheet(path=path, reason="empty")
    if os.path.splitext(path)[1].lower() in WORKBOOKS:
        return _workbook(path, content)
    # A program's own file under a wrong name; as text it would be one long row of nonsense.
    if b"\0" in content:
        raise BadSheet(path=path, reason="not a text file")
    return [Sheet("", _separated(_decoded(content)))]


def _workbook(path: str, content: bytes) -> list[Sheet]:
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise MissingExtra(extra="excel", what="Excel") from None
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    except Exception as error:
        # calamine has an error of its own for every way in which a workbook can be broken; all mean the same here.
        raise BadSheet(path=path, reason=_reason(content, error)) from None


def _reason(content: bytes, error: Exception) -> str:
    # A workbook under a password is wrapped in a file of the older kind.
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content or "password" in str(error).lower():
        return "protected by a password"
    return "not a workbook, or broken"


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
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]

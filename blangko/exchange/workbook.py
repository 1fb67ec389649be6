"""A clerk's workbook as rows of cells. Extra: `excel`.

The library that reads workbooks makes room for the whole area between the first cell and the last, so one cell in the
far corner of a small file would take all the memory there is. The area is measured first, in the file's own XML, and
what is read is read in a process of its own, within limits. Run as a program, this module is that process: the workbook
comes in, its sheets go out as JSON.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any
from xml.parsers import expat

from blangko.elsewhere import TOO_LARGE, limit_myself, made_apart

MOST_CELLS = 2_000_000
"""Of all sheets, the empty ones between the others too; a century of one office's days takes a tenth of it."""
LARGEST_UNPACKED_BYTES = 400_000_000
LARGEST_MEMORY_BYTES = 800_000_000
LONGEST_SECONDS = 60
FAR_APART = "its cells lie too far apart"
PASSWORD = "protected by a password"
BROKEN = "not a workbook, or broken"
_PIECE_BYTES = 1 << 16


def workbook_sheets(content: bytes) -> list[tuple[str, list[list[Any]]]]:
    """The sheets of a workbook, each by name with its rows from the first on.

    Raises:
        OSError: It is none, is protected, or takes too much; its words are the reason.
    """
    made = made_apart("blangko.exchange.workbook", content, LONGEST_SECONDS)
    return [(name, [[_cell(cell) for cell in row] for row in rows]) for name, rows in json.loads(made)]


def _cell(told: Any) -> Any:
    """What `_told` made, back as it was."""
    if not isinstance(told, dict):
        return told
    ((kind, text),) = told.items()
    return date.fromisoformat(text) if kind == "day" else datetime.fromisoformat(text)


def _told(cell: Any) -> Any:
    """A cell as JSON can say it."""
    if isinstance(cell, datetime):
        return {"instant": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def refuse_wide(content: bytes) -> None:
    """Refuse a packed workbook that unpacks into too much, or whose cells span too large an area.

    Raises:
        ValueError: It does.
        zipfile.BadZipFile: It is no packed file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
            raise ValueError(TOO_LARGE)
        for part in parts:
            if part.filename.endswith(".xml"):
                with packed.open(part) as file:
                    _refuse_wide_part(file)


def _refuse_wide_part(file: IO[bytes]) -> None:
    area = _Area()
    parser = expat.ParserCreate()
    parser.StartElementHandler = area.look_at
    try:
        while piece := file.read(_PIECE_BYTES):
            parser.Parse(piece)
    except expat.ExpatError:
        # What is no XML is for the reader to tell; up to there it was measured.
        return


class _Area:
    """The area from the first cell of a sheet to the last that holds something, as its XML goes by."""

    def __init__(self) -> None:
        self._at = (0, 0)
        self._rows = self._columns = 0
        self._repeated_rows = 1

    def look_at(self, name: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element, of Excel's sheets or of OpenDocument's."""
        match name.rpartition(":")[2]:
            case "c":
                self._at = _position(attributes.get("r", ""))
            case "v" | "is" | "f":
                self._holds(*self._at)
            case "table":
                self._at, self._rows, self._columns = (0, 0), 0, 0
            case "table-row":
                self._repeated_rows = _times(attributes, "table:number-rows-repeated")
                self._at = (self._at[0] + self._repeated_rows, 0)
            case "table-cell":
                self._at = (self._at[0], self._at[1] + _times(attributes, "table:number-columns-repeated"))
                if "office:value-type" in attributes:
                    self._holds(*self._at)

    def _holds(self, row: int, column: int) -> None:
        self._rows, self._columns = max(self._rows, row), max(self._columns, column)
        if self._rows * self._columns > MOST_CELLS:
            raise ValueError(FAR_APART)


def _times(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 1


def _position(reference: str) -> tuple[int, int]:
    """Row and column of a cell's name such as XFD1048576, from 1 on; 0 where it is none."""
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,9})", reference.upper(), re.ASCII)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _sheets(content: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineWorkbook

    if zipfile.is_zipfile(io.BytesIO(content)):
        refuse_wide(content)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = 0
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise ValueError(FAR_APART)
        yield name, [[_told(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _reason(content: bytes, error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return TOO_LARGE
    if str(error) in (FAR_APART, TOO_LARGE):
        return str(error)
    # A workbook under a password is wrapped in a file of the older kind.
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content or "password" in str(error).lower():
        return PASSWORD
    return BROKEN


def answered(content: bytes) -> tuple[int, str]:
    """An exit code and what goes with it: 0 and the sheets as JSON, or 1 and the reason why there are none."""
    try:
        return 0, json.dumps(list(_sheets(content)))
    except BaseException as error:
        # calamine has an error of its own for every way in which a workbook can be broken, and where it falls over
        # itself what comes is no Exception; all mean the same here.
        return 1, _reason(content, error)


def main() -> int:
    """Read what comes in; the exit code."""
    limit_myself(LARGEST_MEMORY_BYTES, LONGEST_SECONDS)
    code, told = answered(sys.stdin.buffer.read())
    sys.stdout.write(told)
    return code


if __name__ == "__main__":
    sys.exit(main())

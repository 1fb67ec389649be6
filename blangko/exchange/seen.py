"""What a packed workbook shows beside its values: what is hidden or merged, formulas without a value, errors.

Excel's and OpenDocument's sheets are XML in a packed file. One pass measures the area of each sheet, so that one cell
in the far corner is refused before the library makes room for it, and notes what that library leaves out: of a formula
that was never calculated, and of one whose value is an error, it says that the cell is empty.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import IO, Any
from xml.parsers import expat

from blangko.elsewhere import TOO_LARGE

MOST_CELLS = 2_000_000
"""Of all sheets, the empty ones between the others too; a century of one office's days takes a tenth of it."""
LARGEST_UNPACKED_BYTES = 400_000_000
FAR_APART = "its cells lie too far apart"
_PIECE_BYTES = 1 << 16
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ORDER_OF_CALCULATION = "xl/calcchain.xml"
_YES = ("1", "true")
Attributes = Mapping[str, str]


class SeenSheet:
    """What one sheet shows; rows and columns are counted from 0, and ranges go from the first to the last."""

    def __init__(self) -> None:
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.unsaved: list[tuple[int, int]] = []
        self.errors: dict[tuple[int, int], str] = {}
        self._height = self._width = 0

    def holds(self, row: int, column: int) -> None:
        """Something stands at this place, counted from 1.

        Raises:
            ValueError: The area from the first cell to here is too large.
        """
        self._height, self._width = max(self._height, row), max(self._width, column)
        if self._height * self._width > MOST_CELLS:
            raise ValueError(FAR_APART)

    def beside(self, rows: list[list[Any]]) -> dict[str, Any]:
        """The fields of a `Grid` beside the values; errors are written into the rows, where they were left out."""
        for row, column in (*self.unsaved, *self.errors):
            rows.extend([] for _ in range(len(rows), row + 1))
            rows[row] += [""] * (column + 1 - len(rows[row]))
        for (row, column), text in self.errors.items():
            rows[row][column] = text
        width = max((len(row) for row in rows), default=0)
        return {
            "hidden_rows": _within(self.hidden_rows, len(rows)),
            "hidden_columns": _within(self.hidden_columns, width),
            "merged": self.merged,
            "unsaved": sorted(self.unsaved),
        }


def _within(ranges: Sequence[tuple[int, int]], end: int) -> list[int]:
    """The numbers of the ranges below `end`: a hidden stretch often goes to the last row that Excel has."""
    return sorted({number for first, last in ranges for number in range(first, min(last + 1, end))})


def seen_in(content: bytes) -> dict[str, SeenSheet]:
    """The sheets of a packed workbook by name.

    Raises:
        ValueError: It unpacks into too much, or the cells of a sheet span too large an area.
        zipfile.BadZipFile: It is no packed file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
            raise ValueError(TOO_LARGE)
        book, sheets, document = _Book(), {}, _Document()
        for part in parts:
            with packed.open(part) as file:
                name = part.filename.lower()
                book.is_calculated |= name == _ORDER_OF_CALCULATION
                if name in (_WORKBOOK, _RELATIONS):
                    _parse(file, book)
                elif name == "content.xml":
                    _parse(file, document)
                elif name.endswith(".xml"):
                    sheets[name] = _Worksheet()
                    _parse(file, sheets[name])
    return document.sheets or book.named(sheets)


class _Part:
    """An XML part that goes by: the beginning of every element, and of some the text and the end too."""

    parser: Any

    def begins(self, name: str, attributes: Attributes) -> None:
        """An element begins; its name is without the prefix."""

    def ends(self, name: str) -> None:
        """An element ends; heard only while it is listened to."""

    def listen(self, text: bool = False) -> None:
        """Hear the ends of elements from here on, with `text` what stands between them too.

        Few cells need it, and to be called for each of a hundred thousand takes longer than all the rest.
        """
        self.parser.EndElementHandler = lambda name: self.ends(name.rpartition(":")[2])
        if text:
            self.text = ""
            self.parser.CharacterDataHandler = self._says

    def stop_listening(self) -> None:
        """Hear only beginnings again."""
        self.parser.EndElementHandler = self.parser.CharacterDataHandler = None

    def _says(self, text: str) -> None:
        self.text += text

    text = ""


def _parse(file: IO[bytes], part: _Part) -> None:
    part.parser = expat.ParserCreate()
    part.parser.StartElementHandler = lambda name, attributes: part.begins(name.rpartition(":")[2], attributes)
    try:
        while piece := file.read(_PIECE_BYTES):
            part.parser.Parse(piece)
    except expat.ExpatError:
        # What is no XML is for the reader to tell; up to there it was seen.
        return


class _Book(_Part):
    """Which part of an Excel workbook is which sheet, and whether its formulas were ever calculated."""

    def __init__(self) -> None:
        self.is_calculated = False
        self._asks_for_calculation = False
        self._sheets: dict[str, str] = {}
        self._targets: dict[str, str] = {}

    def begins(self, name: str, attributes: Attributes) -> None:
        match name:
            case "sheet":
                self._sheets[attributes.get("name", "")] = next(
                    (value for key, value in attributes.items() if key.endswith(":id")), ""
                )
            case "Relationship":
                path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
                self._targets[attributes.get("Id", "")] = path.lstrip("/").lower()
            case "calcPr":
                self._asks_for_calculation = attributes.get("fullCalcOnLoad") in _YES

    def named(self, parts: Mapping[str, _Worksheet]) -> dict[str, SeenSheet]:
        """The sheets by the names that people see."""
        found = {}
        for name, link in self._sheets.items():
            if part := parts.get(self._targets.get(link, "")):
                found[name] = part.sheet
                # A program that cannot calculate writes 0 for every formula and asks Excel to calculate all of them
                # when it opens the file; Excel itself leaves behind in which order it did so.
                # Where a formula of the sheet has another value, somebody calculated, and a 0 is a 0.
                if self._asks_for_calculation and not self.is_calculated and not part.is_calculated:
                    part.sheet.unsaved += part.zeros
        return found


class _Worksheet(_Part):
    """One sheet of an Excel workbook."""

    def __init__(self) -> None:
        self.sheet = SeenSheet()
        self.zeros: list[tuple[int, int]] = []
        self.is_calculated = False
        self._row = self._column = 0
        self._kind = ""

    def begins(self, name: str, attributes: Attributes) -> None:
        match name:
            case "c":
                # Row and column are left out by some writers: then it is the next one.
                row, column = _position(attributes.get("r", ""))
                self._row, self._column = row or self._row, column or self._column + 1
                self._kind = attributes.get("t", "")
                if self._kind == "e":
                    self.sheet.holds(self._row, self._column)
                    self.listen()
            case "v" | "is" | "f":
                self.sheet.holds(self._row, self._column)
                self._value(name)
            case "row":
                self._row, self._column = _number(attributes, "r", self._row + 1), 0
                if attributes.get("hidden") in _YES:
                    self.sheet.hidden_rows.append((self._row - 1, self._row - 1))
            case "col":
                if attributes.get("hidden") in _YES:
                    first = _number(attributes, "min", 1)
                    self.sheet.hidden_columns.append((first - 1, _number(attributes, "max", first) - 1))
            case "mergeCell":
                first_corner, _, last_corner = attributes.get("ref", "").partition(":")
                (top, left), (bottom, right) = _position(first_corner), _position(last_corner)
                if top and bottom:
                    self.sheet.merged.append((top - 1, left - 1, bottom - 1, right - 1))

    def _value(self, name: str) -> None:
        if name == "f":
            self._kind = self._kind or "f"
            self.text = ""
            self.listen()
        elif name == "v" and self.parser.EndElementHandler:
            self.listen(text=True)

    def ends(self, name: str) -> None:
        if name == "v":
            self.parser.CharacterDataHandler = None
        if name != "c":
            return
        self.stop_listening()
        place = (self._row - 1, self._column - 1)
        if self._kind == "e":
            self.sheet.errors[place] = self.text or "#"
        # An empty text is what a formula such as =IF(A2="","",B2) comes to.
        elif not self.text and self._kind != "str":
            self.sheet.unsaved.append(place)
        elif self.text == "0":
            self.zeros.append(place)
        elif self.text and self._kind == "f":
            self.is_calculated = True
        self.text = ""


class _Document(_Part):
    """The sheets of an OpenDocument workbook, all in one part."""

    def __init__(self) -> None:
        self.sheets: dict[str, SeenSheet] = {}
        self._sheet = SeenSheet()
        self._row = self._rows = self._column = self._columns = 0
        self._state = ""

    def begins(self, name: str, attributes: Attributes) -> None:
        match name:
            case "table":
                self._sheet = self.sheets[attributes.get("table:name", "")] = SeenSheet()
                self._row = self._column = 0
            case "table-column":
                first, self._column = self._column, self._column + _columns_repeated(attributes)
                if _is_hidden(attributes):
                    self._sheet.hidden_columns.append((first, self._column - 1))
            case "table-row":
                self._rows = _number(attributes, "table:number-rows-repeated", 1)
                self._row, self._column = self._row + self._rows, 0
                if _is_hidden(attributes):
                    self._sheet.hidden_rows.append((self._row - self._rows, self._row - 1))
            case "table-cell" | "covered-table-cell":
                self._columns = _columns_repeated(attributes)
                self._column += self._columns
                self._cell(attributes)
            case "p" if self._state:
                self._paragraph()

    def _cell(self, attributes: Attributes) -> None:
        self._state = ""
        if "office:value-type" in attributes or "table:formula" in attributes:
            self._sheet.holds(self._row, self._column)
        row, column = self._row - self._rows, self._column - self._columns
        down, right = (_number(attributes, f"table:number-{way}-spanned", 1) for way in ("rows", "columns"))
        if down > 1 or right > 1:
            self._sheet.merged.append((row, column, row + down - 1, column + right - 1))
        if attributes.get("calcext:value-type") == "error":
            self._state = "error"
        elif "table:formula" in attributes and "office:value-type" not in attributes:
            self._state = "unsaved"
        if self._state:
            self.text = ""
            self.listen()

    def _paragraph(self) -> None:
        if self._state == "error":
            self.listen(text=True)
        else:
            # An empty text is what the formula came to, and was saved.
            self._state = "saved"

    def ends(self, name: str) -> None:
        if name not in ("table-cell", "covered-table-cell"):
            return
        self.stop_listening()
        for row in range(self._row - self._rows, self._row):
            for column in range(self._column - self._columns, self._column):
                if self._state == "error":
                    self._sheet.errors[row, column] = self.text or "#"
                elif self._state == "unsaved":
                    self._sheet.unsaved.append((row, column))
        self._state = ""


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get("table:visibility") in ("collapse", "filter")


def _columns_repeated(attributes: Attributes) -> int:
    return _number(attributes, "table:number-columns-repeated", 1)


def _number(attributes: Attributes, name: str, otherwise: int) -> int:
    text = attributes.get(name, "")
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else otherwise


def _position(reference: str) -> tuple[int, int]:
    """Row and column of a cell's name such as XFD1048576, from 1 on; 0 where it is none."""
    match = re.fullmatch(r"([A-Z]{1,3})(\d{1,9})", reference.upper(), re.ASCII)
    if match is None:
        return 0, 0
    return int(match[2]), column_of(match[1]) + 1


def column_of(name: str) -> int:
    """A column's index by its name in Excel, in capitals: A is 0, AA is 26."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1

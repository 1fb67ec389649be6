"""The cells of one table, known by row and column whichever way its days run, and what they can be meant as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from blangko.exchange.blocks import Block, Column
from blangko.exchange.figures import Unclear, cards_in
from blangko.exchange.headings import FIGURES
from blangko.exchange.sheets import Grid

LONGEST_TEXT = 60
LONGEST_REMARK = 300
"""So much of a cell is looked at for what it tells besides its figure."""
_LONGEST_FIGURE = 40
_TAKEN_AWAY = re.compile(r"\s*(?:\(\s*(\d[\d.,]*)\s*\)|[-−–]\s*(\d[\d.,]*))\s*", re.ASCII)
_DATE_LIKE = re.compile(r"\s*(?:[A-Za-z’']+,?\s*)?\d{1,2}\s*[/.\- ]\s*(?:\d{1,2}|[A-Za-z]{3,9})\b")


class Cells:
    """The cells of a table; a row is known by its index, with days across by that of its column."""

    def __init__(self, grid: Grid, block: Block) -> None:
        """Look at the part of `grid` that `block` is."""
        self._grid, self._block, self._rows = grid, block, grid.rows
        self.is_across = block.layout == "days_across"
        self.is_list = any(column.meaning == "cards" for column in block.columns)
        self.figures = [column for column in block.columns if column.meaning in (*FIGURES, "cards")]
        self.by_meaning = {column.meaning: column.index for column in reversed(block.columns) if column.meaning}
        self._indexes = [column.index for column in block.columns]
        self._span = slice(min(self._indexes, default=0), max(self._indexes, default=0) + 1)

    def at(self, at: int, index: int | None) -> Any:
        """The cell of a row in the column of an index."""
        if index is None:
            return None
        row, column = (self._rows[index], at) if self.is_across else (self._rows[at], index)
        return row[column] if column < len(row) else None

    def of(self, at: int, meaning: str) -> Any:
        """The cell of a row in the column of a meaning; None where the table has none such."""
        return self.at(at, self.by_meaning.get(meaning))

    def number(self, at: int, meaning: str) -> int | None:
        """The cards in the column of a meaning; None where there are none that are certain."""
        try:
            return cards_in(self.of(at, meaning))
        except Unclear:
            return None

    def day_cells(self, wanted: Sequence[int]) -> dict[int, Any]:
        """The days' cells that hold something; a merged one stands for all rows that it spans."""
        index = self.by_meaning["day"]
        cells = {at: cell for at in wanted if (cell := self.at(at, index)) is not None and text_of(cell)}
        cells = self._with_months(cells)
        for top, left, bottom, right in self._grid.merged if not self.is_across else ():
            if left <= index <= right and bottom > top and top in cells:
                last = min(bottom, self._block.last_row)
                cells |= {at: cells[top] for at in range(top + 1, last + 1) if self.has_cards(at)}
        return cells

    def _with_months(self, cells: dict[int, Any]) -> dict[int, Any]:
        """The day numbers with what stands in columns of their own: "2 Oktober 2017"."""
        month_at, year_at = self._block.month_column, self._block.year_column
        if month_at is None:
            return cells
        made: dict[int, Any] = {}
        month = year = ""
        for at, cell in cells.items():
            # A month is often written once, beside its first day.
            month = text_of(self.at(at, month_at)) or month
            year = text_of(self.at(at, year_at)) or year
            between = "/" if month.isdecimal() else " "
            is_number = re.fullmatch(r"\d{1,2}", text_of(cell), re.ASCII) is not None
            made[at] = between.join(filter(None, (text_of(cell), month, year))) if is_number and month else cell
        return made

    def has_cards(self, at: int) -> bool:
        """Whether a row holds something that can be meant as cards."""
        return any(_may_be_cards(self.at(at, column.index)) for column in self.figures)

    def texts(self, at: int) -> list[str]:
        """The words of a row, of this table's part of it; figures and days are none."""
        # What stands beside a table, such as a small reckoning, says nothing of its rows.
        cells = [self.at(at, index) for index in self._indexes] if self.is_across else self._rows[at][self._span]
        return [cell[:LONGEST_REMARK] for cell in cells if isinstance(cell, str) and cell and not cell[0].isdigit()]

    def shown(self, at: int) -> str:
        """All that stands in a row."""
        return " ".join(filter(None, (text_of(self.at(at, index)) for index in self._indexes)))

    def is_empty(self, at: int) -> bool:
        """Whether nothing stands in a row."""
        return all(not text_of(self.at(at, index)) for index in self._indexes)

    def is_unsaved(self, at: int, with_day: bool = True) -> bool:
        """Whether a formula holds no value where cards, or a day, are wanted."""
        if not self._grid.unsaved:
            return False
        places = [self.by_meaning["day"]] * with_day + [column.index for column in self.figures]
        held = [(index, at) if self.is_across else (at, index) for index in places]
        return any(place in self._grid.unsaved for place in held)

    def is_hidden(self, at: int) -> bool:
        """Whether nobody sees the row who opens the sheet."""
        return at in (self._grid.hidden_columns if self.is_across else self._grid.hidden_rows)

    def turned_columns(self, rows: Sequence[int]) -> list[Column]:
        """The columns whose figures are all negative, red or in brackets: so some write what goes out."""
        found: list[Column] = []
        figures = 0
        for column in self.figures:
            held = [cell for at in rows if _may_be_cards(cell := self.at(at, column.index)) and cell != 0]
            is_out = column.meaning in ("printed", "spoiled", "sent")
            if is_out and held and all(turned(cell) is not cell for cell in held):
                found.append(column)
                figures += len(held)
        # A single one is a slip, or a correction.
        return found if figures > 1 else []


def turned(cell: Any) -> Any:
    """A negative number, or one in brackets, as the number of cards that it takes away; anything else as it is."""
    if isinstance(cell, str):
        found = _TAKEN_AWAY.fullmatch(cell)
        return found[1] or found[2] if found else cell
    return -cell if isinstance(cell, int | float) and cell < 0 else cell


def text_of(cell: Any) -> str:
    """A cell as text in one line; empty where it holds nothing."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def is_date_like(text: str) -> bool:
    """Whether a text begins as a date does."""
    return _DATE_LIKE.match(text) is not None


def _may_be_cards(cell: Any) -> bool:
    """Whether a cell holds something that can be meant as cards, be it right or wrong."""
    if cell is None or cell == "" or isinstance(cell, bool):
        return isinstance(cell, bool)
    if isinstance(cell, str):
        return len(cell) <= _LONGEST_FIGURE and _is_figure(cell.strip())
    return isinstance(cell, int | float) and abs(cell) < 1e9


def _is_figure(text: str) -> bool:
    if text.isdecimal():
        return len(text) <= 9
    # A NIP is a number too, but no number of cards; "31 Oktober 2017" stands over a signature.
    digits = sum(map(str.isdigit, text))
    return 0 < digits <= 9 and not text[0].isalpha() and not is_date_like(text)

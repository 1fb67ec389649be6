"""Which cells are wrong in a row that is in trouble: every one of them, so that the clerk mends them in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from blangko.exchange.blocks import Block, column_of
from blangko.exchange.figures import Unclear, cards_in
from blangko.exchange.found import RowRead
from blangko.exchange.headings import FIGURES
from blangko.exchange.reading import Reading
from blangko.exchange.sheets import Grid

_OF_DAYS = ("future", "stray", "other_month", "no_date")


class Fault(NamedTuple):
    """A cell that is wrong, or with `column` None a whole row; both count from 0, and `code` is one of a `RowRead`."""

    row: int
    column: int | None
    text: str
    code: str


def faults(reading: Reading, row: RowRead) -> list[Fault]:
    """What is wrong with a row: every figure that cannot be read, and the cell that was complained of.

    Args:
        reading: The file.
        row: One of its rows in trouble.
    """
    grid = next(grid for grid in reading.grids if grid.name == row.sheet)
    here = [block for block in reading.blocks if block.sheet == row.sheet and _holds(block, row)]
    # A figure says nothing of its own where a formula was never calculated.
    bad = [fault for block in here for fault in _bad_figures(grid, block, row)] if row.reason != "unsaved" else []
    if bad and row.reason.startswith("cards_"):
        return bad
    return [Fault(row.row_no - 1, _meant(grid, here, row), row.text, row.reason), *bad]


def _holds(block: Block, row: RowRead) -> bool:
    at = row.row_no - 1
    if block.layout == "days_across":
        return any(column.index == at for column in block.columns)
    return block.first_row <= at <= block.last_row


def _bad_figures(grid: Grid, block: Block, row: RowRead) -> Iterator[Fault]:
    for at, column in _figures(block, row):
        try:
            cards_in(cell := _cell(grid, at, column))
        except Unclear as error:
            yield Fault(at, column, _text(cell), f"cards_{error.code}")


def _figures(block: Block, row: RowRead) -> Iterator[tuple[int, int]]:
    """Row and column of the figures of the day that is meant."""
    for column in block.columns:
        if column.meaning in FIGURES:
            day = _day_across(row)
            if block.layout != "days_across":
                yield row.row_no - 1, column.index
            elif day is not None:
                yield column.index, day


def _meant(grid: Grid, blocks: Sequence[Block], row: RowRead) -> int | None:
    """The column of the cell that a trouble is about; None where it is about the whole row."""
    at = row.row_no - 1
    if (day := _day_across(row)) is not None and any(block.layout == "days_across" for block in blocks):
        return day
    if row.reason == "unsaved":
        return min((column for place, column in grid.unsaved if place == at), default=None)
    if row.reason.startswith("day_") or row.reason in _OF_DAYS:
        days = [index for block in blocks if (index := block.column("day")) is not None]
        # Of tables side by side, the one whose cell says what was not understood.
        return next((index for index in days if _text(_cell(grid, at, index)) == row.text), days[0] if days else None)
    return None


def _day_across(row: RowRead) -> int | None:
    """With days across, a row's text begins with the letter of the column."""
    name = row.text.partition(":")[0]
    return column_of(name) if name.isalpha() and name.isascii() and name.isupper() and len(name) <= 3 else None


def _cell(grid: Grid, row: int, column: int) -> Any:
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return cells[column] if column < len(cells) else None


def _text(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())[:60]

"""What is said of a clerk's sheet, row by row, to be written beside the rows of the sheet itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from blangko.exchange.blocks import Block
from blangko.exchange.compare import Compared
from blangko.exchange.found import BalanceCheck, Guess, RowRead
from blangko.exchange.markup import Area, Remark
from blangko.exchange.reading import Reading
from blangko.reports.ledger import kind_word
from blangko.words.language import _
from blangko.words.sheets import guess_told, trouble_word
from blangko.words.written import count


def areas(reading: Reading) -> list[Area]:
    """The tables of a sheet."""
    return [_area(block) for block in reading.blocks]


def _area(block: Block) -> Area:
    columns = [column.index for column in block.columns]
    if block.layout == "days_across":
        return Area(block.sheet, min(columns), max(columns), block.last_row)
    return Area(block.sheet, min(block.heading_rows, default=block.first_row), block.last_row, max(columns))


def remarks(reading: Reading, seen: Compared) -> list[Remark]:
    """What stands in the way of the import, and what somebody should look at.

    What is new and what stands in the book already needs no remark: a column full of them would hide the others.
    """
    return [
        *(_trouble(reading, row) for row in reading.rows if row.state == "trouble"),
        *(remark for guess in reading.guesses for remark in _guessed(guess)),
        *_differing(seen),
        *_before(seen),
        *(remark for check in reading.balances for remark in _parted(check)),
    ]


def _trouble(reading: Reading, row: RowRead) -> Remark:
    text = f"{row.text}: {trouble_word(row.reason)}" if row.text else trouble_word(row.reason)
    return Remark(row.sheet, row.row_no - 1, _column(reading, row), text)


def _column(reading: Reading, row: RowRead) -> int | None:
    """The cell that holds the text of a row in trouble; None where it is no single cell."""
    grid = next((grid for grid in reading.grids if grid.name == row.sheet), None)
    cells: Sequence[Any] = grid.rows[row.row_no - 1] if grid and row.row_no <= len(grid.rows) else ()
    return next((at for at, cell in enumerate(cells) if row.text and " ".join(str(cell).split()) == row.text), None)


def _guessed(guess: Guess) -> Iterator[Remark]:
    row = guess.facts.get("row")
    if isinstance(row, int):
        yield Remark(guess.sheet, row - 1, None, guess_told(guess.code, "", guess.facts))


def _differing(seen: Compared) -> Iterator[Remark]:
    for each in seen.differing:
        line = each.lines[0]
        text = _("{kind}: the book has {book}, the sheet {sheet}").format(
            kind=kind_word(each.kind), book=count(each.book_cards), sheet=count(each.sheet_cards)
        )
        yield Remark(line.sheet, line.row_no - 1, None, text)


def _before(seen: Compared) -> Iterator[Remark]:
    for sheet, row_no in dict.fromkeys((line.sheet, line.row_no) for line in seen.before):
        yield Remark(sheet, row_no - 1, None, _("before the book was begun: left out"), is_bad=False)


def _parted(check: BalanceCheck) -> Iterator[Remark]:
    if check.first_row_parted is not None:
        text = _("{column}: the figures make {computed}")
        computed = "-" if check.computed is None else count(check.computed)
        said = text.format(column=check.column, computed=computed)
        yield Remark(check.sheet, check.first_row_parted - 1, None, said, is_bad=False)

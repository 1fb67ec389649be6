"""What is said of a clerk's sheet, row by row, to be written beside the rows of the sheet itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blangko.exchange.blocks import Block, NotRead, column_of
from blangko.exchange.compare import Compared, Differing
from blangko.exchange.faults import Fault, faults
from blangko.exchange.found import BalanceCheck, Guess, RowRead
from blangko.exchange.markup import Area, Remark
from blangko.exchange.reading import Reading
from blangko.reports.ledger import kind_word
from blangko.words.language import N_, _
from blangko.words.sheets import answers_told, guess_told, trouble_word, why_not_read
from blangko.words.written import count

READ_BUT = {
    "closed_day": N_("read, though the office was closed on that day"),
    "same_day": N_("read, though the day stands in another row as well"),
}
"""What is to be said of rows that are read all the same."""
BEFORE = N_("before the book was begun: left out")
_SAID_ENOUGH = ("not_wanted", "empty")
"""Of sheets that the clerk left out or that hold nothing, nothing need be said in them."""


def areas(reading: Reading) -> list[Area]:
    """The tables of a sheet."""
    return [_area(block) for block in reading.blocks]


def remarks(reading: Reading, seen: Compared) -> list[Remark]:
    """What stands in the way of the import, and what somebody should look at.

    What is new and what stands in the book already needs no remark: a column full of them would hide the others.
    """
    names = {grid.name for grid in reading.grids}
    return [
        *(remark for row in reading.troubles for remark in _trouble(reading, row)),
        *(remark for each in seen.differing for remark in _differing(each)),
        *(_asked(reading.blocks, guess) for guess in reading.guesses if guess.sheet in names),
        *_before(seen),
        *_notes(reading),
    ]


def _notes(reading: Reading) -> Iterator[Remark]:
    """What does not stand in the way."""
    for row in reading.rows:
        if row.state == "read" and row.reason in READ_BUT:
            yield Remark(row.sheet, row.row_no - 1, None, _(READ_BUT[row.reason]), is_bad=False)
    for check in reading.fair_balances:
        if check.first_row_parted is not None:
            yield _parted(reading.blocks, check, check.first_row_parted)
    for block in reading.blocks:
        yield from _columns_not_read(block)
    for part in reading.not_read:
        if part.why not in _SAID_ENOUGH:
            yield _not_read(part)


def _area(block: Block) -> Area:
    indexes = [column.index for column in block.columns]
    if block.layout == "days_across":
        return Area(block.sheet, min(indexes), max(indexes), block.last_row)
    return Area(block.sheet, _heading_row(block), block.last_row, max(indexes))


def _heading_row(block: Block) -> int:
    """The last row of headings above the table; it may have more of them further below, one on each page."""
    return max((row for row in block.heading_rows if row < block.first_row), default=block.first_row)


# --- Rows ---------------------------------------------------------------------------------------------------


def _trouble(reading: Reading, row: RowRead) -> Iterator[Remark]:
    for fault in faults(reading, row):
        yield Remark(row.sheet, fault.row, fault.column, fault_told(fault))


def fault_told(fault: Fault) -> str:
    """What is wrong with a cell, behind what stands in it."""
    reason = trouble_word(fault.code)
    return f"{fault.text}: {reason}" if fault.text else reason


def _differing(seen: Differing) -> Iterator[Remark]:
    """The book's sum beside the sheet's, where the first figure of the day stands."""
    if seen.lines:
        line = seen.lines[0]
        yield Remark(line.sheet, line.row_no - 1, column_of(line.column), difference_told(seen))


def difference_told(seen: Differing) -> str:
    """The book's sum of a day beside the sheet's."""
    return _("{kind}: the book has {book}, the sheet {sheet}").format(
        kind=kind_word(seen.kind), book=count(seen.book_cards), sheet=count(seen.sheet_cards)
    )


def _before(seen: Compared) -> Iterator[Remark]:
    for sheet, row_no in dict.fromkeys((line.sheet, line.row_no) for line in seen.before):
        yield Remark(sheet, row_no - 1, None, _(BEFORE), is_bad=False)


def _parted(blocks: Sequence[Block], check: BalanceCheck, row_no: int) -> Remark:
    text = _("{column}: the figures make {computed}").format(
        column=check.column, computed="-" if check.computed is None else count(check.computed)
    )
    columns = [column.index for block in blocks if block.sheet == check.sheet and block.layout != "days_across"
               for column in block.columns if column.heading == check.column]  # fmt: skip
    return Remark(check.sheet, row_no - 1, columns[0] if columns else None, text, is_bad=False)


# --- Tables and sheets ------------------------------------------------------------------------------------------


def _asked(blocks: Sequence[Block], guess: Guess) -> Remark:
    """A question, beside the row or the heading that it is about."""
    text = f"{guess_told(guess.code, '', guess.facts)} {answers_told(guess.option, guess.choices)}"
    block = next((block for block in blocks if block.sheet == guess.sheet), None)
    row = guess.facts.get("row")
    if isinstance(row, int):
        return Remark(guess.sheet, row - 1, None, text)
    name = guess.facts.get("column")
    is_across = block is not None and block.layout == "days_across"
    column = column_of(name) if isinstance(name, str) and name.isalpha() and not is_across else None
    return Remark(guess.sheet, _heading_row(block) if block else 0, column, text)


def _columns_not_read(block: Block) -> Iterator[Remark]:
    for column in block.columns:
        if column.meaning or not column.heading:
            continue
        text = _("{name} is not read: {why}").format(name=column.heading, why=why_not_read(column.why))
        if block.layout == "days_across":
            yield Remark(block.sheet, column.index, None, text, is_bad=False)
        else:
            yield Remark(block.sheet, _heading_row(block), column.index, text, is_bad=False)


def _not_read(part: NotRead) -> Remark:
    text = _("{name} is not read: {why}").format(
        name=part.text or part.sheet or _("The sheet"), why=why_not_read(part.why)
    )
    return Remark(part.sheet, 0, None, text, is_bad=False)

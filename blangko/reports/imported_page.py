"""A clerk's sheet as it was understood, for a page: its tables, its questions, every row and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from blangko.exchange.beside import Beside
from blangko.exchange.blocks import Block
from blangko.exchange.compare import Compared
from blangko.exchange.faults import faults
from blangko.exchange.found import Guess, Line, RowRead
from blangko.exchange.reading import Reading
from blangko.reports.imported import (
    block_head,
    checks_told,
    closings_told,
    column_told,
    differing_heads,
    part_told,
    side_by_side,
    sums_told,
)
from blangko.reports.imported_marks import BEFORE, READ_BUT, difference_told, fault_told
from blangko.words.language import N_, _
from blangko.words.sheets import choice_told, guess_told, rows_word
from blangko.words.written import count, day

KINDS = ("receive", "print", "spoil", "send")
STATES = ("trouble", "differing", "new", "before", "same", "left_out")
"""What may become of a row; of several the first holds."""
_WORDS = {
    "new": N_("is new"),
    "same": N_("stands in the book"),
    "before": BEFORE,
}


class TableTold(NamedTuple):
    """Where a table of the sheet stands, the columns that are read, and those that are not with the reason."""

    head: str
    read: list[str]
    unread: list[str]


class Question(NamedTuple):
    """What is not certain, the option that answers it, and the answers: each as it is typed and as it is told."""

    text: str
    option: str
    answers: list[tuple[str, str]]


class RowTold(NamedTuple):
    """One row of the sheet: its day and cards by `KINDS`, and one of `STATES` with its reason in words."""

    sheet: str
    row_no: int
    day: str
    figures: list[str]
    document: str
    note: str
    state: str
    said: str


class SheetTold(NamedTuple):
    """All that is said of a sheet before it is written."""

    tables: list[TableTold]
    not_read: list[str]
    checks: list[str]
    questions: list[Question]
    sums: list[str]
    differing_heads: list[str]
    differing: list[list[str]]
    rows: list[RowTold]

    @property
    def figures(self) -> list[tuple[int, str]]:
        """The kinds of which any row has cards: their places among a row's figures, and the heads of their columns."""
        heads = (_("Received"), _("Printed"), _("Spoiled"), _("Sent"))
        return [(at, head) for at, head in enumerate(heads) if any(row.figures[at] for row in self.rows)]

    @property
    def has_documents(self) -> bool:
        """Whether any row names a paper."""
        return any(row.document for row in self.rows)

    @property
    def has_notes(self) -> bool:
        """Whether any row has a remark."""
        return any(row.note for row in self.rows)

    @property
    def is_of_several_sheets(self) -> bool:
        """Whether a row's number alone does not say where it stands."""
        return len({row.sheet for row in self.rows}) > 1


def sheet_told(reading: Reading, beside: Beside) -> SheetTold:
    """The reading report of a sheet, whole."""
    return SheetTold(
        [_table(block) for block in reading.blocks],
        [part_told(part) for part in reading.not_read],
        [*checks_told(reading), *closings_told(reading, beside)],
        [_question(guess) for guess in reading.guesses],
        sums_told(beside.seen),
        differing_heads(),
        [side_by_side(each) for each in beside.seen.differing],
        _rows(reading, beside.seen),
    )


def _table(block: Block) -> TableTold:
    columns = [(bool(column.meaning), column_told(block, column)) for column in block.columns]
    read, unread = ([said for is_read, said in columns if is_read is wanted] for wanted in (True, False))
    return TableTold(block_head(block), read, unread)


def _question(guess: Guess) -> Question:
    choices = guess.choices if guess.has_answers else ()
    text = guess_told(guess.code, guess.sheet, guess.facts)
    return Question(text, guess.option, [(choice, choice_told(guess.option, choice)) for choice in choices])


# --- Rows ---------------------------------------------------------------------------------------------------

_Judged = list[tuple[str, str, Line]]
"""The figures of a row: what becomes of each, why, and the figure."""


def _rows(reading: Reading, seen: Compared) -> list[RowTold]:
    """Every row of which anything can be said, as they stand in the sheet."""
    order = {grid.name: at for at, grid in enumerate(reading.grids)}
    remarks = {(row.sheet, row.row_no): READ_BUT[row.reason] for row in reading.rows if row.reason in READ_BUT}
    rows = [_row(judged, remarks.get((sheet, no), "")) for (sheet, no, _day), judged in _by_row(seen).items()]
    rows += [_unread(reading, row) for row in reading.rows if row.state not in ("read", "hidden") or _is_hidden(row)]
    return sorted(rows, key=lambda row: (order.get(row.sheet, 0), row.row_no))


def _is_hidden(row: RowRead) -> bool:
    return row.state == "hidden" and row.reason != "read"


def _by_row(seen: Compared) -> dict[tuple[str, int, date], _Judged]:
    rows: dict[tuple[str, int, date], _Judged] = {}
    for state, said, line in _judged(seen):
        rows.setdefault((line.sheet, line.row_no, line.day), []).append((state, said, line))
    return rows


def _judged(seen: Compared) -> Iterator[tuple[str, str, Line]]:
    for state, lines in (("new", seen.new), ("before", seen.before), ("same", [*seen.same, *seen.nothing])):
        yield from ((state, _(_WORDS[state]), line) for line in lines)
    for each in seen.differing:
        yield from (("differing", difference_told(each), line) for line in each.lines)


def _row(judged: _Judged, remark: str) -> RowTold:
    lines = [line for _state, _said, line in judged]
    worst = min((state for state, _said, _line in judged), key=STATES.index)
    said = dict.fromkeys(said for state, said, _line in judged if state == worst)
    first = lines[0]
    return RowTold(
        first.sheet,
        first.row_no,
        day(first.day),
        [_cards([line.cards for line in lines if line.kind == kind]) for kind in KINDS],
        next((line.reference for line in lines if line.reference), ""),
        next((line.note for line in lines if line.note), ""),
        worst,
        "; ".join([*said, *([_(remark)] if remark else [])]),
    )


def _cards(numbers: Sequence[int]) -> str:
    return count(sum(numbers)) if numbers else ""


def _unread(reading: Reading, row: RowRead) -> RowTold:
    blank = [""] * len(KINDS)
    if row.state == "trouble":
        said = "; ".join(fault_told(fault) for fault in faults(reading, row))
        return RowTold(row.sheet, row.row_no, "", blank, "", "", "trouble", said)
    said = _("Left out: {what}.").format(what=rows_word(row.state))
    return RowTold(row.sheet, row.row_no, "", blank, "", row.text, "left_out", said)

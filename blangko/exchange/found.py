"""What is found in a clerk's file: lines to be written, rows by what became of them, questions, and proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

KINDS = {"received": "receive", "printed": "print", "spoiled": "spoil", "sent": "send"}
"""The kind of entry that the cards of a column become."""


class Line(NamedTuple):
    """One figure of a sheet: so many cards of a kind on a day, and where it stands; a blank cell makes none."""

    sheet: str
    row_no: int
    column: str
    day: date
    kind: str
    cards: int
    reference: str | None = None
    note: str | None = None


class RowRead(NamedTuple):
    """What became of one row, counted from 1: read, closed, total, nothing, foot, hidden or trouble.

    `reason` is a code. Of a trouble: no_date, future, stray, other_month, closed_with_cards, unsaved, repeated,
    less_than_spoiled, kind_unknown, sum_with_day, corrected, or what `figures.Unclear` names behind `day_` or
    `cards_`. Of a read row: same_day, closed_day. Of a hidden row: read. Of a sum: opening, or unnamed where only
    the figures say that it is one. Of a row with nothing: heading, other_item. With days across, `text` begins with
    the letter of the column.
    """

    sheet: str
    row_no: int
    state: str
    reason: str = ""
    text: str = ""


class Guess(NamedTuple):
    """What is not certain: asked on a terminal, refused without one; `option` with one of `choices` answers it.

    `code` is date_order, year, columns, running_sum, spoiled_in_printed, more_spoiled, balance_parts,
    cards_in_notes, negative, same_days, no_such_sheet or no_such_column. The first of the choices is what was read
    meanwhile.
    """

    code: str
    sheet: str
    facts: Mapping[str, Any]
    option: str
    choices: Sequence[str]

    @property
    def has_answers(self) -> bool:
        """Whether a choice answers it; a sheet or a column that is not there was typed wrong."""
        return not self.code.startswith("no_such_")


class BalanceCheck(NamedTuple):
    """A column or row of the sheet recomputed: `kind` is balance, sum (a row of sums) or out (a column of sums).

    `first_row_parted` is the first row, from 1, in which the sheet says something else than what its own figures
    make; None where it holds. `closing` is the last balance, on the evening of `closing_on`.
    """

    sheet: str
    kind: str
    column: str
    first_row_parted: int | None = None
    sheet_says: int | None = None
    computed: int | None = None
    rows_parted: int = 0
    opening: int | None = None
    closing: int | None = None
    closing_on: date | None = None


class Dated(NamedTuple):
    """One day of a table with its cards by meaning, and what its own columns say of balance and sums.

    `at` is the row, or with days across the column, from 0; `row_no` is told to people.
    """

    at: int
    row_no: int
    day: date
    cards: Mapping[str, int]
    balance: int | None
    opening: int | None
    out: int | None

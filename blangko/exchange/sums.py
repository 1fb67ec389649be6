"""The rows of a table that are no days: sums, which would count every card twice, and balances carried forward."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from blangko.exchange.blocks import Column
from blangko.exchange.cells import Cells, text_of
from blangko.exchange.figures import Unclear, cards_in
from blangko.exchange.found import BalanceCheck
from blangko.exchange.headings import words_of

_TOTAL = re.compile(r"\b(jumlah|jml|jlh|total|sub ?total|rekap\w*)\b|^\s*(s/d|sampai dengan)\b", re.IGNORECASE)
_MEAN = re.compile(r"^\s*(rata|rerata|average|mean)\b", re.IGNORECASE)
_SUM_ALONE = re.compile(
    r"\W*(?:grand |sub ?)?(?:jumlah|jml|jlh|total)"
    r"(?:\s+(?:minggu|pekan|bulan|hari|mgg|bln|ini|ke|i{1,3}|i?v|\W?\d))*\W*",
    re.IGNORECASE,
)
_CARRIED = r"saldo|sisa|stok|stock|pindahan|persediaan"
_BALANCE = re.compile(rf"\b({_CARRIED})\b", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b({_CARRIED})\b.*\b(awal|lalu|sebelumnya|kemarin|dipindahkan)\b|\bpindahan\b|^\s*(jumlah )?({_CARRIED})\b",
    re.IGNORECASE,
)
_COMING = re.compile(r"\b(terima|diterima|masuk|prov\w*|tambah\w*|drop\w*|pusat)\b", re.IGNORECASE)


def is_carried(cells: Cells, at: int, texts: Sequence[str]) -> bool:
    """Whether a row carries a balance forward, in whatever column the number stands."""
    if not any(_BEFORE.search(text) and not _COMING.search(text) for text in texts):
        return False
    return not cells.number(at, "printed")


def carried_cards(cells: Cells, at: int) -> int | None:
    """The cards that a row carries forward."""
    numbers = (cells.number(at, meaning) for meaning in ("balance", "opening", "received"))
    return next((number for number in numbers if number is not None), None)


def is_sum(day_cell: Any, joined: str) -> bool:
    """Whether a row says that it is one of sums, in its cell of the day or, where that is empty, in any other."""
    if isinstance(day_cell, str) and re.search(r"[^\W\d_]", day_cell):
        return _says_sum(day_cell)
    return not text_of(day_cell) and _says_sum(joined)


def _says_sum(text: str) -> bool:
    return bool(_TOTAL.search(text) or _BALANCE.search(text) or _MEAN.match(text))


def is_named_sum(texts: Sequence[str]) -> bool:
    """Whether a cell of a row that has a day calls it a sum and says nothing else."""
    return any(_SUM_ALONE.fullmatch(text) for text in texts)


class Sums:
    """The cards of each column added up as a table is read, over all of it and since the last row of sums."""

    def __init__(self, sheet: str, cells: Cells) -> None:
        """Begin above the first row."""
        self._sheet, self._cells = sheet, cells
        self._running = {column.index: [0, 0] for column in cells.figures}
        self.checks: list[BalanceCheck] = []
        """The cells of sums that say something else than the rows above them."""

    def add(self, index: int, cards: int) -> None:
        """Count the cards of a day in the column of an index."""
        self._running[index][0] += cards
        self._running[index][1] += cards

    def compare(self, at: int, joined: str, columns: Sequence[Column]) -> None:
        """Compare what a row of sums says with the rows above it; a sum that goes further back cannot be."""
        words = words_of(joined)
        if "sampai" in words or "lalu" in words or _BALANCE.search(joined) or _MEAN.match(joined):
            return
        for column in columns:
            self._compare_cell(at, column)

    def _compare_cell(self, at: int, column: Column) -> None:
        try:
            says = cards_in(self._cells.at(at, column.index))
        except Unclear:
            return
        whole, part = self._running[column.index]
        if says is not None and says not in (whole, part):
            computed = whole if abs(whole - says) <= abs(part - says) else part
            self.checks.append(BalanceCheck(self._sheet, "sum", column.heading, at + 1, says, computed, 1))
        self._running[column.index][1] = 0

    def holds(self, at: int, columns: Sequence[Column]) -> bool:
        """Whether the figures of a row are the sums of those above it."""
        found = []
        for column in columns:
            try:
                says = cards_in(self._cells.at(at, column.index))
            except Unclear:
                return False
            if says:
                found.append(says in self._running[column.index])
        return bool(found) and all(found)

    def part(self) -> None:
        """Begin the sums of the next part of the table."""
        for running in self._running.values():
            running[1] = 0

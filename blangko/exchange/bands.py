"""The headings of a clerk's table: in which rows they stand, and in which columns the days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from blangko.exchange.columns import Hints, filled
from blangko.exchange.headings import FIGURES, meaning_of, words_of
from blangko.exchange.sheets import Grid
from blangko.exchange.titles import is_month, months_in, title_text

_BAND_ROWS = 3


class Band(NamedTuple):
    """The heading rows of a table, and the columns in which its days stand."""

    first: int
    last: int
    day_columns: tuple[int, ...]


def bands(rows: Sequence[Sequence[Any]], hints: Hints, is_strict: bool) -> Iterator[Band]:
    """The headings of a sheet: with days and cards, or, when it has none such, with days and other things."""
    hinted = {text.strip().lower() for text in hints.columns.values() for text in text.split("+")}
    beyond = -1
    for index, row in enumerate(rows):
        if index <= beyond:
            continue
        days = tuple(column for column, cell in enumerate(row) if is_day_heading(cell))
        if days and (band := _band(rows, index, days, hinted, is_strict)):
            beyond = band.last
            yield band


def is_day_heading(cell: Any) -> bool:
    """Whether a cell is the heading of days."""
    if not isinstance(cell, str) or not cell[:1].isalpha() or len(cell) > 60:
        return False
    # "Tanggal : 31 Oktober 2017" is said of the letter.
    if ":" in cell or re.search(r"\d{3}", cell):
        return False
    return meaning_of(cell)[0] == "day" or cell.strip().lower() in ("hari ke", "hari ke-")


def _band(
    rows: Sequence[Sequence[Any]], index: int, days: tuple[int, ...], hinted: set[str], is_strict: bool
) -> Band | None:
    last = index
    while last + 1 < len(rows) and last < index + _BAND_ROWS and _is_heading_row(rows, last + 1, days):
        last += 1
    first = index
    while first > 0 and index - first < 2 and _is_group_row(rows[first - 1], days[0]):
        first -= 1
    texts = [str(cell).strip() for row in rows[first : last + 1] for cell in row if isinstance(cell, str)]
    meanings = [meaning_of(text)[0] for text in texts]
    known = any(meaning in (*FIGURES, "out", "used", "amount") for meaning in meanings)
    known = known or sum(map(is_month, texts)) >= 2 or any(text.lower() in hinted for text in texts)
    known = known or (not is_strict and any(meaning_of(text) != (None, "unknown") for text in texts))
    # A sentence that speaks of a date is no heading; a heading has neighbours.
    if not known or sum(1 for row in rows[index : last + 1] for cell in row if filled(cell)) < 2:
        return None
    return Band(first, last, days)


def _is_heading_row(rows: Sequence[Sequence[Any]], index: int, days: Sequence[int]) -> bool:
    """Whether a row below headings belongs to them: more headings, or the columns numbered from 1 on."""
    row = rows[index]
    cells = [cell for cell in row if filled(cell)]
    if _is_numbering(cells, rows[index + 1] if index + 1 < len(rows) else ()):
        return True
    if not cells or not all(isinstance(cell, str) for cell in cells):
        return False
    if any(day < len(row) and filled(row[day]) and not is_day_heading(row[day]) for day in days):
        return False
    texts = [cell.strip() for cell in cells]
    if _is_under_groups(rows[index - 1], row, days):
        return True
    if any(re.fullmatch(r"[\d.,\-–() ]+", text) for text in texts):
        return False
    known = [text for text in texts if meaning_of(text) != (None, "unknown") or is_month(text)]
    return len(known) >= 1 and 2 * len(known) >= len(texts) and len(texts) >= 2


def _is_under_groups(above: Sequence[Any], row: Sequence[Any], days: Sequence[int]) -> bool:
    """Whether words stand below a heading that reaches over several columns: L, P and Jml below Cetak."""
    at = [column for column, cell in enumerate(row) if filled(cell)]
    if len(at) < 2 or any(day in at for day in days) or at[0] < days[0]:
        return False
    if any(re.match(r"\W*\d", str(row[column])) for column in at):
        return False
    spanned = [column for column in at if not (column < len(above) and filled(above[column]))]
    return bool(spanned) and any(filled(cell) for cell in above[: spanned[0]][days[0] + 1 :])


def _is_numbering(cells: Sequence[Any], below: Sequence[Any]) -> bool:
    found = [re.match(r"\(?(\d{1,2})(?:\.0)?\)?\s*(?:=.*)?$", str(cell).strip()) for cell in cells]
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < max(3, len(cells)) or numbers != list(range(1, len(numbers) + 1)):
        return False
    # A first row of figures may look the same; then the next row is numbered 2.
    next_cells = [str(cell).strip().removesuffix(".0") for cell in below if filled(cell)]
    marked = any(not str(cell).strip().removesuffix(".0").isdecimal() for cell in cells)
    return marked or next_cells[:1] != ["2"]


def _is_group_row(row: Sequence[Any], first_day: int) -> bool:
    """Whether the row above headings groups them: Pengeluaran over Cetak and Rusak, KIA beside KTP-el."""
    held = [(column, cell) for column, cell in enumerate(row) if filled(cell)]
    beside = [str(cell) for column, cell in held if column > first_day]
    if not beside or not all(isinstance(cell, str) for _, cell in held):
        return False
    short = [
        text
        for text in beside
        if ":" not in text and len(words_of(text)) <= 4 and not re.search(r"\d{3,}(?<!20\d\d)", text)
    ]
    known = [text for text in short if meaning_of(text) != (None, "unknown") or months_in(text)]
    return len(known) == len(beside) and (len(beside) > 1 or len(held) > 1 or len(words_of(beside[0])) <= 2)


def paths_of(grid: Grid, rows: Sequence[Sequence[Any]], band: Band) -> dict[int, tuple[str, ...]]:
    """For each column with a heading of its own: the headings above it, and its own last."""
    width = max(len(row) for row in rows[band.first : band.last + 1])
    leaves: dict[int, int] = {}
    for index in range(band.first, band.last + 1):
        if _is_numbering([cell for cell in rows[index] if filled(cell)], ()):
            continue
        leaves |= {column: index for column, cell in enumerate(rows[index]) if filled(cell)}
    return {
        column: (*_parents(grid, rows, band, column, leaf, leaves), heading_of(rows[leaf][column]))
        for column, leaf in sorted(leaves.items())
        if column < width
    }


def _parents(
    grid: Grid, rows: Sequence[Sequence[Any]], band: Band, column: int, leaf: int, leaves: Mapping[int, int]
) -> Iterator[str]:
    for index in range(band.first, leaf):
        at = column
        while at >= 0 and not (at < len(rows[index]) and filled(rows[index][at])):
            at -= 1
        # What spans the days too is a title of the whole, and a heading with nothing of its own below it is no group.
        if at < 0 or (at != column and leaves.get(at) == index) or not _spans(grid, index, at, column):
            continue
        if index < min(leaves[day] for day in band.day_columns) and at <= band.day_columns[0]:
            continue
        if at not in band.day_columns:
            yield heading_of(rows[index][at])


def _spans(grid: Grid, row: int, first: int, column: int) -> bool:
    """Whether a group's heading reaches a column; where cells are merged they say so, else it reaches to the next."""
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom and left <= first <= right:
            return column <= right
    return True


def heading_of(cell: Any) -> str:
    """A heading as text, cut where it becomes a story."""
    return title_text(cell)[:60] if not isinstance(cell, str) else " ".join(cell.split())[:60]

"""Which part of which sheet is a table of days and cards, how it is laid out, and what each of its columns is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import Any, NamedTuple

from blangko.exchange.bands import Band, bands, heading_of, is_day_heading, paths_of
from blangko.exchange.columns import ASKED, Column, Hints, filled, judged, letter
from blangko.exchange.headings import FIGURES, NAMED, meaning_of, other_item, words_of
from blangko.exchange.seen import column_of
from blangko.exchange.sheets import Grid
from blangko.exchange.titles import Titled, is_month, months_in, texts_of, title_text, titled

__all__ = ["ASKED", "Block", "Column", "Hints", "NotRead", "across", "blocks", "column_of", "letter"]
MOST_COLUMNS = 400
"""Wider than a year of days across; what stands beyond is told and not read."""
MOST_TABLES = 500
"""More headings than any sheet has; of a sheet with more nothing is read, and it is told."""
_TITLE_ROWS = 12
_LEAST_DAYS_ACROSS = 5
_SAMPLE_ROWS = 60
_MONTH_WORDS = frozenset(["bulan", "bln", "month"])
_YEAR_WORDS = frozenset(["tahun", "thn", "year"])


class Block(NamedTuple):
    """A table: `days_down`, `days_across`, `months_beside` or `day_numbers`; rows and columns count from 0.

    With days across, a column's index is that of its row, and `first_row` and `last_row` are columns of the sheet.
    """

    sheet: str
    layout: str
    heading_rows: tuple[int, ...]
    columns: Sequence[Column]
    first_row: int
    last_row: int
    item: str
    year: int | None
    month: int | None
    titles: tuple[str, ...] = ()

    @property
    def month_column(self) -> int | None:
        """The index of the column in which the months of the days stand."""
        return self._period(_MONTH_WORDS)

    @property
    def year_column(self) -> int | None:
        """The index of the column in which the years of the days stand."""
        return self._period(_YEAR_WORDS)

    def _period(self, words: frozenset[str]) -> int | None:
        periods = (column for column in self.columns if column.meaning == "period")
        return next((column.index for column in periods if words_of(column.heading) <= words), None)

    def column(self, meaning: str) -> int | None:
        """The index of the first column of a meaning."""
        return next((column.index for column in self.columns if column.meaning == meaning), None)


class NotRead(NamedTuple):
    """A sheet, or a part of it, that is not read: the code of why, what stands there, the option that would read it."""

    sheet: str
    why: str
    text: str = ""
    option: str = ""


def blocks(grid: Grid, hints: Hints) -> list[Block | NotRead]:
    """The tables of a sheet, from the top and from the left, and the parts of it that are not read."""
    rows = [row[:MOST_COLUMNS] for row in grid.rows]
    if not any(cell not in (None, "") for row in rows for cell in row):
        return [NotRead(grid.name, "unsaved" if grid.unsaved else "empty")]
    found = _of_one_month(grid, _tables(grid, rows, hints))
    if any(cell not in (None, "") for row in grid.rows if len(row) > MOST_COLUMNS for cell in row[MOST_COLUMNS:]):
        found.append(NotRead(grid.name, "too_wide", letter(MOST_COLUMNS)))
    return found


def _tables(grid: Grid, rows: Sequence[Sequence[Any]], hints: Hints) -> list[Block | NotRead]:
    """The tables by the first way in which there are any, and what is not read of them."""
    heads = list(islice(bands(rows, hints, is_strict=True), MOST_TABLES + 1))
    if heads:
        # A table of other things below ends the one above it.
        heads = [
            band
            for band in islice(bands(rows, hints, is_strict=False), MOST_TABLES + 1)
            if band in heads or (band.first > heads[0].last and sum(map(filled, rows[band.last])) > 2)
        ]
    days = [] if heads else list(islice(_day_rows(rows), MOST_TABLES + 1))
    others = [] if heads or days else list(islice(bands(rows, hints, is_strict=False), MOST_TABLES + 1))
    if max(len(heads), len(days), len(others)) > MOST_TABLES:
        return [NotRead(grid.name, "too_many_tables")]
    found = list(_across(grid, rows, days, hints)) if days else list(_down(grid, rows, hints, heads or others))
    return found or [_nothing(grid, rows, hints)]


def _of_one_month(grid: Grid, found: list[Block | NotRead]) -> list[Block | NotRead]:
    """Day numbers are not read when title and sheet name two months: a sheet was copied, and one of them forgotten."""
    named = titled([grid.name]).month
    months = {part.month for part in found if isinstance(part, Block)}
    if named is None or len(months) != 1 or named in months:
        return found
    return [
        NotRead(grid.name, "month_differs", " / ".join(part.titles)[:60])
        if isinstance(part, Block) and _is_numbered(grid, part)
        else part
        for part in found
    ]


def _is_numbered(grid: Grid, part: Block) -> bool:
    """Whether the days of a table are told by their numbers alone, so that the month comes from elsewhere."""
    if part.layout != "days_across":
        return part.layout == "day_numbers"
    day = part.column("day")
    return day is not None and _day_number(grid.rows[day][part.first_row]) is not None


def across(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows as columns, and columns as rows."""
    width = min(max(map(len, rows), default=0), MOST_COLUMNS)
    return [[row[column] if column < len(row) else None for row in rows] for column in range(width)]


# --- Headings ---------------------------------------------------------------------------------------------


def _down(grid: Grid, rows: Sequence[Sequence[Any]], hints: Hints, bands: Sequence[Band]) -> Iterator[Block | NotRead]:
    open_blocks: list[Block] = []
    above = Titled()
    for number, band in enumerate(bands):
        start = bands[number - 1].last + 1 if number else 0
        last_row = (bands[number + 1].first if number + 1 < len(bands) else len(rows)) - 1
        made = list(_of_band(grid, rows, band, start, last_row, above, hints))
        made_blocks = [each for each in made if isinstance(each, Block)]
        if _goes_on(open_blocks, made_blocks):
            open_blocks = [_longer(old, new) for old, new in zip(open_blocks, made_blocks, strict=True)]
            continue
        yield from open_blocks
        yield from (each for each in made if isinstance(each, NotRead))
        open_blocks = made_blocks
        if made_blocks:
            above = Titled(made_blocks[0].month, made_blocks[0].year, "")
    yield from open_blocks


def _goes_on(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Whether headings are those of the table above once more, as at the top of a printed page."""
    return bool(old) and [(each.columns, each.item, each.year, each.month) for each in old] == [
        (each.columns, each.item, each.year, each.month) for each in new
    ]


def _longer(old: Block, new: Block) -> Block:
    return old._replace(heading_rows=(*old.heading_rows, *new.heading_rows), last_row=new.last_row)


# --- Columns ----------------------------------------------------------------------------------------------


def _of_band(
    grid: Grid, rows: Sequence[Sequence[Any]], band: Band, start: int, last_row: int, above: Titled, hints: Hints
) -> Iterator[Block | NotRead]:
    paths = paths_of(grid, rows, band)
    parts = _parted(paths, band)
    for left, right in parts:
        titles = _titles(grid, rows, band.first, start, (left, right) if len(parts) > 1 else None)
        day = next((each for each in band.day_columns if left <= each <= right), left)
        heads = [text for row in rows[band.first : band.last] for text in texts_of(row[left:day])]
        said = titled([*heads, *_over_the_day(rows, band, day), *titles])
        own = {column: path for column, path in paths.items() if left <= column <= right}
        shape = Block(
            grid.name,
            "months_beside" if len(parts) > 1 else "days_down",
            tuple(range(band.first, band.last + 1)),
            (),
            band.last + 1,
            last_row,
            other_item([grid.name]) or said.item,
            *_when(grid, said, above, hints),
            tuple(titles),
        )
        yield from _blocks_of(grid, rows, shape, own, hints)


def _when(grid: Grid, said: Titled, above: Titled, hints: Hints) -> tuple[int | None, int | None]:
    named = titled([grid.name])
    month = said.month or (None if said.is_unsure else named.month or above.month)
    return hints.year or said.year or named.year or above.year, month


def _over_the_day(rows: Sequence[Sequence[Any]], band: Band, day: int) -> list[str]:
    """What stands among the headings right over the days: it is said of the whole table."""
    cells = [row[day] for row in rows[band.first : band.last + 1] if day < len(row)]
    return [text for text in texts_of(cells) if not is_day_heading(text)]


def _parted(paths: Mapping[int, Sequence[str]], band: Band) -> list[tuple[int, int]]:
    """The first and last columns of the tables that stand side by side; each has days and figures of its own."""
    starts: list[int] = []
    for day in band.day_columns:
        start = day
        # A running number and a weekday before the days belong to them.
        while start - 1 in paths and meaning_of(paths[start - 1][-1])[0] in ("number", "weekday"):
            start -= 1
        if not starts or (_has_figures(paths, starts[-1], start) and _has_figures(paths, start, MOST_COLUMNS)):
            starts.append(start)
    starts[0] = 0
    return [(left, right - 1) for left, right in zip(starts, [*starts[1:], MOST_COLUMNS], strict=True)]


def _has_figures(paths: Mapping[int, Sequence[str]], left: int, right: int) -> bool:
    wanted = (*FIGURES, "out", "used", "amount", "balance")
    return any(
        meaning_of(path[-1], path[:-1])[0] in wanted or meaning_of(path[-1], path[:-1])[1] == "other_item"
        for column, path in paths.items()
        if left <= column < right
    )


def _titles(
    grid: Grid, rows: Sequence[Sequence[Any]], before: int, start: int, span: tuple[int, int] | None
) -> list[str]:
    """The titles over a table, the nearest first; those of a table beside it are left out."""
    texts: list[str] = []
    for index in range(before - 1, max(start, before - _TITLE_ROWS * (4 if start == 0 else 1)) - 1, -1):
        row = rows[index]
        held = [column for column, cell in enumerate(row) if filled(cell)]
        if start and any(_is_of_table(row[column]) for column in held):
            break
        if span and (len(held) > 1 or (held and held[0] > span[1])):
            row = row[span[0] : span[1] + 1]
        texts += texts_of(row)
    return texts


def _is_of_table(cell: Any) -> bool:
    """Whether a cell above headings belongs to the table above them: cards, or a day."""
    if isinstance(cell, str):
        return bool(re.fullmatch(r"[\d.,\-]+|\d{1,2}[/.\- ]\s*(\d{1,2}|[A-Za-z]{3,9})\b.*", cell.strip()))
    return not title_text(cell) and cell is not None


def _blocks_of(
    grid: Grid, rows: Sequence[Sequence[Any]], shape: Block, paths: Mapping[int, Sequence[str]], hints: Hints
) -> Iterator[Block | NotRead]:
    """The tables of some columns: one, or one for each month that stands over columns of its own."""
    if shape.item:
        yield NotRead(grid.name, "other_item", shape.item)
        return
    sample = rows[shape.first_row : min(shape.last_row + 1, shape.first_row + _SAMPLE_ROWS)]
    months = {column: months for column, path in paths.items() if (months := _month_over(path))}
    parts = sorted(set(months.values())) if len(set(months.values())) > 1 else [None]
    for month in parts:
        own = {column: path for column, path in paths.items() if month is None or months.get(column, month) == month}
        columns = judged(grid, own, sample, shape.titles, hints)
        layout = "months_beside" if month else shape.layout
        block = shape._replace(columns=columns, layout=layout, month=month or shape.month)
        for part in _by_sections(rows, block):
            yield from _with_days(
                grid, part, rows[part.first_row : min(part.last_row, part.first_row + _SAMPLE_ROWS) + 1]
            )


def _by_sections(rows: Sequence[Sequence[Any]], block: Block) -> Iterator[Block]:
    """A table by the months that stand in rows of their own between its days."""
    day = block.column("day")
    heads = []
    for at in range(block.first_row, block.last_row + 1):
        words = [cell for cell in rows[at] if isinstance(cell, str) and cell[:1].isalpha()]
        if len(words) == 1 and is_month(words[0]) and sum(map(filled, rows[at])) == 1:
            heads.append((at, words[0]))
    if not heads or day is None:
        yield block
        return
    if heads[0][0] > block.first_row and any(
        filled(row[day]) for row in rows[block.first_row : heads[0][0]] if day < len(row)
    ):
        yield block._replace(last_row=heads[0][0] - 1)
    for (at, text), (end, _) in zip(heads, [*heads[1:], (block.last_row + 1, "")], strict=True):
        said = titled([text])
        yield block._replace(first_row=at + 1, last_row=end - 1, month=said.month, year=said.year or block.year)


def _month_over(path: Sequence[str]) -> int | None:
    for text in reversed(path):
        if is_month(text):
            return months_in(text)[0]
    return None


def _with_days(grid: Grid, block: Block, sample: Sequence[Sequence[Any]]) -> Iterator[Block | NotRead]:
    day = block.column("day")
    cells = [row[day] for row in sample if day is not None and day < len(row) and filled(row[day])]
    if cells and all(isinstance(cell, str) and is_month(cell) for cell in cells[:3]):
        yield NotRead(grid.name, "monthly_sums", str(cells[0])[:60])
        return
    if not any(column.meaning in (*FIGURES, "cards") or column.why in ASKED for column in block.columns):
        yield NotRead(grid.name, "no_figures", ", ".join(column.heading for column in block.columns)[:120], "--columns")
        return
    numbers = sum(1 for cell in cells if _day_number(cell))
    if numbers * 2 > len(cells) and block.layout == "days_down":
        block = block._replace(layout="day_numbers")
    if numbers * 2 > len(cells) and block.month is None and block.month_column is None:
        yield NotRead(grid.name, "no_month", str(cells[0])[:60])
        return
    yield block


def _day_number(cell: Any) -> int | None:
    """The day of the month that a cell holds alone, as below a title with the month."""
    text = str(cell).strip().removesuffix(".0")
    return int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) and 1 <= int(text) <= 31 else None


# --- Days across ------------------------------------------------------------------------------------------


def _day_rows(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The rows in which days follow each other: index, first and last column."""
    for index, row in enumerate(rows):
        if (run := _run_of_days(row) or _few_days(row, rows[index + 1 : index + 3])) and not _is_of_cards(row):
            yield index, run


def _few_days(row: Sequence[Any], below: Sequence[Sequence[Any]]) -> tuple[int, int] | None:
    """The columns of a few whole dates beside each other, with cards below them: a sheet that was just begun."""
    at = [column for column, cell in enumerate(row) if filled(cell)]
    days = [column for column in at if isinstance(row[column], date)]
    if not days or days[0] == 0 or any(column > days[0] and column not in days for column in at):
        return None
    is_in_order = all(row[one] < row[after] for one, after in pairwise(days))
    return (days[0], days[-1]) if is_in_order and any(map(_is_of_cards, below)) else None


def _across(
    grid: Grid, rows: Sequence[Sequence[Any]], heads: Sequence[tuple[int, tuple[int, int]]], hints: Hints
) -> Iterator[Block | NotRead]:
    turned = across(rows)
    for number, (index, (first, last)) in enumerate(heads):
        end = heads[number + 1][0] if number + 1 < len(heads) else len(rows)
        start = heads[number - 1][0] + 1 if number else 0
        titles = _titles(grid, rows, index, start, None)
        said = titled([*titles, *texts_of(rows[index][:first])])
        if said.item:
            yield NotRead(grid.name, "other_item", said.item)
            continue
        year, month = _when(grid, said, Titled(), hints)
        columns = [Column(index, heading_of(rows[index][0] if rows[index] else ""), "day")]
        columns += judged(grid, _labels(rows, index, end, first), turned[first : last + 1], titles, hints)
        if not any(column.meaning in FIGURES or column.why in ASKED for column in columns):
            yield NotRead(grid.name, "no_figures", ", ".join(column.heading for column in columns)[:120], "--columns")
        elif month is None and _day_number(rows[index][first]):
            yield NotRead(grid.name, "no_month", str(rows[index][first])[:60])
        else:
            columns = _weekdays_across(columns, rows, index, first)
            item = said.item
            heading = tuple(range(first))
            yield Block(grid.name, "days_across", heading, columns, first, last, item, year, month, tuple(titles))


def _is_of_cards(row: Sequence[Any]) -> bool:
    """Whether a row is labelled as one of cards, which may grow by one from day to day as days do."""
    return any(meaning_of(text)[0] in (*FIGURES, "out", "used", "balance") for text in texts_of(row[:3]))


def _run_of_days(row: Sequence[Any]) -> tuple[int, int] | None:
    """The first and last column of days that follow one another in a row; None where there are too few."""
    days = [(column, _day_mark(cell)) for column, cell in enumerate(row)]
    run: list[int] = []
    longest: list[int] = []
    previous: int | None = None
    for column, mark in days:
        if mark is None:
            continue
        if previous is not None and 0 < mark - previous <= 4:
            run.append(column)
        else:
            run = [column]
        previous = mark
        if len(run) > len(longest):
            longest = list(run)
    return (longest[0], longest[-1]) if len(longest) >= _LEAST_DAYS_ACROSS else None


def _day_mark(cell: Any) -> int | None:
    """A day as a number that grows by one from day to day."""
    if isinstance(cell, date):
        return cell.toordinal()
    if isinstance(cell, str) and (match := re.match(r"\s*(\d{1,2})[/.\- ](\d{1,2}|[A-Za-z]{3,9})\b", cell)):
        return int(match[1])
    return None if isinstance(cell, bool) else _day_number(cell)


def _labels(rows: Sequence[Sequence[Any]], index: int, end: int, first: int) -> dict[int, tuple[str, ...]]:
    """For each row below the days: what its labels say, and the label of the section in which it stands."""
    found: dict[int, tuple[str, ...]] = {}
    section: tuple[str, ...] = ()
    for at in range(index + 1, end):
        texts = [text for text in texts_of(rows[at][:first]) if not re.fullmatch(r"[\d.]+", text)]
        has_cells = any(filled(cell) for cell in rows[at][first:])
        if not texts and has_cells and _is_weekdays(rows[at][first:]):
            found[at] = ("hari",)
        elif texts and not has_cells:
            section = (texts[-1],)
        elif texts:
            found[at] = (*section, *texts)
    return found


def _is_weekdays(cells: Sequence[Any]) -> bool:
    texts = [str(cell).strip().lower() for cell in cells if filled(cell)]
    return bool(texts) and all(re.match(r"sen|sel|rab|kam|jum|sab|min|ahad|s|r|k|j|m", text) for text in texts)


def _weekdays_across(columns: Sequence[Column], rows: Sequence[Sequence[Any]], index: int, first: int) -> list[Column]:
    above = rows[index - 1][first:] if index else ()
    if any(filled(cell) for cell in above) and _is_weekdays(above):
        return [*columns, Column(index - 1, "", "weekday")]
    return list(columns)


# --- No headings ------------------------------------------------------------------------------------------


def _nothing(grid: Grid, rows: Sequence[Sequence[Any]], hints: Hints) -> Block | NotRead:
    """What a sheet without headings is: read by the letters that the clerk named, or not read."""
    if block := _lettered(grid, rows, hints):
        return block
    texts = [str(cell).strip() for row in rows[:40] for cell in row if isinstance(cell, str) and cell.strip()]
    meanings = {meaning_of(text)[0] for text in texts if len(text) < 60}
    if other := other_item([grid.name]):
        return NotRead(grid.name, "other_item", other)
    if ("period" in meanings and meanings & {*FIGURES, "out", "used", "amount"}) or sum(map(is_month, texts)) >= 2:
        return NotRead(grid.name, "monthly_sums", grid.name)
    numbers = sum(1 for row in rows for cell in row if isinstance(cell, int | float | date) or str(cell).isdecimal())
    if numbers and meanings & {*FIGURES, "out", "used", "balance"}:
        return NotRead(grid.name, "no_days", "", "--columns")
    return NotRead(grid.name, "no_heading" if numbers >= 2 else "no_table", "", "--columns" if numbers >= 2 else "")


def _lettered(grid: Grid, rows: Sequence[Sequence[Any]], hints: Hints) -> Block | None:
    columns = []
    for name, wanted in hints.columns.items():
        for text in wanted.split("+"):
            index = _index(text.strip())
            if index is None:
                return None
            columns.append(Column(index, text.strip().upper(), NAMED.get(name.strip().lower(), name), "named"))
    meanings = {column.meaning for column in columns}
    if "day" not in meanings or not meanings & set(FIGURES):
        return None
    year, month = _when(grid, Titled(), Titled(), hints)
    return Block(grid.name, "days_down", (), tuple(columns), 0, len(rows) - 1, "", year, month)


def _index(text: str) -> int | None:
    """The column that a letter names; None where the text is none."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", text, re.ASCII):
        return None
    index = column_of(text.upper())
    return index if index < MOST_COLUMNS else None

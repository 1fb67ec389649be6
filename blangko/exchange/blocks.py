"""Which part of which sheet is a table of days and cards, how it is laid out, and what each of its columns is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.exchange.headings import FIGURES, NAMED, is_additive, is_of_purposes, meaning_of, other_item, words_of
from blangko.exchange.sheets import Grid
from blangko.exchange.titles import Titled, is_month, months_in, texts_of, title_text, titled

MOST_COLUMNS = 400
"""Wider than a year of days across; what stands beyond is told and not read."""
_BAND_ROWS = 3
_TITLE_ROWS = 12
_LEAST_DAYS_ACROSS = 5
_SAMPLE_ROWS = 60
ASKED = ("what_is_it", "which_one")
"""Why a column is asked about: its words do not say what it is, or several say the same."""


class Hints(NamedTuple):
    """What the clerk said about a file: which sheets, what a column is, how dates are written."""

    sheets: tuple[str, ...] = ()
    columns: Mapping[str, str] = {}
    """Meaning to heading, or to the letter of a column; several of them are joined by a plus sign."""
    date_order: str | None = None
    year: int | None = None
    receipts_in_notes: bool | None = None


class Column(NamedTuple):
    """One column, or with days across one row: what it means, or the code of why it is not read."""

    # The word of everybody who works with sheets, though a tuple has a method of this name.
    index: int  # type: ignore[assignment]
    heading: str
    meaning: str | None
    why: str = ""


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

    def column(self, meaning: str) -> int | None:
        """The index of the first column of a meaning."""
        return next((column.index for column in self.columns if column.meaning == meaning), None)


class NotRead(NamedTuple):
    """A sheet, or a part of it, that is not read: the code of why, what stands there, the option that would read it."""

    sheet: str
    why: str
    text: str = ""
    option: str = ""


class _Band(NamedTuple):
    """The heading rows of a table, and the columns in which its days stand."""

    first: int
    last: int
    day_columns: tuple[int, ...]


def blocks(grid: Grid, hints: Hints) -> list[Block | NotRead]:
    """The tables of a sheet, from the top and from the left, and the parts of it that are not read."""
    rows = [row[:MOST_COLUMNS] for row in grid.rows]
    if not any(cell not in (None, "") for row in rows for cell in row):
        return [NotRead(grid.name, "empty")]
    found = list(_down(grid, rows, hints)) or list(_across(grid, rows, hints)) or [_nothing(grid, rows, hints)]
    found = _of_one_month(grid, found)
    if any(cell not in (None, "") for row in grid.rows if len(row) > MOST_COLUMNS for cell in row[MOST_COLUMNS:]):
        found.append(NotRead(grid.name, "too_wide", letter(MOST_COLUMNS)))
    return found


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


def letter(index: int) -> str:
    """A column's name in Excel: 0 is A, 26 is AA."""
    name = ""
    while index >= 0:
        name, index = chr(ord("A") + index % 26) + name, index // 26 - 1
    return name


def across(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows as columns, and columns as rows."""
    width = min(max(map(len, rows), default=0), MOST_COLUMNS)
    return [[row[column] if column < len(row) else None for row in rows] for column in range(width)]


# --- Headings ---------------------------------------------------------------------------------------------


def _down(grid: Grid, rows: Sequence[Sequence[Any]], hints: Hints) -> Iterator[Block | NotRead]:
    bands = list(_bands(rows, hints, is_strict=True)) or list(_bands(rows, hints, is_strict=False))
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


def _bands(rows: Sequence[Sequence[Any]], hints: Hints, is_strict: bool) -> Iterator[_Band]:
    """The headings of a sheet: with days and cards, or, when it has none such, with days and other things."""
    hinted = {text.strip().lower() for text in hints.columns.values() for text in text.split("+")}
    beyond = -1
    for index, row in enumerate(rows):
        if index <= beyond:
            continue
        days = tuple(column for column, cell in enumerate(row) if _is_day_heading(cell))
        if days and (band := _band(rows, index, days, hinted, is_strict)):
            beyond = band.last
            yield band


def _is_day_heading(cell: Any) -> bool:
    if not isinstance(cell, str) or not cell[:1].isalpha() or len(cell) > 60:
        return False
    return meaning_of(cell)[0] == "day" or cell.strip().lower() in ("hari ke", "hari ke-")


def _band(
    rows: Sequence[Sequence[Any]], index: int, days: tuple[int, ...], hinted: set[str], is_strict: bool
) -> _Band | None:
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
    if not known or sum(1 for row in rows[index : last + 1] for cell in row if _filled(cell)) < 2:
        return None
    return _Band(first, last, days)


def _filled(cell: Any) -> bool:
    return cell is not None and cell != "" and (not isinstance(cell, str) or bool(cell.strip()))


def _is_heading_row(rows: Sequence[Sequence[Any]], index: int, days: Sequence[int]) -> bool:
    """Whether a row below headings belongs to them: more headings, or the columns numbered from 1 on."""
    row = rows[index]
    cells = [cell for cell in row if _filled(cell)]
    if _is_numbering(cells, rows[index + 1] if index + 1 < len(rows) else ()):
        return True
    if not cells or not all(isinstance(cell, str) for cell in cells):
        return False
    if any(day < len(row) and _filled(row[day]) and not _is_day_heading(row[day]) for day in days):
        return False
    texts = [cell.strip() for cell in cells]
    if any(re.fullmatch(r"[\d.,\-–() ]+", text) for text in texts):
        return False
    known = [text for text in texts if meaning_of(text) != (None, "unknown") or is_month(text)]
    return len(known) >= 1 and 2 * len(known) >= len(texts) and len(texts) >= 2


def _is_numbering(cells: Sequence[Any], below: Sequence[Any]) -> bool:
    found = [re.match(r"\(?(\d{1,2})(?:\.0)?\)?\s*(?:=.*)?$", str(cell).strip()) for cell in cells]
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < max(3, len(cells)) or numbers != list(range(1, len(numbers) + 1)):
        return False
    # A first row of figures may look the same; then the next row is numbered 2.
    next_cells = [str(cell).strip().removesuffix(".0") for cell in below if _filled(cell)]
    marked = any(not str(cell).strip().removesuffix(".0").isdecimal() for cell in cells)
    return marked or next_cells[:1] != ["2"]


def _is_group_row(row: Sequence[Any], first_day: int) -> bool:
    """Whether the row above headings groups them: Pengeluaran over Cetak and Rusak, KIA beside KTP-el."""
    filled = [(column, cell) for column, cell in enumerate(row) if _filled(cell)]
    beside = [str(cell) for column, cell in filled if column > first_day]
    if not beside or not all(isinstance(cell, str) for _, cell in filled):
        return False
    short = [text for text in beside if len(words_of(text)) <= 4 and not re.search(r"\d{3,}(?<!20\d\d)", text)]
    known = [text for text in short if meaning_of(text) != (None, "unknown") or months_in(text)]
    return len(known) == len(beside) and (len(beside) > 1 or len(filled) > 1 or len(words_of(beside[0])) <= 2)


# --- Columns ----------------------------------------------------------------------------------------------


def _of_band(
    grid: Grid, rows: Sequence[Sequence[Any]], band: _Band, start: int, last_row: int, above: Titled, hints: Hints
) -> Iterator[Block | NotRead]:
    paths = _paths(grid, rows, band)
    parts = _parted(paths, band)
    for _number, (left, right) in enumerate(parts):
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


def _over_the_day(rows: Sequence[Sequence[Any]], band: _Band, day: int) -> list[str]:
    """What stands among the headings right over the days: it is said of the whole table."""
    cells = [row[day] for row in rows[band.first : band.last + 1] if day < len(row)]
    return [text for text in texts_of(cells) if not _is_day_heading(text)]


def _parted(paths: Mapping[int, Sequence[str]], band: _Band) -> list[tuple[int, int]]:
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


def _paths(grid: Grid, rows: Sequence[Sequence[Any]], band: _Band) -> dict[int, tuple[str, ...]]:
    """For each column with a heading of its own: the headings above it, and its own last."""
    width = max(len(row) for row in rows[band.first : band.last + 1])
    leaves: dict[int, int] = {}
    for index in range(band.first, band.last + 1):
        if _is_numbering([cell for cell in rows[index] if _filled(cell)], ()):
            continue
        leaves |= {column: index for column, cell in enumerate(rows[index]) if _filled(cell)}
    return {
        column: (*_parents(grid, rows, band, column, leaf, leaves), _heading(rows[leaf][column]))
        for column, leaf in sorted(leaves.items())
        if column < width
    }


def _parents(
    grid: Grid, rows: Sequence[Sequence[Any]], band: _Band, column: int, leaf: int, leaves: Mapping[int, int]
) -> Iterator[str]:
    for index in range(band.first, leaf):
        at = column
        while at >= 0 and not (at < len(rows[index]) and _filled(rows[index][at])):
            at -= 1
        # What spans the days too is a title of the whole, and a heading with nothing of its own below it is no group.
        if at < 0 or (at != column and leaves.get(at) == index) or not _spans(grid, index, at, column):
            continue
        if index < min(leaves[day] for day in band.day_columns) and at <= band.day_columns[0]:
            continue
        if at not in band.day_columns:
            yield _heading(rows[index][at])


def _spans(grid: Grid, row: int, first: int, column: int) -> bool:
    """Whether a group's heading reaches a column; where cells are merged they say so, else it reaches to the next."""
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom and left <= first <= right:
            return column <= right
    return True


def _heading(cell: Any) -> str:
    return title_text(cell)[:60] if not isinstance(cell, str) else " ".join(cell.split())[:60]


def _titles(
    grid: Grid, rows: Sequence[Sequence[Any]], before: int, start: int, span: tuple[int, int] | None
) -> list[str]:
    """The titles over a table, the nearest first; those of a table beside it are left out."""
    texts: list[str] = []
    for index in range(before - 1, max(start, before - _TITLE_ROWS * (4 if start == 0 else 1)) - 1, -1):
        row = rows[index]
        filled = [column for column, cell in enumerate(row) if _filled(cell)]
        if start and any(_is_of_table(row[column]) for column in filled):
            break
        if span and (len(filled) > 1 or (filled and filled[0] > span[1])):
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
        yield from _with_days(grid, block, sample)


def _month_over(path: Sequence[str]) -> int | None:
    for text in reversed(path):
        if is_month(text):
            return months_in(text)[0]
    return None


def _with_days(grid: Grid, block: Block, sample: Sequence[Sequence[Any]]) -> Iterator[Block | NotRead]:
    day = block.column("day")
    cells = [row[day] for row in sample if day is not None and day < len(row) and _filled(row[day])]
    if cells and all(isinstance(cell, str) and is_month(cell) for cell in cells[:3]):
        yield NotRead(grid.name, "monthly_sums", str(cells[0])[:60])
        return
    if not any(column.meaning in FIGURES or column.why in ASKED for column in block.columns):
        yield NotRead(grid.name, "no_figures", ", ".join(column.heading for column in block.columns)[:120], "--columns")
        return
    numbers = sum(1 for cell in cells if _day_number(cell))
    if numbers * 2 > len(cells) and block.layout == "days_down":
        block = block._replace(layout="day_numbers")
    if numbers * 2 > len(cells) and block.month is None:
        yield NotRead(grid.name, "no_month", str(cells[0])[:60])
        return
    yield block


def _day_number(cell: Any) -> int | None:
    """The day of the month that a cell holds alone, as below a title with the month."""
    text = str(cell).strip().removesuffix(".0")
    return int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) and 1 <= int(text) <= 31 else None


def judged(
    grid: Grid,
    paths: Mapping[int, Sequence[str]],
    sample: Sequence[Sequence[Any]],
    titles: Sequence[str],
    hints: Hints,
) -> tuple[Column, ...]:
    """What each column means, from its headings, from the others beside it, and from what the clerk said."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for path in paths.values():
        groups.setdefault(tuple(path[:-1]), []).append(path[-1])
    columns = []
    for index, path in paths.items():
        beside = frozenset().union(*map(words_of, groups[tuple(path[:-1])]))
        own = [text for text in path if not is_month(text)] or ["jumlah"]
        meaning, why = meaning_of(own[-1], own[:-1], beside)
        columns.append(Column(index, " / ".join(path), meaning, why))
    columns = _one_of_days(_hinted(columns, hints))
    columns = [_of_cells(column, sample) for column in columns]
    columns = _visible(grid, columns)
    return tuple(_settled(columns, titles, hints))


def _hinted(columns: Sequence[Column], hints: Hints) -> list[Column]:
    """The columns with the meanings that the clerk named; the others lose such a meaning."""
    named: dict[int, str] = {}
    for name, wanted in hints.columns.items():
        meaning = NAMED.get(name.strip().lower(), name)
        for text in wanted.split("+"):
            named |= {column.index: meaning for column in columns if _is_called(column, text.strip(), columns)}
    taken = set(named.values()) - {"ignored"}
    made = []
    for column in columns:
        if column.index in named:
            is_ignored = named[column.index] == "ignored"
            made.append(column._replace(meaning=None if is_ignored else named[column.index], why="named"))
        elif column.meaning in taken:
            made.append(column._replace(meaning=None, why="other_named"))
        else:
            made.append(column)
    return made


def _is_called(column: Column, text: str, columns: Sequence[Column]) -> bool:
    wanted = " ".join(text.lower().split())
    headings = [each.heading.lower() for each in columns]
    leaves = [heading.rpartition(" / ")[2] for heading in headings]
    if wanted in headings or wanted in leaves:
        return wanted in (column.heading.lower(), column.heading.lower().rpartition(" / ")[2])
    return wanted == letter(column.index).lower()


def _one_of_days(columns: Sequence[Column]) -> list[Column]:
    """One column of days: the first, or that which the clerk named."""
    days = [column for column in columns if column.meaning == "day"]
    kept = next((column for column in days if column.why == "named"), days[0] if days else None)
    return [
        column._replace(meaning=None, why="other_day") if column.meaning == "day" and column is not kept else column
        for column in columns
    ]


def _of_cells(column: Column, sample: Sequence[Sequence[Any]]) -> Column:
    """A column of words is none of cards, and names of sub-districts are remarks."""
    if column.meaning not in (*FIGURES, "amount", "out", "used") or column.why == "named":
        return column
    cells = [str(row[column.index]).strip() for row in sample if column.index < len(row) and _filled(row[column.index])]
    worded = [cell for cell in cells if len(re.findall(r"[^\W\d_]", cell)) > 3 and not re.match(r"[\d(+\-]", cell)]
    if len(worded) >= 3 and 3 * len(worded) > 2 * len(cells):
        return column._replace(meaning=None, why="not_cards")
    return column


def _visible(grid: Grid, columns: Sequence[Column]) -> list[Column]:
    """A hidden column is read where no visible one means the same."""
    shown = {column.meaning for column in columns if column.index not in grid.hidden_columns}
    return [
        column._replace(meaning=None, why="hidden")
        if column.index in grid.hidden_columns and column.meaning in shown and column.why != "named"
        else column
        for column in columns
    ]


def _settled(columns: Sequence[Column], titles: Sequence[str], hints: Hints) -> Iterator[Column]:
    """The columns whose words alone do not say what they are; what stays open is asked about."""
    printed = [column for column in columns if column.meaning == "printed"]
    counted = Counter(column.meaning for column in columns)
    purposes = not printed and is_of_purposes([column.heading for column in columns])
    says_printed = {meaning_of(text)[0] for text in titles if meaning_of(text)[0] in FIGURES} == {"printed"}
    for column in columns:
        same = [each.heading.rpartition(" / ")[2] for each in columns if each.meaning == column.meaning]
        match column.meaning:
            case _ if column.why == "named":
                yield column
            case "spoiled" if purposes:
                yield column._replace(meaning=None, why="what_is_it")
            case "out" | "used" | "amount" if printed:
                yield column._replace(meaning="out")
            case "used":
                yield column._replace(meaning="printed")
            case "amount" if says_printed and counted["amount"] == 1 and not any(counted[name] for name in FIGURES):
                yield column._replace(meaning="printed")
            case "out" | "amount":
                yield column._replace(meaning=None, why="what_is_it")
            case "received" | "printed" | "spoiled" | "sent" if len(same) > 1 and not is_additive(same):
                yield column._replace(meaning=None, why="which_one")
            case _:
                yield column


# --- Days across ------------------------------------------------------------------------------------------


def _across(grid: Grid, rows: Sequence[Sequence[Any]], hints: Hints) -> Iterator[Block | NotRead]:
    heads = [(index, run) for index, row in enumerate(rows) if (run := _run_of_days(row)) and not _is_of_cards(row)]
    for number, (index, (first, last)) in enumerate(heads):
        end = heads[number + 1][0] if number + 1 < len(heads) else len(rows)
        start = heads[number - 1][0] + 1 if number else 0
        titles = _titles(grid, rows, index, start, None)
        said = titled([*titles, *texts_of(rows[index][:first])])
        if said.item:
            yield NotRead(grid.name, "other_item", said.item)
            continue
        year, month = _when(grid, said, Titled(), hints)
        turned = across(rows)
        columns = [Column(index, _heading(rows[index][0] if rows[index] else ""), "day")]
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
        has_cells = any(_filled(cell) for cell in rows[at][first:])
        if not texts and has_cells and _is_weekdays(rows[at][first:]):
            found[at] = ("hari",)
        elif texts and not has_cells:
            section = (texts[-1],)
        elif texts:
            found[at] = (*section, *texts)
    return found


def _is_weekdays(cells: Sequence[Any]) -> bool:
    texts = [str(cell).strip().lower() for cell in cells if _filled(cell)]
    return bool(texts) and all(re.match(r"sen|sel|rab|kam|jum|sab|min|ahad|s|r|k|j|m", text) for text in texts)


def _weekdays_across(columns: Sequence[Column], rows: Sequence[Sequence[Any]], index: int, first: int) -> list[Column]:
    above = rows[index - 1][first:] if index else ()
    if any(_filled(cell) for cell in above) and _is_weekdays(above):
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
    index = 0
    for sign in text.upper():
        index = index * 26 + ord(sign) - ord("A") + 1
    return index - 1 if index <= MOST_COLUMNS else None

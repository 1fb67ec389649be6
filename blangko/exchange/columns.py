"""What the columns of a clerk's table are: by their headings, by each other, and by what the clerk said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from blangko.exchange.figures import Unclear, cards_in
from blangko.exchange.headings import FIGURES, NAMED, is_additive, is_of_purposes, is_sum, meaning_of, words_of
from blangko.exchange.sheets import Grid
from blangko.exchange.titles import is_month

ASKED = ("what_is_it", "which_one")
"""Why a column is asked about: its words do not say what it is, or several say the same."""


class Hints(NamedTuple):
    """What the clerk said about a file: which sheets, what a column is, how dates are written."""

    sheets: tuple[str, ...] = ()
    columns: Mapping[str, str] = {}
    """Meaning to heading, or to the letter of a column; several of them are joined by a plus sign."""
    date_order: str | None = None
    year: int | None = None
    cards_in_notes: bool | None = None


class Column(NamedTuple):
    """One column, or with days across one row: what it means, or the code of why it is not read."""

    # The word of everybody who works with sheets, though a tuple has a method of this name.
    index: int  # type: ignore[assignment]
    heading: str
    meaning: str | None
    why: str = ""

    @property
    def own_heading(self) -> str:
        """What stands right over the column, without the headings that group it with others."""
        return self.heading.rpartition(" / ")[2]


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
    columns = _beside(columns, sample)
    columns = [_of_cells(column, sample) for column in columns]
    columns = _visible(grid, _of_kinds(columns, sample))
    columns = _several(list(_settled(columns, titles)), sample)
    return tuple(_unheaded(grid, columns, sample))


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
    if any(wanted in _names(each) for each in columns):
        return wanted in _names(column)
    return wanted == letter(column.index).lower()


def _names(column: Column) -> tuple[str, str]:
    return column.heading.lower(), column.own_heading.lower()


def _one_of_days(columns: Sequence[Column]) -> list[Column]:
    """One column of days: the first, or that which the clerk named."""
    days = [column for column in columns if column.meaning == "day"]
    kept = next((column for column in days if column.why == "named"), days[0] if days else None)
    return [
        column._replace(meaning=None, why="other_day") if column.meaning == "day" and column is not kept else column
        for column in columns
    ]


def _beside(columns: Sequence[Column], sample: Sequence[Sequence[Any]]) -> list[Column]:
    """The columns, those of a small reckoning beside the table left out: words and amounts behind a free column."""
    for number, column in enumerate(columns):
        last = columns[number - 1].index if number else column.index
        is_free = column.index - last > 1 and not any(_cells_of(at, sample) for at in range(last + 1, column.index))
        right = columns[number:]
        if (
            is_free
            and column.meaning in ("note", "item", None)
            and all(each.meaning in ("note", "item", "amount", "balance", None) for each in right)
            and any(each.meaning in FIGURES for each in columns[:number])
        ):
            return [*columns[:number], *(each._replace(meaning=None, why="beside") for each in right)]
    return list(columns)


def _cells_of(index: int, sample: Sequence[Sequence[Any]]) -> list[Any]:
    """What stands in a column of some rows, without blanks."""
    return [row[index] for row in sample if index < len(row) and filled(row[index])]


def _of_kinds(columns: Sequence[Column], sample: Sequence[Sequence[Any]]) -> list[Column]:
    """The columns of a list in which each row says what moved: Masuk, Cetak or Rusak, and beside it the cards."""
    amounts = [column for column in columns if column.meaning == "amount"]
    if len(amounts) != 1 or any(column.meaning in FIGURES for column in columns):
        return list(columns)
    for kind in columns:
        texts = [str(cell).strip() for cell in _cells_of(kind.index, sample)]
        meanings = [meaning_of(text)[0] for text in texts]
        if kind.meaning in ("item", "note", None) and texts and all(meaning in FIGURES for meaning in meanings):
            named = {kind.index: "kind", amounts[0].index: "cards"}
            return [column._replace(meaning=named.get(column.index, column.meaning)) for column in columns]
    return list(columns)


def _unheaded(grid: Grid, columns: list[Column], sample: Sequence[Sequence[Any]]) -> list[Column]:
    """The columns, and those without a heading that hold cards: they may belong to the heading on their left."""
    made = []
    for number, column in enumerate(columns):
        is_last = number + 1 == len(columns)
        end = columns[number + 1].index if not is_last else column.index + 2
        free = [at for at in range(column.index + 1, end) if sum(map(_is_number, _cells_of(at, sample))) >= 2]
        is_shared = bool(free) and column.meaning in (*FIGURES, "cards") and column.why != "named"
        is_shared = is_shared and not (is_last and not _is_merged(grid, column.index))
        made.append(column._replace(meaning=None, why="which_one") if is_shared else column)
        made += [Column(at, "", None, "no_heading") for at in free]
    return made


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().replace(".", "").isdecimal())


def _is_merged(grid: Grid, column: int) -> bool:
    """Whether a heading of a column reaches over the next one."""
    return any(left == column < right for _, left, _, right in grid.merged)


def _of_cells(column: Column, sample: Sequence[Sequence[Any]]) -> Column:
    """A column of words is none of cards, and names of sub-districts are remarks."""
    if column.meaning not in (*FIGURES, "amount", "out", "used") or column.why == "named":
        return column
    cells = [str(cell).strip() for cell in _cells_of(column.index, sample)]
    worded = [
        cell
        for cell in cells
        if len(re.findall(r"[^\W\d_]", cell)) > 3
        and not re.match(r"[\d(+\-]|libur|cuti|tutup|hari raya", cell, re.IGNORECASE)
    ]
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


def _settled(columns: Sequence[Column], titles: Sequence[str]) -> Iterator[Column]:
    """The columns whose words alone do not say what they are; what stays open is asked about."""
    printed = [column for column in columns if column.meaning == "printed"]
    counted = Counter(column.meaning for column in columns)
    purposes = not printed and is_of_purposes([column.heading for column in columns])
    says_printed = {meaning_of(text)[0] for text in titles if meaning_of(text)[0] in FIGURES} == {"printed"}
    for column in columns:
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
            case "balance" if column is not [each for each in columns if each.meaning == "balance"][-1]:
                yield column._replace(meaning=None, why="part_of_sum")
            case _:
                yield column


def _several(columns: Sequence[Column], sample: Sequence[Sequence[Any]]) -> list[Column]:
    """The columns, where several mean the same: parts beside their sum, parts alone, or nobody knows which."""
    why: dict[int, str] = {}
    for meaning in FIGURES:
        group = [column for column in columns if column.meaning == meaning and column.why != "named"]
        if len(group) > 1:
            why |= _of_group(group, columns, sample)
    return [
        column._replace(meaning=None, why=why[column.index]) if column.index in why else column for column in columns
    ]


def _of_group(group: Sequence[Column], columns: Sequence[Column], sample: Sequence[Sequence[Any]]) -> Mapping[int, str]:
    """Why columns of a group that all mean the same are not read, by their index."""
    leaves = [column.own_heading for column in group]
    for whole in sorted(group, key=lambda column: not is_sum(column.own_heading)):
        parts = [column for column in group if column is not whole]
        if _adds_up(whole, parts, sample):
            return {column.index: "part_of_sum" for column in parts}
    others = [column for column in group if not is_sum(column.own_heading)]
    if len(others) < len(group):
        # A sum over KTP-el and KIA is no number of KTP-el.
        is_over_items = len(others) == 1 and any(column.why == "other_item" for column in columns)
        return {
            column.index: "sum_of_items" if is_over_items else "which_one"
            for column in group
            if not (is_over_items and column in others)
        }
    if is_additive(leaves) or (group[0].meaning == "spoiled" and len(set(map(words_of, leaves))) == len(leaves)):
        return {}
    return {column.index: "which_one" for column in group}


def _adds_up(whole: Column, parts: Sequence[Column], sample: Sequence[Sequence[Any]]) -> bool:
    """Whether a column is the sum of others in every row; when not named a sum, in too many to be chance."""
    found = 0
    for row in sample:
        says, *others = (_cards(row, column) for column in (whole, *parts))
        if (says or 0) != sum(number or 0 for number in others):
            return False
        found += bool(says) and sum(map(bool, others)) > 1
    return found >= (1 if is_sum(whole.own_heading) else 3)


def _cards(row: Sequence[Any], column: Column) -> int | None:
    try:
        return cards_in(row[column.index]) if column.index < len(row) else None
    except Unclear:
        return None


@lru_cache(maxsize=1024)
def letter(index: int) -> str:
    """A column's name in Excel: 0 is A, 26 is AA."""
    name = ""
    while index >= 0:
        name, index = chr(ord("A") + index % 26) + name, index // 26 - 1
    return name


def filled(cell: Any) -> bool:
    """Whether a cell holds something to be seen."""
    return cell is not None and cell != "" and (not isinstance(cell, str) or bool(cell.strip()))

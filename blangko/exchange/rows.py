"""The rows of one table: which are days with cards, which are sums, free days, the foot, and which are in trouble."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.columns import MAX_CARDS
from blangko.core.workdays import WEEKDAY_NAMES
from blangko.exchange.blocks import Block, Column, Hints, letter
from blangko.exchange.cells import LONGEST_REMARK, LONGEST_TEXT, Cells, text_of, turned
from blangko.exchange.days import days_of, strays
from blangko.exchange.figures import Unclear, cards_in
from blangko.exchange.foot import foot_of
from blangko.exchange.found import KINDS, BalanceCheck, Dated, Guess, Line, RowRead
from blangko.exchange.headings import FIGURES, item_alone, meaning_of, other_item
from blangko.exchange.remarks import Remark, is_correction, remarks_asked, told_in
from blangko.exchange.sheets import Grid
from blangko.exchange.sums import Sums, carried_cards, is_carried, is_named_sum, is_sum

_CLOSED = re.compile(
    r"\s*(hari )?(libur\w*|cuti\b|tutup\b|minggu libur|tanggal merah|hari raya|closed|holiday)(?!.*lembur)",
    re.IGNORECASE,
)
_FREE_SIGNS = frozenset(["l", "x", "lb", "off"])
_PAPER = re.compile(r"\b(bast|ba|no)\b", re.IGNORECASE)
_WEEKDAYS = {name: number for number, names in enumerate(WEEKDAY_NAMES) for name in names}
_FAR_DAYS = ("future", "stray", "other_month")
"""Why a day that is written plainly cannot be right."""


class RowsRead(NamedTuple):
    """One table read; `turned` are the columns of which what went out is written as less than nothing."""

    lines: Sequence[Line]
    rows: Sequence[RowRead]
    guesses: Sequence[Guess]
    dated: Sequence[Dated]
    sums: Sequence[BalanceCheck]
    opening: int | None
    turned: Sequence[Column]


class _Paper(NamedTuple):
    """What stands beside the cards of a day."""

    reference: str | None
    note: str | None


def read_rows(grid: Grid, block: Block, hints: Hints, today: date, is_open: Callable[[date], bool]) -> RowsRead:
    """Read the rows of a table, or with days across its columns.

    Args:
        grid: The sheet.
        block: The table in it.
        hints: What the clerk said about the file.
        today: The date in the office; later days are not understood.
        is_open: Whether the office was open on a day; cards on another one are read, and told.
    """
    return _Reader(grid, block, hints, today, is_open).read()


class _Reader:
    """One table being read; a row is known by its index, with days across by that of its column."""

    def __init__(self, grid: Grid, block: Block, hints: Hints, today: date, is_open: Callable[[date], bool]) -> None:
        self._block, self._hints, self._today, self._is_open = block, hints, today, is_open
        self._cells = Cells(grid, block)
        self._sums = Sums(block.sheet, self._cells)
        # Of a list in which each row says what moved: those of the row that is being read.
        self._figures = list(self._cells.figures)
        self._lines: list[Line] = []
        self._states: dict[int, RowRead] = {}
        self._dated: list[Dated] = []
        self._remarks: list[Remark] = []
        self._seen: dict[date, set[tuple[Any, ...]]] = {}
        self._opening: int | None = None
        self._turned: list[Column] = []
        self._worded: set[int] = set()
        self._names_items = False

    def read(self) -> RowsRead:
        wanted = self._wanted()
        cells = self._cells.day_cells(wanted)
        self._turned = self._cells.turned_columns(list(cells))
        with_cards = [at for at in cells if self._cells.has_cards(at)]
        found = days_of(self._block, cells, with_cards, self._hints, self._today, self._is_open)
        used = {at: found.days[at] for at in with_cards if at in found.days}
        wrong = strays(self._block, used, self._is_open, self._today)
        for at in wanted:
            self._row(at, cells.get(at), found.days.get(at), found.unclear.get(at) or wrong.get(at, ""))
        self._inner_headings()
        if not self._cells.is_across:
            with_figures = {each.at for each in self._dated}
            self._states |= foot_of(self._states, with_figures, self._worded, self._block.first_row)
        return self._made(found.guesses)

    def _wanted(self) -> list[int]:
        heads = frozenset(() if self._cells.is_across else self._block.heading_rows)
        return [at for at in range(self._block.first_row, self._block.last_row + 1) if at not in heads]

    def _inner_headings(self) -> None:
        """The headings that a printed table repeats on each page."""
        for at in self._block.heading_rows if not self._cells.is_across else ():
            if at >= self._block.first_row:
                self._say(at, "nothing", "heading")

    def _made(self, guesses: Sequence[Guess]) -> RowsRead:
        asked = remarks_asked(self._block.sheet, self._remarks) if self._hints.cards_in_notes is None else ()
        return RowsRead(
            self._lines,
            [self._states[at] for at in sorted(self._states)],
            [*guesses, *asked],
            self._dated,
            self._sums.checks,
            self._opening,
            self._turned,
        )

    def _say(self, at: int, state: str, reason: str = "", text: str = "", column: Column | None = None) -> None:
        row_no = at + 1
        if self._cells.is_across:
            row_no = (column.index if column else self._cells.by_meaning["day"]) + 1
            text = f"{letter(at)}: {text}" if text else letter(at)
        self._states[at] = RowRead(self._block.sheet, row_no, state, reason, text[:LONGEST_TEXT])

    # --- What a row is ---

    def _row(self, at: int, day_cell: Any, day: date | None, unclear: str) -> None:
        texts = self._cells.texts(at)
        joined = " ".join(texts) if texts else ""
        if not joined.strip() and day_cell is None and self._cells.is_empty(at):
            if self._cells.is_unsaved(at, with_day=False):
                self._say(at, "trouble", "unsaved")
        elif self._cells.is_unsaved(at):
            self._say(at, "trouble", "unsaved", text_of(day_cell))
        elif joined and is_carried(self._cells, at, texts):
            self._carried(at, joined)
        elif (day is None or unclear) and is_sum(day_cell, joined):
            self._sum(at, joined)
        elif day is not None and is_named_sum(texts):
            self._dated_sum(at, joined)
        elif self._is_other_item(at, texts):
            self._say(at, "nothing", "other_item", joined)
        elif self._cells.is_list and not self._find_kind(at):
            self._say(at, "trouble", "kind_unknown", joined)
        elif day is None or unclear:
            self._without_day(at, day_cell, unclear, texts)
        else:
            self._of_day(at, day, texts)

    def _carried(self, at: int, joined: str) -> None:
        cards = carried_cards(self._cells, at)
        if cards is not None and not self._dated:
            self._opening = cards
        self._say(at, "total", "opening", joined)

    def _sum(self, at: int, joined: str) -> None:
        self._say(at, "total", "", joined)
        if self._dated:
            self._sums.compare(at, joined, self._figures)

    def _dated_sum(self, at: int, joined: str) -> None:
        """A row that is called a sum and has a day: of the rows above when it says what they do, else nobody knows."""
        if self._dated and self._sums.holds(at, self._figures):
            self._say(at, "total", "", joined)
            self._sums.part()
        else:
            self._say(at, "trouble", "sum_with_day", joined)

    def _is_other_item(self, at: int, texts: Sequence[str]) -> bool:
        if "item" in self._cells.by_meaning:
            return bool(other_item([text_of(self._cells.of(at, "item"))]))
        # In other columns the word may be a remark, such as "ribbon", unless other rows are of KTP-el by name.
        named = {item_alone(text) for text in texts} - {""}
        self._names_items = self._names_items or "ktp" in named
        return bool(named) and "ktp" not in named and self._names_items

    def _find_kind(self, at: int) -> bool:
        """In a list whose rows each say what moved: make the cards of this row what it says."""
        meaning = meaning_of(text_of(self._cells.of(at, "kind")))[0]
        cards = next(column for column in self._block.columns if column.meaning == "cards")
        self._figures = [cards._replace(meaning=meaning)]
        return meaning in FIGURES or not self._cells.has_cards(at)

    def _without_day(self, at: int, day_cell: Any, unclear: str, texts: Sequence[str]) -> None:
        text = text_of(day_cell)
        if not self._cells.has_cards(at) and unclear not in _FAR_DAYS:
            self._without_cards(at, texts)
        elif unclear and text:
            self._say(at, "trouble", unclear if unclear in _FAR_DAYS else f"day_{unclear}", text)
        elif len(self._dated) > 1 and self._sums.holds(at, self._figures):
            self._say(at, "total", "unnamed", " ".join(texts))
        else:
            self._say(at, "trouble", "no_date", self._cells.shown(at))

    def _without_cards(self, at: int, texts: Sequence[str]) -> None:
        closed = any(_CLOSED.match(each) for each in texts)
        if not closed and any(True for each in texts for _ in told_in(each)):
            # Cards told in words between the days; below them it is a footnote.
            self._worded.add(at)
            self._say(at, "trouble", "no_date", " ".join(texts))
        else:
            self._say(at, "closed" if closed else "nothing", "", " ".join(texts))

    # --- A day ---

    def _of_day(self, at: int, day: date, texts: Sequence[str]) -> None:
        is_closed = any(_CLOSED.match(text) for text in texts)
        cards: dict[int, int] = {}
        for column in self._figures:
            cell = self._cells.at(at, column.index)
            if isinstance(cell, str) and ((is_closed and _CLOSED.match(cell)) or _is_free_sign(cell, day)):
                is_closed = True
                continue
            try:
                # Nearly all cells are plain figures, and sheets have thousands of them.
                is_plain = type(cell) is int and 0 <= cell < MAX_CARDS
                number = cell if is_plain else cards_in(turned(cell) if column in self._turned else cell)
            except Unclear as error:
                self._say(at, "trouble", f"cards_{error.code}", text_of(cell), column)
                return
            if number is not None:
                cards[column.index] = number
        self._with_cards(at, day, cards, is_closed, texts)

    def _with_cards(self, at: int, day: date, cards: dict[int, int], is_closed: bool, texts: Sequence[str]) -> None:
        if is_closed:
            state, reason = ("trouble", "closed_with_cards") if any(cards.values()) else ("closed", "")
            self._say(at, state, reason, " ".join(map(str.strip, texts)) if reason else "")
        elif (fault := _weekday_fault(self._cells.of(at, "weekday"), day)) and cards:
            self._say(at, "trouble", "day_weekday", fault)
        elif not cards and "out" not in self._cells.by_meaning:
            self._say(at, "nothing")
            self._note(at, day, {})
        else:
            self._take(at, day, cards)

    def _take(self, at: int, day: date, cards: dict[int, int]) -> None:
        """A day with its cards."""
        paper = _Paper(text_of(self._cells.of(at, "reference")) or None, text_of(self._cells.of(at, "note")) or None)
        if self._is_other_kind(cards, paper.note):
            self._say(at, "trouble", "kind_unknown", paper.note or "")
            return
        if paper.note and any(cards.values()) and is_correction(paper.note):
            self._say(at, "trouble", "corrected", paper.note)
            return
        twin = (tuple(cards.items()), paper, *(column.meaning for column in self._figures))
        if any(cards.values()) and twin in self._seen.get(day, ()):
            self._say(at, "trouble", "repeated", day.isoformat())
            return
        sums: dict[str, int] = {}
        for column in self._figures:
            if column.index in cards:
                sums[str(column.meaning)] = sums.get(str(column.meaning), 0) + cards[column.index]
        if (derived := self._derived(at, sums)) is None:
            return
        is_again = day in self._seen
        self._seen.setdefault(day, set()).add(twin)
        self._state_of_read(at, day, is_again)
        self._make_lines(at, day, cards, derived, paper)
        self._note(at, day, sums)

    def _is_other_kind(self, cards: Mapping[int, int], note: str | None) -> bool:
        """Whether one column holds all that went out, and words beside it say that it was something else."""
        named = [column for column in self._figures if column.index in cards and column.why == "named"]
        if len(named) != 1 or not cards[named[0].index]:
            return False
        return meaning_of(note or "")[0] in set(FIGURES) - {named[0].meaning}

    def _derived(self, at: int, sums: dict[str, int]) -> dict[str, int] | None:
        """The prints of a column that holds all that went out, when the clerk named it so; None where it cannot be."""
        named = [column for column in self._block.columns if column.meaning == "out" and column.why == "named"]
        out = self._cells.number(at, "out") if named and "printed" not in self._cells.by_meaning else None
        if out is None:
            return {}
        printed = out - sums.get("spoiled", 0) - sums.get("sent", 0)
        if printed < 0:
            self._say(at, "trouble", "less_than_spoiled", str(out))
            return None
        sums["printed"] = printed
        return {"printed": printed}

    def _state_of_read(self, at: int, day: date, is_again: bool) -> None:
        if self._cells.is_hidden(at):
            self._say(at, "hidden", "read", day.isoformat())
        elif is_again:
            self._say(at, "read", "same_day")
        else:
            # Some offices print on a Saturday; that is told, and written.
            self._say(at, "read", "" if self._is_open(day) else "closed_day")

    def _make_lines(
        self, at: int, day: date, cards: Mapping[int, int], derived: Mapping[str, int], paper: _Paper
    ) -> None:
        # The number of a delivery's paper often stands among the remarks.
        received = any(cards.get(column.index) for column in self._figures if column.meaning == "received")
        if paper.reference is None and paper.note and received and _PAPER.search(paper.note):
            paper = _Paper(paper.note, None)
        for column in self._figures:
            if column.index in cards:
                self._sums.add(column.index, cards[column.index])
                self._line(at, column.index, day, str(column.meaning), cards[column.index], paper)
        for meaning, number in derived.items():
            self._line(at, self._cells.by_meaning["out"], day, meaning, number, paper)

    def _line(self, at: int, index: int, day: date, meaning: str, number: int, paper: _Paper) -> None:
        row, column = (index, at) if self._cells.is_across else (at, index)
        line = Line(self._block.sheet, row + 1, letter(column), day, KINDS[meaning], number, *paper)
        self._lines.append(line)

    def _note(self, at: int, day: date, sums: Mapping[str, int]) -> None:
        """Remember the day, and cards that only its remark tells of."""
        row_no = self._cells.by_meaning["day"] + 1 if self._cells.is_across else at + 1
        number = self._cells.number
        dated = Dated(at, row_no, day, dict(sums), number(at, "balance"), number(at, "opening"), number(at, "out"))
        text = text_of(self._cells.of(at, "note"))
        for meaning, cards in told_in(text[:LONGEST_REMARK]) if text else ():
            if not sums.get(meaning):
                dated = self._with_remark(Remark(dated, meaning, cards, text[:LONGEST_TEXT]))
        if dated.cards or dated.balance is not None:
            self._dated.append(dated)

    def _with_remark(self, remark: Remark) -> Dated:
        """The day, with the cards of its remark when the clerk said that they count."""
        self._remarks.append(remark)
        dated, meaning, cards, text = remark
        if not self._hints.cards_in_notes:
            return dated
        self._line(dated.at, self._cells.by_meaning["note"], dated.day, meaning, cards, _Paper(None, text))
        self._state_of_read(dated.at, dated.day, False)
        return dated._replace(cards={**dated.cards, meaning: cards})


def _is_free_sign(cell: str, day: date) -> bool:
    """Whether a cell marks a free day: by a letter, or by the name of the Saturday or Sunday that it is."""
    word = cell.strip().lower()
    return word in _FREE_SIGNS or (day.weekday() >= 5 and _WEEKDAYS.get(word) == day.weekday())


def _weekday_fault(cell: Any, day: date) -> str:
    """The weekday beside a day and the day, where they are not the same; empty where they are or none is known."""
    if cell is None:
        return ""
    text = text_of(cell).lower().replace("’", "'").replace("‘", "'").strip(" .,")
    number = _WEEKDAYS.get(text)
    return f"{text} {day.isoformat()}" if number is not None and number != day.weekday() else ""

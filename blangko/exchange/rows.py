"""The rows of one table: which are days with cards, which are sums, free days, the foot, and which are in trouble."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.columns import MAX_CARDS
from blangko.core.workdays import WEEKDAY_NAMES
from blangko.exchange.blocks import Block, Column, Hints, letter
from blangko.exchange.days import days_of, strays
from blangko.exchange.figures import Unclear, cards_in
from blangko.exchange.found import KINDS, BalanceCheck, Dated, Guess, Line, RowRead
from blangko.exchange.headings import FIGURES, meaning_of, other_item, words_of
from blangko.exchange.sheets import Grid

_TOTAL = re.compile(r"\b(jumlah|jml|jlh|total|sub ?total|rekap\w*)\b|^\s*(s/d|sampai dengan)\b", re.IGNORECASE)
_CARRIED = r"saldo|sisa|stok|stock|pindahan|persediaan"
_BALANCE = re.compile(rf"\b({_CARRIED})\b", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b({_CARRIED})\b.*\b(awal|lalu|sebelumnya|kemarin|dipindahkan)\b|\bpindahan\b|^\s*(jumlah )?({_CARRIED})\b",
    re.IGNORECASE,
)
_COMING = re.compile(r"\b(terima|diterima|masuk|prov\w*|tambah\w*|drop\w*|pusat)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"\s*(hari )?(libur\w*|cuti\b|tutup\b|minggu libur|tanggal merah|hari raya|closed|holiday)(?!.*lembur)",
    re.IGNORECASE,
)
_FREE_SIGNS = frozenset(["l", "x", "lb", "off"])
_PAPER = re.compile(r"\b(bast|ba|no)\b", re.IGNORECASE)
_NO_CARDS = r"(?!\s*(?:jam|orang|org|menit|hari|unit|kali|x\b|[/:]))"
_COUNT = rf"(\d{{1,3}}(?:[.,]\d{{3}})+|\d+)(?![\d.,]){_NO_CARDS}"
_RECEIPT = re.compile(
    rf"(?:(?<!\S)\+|(?:terima|diterima|masuk|tambah\w*|dapat|ambil|diambil|drop\w*|kiriman|datang)\b[^\d/]{{0,25}}?)\s*{_COUNT}",
    re.IGNORECASE | re.ASCII,
)
_SPOILED = r"rusak|gagal(?: cetak| encode)?"
_SPOILED_NOTE = re.compile(
    rf"\b(?:{_SPOILED})\s*:?\s*{_COUNT}|{_COUNT}\s*(?:kpg|keping|lbr|lembar|blangko|kartu)?\s*(?:{_SPOILED})\b",
    re.IGNORECASE | re.ASCII,
)
_TAKEN_AWAY = re.compile(r"\s*(?:\(\s*(\d[\d.,]*)\s*\)|[-−–]\s*(\d[\d.,]*))\s*", re.ASCII)
_WEEKDAYS = {name: number for number, names in enumerate(WEEKDAY_NAMES) for name in names}
_DATE_LIKE = re.compile(r"\s*(?:[A-Za-z’']+,?\s*)?\d{1,2}\s*[/.\- ]\s*(?:\d{1,2}|[A-Za-z]{3,9})\b")
LONGEST_TEXT = 60
LONGEST_REMARK = 300
"""So much of a cell is looked at for what it tells besides its figure."""
_LONGEST_FIGURE = 40


class RowsRead(NamedTuple):
    """One table read; `turned` are the columns of which what went out is written as less than nothing."""

    lines: Sequence[Line]
    rows: Sequence[RowRead]
    guesses: Sequence[Guess]
    dated: Sequence[Dated]
    sums: Sequence[BalanceCheck]
    opening: int | None
    turned: Sequence[Column]


def read_rows(grid: Grid, block: Block, hints: Hints, today: date, is_open: Callable[[date], bool]) -> RowsRead:
    """Read the rows of a table, or with days across its columns."""
    return _Reader(grid, block, hints, today, is_open).read()


class _Reader:
    """One table being read; a row is known by its index, with days across by that of its column."""

    def __init__(self, grid: Grid, block: Block, hints: Hints, today: date, is_open: Callable[[date], bool]) -> None:
        self._grid, self._block, self._hints, self._today, self._is_open = grid, block, hints, today, is_open
        self._is_across = block.layout == "days_across"
        self._rows = grid.rows
        self._figures = [column for column in block.columns if column.meaning in (*FIGURES, "cards")]
        self._is_list = any(column.meaning == "cards" for column in block.columns)
        self._indexes = [column.index for column in block.columns]
        self._by_meaning = {column.meaning: column.index for column in reversed(block.columns) if column.meaning}
        self._span = slice(min(self._indexes, default=0), max(self._indexes, default=0) + 1)
        self._lines: list[Line] = []
        self._states: dict[int, RowRead] = {}
        self._dated: list[Dated] = []
        self._sums: list[BalanceCheck] = []
        self._running: dict[int, list[int]] = {column.index: [0, 0] for column in self._figures}
        self._in_notes: list[tuple[Dated, str, int]] = []
        self._seen: dict[date, set[tuple[Any, ...]]] = {}
        self._opening: int | None = None
        self._turned: list[Column] = []
        self._worded: set[int] = set()

    def read(self) -> RowsRead:
        block = self._block
        heads = frozenset(() if self._is_across else block.heading_rows)
        wanted = [at for at in range(block.first_row, block.last_row + 1) if at not in heads]
        cells = self._day_cells(wanted)
        self._turned = self._turned_columns(list(cells))
        with_cards = [at for at in cells if self._has_cards(at)]
        found = days_of(block, cells, with_cards, self._hints, self._today, self._is_open)
        used = {at: found.days[at] for at in with_cards if at in found.days}
        wrong = strays(block, used, self._is_open, self._today)
        for at in wanted:
            self._row(at, cells.get(at), found.days.get(at), found.unclear.get(at) or wrong.get(at, ""))
        for at in block.heading_rows if not self._is_across else ():
            if at >= block.first_row:
                self._say(at, "nothing", "heading")
        self._find_the_foot()
        states = [self._states[at] for at in sorted(self._states)]
        return RowsRead(
            self._lines,
            states,
            [*found.guesses, *self._note_guesses()],
            self._dated,
            self._sums,
            self._opening,
            self._turned,
        )

    # --- Cells ---

    def _cell(self, at: int, index: int | None) -> Any:
        if index is None:
            return None
        row, column = (self._rows[index], at) if self._is_across else (self._rows[at], index)
        return row[column] if column < len(row) else None

    def _day_cells(self, wanted: Sequence[int]) -> dict[int, Any]:
        """The days' cells that hold something; a merged one stands for all rows that it spans."""
        index = self._by_meaning["day"]
        cells = {at: cell for at in wanted if (cell := self._cell(at, index)) is not None and _text(cell)}
        for top, left, bottom, right in self._grid.merged if not self._is_across else ():
            if left <= index <= right and bottom > top and top in cells:
                last = min(bottom, self._block.last_row)
                cells |= {at: cells[top] for at in range(top + 1, last + 1) if self._has_cards(at)}
        return cells

    def _has_cards(self, at: int) -> bool:
        return any(_may_be_cards(self._cell(at, column.index)) for column in self._figures)

    def _texts(self, at: int) -> list[str]:
        """The words of a row, of this table's part of it; figures and days are none."""
        # What stands beside a table, such as a small reckoning, says nothing of its rows.
        cells = [self._cell(at, index) for index in self._indexes] if self._is_across else self._rows[at][self._span]
        return [cell[:LONGEST_REMARK] for cell in cells if isinstance(cell, str) and cell and not cell[0].isdigit()]

    def _turned_columns(self, rows: Sequence[int]) -> list[Column]:
        """The columns whose figures are all negative, red or in brackets: so some write what goes out."""
        found: list[Column] = []
        figures = 0
        for column in self._figures:
            held = [cell for at in rows if _may_be_cards(cell := self._cell(at, column.index)) and cell != 0]
            if (
                column.meaning in ("printed", "spoiled", "sent")
                and held
                and all(_turned(cell) is not cell for cell in held)
            ):
                found.append(column)
                figures += len(held)
        # A single one is a slip, or a correction.
        return found if figures > 1 else []

    # --- One row ---

    def _say(self, at: int, state: str, reason: str = "", text: str = "", column: Column | None = None) -> None:
        row_no = at + 1
        if self._is_across:
            row_no = (column.index if column else self._by_meaning["day"]) + 1
            text = f"{letter(at)}: {text}" if text else letter(at)
        self._states[at] = RowRead(self._block.sheet, row_no, state, reason, text[:LONGEST_TEXT])

    def _row(self, at: int, day_cell: Any, day: date | None, unclear: str) -> None:
        texts = self._texts(at)
        joined = " ".join(texts) if texts else ""
        if not joined.strip() and day_cell is None and all(not _text(self._cell(at, index)) for index in self._indexes):
            if any((at, column.index) in self._grid.unsaved for column in self._figures):
                self._say(at, "trouble", "unsaved")
            return
        if self._unsaved(at, day_cell):
            self._say(at, "trouble", "unsaved", _text(day_cell))
        elif self._is_carried(at, joined):
            self._carried(at, joined)
        elif (day is None or unclear) and self._is_sum(day_cell, joined):
            self._sum(at, joined)
        elif self._is_other_item(at):
            self._say(at, "nothing", "other_item", joined)
        elif self._is_list and not self._find_kind(at):
            self._say(at, "trouble", "kind_unknown", joined)
        elif day is None or unclear:
            self._without_day(at, day_cell, unclear, texts)
        else:
            self._of_day(at, day, texts)

    def _unsaved(self, at: int, day_cell: Any) -> bool:
        """Whether a formula holds no value where a day or cards are wanted, in a row that has a day."""
        if not self._grid.unsaved:
            return False
        places = [self._by_meaning["day"], *(column.index for column in self._figures)]
        held = [(index, at) if self._is_across else (at, index) for index in places]
        return any(place in self._grid.unsaved for place in held)

    def _is_carried(self, at: int, joined: str) -> bool:
        """Whether a row carries a balance forward, in whatever column the number stands."""
        if not joined or not any(_BEFORE.search(text) and not _COMING.search(text) for text in self._texts(at)):
            return False
        return not self._cell_number(at, "printed")

    def _cell_number(self, at: int, meaning: str) -> int | None:
        index = self._by_meaning.get(meaning)
        try:
            return cards_in(self._cell(at, index)) if index is not None else None
        except Unclear:
            return None

    def _carried(self, at: int, joined: str) -> None:
        numbers = [number for meaning in ("balance", "opening", "received")
                   if (number := self._cell_number(at, meaning)) is not None]  # fmt: skip
        if numbers and not self._dated:
            self._opening = numbers[0]
        self._say(at, "total", "opening", joined)

    def _is_sum(self, day_cell: Any, joined: str) -> bool:
        if isinstance(day_cell, str) and re.search(r"[^\W\d_]", day_cell):
            return bool(_TOTAL.search(day_cell) or _BALANCE.search(day_cell))
        return not _text(day_cell) and bool(_TOTAL.search(joined) or _BALANCE.search(joined))

    def _is_other_item(self, at: int) -> bool:
        index = self._by_meaning.get("item")
        return index is not None and bool(other_item([_text(self._cell(at, index))]))

    def _find_kind(self, at: int) -> bool:
        """In a list whose rows each say what moved: make the cards of this row what it says."""
        meaning = meaning_of(_text(self._cell(at, self._by_meaning["kind"])))[0]
        cards = next(column for column in self._block.columns if column.meaning == "cards")
        self._figures = [cards._replace(meaning=meaning)]
        return meaning in FIGURES or not self._has_cards(at)

    def _sum(self, at: int, joined: str) -> None:
        """A row of sums would count every card twice; what it says is compared with the rows above."""
        self._say(at, "total", "", joined)
        words = words_of(joined)
        if "sampai" in words or "lalu" in words or _BALANCE.search(joined) or not self._dated:
            return
        for column in self._figures:
            self._sum_cell(at, column)

    def _sum_cell(self, at: int, column: Column) -> None:
        try:
            says = cards_in(self._cell(at, column.index))
        except Unclear:
            return
        whole, part = self._running[column.index]
        if says is not None and says not in (whole, part):
            computed = whole if abs(whole - says) <= abs(part - says) else part
            name = column.heading
            self._sums.append(BalanceCheck(self._block.sheet, "sum", name, at + 1, says, computed, 1))
        self._running[column.index][1] = 0

    def _without_day(self, at: int, day_cell: Any, unclear: str, texts: Sequence[str]) -> None:
        has_cards = self._has_cards(at)
        text = _text(day_cell)
        if not has_cards and unclear not in ("future", "stray", "other_month"):
            closed = any(_CLOSED.match(each) for each in texts)
            if not closed and any(True for each in texts for _ in _told_in(each)):
                # Cards told in words between the days; below them it is a footnote.
                self._worded.add(at)
                self._say(at, "trouble", "no_date", " ".join(texts))
                return
            self._say(at, "closed" if closed else "nothing", "", " ".join(texts))
        elif unclear and text:
            codes = ("future", "stray", "other_month")
            self._say(at, "trouble", unclear if unclear in codes else f"day_{unclear}", text)
        elif self._is_unnamed_sum(at):
            self._say(at, "total", "unnamed", " ".join(texts))
        else:
            shown = [_text(self._cell(at, index)) for index in self._indexes]
            self._say(at, "trouble", "no_date", " ".join(filter(None, shown)))

    def _is_unnamed_sum(self, at: int) -> bool:
        """Whether the figures of a row without a day are the sums of those above it."""
        found = []
        for column in self._figures:
            try:
                says = cards_in(self._cell(at, column.index))
            except Unclear:
                return False
            if says:
                found.append(says in self._running[column.index])
        return bool(found) and all(found) and len(self._dated) > 1

    def _of_day(self, at: int, day: date, texts: Sequence[str]) -> None:
        is_closed = any(_CLOSED.match(text) for text in texts)
        cards: dict[int, int] = {}
        for column in self._figures:
            cell = self._cell(at, column.index)
            if isinstance(cell, str) and ((is_closed and _CLOSED.match(cell)) or cell.strip().lower() in _FREE_SIGNS):
                is_closed = True
                continue
            try:
                # Nearly all cells are plain figures, and sheets have thousands of them.
                is_plain = type(cell) is int and 0 <= cell < MAX_CARDS
                number = cell if is_plain else cards_in(_turned(cell) if column in self._turned else cell)
            except Unclear as error:
                self._say(at, "trouble", f"cards_{error.code}", _text(cell), column)
                return
            if number is not None:
                cards[column.index] = number
        self._with_cards(at, day, cards, is_closed, texts)

    def _with_cards(self, at: int, day: date, cards: dict[int, int], is_closed: bool, texts: Sequence[str]) -> None:
        if is_closed:
            state, reason = ("trouble", "closed_with_cards") if any(cards.values()) else ("closed", "")
            self._say(at, state, reason, " ".join(map(str.strip, texts)) if reason else "")
            return
        if (fault := self._weekday_fault(at, day)) and cards:
            self._say(at, "trouble", "day_weekday", fault)
            return
        if not cards and self._by_meaning.get("out") is None:
            self._say(at, "nothing")
            self._note(at, day, {})
            return
        self._take(at, day, cards)

    def _weekday_fault(self, at: int, day: date) -> str:
        index = self._by_meaning.get("weekday")
        if index is None:
            return ""
        text = _text(self._cell(at, index)).lower().replace("’", "'").replace("‘", "'").strip(" .,")
        number = _WEEKDAYS.get(text)
        return f"{text} {day.isoformat()}" if number is not None and number != day.weekday() else ""

    def _take(self, at: int, day: date, cards: dict[int, int]) -> None:
        """A day with its cards."""
        note = _text(self._cell(at, self._by_meaning.get("note")))
        reference = _text(self._cell(at, self._by_meaning.get("reference")))
        named = [column for column in self._figures if column.index in cards and column.why == "named"]
        # One column for all that went out, and words beside it that say it was something else.
        if len(named) == 1 and meaning_of(note)[0] in set(FIGURES) - {named[0].meaning} and cards[named[0].index]:
            self._say(at, "trouble", "kind_unknown", note)
            return
        twin = (tuple(cards.items()), note, reference, *(column.meaning for column in self._figures))
        if any(cards.values()) and twin in self._seen.get(day, ()):
            self._say(at, "trouble", "repeated", day.isoformat())
            return
        sums: dict[str, int] = {}
        for column in self._figures:
            if column.index in cards:
                meaning = str(column.meaning)
                sums[meaning] = sums.get(meaning, 0) + cards[column.index]
        if (derived := self._derived(at, sums)) is None:
            return
        is_again = day in self._seen
        self._seen.setdefault(day, set()).add(twin)
        self._state_of_read(at, day, is_again)
        self._make_lines(at, day, cards, derived, note or None, reference or None)
        self._note(at, day, sums)

    def _derived(self, at: int, sums: dict[str, int]) -> dict[str, int] | None:
        """The prints of a column that holds all that went out, when the clerk named it so; None where it cannot be."""
        named = [column for column in self._block.columns if column.meaning == "out" and column.why == "named"]
        if not named or "printed" in self._by_meaning:
            return {}
        out = self._cell_number(at, "out")
        if out is None:
            return {}
        printed = out - sums.get("spoiled", 0) - sums.get("sent", 0)
        if printed < 0:
            self._say(at, "trouble", "less_than_spoiled", str(out))
            return None
        sums["printed"] = printed
        return {"printed": printed}

    def _state_of_read(self, at: int, day: date, is_again: bool) -> None:
        hidden = self._grid.hidden_columns if self._is_across else self._grid.hidden_rows
        if at in hidden:
            self._say(at, "hidden", "read", day.isoformat())
        elif is_again:
            self._say(at, "read", "same_day")
        else:
            # Some offices print on a Saturday; that is told, and written.
            self._say(at, "read", "" if self._is_open(day) else "closed_day")

    def _make_lines(
        self,
        at: int,
        day: date,
        cards: Mapping[int, int],
        derived: Mapping[str, int],
        note: str | None,
        ref: str | None,
    ) -> None:
        # The number of a delivery's paper often stands among the remarks.
        received = any(cards.get(column.index) for column in self._figures if column.meaning == "received")
        if ref is None and note and received and _PAPER.search(note):
            note, ref = None, note
        for column in self._figures:
            if column.index in cards:
                number = cards[column.index]
                self._running[column.index][0] += number
                self._running[column.index][1] += number
                self._lines.append(self._line(at, column.index, day, str(column.meaning), number, ref, note))
        for meaning, number in derived.items():
            self._lines.append(self._line(at, self._by_meaning["out"], day, meaning, number, ref, note))

    def _line(
        self, at: int, index: int, day: date, meaning: str, number: int, ref: str | None, note: str | None
    ) -> Line:
        row, column = (index, at) if self._is_across else (at, index)
        return Line(self._block.sheet, row + 1, letter(column), day, KINDS[meaning], number, ref, note)

    # --- Remarks ---

    def _note(self, at: int, day: date, sums: Mapping[str, int]) -> None:
        """Remember the day, and cards that only its remark tells of."""
        row_no = self._by_meaning["day"] + 1 if self._is_across else at + 1
        number = self._cell_number
        dated = Dated(at, row_no, day, dict(sums), number(at, "balance"), number(at, "opening"), number(at, "out"))
        text = _text(self._cell(at, self._by_meaning.get("note")))
        for meaning, cards in _told_in(text[:LONGEST_REMARK]) if text else ():
            if sums.get(meaning):
                continue
            self._in_notes.append((dated, meaning, cards))
            if self._hints.receipts_in_notes:
                dated = dated._replace(cards={**dated.cards, meaning: cards})
                index = self._by_meaning["note"]
                self._lines.append(self._line(at, index, day, meaning, cards, None, text[:LONGEST_TEXT]))
                self._state_of_read(at, day, False)
        if dated.cards or dated.balance is not None:
            self._dated.append(dated)

    def _note_guesses(self) -> Iterator[Guess]:
        if not self._in_notes or self._hints.receipts_in_notes is not None:
            return
        dated, meaning, cards = self._in_notes[0]
        text = _text(self._cell(dated.at, self._by_meaning["note"]))[:LONGEST_TEXT]
        facts = {
            "row": dated.row_no, "day": dated.day, "kind": KINDS[meaning], "cards": cards, "text": text,
            "rows": len({each.at for each, _, _ in self._in_notes}),
        }  # fmt: skip
        yield Guess("cards_in_notes", self._block.sheet, facts, "--remarks", ("receive", "ignore"))

    # --- The foot ---

    def _find_the_foot(self) -> None:
        """What stands below the last sum, or below the last day without cards, is the foot: signatures, footnotes."""
        if self._is_across:
            return
        with_day = {each.at for each in self._dated} | {
            at
            for at, row in self._states.items()
            if row.state in ("read", "hidden", "closed") or row.reason in _OF_DAYS
        }
        last_day = max(with_day, default=-1)
        sums = [at for at, row in self._states.items() if row.state == "total" and at > last_day]
        below = min(sums, default=None)
        joined_to_table = max(last_day, self._block.first_row - 1)
        for at, row in sorted(self._states.items()):
            if at <= last_day or row.state not in ("nothing", "trouble"):
                continue
            # A row with cards right below the last day is a day that was written wrongly, whatever stands there.
            is_next = row.state == "trouble" and at == joined_to_table + 1 and at not in self._worded
            joined_to_table = at if is_next else joined_to_table
            if (below is not None and at > below) or at in self._worded or not (is_next or _plausible(row)):
                self._states[at] = row._replace(state="foot", reason="")


_OF_DAYS = (
    *("day_weekday", "closed_with_cards", "future", "stray", "other_month", "repeated", "less_than_spoiled"),
    *("cards_negative", "cards_broken", "cards_unclear", "cards_text", "day_no_such_day", "day_order"),
)
"""Troubles of rows that are days, whatever else is wrong with them."""


def _plausible(row: RowRead) -> bool:
    """Whether a row in trouble looks like a day that was not understood, and not like a signature."""
    if row.state == "nothing":
        return False
    return row.reason in ("no_date", "unsaved") or bool(_DATE_LIKE.match(row.text)) or row.reason.startswith("cards_")


def _told_in(text: str) -> Iterator[tuple[str, int]]:
    """The cards of which a remark tells, by meaning."""
    for meaning, pattern in (("received", _RECEIPT), ("spoiled", _SPOILED_NOTE)):
        if match := pattern.search(text):
            number = next(part for part in match.groups() if part)
            try:
                cards = cards_in(number)
            except Unclear:
                continue
            if cards:
                yield meaning, cards


def _turned(cell: Any) -> Any:
    """A negative number, or one in brackets, as the number of cards that it takes away; anything else as it is."""
    if isinstance(cell, str):
        found = _TAKEN_AWAY.fullmatch(cell)
        return found[1] or found[2] if found else cell
    return -cell if isinstance(cell, int | float) and cell < 0 else cell


def _text(cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _may_be_cards(cell: Any) -> bool:
    """Whether a cell holds something that can be meant as cards, be it right or wrong."""
    if cell is None or cell == "" or isinstance(cell, bool):
        return isinstance(cell, bool)
    if isinstance(cell, str):
        if len(cell) > _LONGEST_FIGURE:
            return False
        text = cell.strip()
        if text.isdecimal():
            return len(text) <= 9
        # A NIP is a number too, but no number of cards; "31 Oktober 2017" stands over a signature.
        digits = sum(map(str.isdigit, text))
        return 0 < digits <= 9 and not text[0].isalpha() and not _DATE_LIKE.match(text)
    return isinstance(cell, int | float) and abs(cell) < 1e9

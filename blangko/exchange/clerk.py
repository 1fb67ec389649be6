"""What a clerk's sheet means: which columns it has, which rows are days, and what is not understood.

Real sheets begin with titles, end with sums, name their columns in a dozen ways and mark free days in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from blangko.core.columns import MAX_CARDS
from blangko.core.numbers import whole_number
from blangko.errors import BlangkoError
from blangko.exchange.sheets import Grid
from blangko.words.typed import typed_date

# Above the headings stand the letterhead, the month and the names of those who sign.
HEADER_WITHIN = 40
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = (36_526, 73_051)
"""Excel's day numbers from 2000 to 2099: what stands in a column of dates and lost its look."""
_HEADERS = {
    "day": "tanggal tgl tgl. date hari/tanggal hari,tanggal hari/tgl haritanggal tglcetak tanggalcetak",
    "received": "masuk terima penerimaan diterima received jmlmasuk jumlahmasuk blangkomasuk in pemasukan",
    "printed": "cetak tercetak dicetak terpakai pemakaian jml jumlah jmlcetak jumlahcetak ktpcetak ktptercetak printed"
    " keluar pengeluaran jumlahtercetak jmltercetak realisasicetak",
    "spoiled": "rusak gagal gagalcetak gagalencode jmlrusak jumlahrusak spoiled cetakrusak rusak/gagal",
    "sent": "kirim dikirim distribusi kecamatan kekecamatan sent",
    "reference": "bast nobast no.bast nomorbast nosurat no.surat dokumen nodokumen nomordokumen reference ref",
    "note": "ket ket. keterangan catatan note notes",
}
# Headings are compared in small letters and without blanks, as people space them in every way.
_MEANING = {name: column for column, names in _HEADERS.items() for name in names.split()}
KINDS = {"received": "receive", "printed": "print", "spoiled": "spoil", "sent": "send"}
"""What a column of cards means as a kind of entry."""
_FIGURES = tuple(KINDS)
_TOTAL = re.compile(r"\b(jumlah|jml|total|grand total|sub ?total|saldo|sisa|rekap\w*)\b", re.IGNORECASE)
_CLOSED = re.compile(r"\b(libur\w*|cuti|tutup|minggu libur|tanggal merah|hari raya|closed|holiday)\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(bast|ba|no)\b", re.IGNORECASE)


class DayRow(NamedTuple):
    """One understood row: its number in the sheet, its day, and cards; None where nothing was written."""

    row_no: int
    day: date
    received: int | None = None
    printed: int | None = None
    spoiled: int | None = None
    sent: int | None = None
    reference: str | None = None
    note: str | None = None


class Line(NamedTuple):
    """One figure of a sheet: so many cards of a kind on a day, and where it stands."""

    sheet: str
    row_no: int
    column: str
    day: date
    kind: str
    cards: int
    reference: str | None = None
    note: str | None = None


class Trouble(NamedTuple):
    """A row that is not understood: `reason` is no_date, bad_date, future, bad_number, closed_with_cards."""

    row_no: int
    reason: str
    text: str


class Skipped(NamedTuple):
    """A row left out on purpose: `reason` is total, closed or nothing."""

    row_no: int
    reason: str


class Understood(NamedTuple):
    """A sheet read: the day rows, what was left out, and what stands in the way."""

    sheet: str
    columns: Mapping[str, int]
    days: Sequence[DayRow]
    skipped: Sequence[Skipped]
    troubles: Sequence[Trouble]


Watch = Callable[[Sequence[int]], Iterable[int]]


def understand(sheets: Sequence[Grid], today: date, watch: Watch = iter) -> Understood | None:
    """The first sheet that has a day and a figure among its headings; None when none has.

    Args:
        sheets: The cells of a file.
        today: The date in the office; later days are not understood.
        watch: Gives the numbers of the rows back one by one, and may show how far they have come.
    """
    for sheet in sheets:
        found = _header(sheet.rows)
        if found:
            row_index, columns = found
            parts = list(_rows(sheet.rows, watch(range(row_index + 1, len(sheet.rows))), columns, today))
            return Understood(
                sheet.name,
                columns,
                [part for part in parts if isinstance(part, DayRow)],
                [part for part in parts if isinstance(part, Skipped)],
                [part for part in parts if isinstance(part, Trouble)],
            )
    return None


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            meaning = _MEANING.get(re.sub(r"\(.*?\)|[\s_]+", "", str(cell or "")).lower())
            if meaning and meaning not in columns:
                columns[meaning] = column
        if "day" in columns and any(name in columns for name in _FIGURES):
            return index, columns
    return None


def _rows(
    rows: Sequence[Sequence[Any]], indexes: Iterable[int], columns: Mapping[str, int], today: date
) -> Iterator[DayRow | Skipped | Trouble]:
    for index in indexes:
        row = rows[index]
        texts = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
        if texts:
            yield _row(index + 1, row, texts, columns, today)


def _row(
    row_no: int, row: Sequence[Any], texts: Sequence[str], columns: Mapping[str, int], today: date
) -> DayRow | Skipped | Trouble:
    cells = {name: row[column] if column < len(row) else None for name, column in columns.items()}
    day_text = _text(cells["day"])
    # A row of sums would count every card twice.
    if _TOTAL.search(day_text) or (not day_text and any(_TOTAL.search(text) for text in texts)):
        return Skipped(row_no, "total")
    if not day_text:
        figures = any(_text(cells.get(name)) not in ("", "-") for name in _FIGURES)
        return Trouble(row_no, "no_date", " ".join(texts)[:60]) if figures else Skipped(row_no, "nothing")
    day = _day(cells["day"], today)
    if day is None:
        # Signatures below a table stand in the column of dates too, but have no figures beside them.
        beside = [_text(cells.get(name)) for name in _FIGURES]
        if not any(re.search(r"\d", text) for text in beside) and not re.search(r"\d", day_text):
            return Skipped(row_no, "closed" if _CLOSED.search(day_text) else "nothing")
        return Trouble(row_no, "bad_date", day_text[:60])
    return _day_row(row_no, day, cells, texts, today)


def _day_row(
    row_no: int, day: date, cells: Mapping[str, Any], texts: Sequence[str], today: date
) -> DayRow | Skipped | Trouble:
    closed = any(_CLOSED.search(text) for text in texts)
    figures: dict[str, int | None] = {}
    for name in _FIGURES:
        text = _text(cells.get(name))
        if closed and _CLOSED.search(text):
            figures[name] = None
            continue
        try:
            figures[name] = _cards(cells.get(name))
        except ValueError:
            return Trouble(row_no, "bad_number", text[:60])
    # Either the word or the figure is wrong, and only the clerk knows which.
    if closed:
        return (
            Trouble(row_no, "closed_with_cards", " ".join(texts)[:60])
            if any(figures.values())
            else Skipped(row_no, "closed")
        )
    if all(number is None for number in figures.values()):
        return Skipped(row_no, "nothing")
    if day > today:
        return Trouble(row_no, "future", day.isoformat())
    note, reference = _text(cells.get("note")) or None, _text(cells.get("reference")) or None
    # The number of a delivery's paper often stands among the remarks.
    if reference is None and note and figures.get("received") and _PAPER.search(note):
        note, reference = None, note
    return DayRow(row_no, day, **figures, reference=reference, note=note)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _day(cell: Any, today: date) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if re.fullmatch(r"\d{5}", text, re.ASCII) and SERIALS[0] <= int(text) <= SERIALS[1]:
        return EXCEL_EPOCH + timedelta(days=int(text))
    try:
        # A weekday alone would mean another day tomorrow; a sheet has to say the date.
        return typed_date(text, today) if re.search(r"\d", text) else None
    except BlangkoError:
        return None


def _cards(cell: Any) -> int | None:
    """Cards in a cell; None where it is empty.

    Raises:
        ValueError: What stands there is no number of cards.
    """
    # Python counts true as 1.
    if isinstance(cell, bool):
        raise ValueError(cell)
    text = _text(cell)
    if text in ("", "-", "–"):
        return None
    if isinstance(cell, int | float) and not float(cell).is_integer():
        raise ValueError(cell)
    try:
        number = whole_number(text)
    except BlangkoError:
        raise ValueError(text) from None
    if number > MAX_CARDS:
        raise ValueError(text)
    return number


def lines(days: Sequence[DayRow]) -> list[Line]:
    """The figures of the rows, one by one as the sheet has them."""
    return [
        Line("", row.row_no, column, row.day, kind, cards, row.reference, row.note)
        for row in days
        for column, kind in KINDS.items()
        if (cards := getattr(row, column)) is not None
    ]

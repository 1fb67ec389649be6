"""A sheet held against the book, day by day: what is new, what stands there already, and what differs.

A sheet grows: the same file comes again with new rows below. What counts is the sum of a day and kind. One row of the
sheet may stand in the book as two entries, and an entry written by hand is as good as an imported one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.columns import IN_SHEETS
from blangko.core.entry import Entry, movement
from blangko.core.standing import Standing, Wanted
from blangko.errors.files import DaysDiffer, NothingNew, NothingToImport
from blangko.exchange.found import Line

_NOBODY = "-"
_Span = tuple[str, date, date]
"""A kind, and the first and last of the days that are compared as one."""


class Differing(NamedTuple):
    """A day whose sum in the sheet is another one than in the book.

    Where the book has one total for a period, the whole period is compared: `first` is its first day, else that day.
    """

    kind: str
    first: date
    last: date
    lines: Sequence[Line]
    standing: Sequence[Standing]

    @property
    def sheet_cards(self) -> int:
        return sum(line.cards for line in self.lines)

    @property
    def book_cards(self) -> int:
        return sum(each.cards for each in self.standing)


class Compared(NamedTuple):
    """Every line of a sheet, by what the book says of it.

    `nothing` are zeros that the book need not be told: none came, none spoiled. `before` are days before the book was
    begun, whose cards its opening holds already.
    """

    new: list[Line]
    same: list[Line]
    differing: list[Differing]
    nothing: list[Line]
    before: list[Line]


def compare(lines: Sequence[Line], standing: Sequence[Standing], opened_on: date | None) -> Compared:
    """Hold the lines of a sheet against what stands in the book.

    Args:
        lines: The figures of the sheet; a blank cell has none, a 0 says none.
        standing: What stands in the book from the first of their days on.
        opened_on: The day on which the book was begun, if it was.
    """
    held = _by_day(standing)
    periods = [each for each in standing if each.kind == "print" and each.since]
    found = Compared([], [], [], [], [])
    for (kind, first, last), group in _spans(lines, periods, opened_on, found.before).items():
        of_kind = held.get(kind, {})
        days = [last] if first == last else [day for day in of_kind if first <= day <= last]
        _judge(Differing(kind, first, last, group, [each for day in days for each in of_kind.get(day, ())]), found)
    return found


def shelf_change(compared: Compared, until: date) -> int:
    """What the shelf gains, in cards, up to the evening of a day when the sheet is written with what it replaces."""
    gained = sum(_sign(line.kind) * line.cards for line in compared.new if line.day <= until)
    changed = (each for each in compared.differing if each.last <= until)
    return gained + sum(_sign(each.kind) * (each.sheet_cards - each.book_cards) for each in changed)


def _sign(kind: str) -> int:
    return 1 if kind == "receive" else -1


def _by_day(standing: Sequence[Standing]) -> Mapping[str, Mapping[date, list[Standing]]]:
    held: dict[str, dict[date, list[Standing]]] = {}
    for each in standing:
        held.setdefault(each.kind, {}).setdefault(each.day, []).append(each)
    return held


def _spans(
    lines: Sequence[Line], periods: Sequence[Standing], opened_on: date | None, before: list[Line]
) -> dict[_Span, list[Line]]:
    """The lines by the days that they are compared on; those from before the opening are put aside into `before`."""
    spans: dict[_Span, list[Line]] = {}
    for line in lines:
        if opened_on and line.day < opened_on:
            before.append(line)
            continue
        total = next((each for each in periods if _covers(each, line)), None) if line.kind == "print" else None
        span = (line.kind, total.since or total.day, total.day) if total else (line.kind, line.day, line.day)
        spans.setdefault(span, []).append(line)
    return spans


def _covers(total: Standing, line: Line) -> bool:
    return (total.since or total.day) <= line.day <= total.day


def _judge(seen: Differing, found: Compared) -> None:
    """Put the lines of one day where they belong."""
    if seen.standing and seen.sheet_cards == seen.book_cards:
        found.same.extend(seen.lines)
        return
    told, zeros = _told(seen)
    here, more = _parted(told, seen.standing)
    if len(here) < len(seen.standing):
        found.differing.append(seen)
        return
    # Every entry of the day stands in the sheet, and more below: a second delivery, another point that got cards.
    found.same.extend(here)
    found.new.extend(more)
    found.nothing.extend(zeros)


def _told(seen: Differing) -> tuple[list[Line], list[Line]]:
    """The lines that the book is told, and the zeros that it is not.

    A 0 among the prints means "open, nothing printed"; of anything else it says no more than a blank, and so it does
    beside other prints.
    """
    if seen.kind == "print" and not seen.sheet_cards:
        return list(seen.lines[:1]), list(seen.lines[1:])
    return [line for line in seen.lines if line.cards], [line for line in seen.lines if not line.cards]


def _parted(lines: Sequence[Line], standing: Sequence[Standing]) -> tuple[list[Line], list[Line]]:
    """The lines that an entry of the same number stands for, each entry for one of them; and the others."""
    left = Counter(each.cards for each in standing)
    here, more = [], []
    for line in lines:
        if left[line.cards]:
            left[line.cards] -= 1
            here.append(line)
        else:
            more.append(line)
    return here, more


def wanted(compared: Compared, path: str, agreed: Compared | None) -> Wanted:
    """What is written: the new lines, and those of the days that the sheet is to replace.

    Args:
        compared: The sheet beside the book as it is now.
        path: The sheet's name, for what is said of it.
        agreed: The comparison whose differing days somebody wants replaced; None when none are.

    Raises:
        NothingToImport: The sheet has no figures.
        NothingNew: Everything in it stands in the book.
        DaysDiffer: Days differ that nobody has agreed to replace.
    """
    known = {(each.kind, each.last, each.book_cards) for each in agreed.differing} if agreed else set()
    strange = [each for each in compared.differing if (each.kind, each.last, each.book_cards) not in known]
    if strange:
        raise DaysDiffer(path=path, days=len({each.last for each in strange}))
    if not compared.new and not compared.differing:
        if not compared.same and not compared.before:
            raise NothingToImport(path=path)
        raise NothingNew(path=path, figures=len(compared.same))
    return _with_successors(compared)


def _with_successors(compared: Compared) -> Wanted:
    pairs: list[tuple[Line, int | None]] = [(line, None) for line in compared.new]
    pairs += [pair for each in compared.differing for pair in _replacing(each)]
    pairs.sort(key=lambda pair: (pair[0].day, IN_SHEETS.index(pair[0].kind)))
    return Wanted(
        [_draft(line) for line, _ in pairs],
        [each.entry_no for differing in compared.differing for each in differing.standing],
        {old: place for place, (_, old) in enumerate(pairs) if old is not None},
    )


def _replacing(seen: Differing) -> Iterator[tuple[Line, int | None]]:
    """The lines of a day that is written anew, one that follows an entry alone with that entry's number."""
    told, _ = _told(seen)
    alone = len(told) == len(seen.standing) == 1 and told[0].day == seen.standing[0].day
    for line in told:
        yield line, seen.standing[0].entry_no if alone else None


def _draft(line: Line) -> Entry:
    match line.kind:
        case "receive":
            return movement("receive", line.day, line.cards, reference=line.reference, note=line.note)
        case "spoil":
            return movement("spoil", line.day, line.cards, cause="print", note=line.note)
        case "send":
            return movement("send", line.day, line.cards, party=line.note or _NOBODY, reference=line.reference)
    return movement(line.kind, line.day, line.cards, note=line.note)

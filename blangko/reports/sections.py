"""Small tables of a paper: once as real numbers and dates, which a workbook takes, and once as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blangko.words.language import _
from blangko.words.written import count, day_and_month, signed
from blangko.words.written import day as whole_day

Cell = str | int | date | None
TEXT, NUMBER, DIFFERENCE, DAY, WHOLE_DAY = ".r+dD"
"""What a column of a section holds."""


class Section(NamedTuple):
    """A small table under a title of its own: `kinds` says what each column holds, `foot` are its sums, `words` are
    sentences below it. Without headings there is no table, and the words stand alone."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    kinds: str
    foot: Sequence[Cell] = ()
    words: Sequence[str] = ()

    @property
    def right(self) -> str:
        """As `reports.table` takes it: an r for each column that is aligned to the right."""
        return "".join("r" if kind in (NUMBER, DIFFERENCE) else "." for kind in self.kinds)


class Told(NamedTuple):
    """A section whose cells are text in the language that is spoken; `right` as in `reports.table`."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: str
    foot: Sequence[str]
    words: Sequence[str]


def told(section: Section) -> Told:
    """The section in words."""
    rows = [_row(row, section.kinds) for row in section.rows]
    return Told(section.title, section.headers, rows, section.right, _row(section.foot, section.kinds), section.words)


def newest(section: Section, most: int, without: str = "") -> Section:
    """The newest rows of a section, and how many there are besides; without any the sentence `without` alone."""
    if not section.rows:
        return section._replace(headers=[], words=[without])
    if len(section.rows) <= most:
        return section
    more = _("And {n} before them.").format(n=count(len(section.rows) - most))
    return section._replace(rows=section.rows[-most:], words=[*section.words, more])


def _row(row: Sequence[Cell], kinds: str) -> list[str]:
    return [_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)] if row else []


def _text(cell: Cell, kind: str) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return whole_day(cell) if kind == WHOLE_DAY else day_and_month(cell)
    if isinstance(cell, int):
        return signed(cell) if kind == DIFFERENCE else count(cell)
    return cell

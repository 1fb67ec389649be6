"""What the titles over a clerk's table say of it: the month and year of its days, and the item it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from blangko.exchange.headings import other_item
from blangko.words.typed import month_named

_MONTH_STARTS = ("jan feb peb mar mrt apr mei may jun jul agu agt ags aug sep okt oct nov nop des dec").split()  # noqa: SIM905
_PLACE_AND_DATE = re.compile(r"[a-z .]+,\s*\d{1,2}[ \-]")
_LAW = re.compile(r"\b(uu|perda|permen\w*|perpres|undang|nomor|no)\b")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NUMBERED_MONTH = re.compile(r"\bbulan\s*:?\s*(\d{1,2})\b|^\s*(\d{1,2})\s*[-/]\s*20\d\d\s*$")
_YEARS = range(2000, 2100)
LONGEST_TITLE = 200


class Titled(NamedTuple):
    """What titles say; None and empty where they say nothing, `is_unsure` where they name several months."""

    month: int | None = None
    year: int | None = None
    item: str = ""
    is_unsure: bool = False


def titled(texts: Sequence[str]) -> Titled:
    """What the titles `texts` say, the nearest to the table first."""
    month, year, unsure = None, None, False
    for text in texts:
        months = months_in(text)
        if month is None and not unsure and months:
            unsure = len(months) > 1
            month = None if unsure else months[0]
        if year is None:
            year = year_in(text)
    return Titled(month, year, other_item(texts[:6]), unsure)


@lru_cache(maxsize=1024)
def months_in(text: str) -> tuple[int, ...]:
    """The different months that a title names, in its order; none in a place with a date, as over a signature."""
    plain = text[:LONGEST_TITLE].lower()
    if _PLACE_AND_DATE.match(plain):
        return ()
    found = [month for word in re.findall(r"[a-z]+", plain) if (month := _month(word))]
    if not found and (match := _NUMBERED_MONTH.search(plain)):
        number = int(match[1] or match[2])
        found = [number] if 1 <= number <= 12 else []
    return tuple(dict.fromkeys(found))


def is_month(text: str) -> bool:
    """Whether a text is a month and nothing else besides its year: a heading, or a row of monthly sums."""
    words = re.findall(r"[a-z]+", text[:LONGEST_TITLE].lower())
    return bool(words) and all(_month(word) or word in ("bulan", "bln", "tahun", "thn") for word in words) and (
        len(months_in(text)) == 1 and not re.search(r"\b\d{1,2}\b(?!\d)", text)
    )  # fmt: skip


def year_in(text: str) -> int | None:
    """The one year that a title names; a law's year is none of the table."""
    plain = text[:LONGEST_TITLE].lower()
    if _PLACE_AND_DATE.match(plain) or _LAW.search(plain):
        return None
    years = {int(year) for year in _YEAR.findall(plain)}
    return years.pop() if len(years) == 1 else None


@lru_cache(maxsize=1024)
def _month(word: str) -> int | None:
    if word[:3] not in _MONTH_STARTS:
        return None
    try:
        return month_named(word)
    except ValueError:
        return None


def title_text(cell: Any) -> str:
    """A cell of a title as text; a year, and a day that Excel shows as a month, are written out."""
    if isinstance(cell, date):
        return f"bulan {cell.month} tahun {cell.year}" if cell.day == 1 else ""
    if isinstance(cell, int | float) and cell in _YEARS:
        return str(int(cell))
    return " ".join(cell[:LONGEST_TITLE].split()) if isinstance(cell, str) else ""


def texts_of(cells: Iterable[Any]) -> list[str]:
    """The titles among some cells."""
    return [text for text in map(title_text, cells) if text]

"""What one cell of a clerk's sheet means: a number of cards, or a day; whatever is not certain is refused with a code.

Nothing is rounded, completed or guessed here. What a cell does not say, such as the year of "2 Okt", is told by whoever
called, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from blangko.core.columns import MAX_CARDS
from blangko.core.numbers import whole_number
from blangko.core.workdays import WEEKDAY_NAMES
from blangko.errors import BlangkoError
from blangko.words.typed import YEARS, typed_date

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(36_526, 73_051)
"""Excel's numbers of the days from 2000 to 2099; a smaller one that looks like a date is a number badly formatted."""
LONG_GAP_DAYS = 20
"""From one row of a daily sheet to the next lie days, over the longest holidays two weeks."""
LONGEST_STEP_DAYS = 45
"""Even where one row stands for a month the next one is nearer; in 17/10/02, 17/10/03 the year stands in front."""
_NOTHING = frozenset(["", "-", "--", "---", "–", "—", "−", "."])
_NONE_AT_ALL = frozenset(["nihil", "nol", "nil"])
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_UNIT = r"(?:kpg|keping|kepg|kep|lembar|lbr|buah|bh|pcs|kartu|blangko|blanko|cards?)\.?"
_MARK = r"[*†‡¹²³]+\)?"
_FIGURE = rf"'?\+?(\d[\d.,]*?)(?:([.,])0{{1,2}})?\s*(?:{_UNIT})?\s*(?:{_MARK})?\s*(?:{_UNIT})?"
_PLAIN = re.compile(_FIGURE, re.ASCII | re.IGNORECASE)
# A narrow or no-break space parts thousands and nothing else; "120 150" with a plain one may be two figures.
_NARROW = re.compile("(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_SPACED = re.compile(r"^('?\+?[1-9]\d?) (\d{3})(?!\d| \d)", re.ASCII)
_NEGATIVE = re.compile(rf"[-–−]\s*\d[\d.,]*.*|\d[\d.,]*\s*-|\(\s*[-–−]?\d[\d.,]*\s*(?:{_UNIT})?\s*\).*", re.IGNORECASE)
_BROKEN = re.compile(rf"\d+[.,]\d+\s*(?:{_UNIT})?\s*(?:{_MARK})?", re.IGNORECASE)
_WEEKDAYS = {name: number for number, names in enumerate(WEEKDAY_NAMES) for name in names}
_WEEKDAY = re.compile(rf"({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b\.?[\s,./-]*")
# Besides those of the seven days, the Javanese names of five are often added.
_BEFORE = re.compile(r"^(?:tanggal|tgl|legi|pahing|pon|wage|kliwon)\b[\s.,:]*")
_CLOCK = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
# Only with a stroke: "1-7" is the first week of a month.
_DAY_OF_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", re.ASCII)
_MONTH_FIRST = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:, ?| )(\d{4})$", re.ASCII)
_NAMED = re.compile(r"\d{1,2}[ \-/.]*[a-z]{3,9}\.?(?:[ \-/.,]*(\d{4}|\d{2}))?", re.ASCII)
_WEEK = re.compile(r"minggu\s*(?:ke)?[\s-]*[1-6]", re.ASCII)


class Unclear(ValueError):
    """What stands in a cell is no number of cards, or no day; `code` says why not.

    Of cards: negative, broken, unclear ("±180", "180/2"), truth, date, error ("#REF!"), too_many, text.
    Of days: no_such_day, order (a day only when day and month change places), no_year, no_month, year (far from ours),
    weekday (the date falls on another one), truth, error, text.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Doubt(NamedTuple):
    """Why the days of a column may not be what was meant: `code`, and the first cell that shows it.

    swapped: with day and month changed the days follow each other, or fall on open days. future: later than today.
    stray: far from the rows above and below, which lie close together. backwards: before the row above it.
    jump: months lie between most rows.
    """

    code: str
    place: int
    day: date


def cards_in(cell: Any) -> int | None:
    """The cards in a cell; None where it says nothing: empty, or a dash. "nihil" says none.

    Raises:
        Unclear: What stands there is no number of cards.
    """
    if isinstance(cell, int | float):
        return _counted(cell)
    if isinstance(cell, date):
        raise Unclear("date")
    text = _text(cell)
    if text in _NOTHING:
        return None
    # Nearly every cell; the patterns below take five times as long.
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return _counted(int(text))
    if text.lower() in _NONE_AT_ALL:
        return 0
    found = _PLAIN.fullmatch(_SPACED.sub(r"\1\2", _text(_NARROW.sub("", str(cell))), count=1))
    # Behind thousands parted by points the decimals follow a comma, and the other way round.
    if found is None or (found[2] and found[2] in found[1]):
        raise _refused(text)
    try:
        return _counted(whole_number(found[1]))
    except BlangkoError:
        raise _refused(text) from None


def _counted(number: int | float) -> int:
    # Python counts true as 1.
    if isinstance(number, bool):
        raise Unclear("truth")
    if not float(number).is_integer():
        raise Unclear("broken")
    if number < 0:
        raise Unclear("negative")
    if number > MAX_CARDS:
        raise Unclear("too_many")
    return int(number)


def _refused(text: str) -> Unclear:
    """Why a text is no number of cards."""
    if _is_error(text):
        return Unclear("error")
    if _NEGATIVE.fullmatch(text):
        return Unclear("negative")
    if _BROKEN.fullmatch(text):
        return Unclear("broken")
    return Unclear("unclear" if re.search(r"\d", text) else "text")


def _is_error(text: str) -> bool:
    return bool(re.match(r"#[A-Z/0!?]+|#$|Err:", text))


def _text(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def day_in(cell: Any, order: str, today: date, year: int | None = None, month: int | None = None) -> date | None:
    """The day in a cell; None where it is empty, or a dash.

    Args:
        cell: A date, one of Excel's day numbers, or a text such as "Jum’at, 6 Okt 17", "6/10/2017", or "6" alone.
        order: "dmy", or "mdy" for a sheet that was typed, or opened and kept, in an American Excel: there texts begin
            with the month, and dates that it understood have day and month changed, up to the twelfth day.
        today: The date in the office; it decides nothing here but how a text is read that says its year.
        year: The year that stands above the table, for cells that do not say theirs.
        month: The month that stands above the table, for cells that hold the day's number alone.

    Raises:
        Unclear: It is no day, or not certainly one.
    """
    if isinstance(cell, bool):
        raise Unclear("truth")
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return _of_excel((day - EXCEL_EPOCH).days, order)
    if isinstance(cell, int | float):
        return _numbered(cell, order, year, month)
    text = _text(cell).translate(_APOSTROPHES).lower()
    return None if text in _NOTHING else _said(text, order, today, year, month)


def turned(day: date) -> date:
    """The day with day and month changed; itself after the twelfth of a month."""
    return date(day.year, day.day, day.month) if day.day <= 12 else day


def _of_excel(serial: int, order: str) -> date:
    if serial not in SERIALS:
        raise Unclear("year")
    day = EXCEL_EPOCH + timedelta(days=serial)
    return turned(day) if order == "mdy" else day


def _numbered(number: float, order: str, year: int | None, month: int | None) -> date:
    # No number at all, or one beyond all days; neither may be rounded.
    if not abs(number) < MAX_CARDS:
        raise Unclear("text")
    # Behind the point stands the time of the day.
    if int(number) in SERIALS:
        return _of_excel(int(number), order)
    if not float(number).is_integer():
        raise Unclear("text")
    if 1 <= number <= 31:
        return _alone(int(number), year, month)
    if re.fullmatch(r"20\d{6}", str(int(number))):
        return _made(*(int(part) for part in re.findall(r"^....|..", str(int(number)))))
    raise Unclear("text")


def _alone(day: int, year: int | None, month: int | None) -> date:
    if month is None:
        raise Unclear("no_month")
    if year is None:
        raise Unclear("no_year")
    return _made(year, month, day)


def _made(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise Unclear("year")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear("no_such_day") from None


def _said(text: str, order: str, today: date, year: int | None, month: int | None) -> date:
    # Most dates of a text file are of this kind; the steps below take three times as long.
    if found := _NUMERIC.fullmatch(text):
        return _of_numbers(found, order)
    if _is_error(text.upper()):
        raise Unclear("error")
    plain = _CLOCK.sub("", _BEFORE.sub("", text))
    weekday = _WEEKDAY.match(plain)
    if weekday:
        plain = _BEFORE.sub("", plain[weekday.end() :])
    # A weekday alone would mean another day tomorrow, and so would "kemarin"; "Minggu 2" is a week, not a Sunday.
    if not re.search(r"\d", plain) or _WEEK.fullmatch(text):
        raise Unclear("text")
    day = _dated(plain.strip(" .,"), order, today, year, month)
    # Either the weekday or the date is wrong, or day and month have changed places: only the clerk knows which.
    if weekday and day.weekday() != _WEEKDAYS[weekday[1]]:
        raise Unclear("weekday")
    return day


def _dated(plain: str, order: str, today: date, year: int | None, month: int | None) -> date:
    if re.fullmatch(r"\d{1,2}|\d{5}|20\d{6}", plain, re.ASCII):
        return _numbered(int(plain), order, year, month)
    if found := _YEAR_FIRST.fullmatch(plain):
        return _made(*(int(part) for part in found.groups()))
    if found := _NUMERIC.fullmatch(plain):
        return _of_numbers(found, order)
    if found := _DAY_OF_YEAR.fullmatch(plain):
        return _without_year(int(found[1]), int(found[2]), order, year, month)
    return _named(_MONTH_FIRST.sub(r"\2 \1 \3", plain), today, year)


def _of_numbers(found: re.Match[str], order: str) -> date:
    century = 2000 if len(found[4]) == 2 else 0
    return _in_order(int(found[1]), int(found[3]), century + int(found[4]), order)


def _in_order(first: int, second: int, year: int, order: str) -> date:
    """The day of three numbers whose last is the year."""
    day, month = (second, first) if order == "mdy" else (first, second)
    if month > 12 >= day:
        # An American Excel leaves the days after the twelfth of a month as the text that was typed.
        if order == "mdy":
            return _made(year, day, month)
        raise Unclear("order")
    return _made(year, month, day)


def _without_year(first: int, second: int, order: str, year: int | None, month: int | None) -> date:
    if year is None:
        raise Unclear("no_year")
    day = _in_order(first, second, year, order)
    # Below "Oktober", 1/7 is hardly the first of July.
    if month not in (None, day.month):
        raise Unclear("text")
    return day


def _named(plain: str, today: date, year: int | None) -> date:
    """The day of a text with the month in letters."""
    found = _NAMED.fullmatch(plain)
    if found is None:
        raise Unclear("text")
    if not found[1]:
        if year is None:
            raise Unclear("no_year")
        plain = f"{plain} {year}"
    try:
        return typed_date(plain, today)
    except BlangkoError:
        raise Unclear("no_such_day") from None


def doubts(days: Sequence[tuple[int, date]], is_open: Callable[[date], bool], today: date) -> list[Doubt]:
    """Why the days of a column may not be those that were meant; nothing when they are plausible.

    What a single cell cannot show: an Excel of another country took 2/10 for the tenth of February.

    Args:
        days: Each with the place of its cell, from above, of the rows that hold cards: free days would look like
            doubts.
        is_open: Whether the office was open on a day.
        today: The date in the office.
    """
    if not days:
        return []
    found = [Doubt("future", *place) for place in days if place[1] > today]
    if swapped := _swapped(days, is_open):
        return [swapped, *found]
    return [*found, *_out_of_line(days)]


def _swapped(days: Sequence[tuple[int, date]], is_open: Callable[[date], bool]) -> Doubt | None:
    """The doubt that day and month have changed places, when the days make more sense the other way round."""
    read = [day for _, day in days]
    other = [turned(day) for day in read]
    if read == other:
        return None
    closed, closed_other = (sum(not is_open(day) for day in column) for column in (read, other))
    rough, rough_other = (sum(abs((b - a).days) for a, b in pairwise(column)) for column in (read, other))
    is_rough = rough > LONG_GAP_DAYS and 3 * rough_other < rough
    # Some offices work on Sundays; but hardly on every fifth day of work, all of them open when turned.
    if is_rough or (5 * closed >= len(read) and 2 * closed_other < closed and rough_other <= rough):
        first = next(index for index, day in enumerate(read) if day != other[index])
        return Doubt("swapped", *days[first])
    return None


def _out_of_line(days: Sequence[tuple[int, date]]) -> list[Doubt]:
    """Single days far from their neighbours, or before the row above."""
    steps = [(later - earlier).days for (_, earlier), (_, later) in pairwise(days)]
    # Some keep the newest day on top.
    direction = -1 if sum(step < 0 for step in steps) > len(steps) / 2 else 1
    found = []
    for number, step in enumerate(steps, 1):
        after = steps[number] if number < len(steps) else None
        if after is not None and abs(step) > LONG_GAP_DAYS and abs(step + after) <= LONG_GAP_DAYS:
            found.append(Doubt("stray", *days[number]))
        elif step * direction < 0 and not (found and found[-1].place == days[number - 1][0]):
            found.append(Doubt("backwards", *days[number]))
    if not found and steps and median(abs(step) for step in steps) > LONGEST_STEP_DAYS:
        return [Doubt("jump", *days[1])]
    return found

"""What pictures are drawn with, as SVG: a scale of days and cards, lines, areas, labels; legible in black and white.

The same picture stands in the HTML page and in the PDF, so it uses nothing but lines, areas and text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar
from xml.sax.saxutils import escape

from blangko.core.forecast import Spread
from blangko.core.workdays import ONE_DAY
from blangko.words.written import count, day_and_month, short_month

T = TypeVar("T")
WIDTH = 720
LEFT, RIGHT, BOTTOM = 52, 12, 42
"""What the numbers, the last label, and the dates with the key below them take."""
LANE = 13
FONT_SIZE = 10
LETTER_WIDTH = 0.56
"""The width of an average letter as a part of the font's size; a little too wide, so that labels never touch."""
FONT = "Libertinus Serif, Georgia, serif"
INK, GREY, BAND, SHADE = "#000", "#666", "#d4d4d4", "#f1f1f1"
WEEKS_AT_MOST = 100
"""Days up to which the Mondays are named; over a longer time the months are."""
KEY_SAMPLE, KEY_GAP, KEY_LINE = 24, 14, 13
HATCH = 6
"""How far apart the lines of a hatched area are."""


class Mark(NamedTuple):
    """A day worth a label: where it stands, what it says, and how its line is drawn."""

    day: date
    text: str
    dash: str
    bold: bool = False


class Scale(NamedTuple):
    """Where a day and a number of cards stand; `top` and `base` are the heights of `top_cards` and of none.

    `width` is that of the whole picture: a narrow one is drawn anew, with fewer dates, so that its letters stay large.
    """

    first: date
    days: int
    top_cards: int
    top: float
    base: float
    width: int = WIDTH

    @property
    def right(self) -> float:
        """Where the last day ends."""
        return self.width - RIGHT

    def x(self, day: date) -> float:
        """The evening of a day."""
        return LEFT + (self.right - LEFT) * ((day - self.first).days / self.days)

    def y(self, cards: float) -> float:
        """The height of so many cards."""
        return self.top + (self.base - self.top) * (1 - cards / self.top_cards)

    def one_day(self) -> float:
        """The width of a day."""
        return (self.right - LEFT) / self.days


def picture(parts: Iterable[str], height: int, title: str, width: int = WIDTH) -> str:
    """One SVG element that holds the parts."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="{FONT}"'
        f' font-size="{FONT_SIZE}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def steps(highest: int) -> tuple[int, int]:
    """The distance between two lines of the grid and the height of the topmost one: 1, 2 or 5 times a power of ten."""
    for power in range(9):
        for factor in (1, 2, 5):
            step = factor * 10**power
            if highest <= 5 * step:
                return step, step * -(-highest // step)
    return highest, highest


def line(x1: float, y1: float, x2: float, y2: float, more: str) -> str:
    """A straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {more}/>'


def text(x: float, y: float, said: str, anchor: str = "middle", more: str = "") -> str:
    """A text on one line, escaped."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(said)}</text>'


def path(points: Sequence[tuple[float, float]], look: str) -> str:
    """A line through the points."""
    return f'<polyline points="{_points(points)}" fill="none" {look}/>'


def every_evening(now: tuple[date, T], rows: Iterable[tuple[date, T]]) -> Iterator[tuple[date, T]]:
    """What the open days ahead bring, after what is now; on closed days nothing moves, so that a line stays level."""
    day, value = now
    yield day, value
    for after, changed in rows:
        if after - day > ONE_DAY:
            yield after - ONE_DAY, value
        day, value = after, changed
        yield day, value


def band(evenings: Iterable[tuple[date, Spread[int]]], scale: Scale, look: str) -> Iterator[str]:
    """The middle as a line in a band that holds eight times in ten."""
    known = [(scale.x(day), cards) for day, cards in evenings]
    high, low = ([(x, scale.y(cards[end])) for x, cards in known] for end in (2, 0))
    yield f'<polygon points="{_points([*high, *reversed(low)])}" fill="{BAND}" stroke="none"/>'
    yield path([(x, scale.y(cards.p50)) for x, cards in known], look)


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def closed_days(days: Sequence[date], scale: Scale) -> Iterator[str]:
    """The days on which nothing is used, shaded."""
    for day in days:
        x = scale.x(day) - scale.one_day()
        if x >= LEFT - 0.1:
            yield (
                f'<rect x="{x:.1f}" y="{scale.top:.1f}" width="{scale.one_day():.2f}"'
                f' height="{scale.base - scale.top:.1f}" fill="{SHADE}"/>'
            )


def grid(scale: Scale, step: int) -> Iterator[str]:
    """A line with its number for each step."""
    for cards in range(0, scale.top_cards + 1, step):
        y = scale.y(cards)
        yield line(LEFT, y, scale.right, y, f'stroke="{INK if cards == 0 else "#bbb"}" stroke-width="0.6"')
        yield text(LEFT - 6, y + 3.5, count(cards), "end")


def dates(scale: Scale) -> Iterator[str]:
    """The Mondays by their dates, or the months over a longer time."""
    days = (scale.first + timedelta(days=number) for number in range(scale.days + 1))
    months, free = scale.days > WEEKS_AT_MOST, float(LEFT)
    for day in days:
        x = scale.x(day) - scale.one_day()
        if not (day.day == 1 if months else day.weekday() == 0) or x < free or x + 18 > scale.right + 12:
            continue
        free = x + wide(short_month(day) if months else day_and_month(day)) + 2
        yield line(x, scale.base, x, scale.base + 4, f'stroke="{INK}" stroke-width="0.6"')
        yield text(x, scale.base + 15, short_month(day) if months else day_and_month(day))


def key(rows: Sequence[tuple[str, str, bool]], base: float, width: int = WIDTH) -> Iterator[str]:
    """How each line looks, where nothing else stands: its words, its look, whether it lies in a band.

    A look of nothing is a cross. What has no room on the first line, whose letters stand on `base`, follows below.
    """
    x = float(LEFT)
    for said, look, has_band in rows:
        if x > LEFT and x + KEY_SAMPLE + 5 + wide(said) > width:
            x, base = float(LEFT), base + KEY_LINE
        if has_band:
            yield f'<rect x="{x:.1f}" y="{base - 8}" width="{KEY_SAMPLE}" height="9" fill="{BAND}"/>'
        middle = base - 3.5
        yield line(x, middle, x + KEY_SAMPLE, middle, look) if look else cross(x + KEY_SAMPLE / 2, middle)
        yield text(x + KEY_SAMPLE + 5, base, said, "start")
        x += KEY_SAMPLE + 5 + wide(said) + KEY_GAP


def key_lines(rows: Sequence[tuple[str, str, bool]], width: int = WIDTH) -> int:
    """The lines that a key takes."""
    x, lines = float(LEFT), 1
    for said, _look, _has_band in rows:
        if x > LEFT and x + KEY_SAMPLE + 5 + wide(said) > width:
            x, lines = float(LEFT), lines + 1
        x += KEY_SAMPLE + 5 + wide(said) + KEY_GAP
    return lines


def hatched(x1: float, x2: float, scale: Scale) -> str:
    """Slanting lines from one day's place to another's, over the whole height: told apart from grey without colour."""
    x1, x2 = max(x1, LEFT), min(x2, scale.right)
    height, strokes = scale.base - scale.top, []
    for number in range(int((x2 - x1 + height) / HATCH) + 1):
        # Each line climbs to the right at 45 degrees; what leaves the area is cut off.
        begin = x1 - height + HATCH * number
        left, right = max(begin, x1), min(begin + height, x2)
        if right > left:
            strokes.append(
                f"M{left:.1f},{scale.base - (left - begin):.1f}L{right:.1f},{scale.base - (right - begin):.1f}"
            )
    return f'<path d="{"".join(strokes)}" stroke="{GREY}" stroke-width="0.5" fill="none"/>'


def cross(x: float, y: float, size: float = 2.6) -> str:
    """A small cross."""
    look = f'stroke="{INK}" stroke-width="1.1"'
    return line(x - size, y - size, x + size, y + size, look) + line(x - size, y + size, x + size, y - size, look)


def label(x: float, y: float, said: str, anchor: str = "middle", more: str = "") -> str:
    """A text on white, so that lines which pass there do not strike it out."""
    left = x - {"start": 0.0, "middle": wide(said) / 2, "end": wide(said)}[anchor]
    white = (
        f'<rect x="{left:.1f}" y="{y - FONT_SIZE:.1f}" width="{wide(said):.1f}" height="{FONT_SIZE + 3}" fill="#fff"/>'
    )
    return white + text(x, y, said, anchor, more)


def wide(said: str) -> float:
    """How wide a text is, at most."""
    return len(said) * FONT_SIZE * LETTER_WIDTH


def lanes(marks: Sequence[Mark], scale: Scale) -> Iterator[tuple[Mark, int, float]]:
    """Each mark with the lane above the picture and the middle of its label, so that no two labels overlap."""
    ends: list[float] = []
    for mark in marks:
        half = wide(mark.text) / 2
        x = min(max(scale.x(mark.day), half + 2), scale.width - half - 2)
        lane = next((number for number, end in enumerate(ends) if end + 6 <= x - half), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = x + half
        yield mark, lane, x


def height_of_lanes(placed: Sequence[tuple[Mark, int, float]]) -> int:
    """What the labels take above a picture."""
    return LANE * (1 + max((lane for _mark, lane, _x in placed), default=0)) + 8


def drawn_marks(placed: Sequence[tuple[Mark, int, float]], scale: Scale, base_below: float = 0) -> Iterator[str]:
    """Marks in their lanes, with their lines down to the base, or to that of a picture below on the same days.

    All lines come before all labels, so that no line strikes out the words of another mark.
    """
    for mark, lane, _label_x in placed:
        x, dash = scale.x(mark.day), f' stroke-dasharray="{mark.dash}"' if mark.dash else ""
        top, base = LANE * (lane + 1) + 2, base_below or scale.base
        yield line(x, top, x, base, f'stroke="{GREY}" stroke-width="0.8"{dash}')
    for mark, lane, label_x in placed:
        yield label(label_x, LANE * (lane + 1), mark.text, more='font-weight="bold"' if mark.bold else "")

"""The picture of the stock as SVG: what was, what is to come, and the days that matter; legible in black and white.

The same picture stands in the HTML page and in the PDF, so it uses nothing but lines, areas and text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape

from blangko.core.forecast import Spread
from blangko.core.summary import Chart, Evening, Summary
from blangko.core.workdays import ONE_DAY
from blangko.words.language import _
from blangko.words.written import count, day_and_month

WIDTH, HEIGHT = 720, 300
FLAT_HEIGHT, LONG_ROWS = 155, 10
"""With the rows of a month above it the picture is flatter, so that the page stays one and its letters legible."""
LEFT, RIGHT, BOTTOM = 52, 12, 42
LANE = 13
FONT_SIZE = 10
LETTER_WIDTH = 0.56
"""The width of an average letter as a part of the font's size; a little too wide, so that labels never touch."""
FONT = "Libertinus Serif, Georgia, serif"
INK, GREY, BAND, SHADE = "#000", "#666", "#d4d4d4", "#f1f1f1"
PAST_LINE = f'stroke="{INK}" stroke-width="1.8"'
ALONE_LINE = f'stroke="{INK}" stroke-width="1"'
PROMISED_LINE = f'stroke="{INK}" stroke-width="1.4" stroke-dasharray="7 3"'
HOPED_LINE = f'stroke="{INK}" stroke-width="1.8" stroke-dasharray="0.1 3.6" stroke-linecap="round"'
"""What was, and what is expected: alone, with what is promised, with what is hoped for; apart without any colour."""
KEY_SAMPLE, KEY_GAP = 24, 14


class Mark(NamedTuple):
    """A day worth a label: where it stands, what it says, and how its line is drawn."""

    day: date
    text: str
    dash: str
    bold: bool = False


class _Scale(NamedTuple):
    first: date
    days: int
    top_cards: int
    top: float
    height: int = HEIGHT

    @property
    def base(self) -> int:
        """Where no cards are."""
        return self.height - BOTTOM

    def x(self, day: date) -> float:
        """The evening of a day."""
        return LEFT + (WIDTH - LEFT - RIGHT) * ((day - self.first).days / self.days)

    def y(self, cards: float) -> float:
        return self.top + (self.base - self.top) * (1 - cards / self.top_cards)

    def one_day(self) -> float:
        return (WIDTH - LEFT - RIGHT) / self.days


def stock_chart(summary: Summary) -> str:
    """The stock over the last weeks and the coming ones, as one SVG element."""
    chart = summary.chart
    days = (chart.last - chart.first).days
    highest = max([chart.start_cards, 1, *(max(day.opening, day.closing) for day in chart.past),
                   *(row.stock_cards.p90 for row in chart.ahead),
                   *(evening.morning_cards for evening in (*chart.promised, *chart.hoped))])  # fmt: skip
    step, top_cards = _steps(highest)
    height = HEIGHT if len(summary.rows) <= LONG_ROWS else FLAT_HEIGHT
    bare = _Scale(chart.first, days, top_cards, 0, height)
    lanes = list(_lanes(_marks(summary), bare))
    scale = bare._replace(top=LANE * (1 + max((lane for _, lane, _ in lanes), default=0)) + 6)
    parts = [
        *_closed(chart.closed, scale),
        *_grid(scale, step),
        *_weeks(scale),
        *_band(summary, scale),
        *_supplied(chart.promised, scale, PROMISED_LINE),
        *_supplied(chart.hoped, scale, HOPED_LINE),
        *_past(summary, scale),
        *(part for mark, lane, x in lanes for part in _mark(mark, lane, x, scale)),
        *_key(chart, height),
    ]
    title = escape(_("Cards on the shelf, eight weeks back and four ahead"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="{FONT}"'
        f' font-size="{FONT_SIZE}"><title>{title}</title>{"".join(parts)}</svg>'
    )


def _steps(highest: int) -> tuple[int, int]:
    """The distance between two lines of the grid and the height of the topmost one: 1, 2 or 5 times a power of ten."""
    for power in range(9):
        for factor in (1, 2, 5):
            step = factor * 10**power
            if highest <= 5 * step:
                return step, step * -(-highest // step)
    return highest, highest


def _line(x1: float, y1: float, x2: float, y2: float, more: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {more}/>'


def _text(x: float, y: float, text: str, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(text)}</text>'


def _closed(days: Sequence[date], scale: _Scale) -> Iterator[str]:
    for day in days:
        x = scale.x(day) - scale.one_day()
        if x >= LEFT - 0.1:
            yield (
                f'<rect x="{x:.1f}" y="{scale.top:.1f}" width="{scale.one_day():.2f}"'
                f' height="{scale.base - scale.top:.1f}" fill="{SHADE}"/>'
            )


def _grid(scale: _Scale, step: int) -> Iterator[str]:
    for cards in range(0, scale.top_cards + 1, step):
        y = scale.y(cards)
        yield _line(LEFT, y, WIDTH - RIGHT, y, f'stroke="{INK if cards == 0 else "#bbb"}" stroke-width="0.6"')
        yield _text(LEFT - 6, y + 3.5, count(cards), "end")


def _weeks(scale: _Scale) -> Iterator[str]:
    """The Mondays by their dates; every second one where they would stand too close."""
    mondays = [
        day
        for day in (scale.first + timedelta(days=number) for number in range(scale.days + 1))
        if day.weekday() == 0 and scale.x(day) + 18 <= WIDTH - RIGHT + 12
    ]
    base = scale.base
    for day in mondays:
        x = scale.x(day) - scale.one_day()
        if x >= LEFT:
            yield _line(x, base, x, base + 4, f'stroke="{INK}" stroke-width="0.6"')
            yield _text(x, base + 15, day_and_month(day))


def _past(summary: Summary, scale: _Scale) -> Iterator[str]:
    """The stock as a staircase: level through the day, falling or rising in its evening."""
    chart = summary.chart
    points = [(scale.x(chart.first), scale.y(chart.start_cards))]
    on_hand = chart.start_cards
    for day in chart.past:
        x = scale.x(day.day)
        points += [(x, scale.y(on_hand)), (x, scale.y(day.closing))]
        on_hand = day.closing
    points.append((scale.x(chart.today), scale.y(on_hand)))
    yield _path(points, PAST_LINE)


def _band(summary: Summary, scale: _Scale) -> Iterator[str]:
    """What is likely if nothing comes: the middle as a thin line in a band that holds eight times in ten."""
    chart, now = summary.chart, summary.answer.on_hand_cards
    if not chart.ahead:
        return
    evenings = list(_evenings(chart, now))
    high = [(scale.x(day), scale.y(stock.p90)) for day, stock in evenings]
    low = [(scale.x(day), scale.y(stock.p10)) for day, stock in evenings]
    yield f'<polygon points="{_points([*high, *reversed(low)])}" fill="{BAND}" stroke="none"/>'
    middle = [(scale.x(day), scale.y(stock.p50)) for day, stock in evenings]
    yield _path(middle, ALONE_LINE)


def _evenings(chart: Chart, on_hand: int) -> Iterator[tuple[date, Spread[int]]]:
    """The forecast evening by evening; on closed days nothing is used, so that the line stays level."""
    day, stock = chart.today, Spread(on_hand, on_hand, on_hand)
    yield day, stock
    for row in chart.ahead:
        if row.day - day > ONE_DAY:
            yield row.day - ONE_DAY, stock
        day, stock = row.day, row.stock_cards
        yield day, stock


def _supplied(evenings: Sequence[Evening], scale: _Scale, look: str) -> Iterator[str]:
    """What is likely with the cards that come: up on the morning of a delivery, down through the day."""
    if not evenings:
        return
    points = [(scale.x(evenings[0].day), scale.y(evenings[0].evening_cards))]
    for before, evening in pairwise(evenings):
        morning = scale.x(max(evening.day - ONE_DAY, before.day))
        points += [(morning, scale.y(before.evening_cards)), (morning, scale.y(evening.morning_cards))]
        points.append((scale.x(evening.day), scale.y(evening.evening_cards)))
    yield _path(points, look)


def _key(chart: Chart, height: int) -> Iterator[str]:
    """How each line looks, below the picture where nothing else stands."""
    rows = [(_("on the shelf"), PAST_LINE, False)]
    if chart.ahead:
        rows.append((_("expected if nothing comes"), ALONE_LINE, True))
    if chart.promised:
        rows.append((_("with what is promised"), PROMISED_LINE, False))
    if chart.hoped:
        rows.append((_("with what is hoped for"), HOPED_LINE, False))
    x, base = float(LEFT), height - 5
    for text, look, has_band in rows:
        if has_band:
            yield f'<rect x="{x:.1f}" y="{base - 8}" width="{KEY_SAMPLE}" height="9" fill="{BAND}"/>'
        yield _line(x, base - 3.5, x + KEY_SAMPLE, base - 3.5, look)
        yield _text(x + KEY_SAMPLE + 5, base, text, "start")
        x += KEY_SAMPLE + 5 + len(text) * FONT_SIZE * LETTER_WIDTH + KEY_GAP


def _path(points: Sequence[tuple[float, float]], look: str) -> str:
    return f'<polyline points="{_points(points)}" fill="none" {look}/>'


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _marks(summary: Summary) -> list[Mark]:
    chart, answer = summary.chart, summary.answer
    marks = [Mark(day.day, f"+{count(day.received)}", "1 2") for day in chart.past if day.received > 0]
    marks.append(Mark(chart.today, _("as of {day}").format(day=day_and_month(chart.today)), "", bold=True))
    if answer.request_by:
        marks.append(Mark(answer.request_by, _("ask by {day}").format(day=day_and_month(answer.request_by)), "6 2"))
    if answer.run_out_on.p50:
        marks.append(
            Mark(answer.run_out_on.p50, _("empty {day}").format(day=day_and_month(answer.run_out_on.p50)), "2 2")
        )
    return sorted((mark for mark in marks if chart.first <= mark.day <= chart.last), key=lambda mark: mark.day)


def _lanes(marks: Sequence[Mark], scale: _Scale) -> Iterator[tuple[Mark, int, float]]:
    """Each mark with the lane above the picture and the middle of its label, so that no two labels overlap."""
    ends: list[float] = []
    for mark in marks:
        half = len(mark.text) * FONT_SIZE * LETTER_WIDTH / 2
        x = min(max(scale.x(mark.day), half + 2), WIDTH - half - 2)
        lane = next((number for number, end in enumerate(ends) if end + 6 <= x - half), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = x + half
        yield mark, lane, x


def _mark(mark: Mark, lane: int, label_x: float, scale: _Scale) -> Iterator[str]:
    x, base = scale.x(mark.day), LANE * (lane + 1)
    dash = f' stroke-dasharray="{mark.dash}"' if mark.dash else ""
    yield _line(x, base + 2, x, scale.base, f'stroke="{GREY}" stroke-width="0.8"{dash}')
    # White behind the letters: a line of another mark may pass there.
    half = len(mark.text) * FONT_SIZE * LETTER_WIDTH / 2
    yield (
        f'<rect x="{label_x - half:.1f}" y="{base - FONT_SIZE:.1f}" width="{2 * half:.1f}" height="{FONT_SIZE + 3}"'
        ' fill="#fff"/>'
    )
    yield _text(label_x, base, mark.text, more='font-weight="bold"' if mark.bold else "")

"""The picture of the stock as SVG: what was, what is to come, and the days that matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from blangko.core.forecast import Spread
from blangko.core.summary import Chart, Evening, Summary
from blangko.core.workdays import ONE_DAY
from blangko.reports.drawing import (
    BOTTOM,
    INK,
    Mark,
    Scale,
    band,
    closed_days,
    dates,
    drawn_mark,
    every_evening,
    grid,
    height_of_lanes,
    key,
    lanes,
    path,
    picture,
    steps,
)
from blangko.words.language import _
from blangko.words.written import count, day_and_month

HEIGHT = 300
FLAT_HEIGHT, LONG_ROWS = 155, 10
"""With the rows of a month above it the picture is flatter, so that the page stays one and its letters legible."""
PAST_LINE = f'stroke="{INK}" stroke-width="1.8"'
ALONE_LINE = f'stroke="{INK}" stroke-width="1"'
PROMISED_LINE = f'stroke="{INK}" stroke-width="1.4" stroke-dasharray="7 3"'
HOPED_LINE = f'stroke="{INK}" stroke-width="1.8" stroke-dasharray="0.1 3.6" stroke-linecap="round"'
"""What was, and what is expected: alone, with what is promised, with what is hoped for; apart without any colour."""


def stock_chart(summary: Summary) -> str:
    """The stock over the last weeks and the coming ones, as one SVG element."""
    chart = summary.chart
    days = (chart.last - chart.first).days
    highest = max([chart.start_cards, 1, *(max(day.opening, day.closing) for day in chart.past),
                   *(row.stock_cards.p90 for row in chart.ahead),
                   *(evening.morning_cards for evening in (*chart.promised, *chart.hoped))])  # fmt: skip
    step, top_cards = steps(highest)
    height = HEIGHT if len(summary.rows) <= LONG_ROWS else FLAT_HEIGHT
    bare = Scale(chart.first, days, top_cards, 0, height - BOTTOM)
    placed = list(lanes(_marks(summary), bare))
    scale = bare._replace(top=height_of_lanes(placed))
    parts = [
        *closed_days(chart.closed, scale),
        *grid(scale, step),
        *dates(scale),
        *_band(summary, scale),
        *_supplied(chart.promised, scale, PROMISED_LINE),
        *_supplied(chart.hoped, scale, HOPED_LINE),
        *_past(summary, scale),
        *(part for mark, lane, x in placed for part in drawn_mark(mark, lane, x, scale)),
        *key(_key(chart), height - 5),
    ]
    return picture(parts, height, _("Cards on the shelf, eight weeks back and four ahead"))


def _past(summary: Summary, scale: Scale) -> Iterator[str]:
    """The stock as a staircase: level through the day, falling or rising in its evening."""
    chart = summary.chart
    points = [(scale.x(chart.first), scale.y(chart.start_cards))]
    on_hand = chart.start_cards
    for day in chart.past:
        x = scale.x(day.day)
        points += [(x, scale.y(on_hand)), (x, scale.y(day.closing))]
        on_hand = day.closing
    points.append((scale.x(chart.today), scale.y(on_hand)))
    yield path(points, PAST_LINE)


def _band(summary: Summary, scale: Scale) -> Iterator[str]:
    """What is likely if nothing comes: the middle as a thin line in a band that holds eight times in ten."""
    chart, now = summary.chart, summary.answer.on_hand_cards
    if chart.ahead:
        rows = [(row.day, row.stock_cards) for row in chart.ahead]
        yield from band(every_evening((chart.today, Spread(now, now, now)), rows), scale, ALONE_LINE)


def _supplied(evenings: Sequence[Evening], scale: Scale, look: str) -> Iterator[str]:
    """What is likely with the cards that come: up on the morning of a delivery, down through the day."""
    if not evenings:
        return
    points = [(scale.x(evenings[0].day), scale.y(evenings[0].evening_cards))]
    for before, evening in pairwise(evenings):
        morning = scale.x(max(evening.day - ONE_DAY, before.day))
        points += [(morning, scale.y(before.evening_cards)), (morning, scale.y(evening.morning_cards))]
        points.append((scale.x(evening.day), scale.y(evening.evening_cards)))
    yield path(points, look)


def _key(chart: Chart) -> list[tuple[str, str, bool]]:
    """How each line looks, below the picture where nothing else stands."""
    rows = [(_("on the shelf"), PAST_LINE, False)]
    if chart.ahead:
        rows.append((_("expected if nothing comes"), ALONE_LINE, True))
    if chart.promised:
        rows.append((_("with what is promised"), PROMISED_LINE, False))
    if chart.hoped:
        rows.append((_("with what is hoped for"), HOPED_LINE, False))
    return rows


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

"""The picture of the stock as SVG: what was, what is to come, and the days that matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from blangko.core.answer import Answer
from blangko.core.demand import EmptyStretch
from blangko.core.forecast import ForecastRow, Spread
from blangko.core.status import Status
from blangko.core.summary import Chart, Evening, Summary, chart_of
from blangko.core.workdays import ONE_DAY
from blangko.reports.drawing import (
    BOTTOM,
    GREY,
    INK,
    KEY_LINE,
    LEFT,
    WIDTH,
    Mark,
    Scale,
    band,
    closed_days,
    cross,
    dates,
    drawn_marks,
    every_evening,
    grid,
    hatched,
    height_of_lanes,
    key,
    key_lines,
    lanes,
    line,
    path,
    picture,
    steps,
    text,
)
from blangko.reports.remarks import stop_word
from blangko.reports.summary import LEAST_MONTHS
from blangko.words.language import _
from blangko.words.written import count, day_and_month, short_month, workdays

HEIGHT, NARROW_HEIGHT = 218, 290
NARROW = 340
"""A phone's width, less its margins."""
PAST_LINE = f'stroke="{INK}" stroke-width="1.8"'
ALONE_LINE = f'stroke="{INK}" stroke-width="1"'
PROMISED_LINE = f'stroke="{INK}" stroke-width="1.4" stroke-dasharray="7 3"'
HOPED_LINE = f'stroke="{INK}" stroke-width="1.8" stroke-dasharray="0.1 3.6" stroke-linecap="round"'
"""What was, and what is expected: alone, with what is promised, with what is hoped for; apart without any colour."""
CROSS = ""
LEVEL_LINE = f'stroke="{GREY}" stroke-width="0.9" stroke-dasharray="3 2"'
CROSS_AREA = 7
FAR_ABOVE = 2
MONTHS_WIDTH, MONTHS_HEIGHT, MONTHS_EDGE = 130, 30, 3


class Pictured(Protocol):
    """What the picture shows: a summary, or as much of one."""

    @property
    def answer(self) -> Status: ...

    @property
    def chart(self) -> Chart: ...


class Picture(NamedTuple):
    """The answer of this moment and its days, where no paper is drawn."""

    answer: Status
    chart: Chart


def picture_of(whole: Answer) -> Picture:
    """The picture of an answer."""
    return Picture(whole.status, chart_of(whole.facts, whole.ahead, whole.status.deliveries))


def stock_chart(summary: Pictured, width: int = WIDTH) -> str:
    """The stock over the last weeks and the coming ones, as one SVG element of that width."""
    chart, rows = summary.chart, _key(summary)
    height = (HEIGHT if width == WIDTH else NARROW_HEIGHT) + KEY_LINE * (key_lines(rows, width) - 1)
    key_base = height - 5 - KEY_LINE * (key_lines(rows, width) - 1)
    step, top_cards = steps(_highest(summary))
    bare = Scale(chart.first, (chart.last - chart.first).days, top_cards, 0, key_base + 5 - BOTTOM, width)
    placed = list(lanes(_marks(summary), bare))
    scale = bare._replace(top=height_of_lanes(placed))
    parts = [
        *closed_days(chart.closed, scale),
        *(hatched(scale.x(max(each.first, chart.first)), scale.x(each.last), scale) for each in chart.empty),
        *grid(scale, step),
        *dates(scale),
        *_levels(summary, scale),
        *_band(summary, scale),
        *_supplied(chart.promised, scale, PROMISED_LINE),
        *_supplied(chart.hoped, scale, HOPED_LINE),
        *_past(chart, scale),
        *(cross(scale.x(stop.day) - scale.one_day() / 2, scale.base - CROSS_AREA) for stop in chart.stops),
        *drawn_marks(placed, scale),
        *_level_words(summary, scale),
        _last_value(summary, scale),
        *key(rows, key_base, width),
    ]
    return picture(parts, height, _("Cards on the shelf, eight weeks back and four ahead"), width)


def _highest(summary: Pictured) -> int:
    """The most cards that the picture shows, the level at which to ask among them."""
    return max(_most_cards(summary.chart), *(cards for cards, _words in _levels_of(summary)), 1)


def _most_cards(chart: Chart) -> int:
    """The most that ever was, or is expected to be, on the shelf."""
    return max([chart.start_cards, 1, *(max(day.opening, day.closing) for day in chart.past),
                *(row.stock_cards.p90 for row in chart.ahead),
                *(evening.morning_cards for evening in (*chart.promised, *chart.hoped))])  # fmt: skip


def _past(chart: Chart, scale: Scale) -> Iterator[str]:
    """The stock as a staircase: level through the day, falling or rising in its evening."""
    points = [(scale.x(chart.first), scale.y(chart.start_cards))]
    on_hand = chart.start_cards
    for day in chart.past:
        x = scale.x(day.day)
        points += [(x, scale.y(on_hand)), (x, scale.y(day.closing))]
        on_hand = day.closing
    points.append((scale.x(chart.today), scale.y(on_hand)))
    yield path(points, PAST_LINE)


def _last_value(summary: Pictured, scale: Scale) -> str:
    """The cards on hand, at the end of the line that was."""
    on_hand = summary.answer.on_hand_cards
    return text(scale.x(summary.chart.today) + 4, scale.y(on_hand) - 5, count(on_hand), "start", 'font-weight="bold"')


def _band(summary: Pictured, scale: Scale) -> Iterator[str]:
    """What is likely if nothing comes, until nothing is left: the middle as a thin line in a band that holds eight
    times in ten."""
    chart, now = summary.chart, summary.answer.on_hand_cards
    rows = _until_empty(chart.ahead, now)
    if rows:
        told = [(row.day, row.stock_cards) for row in rows]
        yield from band(every_evening((chart.today, Spread(now, now, now)), told), scale, ALONE_LINE)


def _until_empty(rows: Sequence[ForecastRow], on_hand: int) -> Sequence[ForecastRow]:
    """The evenings up to the first on which the shelf is empty however little is used; none of a shelf empty now."""
    if on_hand <= 0:
        return []
    end = next((number for number, row in enumerate(rows, 1) if row.stock_cards.p90 <= 0), len(rows))
    return rows[:end]


def _supplied(evenings: Sequence[Evening], scale: Scale, look: str) -> Iterator[str]:
    """What is likely with the cards that come: up on the morning of a delivery, down through the day, until none are
    left."""
    end = max((number for number, each in enumerate(evenings) if each.morning_cards > 0), default=-1)
    if end < 0:
        return
    points = [(scale.x(evenings[0].day), scale.y(evenings[0].evening_cards))]
    for before, evening in pairwise(evenings[: end + 1]):
        morning = scale.x(max(evening.day - ONE_DAY, before.day))
        points += [(morning, scale.y(before.evening_cards)), (morning, scale.y(evening.morning_cards))]
        points.append((scale.x(evening.day), scale.y(evening.evening_cards)))
    yield path(points, look)


def _levels_of(summary: Pictured) -> list[tuple[int, str]]:
    """The level at which to ask and the office's own floor, each with its words; a floor that is the level, once.

    One that lies far above all that ever was on the shelf would leave no room for it, and stands among the facts only.
    """
    level, floor = summary.answer.reorder_level_cards, summary.answer.floor_cards
    found = [(level, _("ask at {n}"))] if level else []
    if floor and floor != level:
        found.append((floor, _("floor {n}")))
    most = FAR_ABOVE * _most_cards(summary.chart)
    return [(cards, words) for cards, words in found if cards <= most]


def _levels(summary: Pictured, scale: Scale) -> Iterator[str]:
    for cards, _words in _levels_of(summary):
        y = scale.y(cards)
        yield line(LEFT, y, scale.right, y, LEVEL_LINE)


def _level_words(summary: Pictured, scale: Scale) -> Iterator[str]:
    """What the levels are. The lines ahead are few, so the words stand at the right, on nothing that would hide one."""
    for cards, words in _levels_of(summary):
        yield text(scale.right - 2, scale.y(cards) - 3, words.format(n=count(cards)), "end")


def _key(summary: Pictured) -> list[tuple[str, str, bool]]:
    """How each line looks, below the picture where nothing else stands."""
    chart = summary.chart
    rows = [(_("on the shelf"), PAST_LINE, False)]
    if _until_empty(chart.ahead, summary.answer.on_hand_cards):
        rows.append((_("expected if nothing comes"), ALONE_LINE, True))
    if chart.promised:
        rows.append((_("with what is promised"), PROMISED_LINE, False))
    if chart.hoped:
        rows.append((_("with what is hoped for"), HOPED_LINE, False))
    if levels := _levels_of(summary):
        rows.append((_("level to ask at, floor") if len(levels) > 1 else _("level to ask at"), LEVEL_LINE, False))
    if causes := dict.fromkeys(stop_word(stop.cause) for stop in chart.stops):
        rows.append((", ".join(causes), CROSS, False))
    return rows


def _marks(summary: Pictured) -> list[Mark]:
    chart, answer = summary.chart, summary.answer
    marks = [Mark(day.day, f"+{count(day.received)}", "1 2") for day in chart.past if day.received > 0]
    marks += [Mark(max(each.first, chart.first), _empty(each), "1 1") for each in chart.empty if each.workdays]
    for each in answer.deliveries:
        words = _("+{n} promised") if each.is_promised else _("+{n} hoped for")
        marks.append(Mark(each.likely_on - ONE_DAY, words.format(n=count(round(each.cards))), "1 2"))
    marks.append(Mark(chart.today, _("as of {day}").format(day=day_and_month(chart.today)), "", bold=True))
    if answer.request_by:
        marks.append(Mark(answer.request_by, _("ask by {day}").format(day=day_and_month(answer.request_by)), "6 2"))
    if answer.run_out_on.p50 and answer.on_hand_cards > 0:
        marks.append(
            Mark(answer.run_out_on.p50, _("empty {day}").format(day=day_and_month(answer.run_out_on.p50)), "2 2")
        )
    return sorted((mark for mark in marks if chart.first <= mark.day <= chart.last), key=lambda mark: mark.day)


def _empty(each: EmptyStretch) -> str:
    """For how long the shelf was empty, or has been."""
    words = _("empty since {day}, {workdays}") if each.goes_on else _("empty {workdays}")
    return words.format(day=day_and_month(each.first), workdays=workdays(each.workdays))


# --- The use of the months ------------------------------------------------------------------------


def months_line(summary: Summary) -> str:
    """The use of a working day in each of the last months, as a small line; nothing before there are three."""
    known = [(number, month) for number, month in enumerate(summary.months) if month.cards_per_workday is not None]
    if len(known) < LEAST_MONTHS:
        return ""
    highest = max(*(month.cards_per_workday or 0 for _number, month in known), 1)
    across = (MONTHS_WIDTH - 2 * MONTHS_EDGE) / (len(summary.months) - 1)
    down = MONTHS_HEIGHT - 2 * MONTHS_EDGE
    points = [
        (MONTHS_EDGE + across * number, MONTHS_EDGE + down * (1 - (month.cards_per_workday or 0) / highest))
        for number, month in known
    ]
    x, y = points[-1]
    parts = [
        line(0, MONTHS_HEIGHT - 1, MONTHS_WIDTH, MONTHS_HEIGHT - 1, f'stroke="{GREY}" stroke-width="0.5"'),
        path(points, f'stroke="{INK}" stroke-width="1.2"'),
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{INK}"/>',
    ]
    title = _("Use of a working day, {first} to {last}").format(
        first=short_month(summary.months[0].first), last=short_month(summary.months[-1].first)
    )
    return picture(parts, MONTHS_HEIGHT, title, MONTHS_WIDTH)

"""The picture of a replay as SVG: how long the shelf was told to last, in a band, and how long it did, as a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from blangko.core.backtest import Backtest, Row
from blangko.core.forecast import Spread
from blangko.reports.drawing import (
    BAND,
    BOTTOM,
    GREY,
    INK,
    SHADE,
    Scale,
    band,
    dates,
    grid,
    key,
    line,
    path,
    picture,
    steps,
)
from blangko.words.language import _

HEIGHT, TOP = 290, 8
TRUE_LINE = f'stroke="{INK}" stroke-width="1.7"'
MIDDLE_LINE = f'stroke="{GREY}" stroke-width="0.6"'
RULE_LINE = f'stroke="{INK}" stroke-width="0.9" stroke-dasharray="2 2.5"'
BAND_LINE = f'stroke="{BAND}" stroke-width="9"'
ALARM_DOTS = f'stroke="{INK}" stroke-width="4" stroke-dasharray="0.1 7.9" stroke-linecap="round"'
EMPTY_BAR = f'stroke="{INK}" stroke-width="5"'
DOT_RADIUS = 1.9


def backtest_chart(shown: Backtest) -> str:
    """Days of supply, foretold and true, evening by evening, as one SVG element; nothing for a single evening."""
    rows = shown.rows
    if len(rows) < 2:
        return ""
    highest = max(max(row.workdays_p90 or 0, row.true_workdays or 0) for row in rows)
    step, top_days = steps(max(highest, 1))
    scale = Scale(rows[0].day, (rows[-1].day - rows[0].day).days, top_days, TOP, HEIGHT - BOTTOM)
    parts = [
        *_empty(rows, scale),
        *grid(scale, step),
        *dates(scale),
        *_band(rows, scale),
        *_line(rows, scale, lambda row: row.rule30_workdays, RULE_LINE),
        *_line(rows, scale, lambda row: row.true_workdays if row.true_is_exact else None, TRUE_LINE),
        *_alarms(rows, scale),
        *key(_key(shown), HEIGHT - 5),
    ]
    return picture(parts, HEIGHT, _("Working days that the shelf was told to last, and that it did"))


def _runs(rows: Sequence[Row], known: Callable[[Row], bool]) -> Iterator[list[Row]]:
    """The evenings for which something is known, parted where it is not."""
    return (list(run) for is_known, run in groupby(rows, known) if is_known)


def _band(rows: Sequence[Row], scale: Scale) -> Iterator[str]:
    for run in _runs(rows, lambda row: row.workdays_p90 is not None):
        told = ((row.day, Spread(row.workdays_p10 or 0, row.workdays_p50 or 0, row.workdays_p90 or 0)) for row in run)
        yield from band(told, scale, MIDDLE_LINE)


def _line(rows: Sequence[Row], scale: Scale, value: Callable[[Row], int | None], look: str) -> Iterator[str]:
    for run in _runs(rows, lambda row: value(row) is not None):
        yield path([(scale.x(row.day), scale.y(min(value(row) or 0, scale.top_cards))) for row in run], look)


def _alarms(rows: Sequence[Row], scale: Scale) -> Iterator[str]:
    for row in rows:
        if row.is_alarm:
            y = scale.y(row.workdays_p50 or 0)
            yield f'<circle cx="{scale.x(row.day):.1f}" cy="{y:.1f}" r="{DOT_RADIUS}" fill="{INK}"/>'


def _empty(rows: Sequence[Row], scale: Scale) -> Iterator[str]:
    """The stretches with an empty shelf: shaded from top to bottom, with a bar on the ground."""
    for run in _runs(rows, lambda row: row.on_hand_cards <= 0):
        left, right = scale.x(run[0].day) - scale.one_day(), scale.x(run[-1].day)
        yield (
            f'<rect x="{left:.1f}" y="{scale.top:.1f}" width="{right - left:.1f}"'
            f' height="{scale.base - scale.top:.1f}" fill="{SHADE}"/>'
        )
        yield line(left, scale.base - 2, right, scale.base - 2, EMPTY_BAR)


def _key(shown: Backtest) -> list[tuple[str, str, bool]]:
    rows = [
        (_("told, 80 %"), BAND_LINE, True),
        (_("true"), TRUE_LINE, False),
        (_("30-day rule"), RULE_LINE, False),
        (_("alarm"), ALARM_DOTS, False),
    ]
    return [*rows, (_("empty shelf"), EMPTY_BAR, False)] if shown.answer.stock_outs else rows

"""The picture of the plan as SVG: the shelf in the weeks to come, and below it, on the same days, those who wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from blangko.core.forecast import Spread
from blangko.core.plan import Plan, PlanRow
from blangko.reports.drawing import (
    BOTTOM,
    INK,
    KEY_LINE,
    WEEKS_AT_MOST,
    WIDTH,
    Mark,
    Scale,
    band,
    closed_days,
    dates,
    drawn_marks,
    every_evening,
    grid,
    height_of_lanes,
    key,
    key_lines,
    lanes,
    path,
    picture,
    steps,
)
from blangko.words.language import _
from blangko.words.written import day_and_month

A_QUARTER = timedelta(days=91)
STOCK_HEIGHT, QUEUE_HEIGHT, BETWEEN = 130, 80, 14
STOCK_LINE = f'stroke="{INK}" stroke-width="1"'
QUEUE_LINE = f'stroke="{INK}" stroke-width="1.8" stroke-dasharray="6 2.5"'


def plan_chart(shown: Plan, width: int = WIDTH) -> str:
    """The shelf and the queue of the days ahead, as one SVG element of that width; nothing while no day is known."""
    rows = rows_shown(shown)
    if not rows:
        return ""
    first, last = shown.status.as_of, rows[-1].day
    days, on_hand = (last - first).days, shown.status.on_hand_cards
    step, top_cards = steps(max(on_hand, 1, *(row.stock_cards.p90 for row in rows)))
    bare = Scale(first, days, top_cards, 0, 0, width)
    placed = list(lanes(_marks(shown, last), bare))
    stock = bare._replace(top=height_of_lanes(placed), base=height_of_lanes(placed) + STOCK_HEIGHT)
    queue = _queue_below(shown, rows, stock)
    lowest = queue or stock
    closed = _closed(shown, first, last)
    parts = [
        *closed_days(closed, stock),
        *grid(stock, step),
        *band(every_evening((first, _now(on_hand)), [(row.day, row.stock_cards) for row in rows]), stock,
              STOCK_LINE),
        *(_queue(shown, rows, queue, closed) if queue else ()),
        *dates(lowest),
        *drawn_marks(placed, stock, lowest.base),
        *key(_key(queue is not None), lowest.base + BOTTOM - 5, width),
    ]  # fmt: skip
    height = round(lowest.base + BOTTOM) + KEY_LINE * (key_lines(_key(queue is not None), width) - 1)
    return picture(parts, height, _("The shelf and those who wait, as expected"), width)


def rows_shown(shown: Plan) -> Sequence[PlanRow]:
    """The days of the picture: those of the plan, but a quarter of a year where no day is known that ends the queue."""
    if shown.queue is None or _clear_on(shown):
        return shown.rows
    last = max(filter(None, (shown.status.as_of + A_QUARTER, shown.wanted.by, shown.wanted.ration_until)))
    return [row for row in shown.rows if row.day <= last]


def _clear_on(shown: Plan) -> date | None:
    """The day on which nobody waits any more; without a known supply it is the counter's, and not that of the cards."""
    return shown.queue.clear_on.on.p50 if shown.queue and shown.supply else None


def _now(on_hand: int) -> Spread[int]:
    return Spread(on_hand, on_hand, on_hand)


def _queue_below(shown: Plan, rows: Sequence[PlanRow], above: Scale) -> Scale | None:
    """Where the queue stands below the shelf; nowhere without one."""
    if shown.queue is None:
        return None
    top_cards = steps(max(shown.queue.waiting_cards, 1, *(row.waiting_cards for row in rows)))[1]
    top = above.base + BETWEEN
    return above._replace(top_cards=top_cards, top=top, base=top + QUEUE_HEIGHT)


def _queue(shown: Plan, rows: Sequence[PlanRow], scale: Scale, closed: Sequence[date]) -> Iterator[str]:
    assert shown.queue
    now = (shown.status.as_of, shown.queue.waiting_cards)
    evenings = every_evening(now, [(row.day, row.waiting_cards) for row in rows])
    yield from closed_days(closed, scale)
    yield from grid(scale, steps(scale.top_cards)[0])
    yield path([(scale.x(day), scale.y(cards)) for day, cards in evenings], QUEUE_LINE)


def _closed(shown: Plan, first: date, last: date) -> list[date]:
    """The closed days, where they are wide enough to be told from each other."""
    number = (last - first).days
    if number > WEEKS_AT_MOST:
        return []
    days = (first + timedelta(days=each) for each in range(1, number + 1))
    return [day for day in days if not shown.answer.facts.calendar.is_open(day)]


def _key(has_queue: bool) -> list[tuple[str, str, bool]]:
    rows = [(_("on the shelf, eight times in ten within the band"), STOCK_LINE, True)]
    return [*rows, (_("people waiting"), QUEUE_LINE, False)] if has_queue else rows


def _marks(shown: Plan, last: date) -> list[Mark]:
    """The days of which the page speaks, as far as the picture reaches."""
    status = shown.status
    comes = min((each.likely_on for each in status.deliveries), default=None)
    named = [
        (status.request_by, _("ask by {day}"), "6 2"),
        (_lasts_until(shown, comes), _("last until {day}"), "1 2"),
        (comes, _("cards likely {day}"), "10 3"),
        (shown.wanted.by, _("target {day}"), "8 2 2 2"),
        (_clear_on(shown), _("nobody waits {day}"), "4 4"),
    ]
    if status.shelf_cards > 0:
        named.append((status.run_out_on.p50, _("empty {day}"), "2 2"))
    marks = [Mark(day, words.format(day=day_and_month(day)), dash) for day, words, dash in named if day]
    return sorted((mark for mark in marks if status.as_of <= mark.day <= last), key=lambda mark: mark.day)


def _lasts_until(shown: Plan, comes: date | None) -> date | None:
    """The day until which the ration makes the cards last, where there is one and it is not that of the delivery."""
    held = shown.ration
    if held is None or not held.is_needed or shown.status.shelf_cards <= 0 or held.until == comes:
        return None
    return held.until

"""The summary of a period: what came and went on each day, and what the page that is carried to the province says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.answer import Outlook
from blangko.core.book import Day
from blangko.core.entry import Entry
from blangko.core.facts import Facts, Stated
from blangko.core.forecast import MIDDLE, ForecastRow, forecast_rows
from blangko.core.requests import Request
from blangko.core.settings import Settings
from blangko.core.status import Status
from blangko.core.supply import Delivery
from blangko.core.use import UseAhead
from blangko.core.workdays import ONE_DAY, Calendar

CHART_WEEKS_BACK = 8
CHART_WEEKS_AHEAD = 4


class SummaryRow(NamedTuple):
    """One day of the period, in cards; `spoiled` are new ones, `closing` the cards on the shelf in the evening."""

    day: date
    is_open: bool
    received: int = 0
    printed: int = 0
    spoiled: int = 0
    sent: int = 0
    lost: int = 0
    adjusted: int = 0
    closing: int = 0


class Issued(NamedTuple):
    """A paper that was issued: its entry, its period and its check code."""

    entry_no: int
    occurred_on: date
    first: date
    last: date
    check_code: str


class Evening(NamedTuple):
    """The cards to be expected on an open day: in the morning, with what has come by then, and in the evening."""

    day: date
    morning_cards: int
    evening_cards: int


class Chart(NamedTuple):
    """The stock of the last weeks and of the weeks to come; `past` are evenings with movements, oldest first.

    `ahead` is the stock if nothing comes, `promised` with the cards that the giver promised for a day, `hoped` with
    all that is on order, at its expected amount on its likely day. Each of the two begins on the evening before its
    first cards come, and is empty where none come within the picture.
    """

    first: date
    today: date
    last: date
    start_cards: int
    past: Sequence[Day]
    ahead: Sequence[ForecastRow]
    closed: Sequence[date]
    promised: Sequence[Evening] = ()
    hoped: Sequence[Evening] = ()


class Summary(NamedTuple):
    """Everything on the page. `answer` is the answer on the evening of the period's last day that has come.

    `whole_code` is the check code with the whole seal; empty where the book no longer agrees with the paper issued.
    """

    answer: Status
    settings: Settings
    first: date
    last: date
    opening: int
    closing: int
    rows: Sequence[SummaryRow]
    totals: SummaryRow
    purposes: Mapping[str, int]
    requests: Sequence[Request]
    population: Mapping[str, Stated]
    missing: Sequence[date]
    late: Sequence[Entry]
    issued: Issued | None
    check_code: str
    whole_code: str
    chart: Chart


def summary_rows(days: Iterable[Day], calendar: Calendar, first: date, last: date, opening: int) -> list[SummaryRow]:
    """One row for each open day of the period, and for each closed day on which cards moved."""
    moved = {day.day: day for day in days if first <= day.day <= last}
    rows, on_hand = [], opening
    for offset in range((last - first).days + 1):
        today = first + timedelta(days=offset)
        is_open = calendar.is_open(today)
        day = moved.get(today)
        if day:
            on_hand = day.closing
            rows.append(
                SummaryRow(today, is_open, day.received, day.printed, day.spoiled, day.sent, day.lost, day.adjusted,
                           day.closing)
            )  # fmt: skip
        elif is_open:
            rows.append(SummaryRow(today, True, closing=on_hand))
    return rows


def totals(rows: Sequence[SummaryRow], last: date, closing: int) -> SummaryRow:
    """The sums of the period, its closing balance under `closing`."""
    sums = {
        name: sum(getattr(row, name) for row in rows)
        for name in ("received", "printed", "spoiled", "sent", "lost", "adjusted")
    }
    return SummaryRow(last, True, closing=closing, **sums)


def late_entries(moves: Iterable[Entry], papers: Sequence[Issued]) -> list[Entry]:
    """Movements written after the last paper for days of which a paper had spoken."""
    newest = max((paper.entry_no for paper in papers), default=None)
    if newest is None:
        return []
    return [
        move
        for move in moves
        if move.entry_no > newest and any(paper.first <= move.occurred_on <= paper.last for paper in papers)
    ]


def issued_paper(papers: Sequence[Issued], first: date, last: date, late: Sequence[Entry]) -> Issued | None:
    """The newest paper of just this period, unless entries came into the period after it."""
    same = [paper for paper in papers if (paper.first, paper.last) == (first, last)]
    if not same or any(first <= entry.occurred_on <= last for entry in late):
        return None
    return max(same, key=lambda paper: paper.entry_no)


def chart_of(facts: Facts, ahead: Outlook | None, coming: Sequence[Delivery] = ()) -> Chart:
    """Eight weeks back and four ahead; without a forecast the weeks ahead stay empty. `coming` is what is on order."""
    today = facts.as_of
    first, last = today - timedelta(weeks=CHART_WEEKS_BACK), today + timedelta(weeks=CHART_WEEKS_AHEAD)
    past = [day for day in facts.days if first < day.day <= today]
    start = past[0].opening if past else facts.balance.on_hand
    if facts.opened_on and facts.opened_on > first:
        first = facts.opened_on - ONE_DAY
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    chart = Chart(first, today, last, start, past, [], [day for day in days if not facts.calendar.is_open(day)])
    return _with_days_ahead(chart, ahead, facts.shelf_cards, coming) if ahead else chart


def _with_days_ahead(chart: Chart, ahead: Outlook, on_hand: int, coming: Sequence[Delivery]) -> Chart:
    until = sum(day <= chart.last for day in ahead.use.workdays)
    promised = [each for each in coming if each.is_promised]
    return chart._replace(
        ahead=forecast_rows(ahead.use, on_hand, ahead.chances, until),
        promised=with_deliveries(ahead.use, on_hand, chart.today, until, promised, promised),
        hoped=with_deliveries(
            ahead.use, on_hand, chart.today, until, coming, [each for each in coming if not each.is_promised]
        ),
    )


def with_deliveries(
    use: UseAhead, on_hand: int, today: date, until: int, coming: Sequence[Delivery], shown: Sequence[Delivery]
) -> list[Evening]:
    """The stock to be expected with what comes, never below zero, from the evening before the first of `shown` comes.

    Each delivery comes on its likely day with its expected cards. What nobody could be given on an empty shelf is not
    owed to the cards that come later: the queue is part of the use, and stated as such.

    Args:
        use: The use of the days ahead.
        on_hand: Cards on the shelf on the evening of `today`.
        today: The evening before the days ahead.
        until: How many of the open days ahead the picture holds.
        coming: All deliveries that are counted.
        shown: Those for whose sake the line is drawn; without one within the picture there is no line.
    """
    evenings, left, used, before = [Evening(today, on_hand, on_hand)], max(on_hand, 0), 0.0, date.min
    for number, day in enumerate(use.workdays[:until], 1):
        morning = left + round(sum(each.cards for each in coming if before < each.likely_on <= day))
        used, until_now = use.quantile(number, MIDDLE), used
        left, before = max(round(morning - (used - until_now)), 0), day
        evenings.append(Evening(day, morning, left))
    first = min((each.likely_on for each in shown), default=date.max)
    begin = next((number for number, each in enumerate(evenings[1:]) if each.day >= first), len(evenings))
    return evenings[begin:]

"""The summary of a period: what came and went on each day, and what the page that is carried to the province says."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.answer import Outlook
from blangko.core.book import Day
from blangko.core.columns import GIVEN_BACK, LOAN
from blangko.core.demand import NO_BLANKS, EmptyStretch, empty_days, empty_stretches
from blangko.core.entry import Entry
from blangko.core.facts import Facts, Stated
from blangko.core.forecast import MIDDLE, ForecastRow, forecast_rows
from blangko.core.reorder import Ask
from blangko.core.requests import Request
from blangko.core.settings import Settings
from blangko.core.status import Status
from blangko.core.supply import Delivery
from blangko.core.use import UseAhead
from blangko.core.workdays import ONE_DAY, Calendar, NationalDay

MONTHS_SHOWN = 13
"""This month, and the twelve before it: so that the same month of last year stands beside it."""
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


class Remark(NamedTuple):
    """What is worth saying of a day, in the order in which a clerk would say it.

    `what` is one of `REMARKS`. `text` is what goes with it: the cause of a stop, the number of a handover record or
    of minutes, the reason of a closure; `party` is who gave or took; `cards` are how many. A national day comes as it
    is, since its name has two languages.
    """

    what: str
    text: str = ""
    party: str = ""
    cards: int = 0
    national: NationalDay | None = None


REMARKS = (
    "closed", "unwritten", "empty", "stopped", "quota", "turned_away", "received", "borrowed", "sent", "lent",
    "returned", "lost", "destroyed",
)  # fmt: skip


class MonthUse(NamedTuple):
    """The use of a month, in cards, and its open days; of this month, and of that in which the book began, only those
    that have come and that the book knows."""

    first: date
    used_cards: int
    workdays: int

    @property
    def cards_per_workday(self) -> float | None:
        """None in a month without an open day."""
        return self.used_cards / self.workdays if self.workdays else None


class Stop(NamedTuple):
    """A day on which nothing, or less, was printed, and why; a cause of `core.columns`, empty where none was said."""

    day: date
    cause: str


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
    empty: Sequence[EmptyStretch] = ()
    stops: Sequence[Stop] = ()


class Summary(NamedTuple):
    """Everything on the page. `answer` is the answer on the evening of the period's last day that has come.

    `whole_code` is the check code with the whole seal; empty where the book no longer agrees with the paper issued.
    `remarks` are those of the days of the period, closed days of its work week among them; `months` are the last
    thirteen, oldest first. `opened_on` is the day of the book's opening. `ask_workdays` are the open days whose use is
    asked for, 0 while nothing need be.
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
    remarks: Mapping[date, Sequence[Remark]] = {}
    months: Sequence[MonthUse] = ()
    opened_on: date | None = None
    ask_workdays: int = 0

    @property
    def quiet_days(self) -> list[date]:
        """Days without a row of their own of which something is to be said all the same: closed ones."""
        return sorted(self.remarks.keys() - {row.day for row in self.rows})


class Queue(NamedTuple):
    """People who wait for a card, as work: the batches that they take, and the weeks in which as many are printed.

    `weeks` are at the present rate if nobody else came; None while no rate is known.
    """

    name: str
    cards: int
    batches: float
    weeks: float | None


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


def remarks(
    facts: Facts, first: date, last: date, papers: Iterable[Entry], missing: Iterable[date]
) -> dict[date, list[Remark]]:
    """What is worth saying of each day from `first` to `last`; days of which there is nothing are left out.

    Args:
        facts: What the book knows; its days are looked at as far back as they reach.
        first: The first day of the period.
        last: Its last day that has come.
        papers: The receipts, and what was sent, lost or destroyed in the period and still holds.
        missing: Open days that nobody wrote down.
    """
    told: dict[date, list[Remark]] = {}
    for day, remark in (
        *_closures(facts.calendar, first, last),
        *((day, Remark("unwritten")) for day in missing),
        *_of_days(facts, last),
        *((entry.occurred_on, _of_entry(entry)) for entry in papers),
    ):
        if first <= day <= last:
            told.setdefault(day, []).append(remark)
    return dict(sorted(told.items()))


def _closures(calendar: Calendar, first: date, last: date) -> Iterator[tuple[date, Remark]]:
    """The days that would be worked, were they not closed by the nation or by the office."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if calendar.is_open(day) or day.weekday() not in calendar.week:
            continue
        own = calendar.office.get(day)
        yield day, Remark("closed", own.reason) if own else Remark("closed", national=calendar.national.get(day))


def _of_days(facts: Facts, last: date) -> Iterator[tuple[date, Remark]]:
    empty = [day for day in sorted(empty_days(facts.days, last)) if facts.calendar.is_open(day)]
    yield from ((day, Remark("empty")) for day in empty)
    yield from ((stop.day, Remark("stopped", stop.cause)) for stop in stops(facts) if stop.day not in empty)
    for day in facts.days:
        if day.quota is not None:
            yield day.day, Remark("quota", cards=day.quota)
        if day.turned_away:
            yield day.day, Remark("turned_away", cards=day.turned_away)


def _of_entry(entry: Entry) -> Remark:
    """What the paper behind an entry is worth to say."""
    apart = {("receive", LOAN): "borrowed", ("send", LOAN): "lent", ("send", GIVEN_BACK): "returned"}
    usual = {"receive": "received", "send": "sent", "lose": "lost", "destroy": "destroyed"}
    what = apart.get((entry.kind, entry.purpose or ""), usual[entry.kind])
    return Remark(what, entry.reference or "", entry.party or "", entry.cards or 0)


def stops(facts: Facts) -> list[Stop]:
    """The days on which nothing, or less, was printed though there were cards, by day; open days only.

    A day that was said to be stopped, and on which cards were printed all the same, was none.
    """
    printed = {day.day for day in facts.days if day.printed > 0}
    announced = (day for day in facts.stopped if day <= facts.as_of and facts.calendar.is_open(day))
    said = {day: Stop(day, "") for day in announced if day not in printed}
    said |= {day.day: Stop(day.day, day.cause) for day in facts.days if day.cause and day.cause != NO_BLANKS}
    return [said[day] for day in sorted(said)]


def monthly_use(facts: Facts) -> list[MonthUse]:
    """The use of this month and of the twelve before it, oldest first; none from before the opening."""
    begun = facts.opened_on or (facts.days[0].day if facts.days else facts.as_of)
    found: list[MonthUse] = []
    first, until = facts.as_of.replace(day=1), facts.as_of
    while len(found) < MONTHS_SHOWN and until >= begun:
        used = sum(day.use for day in facts.days if first <= day.day <= until)
        found.append(MonthUse(first, used, len(facts.calendar.open_days(max(first, begun), until))))
        until = first - ONE_DAY
        first = until.replace(day=1)
    return found[::-1]


def queues(answer: Status, chosen: Settings) -> list[Queue]:
    """Each queue that was stated, as it is today where that is known."""
    rate = answer.drain_cards_per_workday or answer.cards_per_workday
    a_week = rate * len(chosen.work_week) if rate else None
    waiting = {name: each.cards if each.today is None else each.today for name, each in answer.waiting.items()}
    return [
        Queue(name, cards, cards / chosen.batch_cards, cards / a_week if a_week else None)
        for name, cards in waiting.items()
    ]


def covered_workdays(ahead: Outlook | None, ask: Ask | None) -> int:
    """The open days whose use a request is for; 0 without one."""
    return bisect_right(ahead.fresh.workdays, ask.until) if ahead and ask else 0


def days_taken(request: Request, as_of: date) -> int | None:
    """Calendar days from a request to its first cards, or to `as_of` while none have come; None for one that was closed
    without any."""
    if request.lead_time_days is None and request.is_open:
        return (as_of - request.requested_on).days
    return request.lead_time_days


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
    closed = [day for day in days if not facts.calendar.is_open(day)]
    empty = [each for each in empty_stretches(facts.days, facts.calendar, today) if each.last >= first]
    stopped = [stop for stop in stops(facts) if stop.day > first]
    chart = Chart(first, today, last, start, past, [], closed, empty=empty, stops=stopped)
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

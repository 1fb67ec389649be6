"""What a book says on one evening, made from its entries: everything that the answer rests on.

A book on disk lets the database do the sums (`stockroom.look`) and hands them over; a what-if, a replay or another
engine makes the same `Facts` from a list of entries with `facts_of`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from blangko.core import book, calendar
from blangko.core.book import Balance, Day
from blangko.core.columns import BACKLOG, LOAN, POPULATION, REVERSE, SHELF
from blangko.core.demand import Quotas
from blangko.core.entry import Entry, shelf_change
from blangko.core.requests import Request, requests
from blangko.core.settings import Settings, settings
from blangko.core.workdays import Calendar, NationalDays

HISTORY_CALENDAR_DAYS = 620
"""Long enough to hold 400 open days of a five-day week with its holidays."""


class Count(NamedTuple):
    """A stock count: what was seen, how that differs from the book, and what of it no adjustment has explained."""

    occurred_on: date
    counted_cards: int
    discrepancy_cards: int
    open_cards: int


class Stated(NamedTuple):
    """A figure stated for a day: a backlog or a population level."""

    occurred_on: date
    number: int


class Campaign(NamedTuple):
    """What was announced: so many cards on top of the usual on each open day from `first` to `last`."""

    cards_per_workday: int
    first: date
    last: date
    reason: str = ""


class Arrival(NamedTuple):
    """Cards that are supposed to be on the shelf from the morning of that day."""

    day: date
    cards: int


class Suppositions(NamedTuple):
    """What is supposed, several things at once.

    Deliveries and extra demand of the same days add up. `request_on` are days on which a request is made for what the
    answer then proposes; `quota_cards` the most that is given out on each day ahead.
    """

    receive: tuple[Arrival, ...] = ()
    quota_cards: int | None = None
    extra: tuple[Campaign, ...] = ()
    request_on: tuple[date, ...] = ()


class Facts(NamedTuple):
    """What the book knows on the evening of `as_of`; everything the answer is made of.

    `source` are the open days of the giver, `stopped` the days on which nothing can be printed, `quotas` the settings'
    standing quotas, ascending; `loans` are cards by party, lent positive, borrowed negative, none that are even.
    `campaigns` are those that hold, past ones too; `backlog` and `population` the figures last stated.
    `clock` is the time in the office; None where it does not matter.
    No book knows what is only supposed, `arriving` and `capped_cards`: the most cards that are used on a day ahead.
    """

    office_code: str
    as_of: date
    balance: Balance
    days: Sequence[Day]
    opened_on: date | None
    settings: Settings
    calendar: Calendar
    source: Calendar
    requests: Sequence[Request]
    last_count: Count | None
    backlog: dict[str, Stated]
    last_entry_no: int
    seal: str
    entries_after: int = 0
    stopped: frozenset[date] = frozenset()
    quotas: Quotas = ()
    loans: Mapping[str, int] = {}
    campaigns: Sequence[Campaign] = ()
    population: Mapping[str, Stated] = {}
    arriving: Sequence[Arrival] = ()
    capped_cards: int | None = None
    clock: time | None = None

    @property
    def shelf_cards(self) -> int:
        """Cards taken to be on the shelf: the book's, less what the last count missed and nothing has explained yet."""
        missing = min(self.last_count.open_cards, 0) if self.last_count else 0
        return self.balance.on_hand + missing

    @property
    def quota_cards(self) -> int | None:
        """The quota that stands: the last one stated or printed under; None where none does."""
        marked = [(day.day, day.quota) for day in self.days if day.quota is not None]
        said = [*self.quotas, *marked]
        return max(said, key=lambda each: each[0], default=(self.as_of, None))[1] or None


def facts_of(entries: Sequence[Entry], as_of: date, national: NationalDays) -> Facts:
    """What the entries of a whole book say on the evening of `as_of`.

    Args:
        entries: All entries of one office, in the order of their numbers.
        as_of: Entries of later days are left out.
        national: The national days, before what the book states of them.
    """
    known = [entry for entry in entries if entry.occurred_on <= as_of]
    valid = _valid(known)
    total = book.balance(book.sums(known))
    chosen = settings(stated_settings(_of_kind(valid, "setting")))
    said = _of_kind(valid, "calendar")
    open_days = calendar.calendar(said, national, chosen)
    moves = sorted(
        (entry for entry in known if entry.is_movement and entry.occurred_on >= history_begins(as_of)),
        key=_moment,
    )
    return Facts(
        office_code=known[0].office_code if known else "",
        as_of=as_of,
        balance=total,
        days=book.days(moves, total.on_hand - sum(map(shelf_change, moves)), reversed_numbers(known)),
        opened_on=opened_on(valid),
        settings=chosen,
        calendar=open_days,
        source=calendar.source_calendar(said, open_days),
        requests=requests(known),
        last_count=_last_count(valid, known, total),
        backlog=latest_levels(_of_kind(valid, "backlog"), BACKLOG),
        last_entry_no=entries[-1].entry_no if entries else 0,
        seal=entries[-1].seal if entries else "",
        stopped=calendar.stopped_days(said),
        quotas=stated_quotas(_of_kind(valid, "setting")),
        loans=loans(valid),
        campaigns=campaigns(_of_kind(valid, "campaign")),
        population=latest_levels(_of_kind(valid, "population"), POPULATION),
        entries_after=sum(entry.occurred_on > as_of for entry in _valid(entries)),
    )


def history_begins(as_of: date) -> date:
    """The first day of which the facts tell what happened."""
    return as_of - timedelta(days=HISTORY_CALENDAR_DAYS)


def reversed_numbers(entries: Iterable[Entry]) -> set[int]:
    """Numbers of the entries that a reversal among them names."""
    return {entry.reverses_no for entry in entries if entry.reverses_no is not None}


def stated_settings(statements: Iterable[Entry]) -> dict[str, str]:
    """The text of each setting by its name; of several statements of one the last by day and number holds."""
    ordered = sorted(statements, key=_moment)
    return {entry.subject or "": entry.value or "" for entry in ordered}


def stated_quotas(statements: Iterable[Entry]) -> Quotas:
    """The standing quotas that the settings state, by the day from which each holds."""
    stated = [entry for entry in sorted(statements, key=_moment) if entry.subject == "quota_cards"]
    return tuple({entry.occurred_on: int(entry.value or 0) for entry in stated}.items())


def loans(valid: Iterable[Entry]) -> dict[str, int]:
    """Cards lent (positive) and borrowed (negative) by party; who is even is left out."""
    owed: dict[str, int] = {}
    for entry in valid:
        if entry.purpose == LOAN and entry.kind in ("send", "receive"):
            owed[entry.party or ""] = owed.get(entry.party or "", 0) - shelf_change(entry)
    return {party: cards for party, cards in sorted(owed.items()) if cards}


def campaigns(statements: Iterable[Entry]) -> tuple[Campaign, ...]:
    """The campaigns that these statements announce, by the day and the number of each."""
    return tuple(
        Campaign(entry.cards or 0, entry.due_on, entry.until_on, entry.note or "")
        for entry in sorted(statements, key=_moment)
        if entry.due_on and entry.until_on
    )


def latest_levels(statements: Iterable[Entry], subjects: Sequence[str]) -> dict[str, Stated]:
    """The figure last stated for each of the subjects; one that was never stated is left out."""
    latest = {entry.subject: entry for entry in sorted(statements, key=_moment)}
    stated = {subject: latest[subject] for subject in subjects if subject in latest}
    return {subject: Stated(entry.occurred_on, int(entry.value)) for subject, entry in stated.items() if entry.value}


def count_stated(entry: Entry, book_cards: int, adjusted_cards: int) -> Count:
    """A count beside what the book held when it was stated, and what was adjusted together with it, in cards."""
    discrepancy = (entry.cards or 0) - book_cards
    return Count(entry.occurred_on, entry.cards or 0, discrepancy, discrepancy - adjusted_cards)


def _moment(entry: Entry) -> tuple[date, int]:
    """Where an entry stands in the course of the book: by day, then by number."""
    return entry.occurred_on, entry.entry_no


def _valid(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that no reversal names, and that are none."""
    listed = list(entries)
    void = reversed_numbers(listed)
    return [entry for entry in listed if entry.kind != REVERSE and entry.entry_no not in void]


def _of_kind(entries: Iterable[Entry], kind: str) -> list[Entry]:
    return [entry for entry in entries if entry.kind == kind]


def opened_on(valid: Iterable[Entry]) -> date | None:
    """The day of the opening that stands; None before there is one."""
    return next((entry.occurred_on for entry in valid if entry.kind == "opening" and entry.to_place == SHELF), None)


def _last_count(valid: Sequence[Entry], known: Sequence[Entry], total: Balance) -> Count | None:
    counts = _of_kind(valid, "count")
    if not counts:
        return None
    last = max(counts, key=_moment)
    since = sum(shelf_change(entry) for entry in known if _moment(entry) > _moment(last))
    with_it = [entry for entry in valid if entry.kind == "adjust" and entry.batch_no == last.batch_no]
    return count_stated(last, total.on_hand - since, sum(map(shelf_change, with_it)))

"""A book read evening by evening: what it said on each, made from what it said on the evening before.

`facts_of` reads the whole book for one evening. A replay asks for every evening of a year or of ten, so here each
entry is read once, and only what an entry touches is made anew. A test holds the two against each other.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from blangko.core import book, calendar
from blangko.core.book import Day, PlaceSum
from blangko.core.columns import BACKLOG, POPULATION
from blangko.core.entry import Entry, shelf_change
from blangko.core.facts import (
    Facts,
    campaigns,
    count_stated,
    facts_of,
    history_begins,
    latest_levels,
    loans,
    opened_on,
    reversed_numbers,
    stated_quotas,
    stated_settings,
)
from blangko.core.requests import requests
from blangko.core.settings import settings
from blangko.core.workdays import NationalDays

_ABOUT_REQUESTS = ("request", "grant", "close", "receive")
_REMEMBERED = frozenset(
    {*_ABOUT_REQUESTS, "opening", "setting", "calendar", "backlog", "population", "campaign", "count", "adjust", "send"}
)


def facts_by_evening(entries: Sequence[Entry], evenings: Iterable[date], national: NationalDays) -> Iterator[Facts]:
    """What a book said on each of these evenings, ascending; each is `facts_of(entries, evening, national)`.

    Args:
        entries: All entries of one office, in the order of their numbers.
        evenings: The days asked about; an entry of a later day is not known on them.
        national: The national days, before what the book states of them.
    """
    reading = _Reading(national)
    ahead = sorted(entries, key=lambda entry: (entry.occurred_on, entry.entry_no))
    void = reversed_numbers(entries)
    valid_on = [entry.occurred_on for entry in ahead if entry.reverses_no is None and entry.entry_no not in void]
    last_no, seal = (entries[-1].entry_no, entries[-1].seal) if entries else (0, "")
    read = 0
    for evening in evenings:
        while read < len(ahead) and ahead[read].occurred_on <= evening:
            reading.take(ahead[read])
            read += 1
        later = len(valid_on) - bisect_right(valid_on, evening)
        yield reading.facts(evening)._replace(last_entry_no=last_no, seal=seal, entries_after=later)


class _Reading:
    """What has been read so far; entries are taken by day and number."""

    def __init__(self, national: NationalDays) -> None:
        self._national = national
        self._facts: Facts | None = None
        self._touched: set[str] = set()
        self._remembered: dict[str, list[Entry]] = {}
        self._void: set[int] = set()
        self._sums: dict[PlaceSum, int] = {}
        self._on_hand = 0
        self._on_hand_at_count: dict[int, int] = {}
        self._day_of: dict[int, date] = {}
        self._moves: dict[date, list[Entry]] = {}
        self._mornings: dict[date, int] = {}
        self._dates: list[date] = []
        self._days: list[Day] = []
        self._office = ""

    def take(self, entry: Entry) -> None:
        """Read one entry more."""
        self._office = self._office or entry.office_code
        self._touched.add(entry.true_kind)
        if entry.reverses_no is not None:
            self._void.add(entry.reverses_no)
        elif entry.kind in _REMEMBERED:
            self._remembered.setdefault(entry.kind, []).append(entry)
        if entry.is_movement:
            self._move(entry)
        if entry.kind == "count":
            self._on_hand_at_count[entry.entry_no] = self._on_hand

    def facts(self, evening: date) -> Facts:
        """What the entries read so far say on this evening."""
        seen = self._facts or facts_of([], evening, self._national)
        seen = self._counted(self._stated(seen))._replace(
            office_code=self._office,
            as_of=evening,
            balance=book.balance(place._replace(cards=cards) for place, cards in self._sums.items()),
            days=self._days[bisect_left(self._dates, history_begins(evening)) :],
        )
        self._facts, self._touched = seen, set()
        return seen

    def _valid(self, *kinds: str) -> list[Entry]:
        """The entries of these kinds that no reversal names, in the order of their numbers."""
        found = [
            entry for kind in kinds for entry in self._remembered.get(kind, ()) if entry.entry_no not in self._void
        ]
        return sorted(found, key=lambda entry: entry.entry_no)

    def _stated(self, seen: Facts) -> Facts:
        """The facts with what has been stated or asked since then."""
        touched = self._touched
        if touched & {"setting", "calendar"}:
            chosen = settings(stated_settings(self._valid("setting")))
            said = self._valid("calendar")
            open_days = calendar.calendar(said, self._national, chosen)
            seen = seen._replace(
                settings=chosen,
                calendar=open_days,
                source=calendar.source_calendar(said, open_days),
                stopped=calendar.stopped_days(said),
                quotas=stated_quotas(self._valid("setting")),
            )
        if touched.intersection(_ABOUT_REQUESTS):
            seen = seen._replace(requests=requests(self._valid(*_ABOUT_REQUESTS)))
        if touched & {"send", "receive"}:
            seen = seen._replace(loans=loans(self._valid("send", "receive")))
        if "opening" in touched:
            seen = seen._replace(opened_on=opened_on(self._valid("opening")))
        return self._figures(seen)

    def _figures(self, seen: Facts) -> Facts:
        if "backlog" in self._touched:
            seen = seen._replace(backlog=latest_levels(self._valid("backlog"), BACKLOG))
        if "population" in self._touched:
            seen = seen._replace(population=latest_levels(self._valid("population"), POPULATION))
        if "campaign" in self._touched:
            seen = seen._replace(campaigns=campaigns(self._valid("campaign")))
        return seen

    def _counted(self, seen: Facts) -> Facts:
        """The facts with the last count, beside what the book held when it was stated."""
        counts = self._valid("count") if self._touched & {"count", "adjust"} else []
        if not counts:
            return seen._replace(last_count=None) if "count" in self._touched else seen
        last = max(counts, key=lambda entry: (entry.occurred_on, entry.entry_no))
        adjusted = sum(shelf_change(each) for each in self._valid("adjust") if each.batch_no == last.batch_no)
        return seen._replace(last_count=count_stated(last, self._on_hand_at_count[last.entry_no], adjusted))

    def _move(self, entry: Entry) -> None:
        (place,) = book.sums([entry])
        key = place._replace(cards=0)
        self._sums[key] = self._sums.get(key, 0) + place.cards
        day = entry.occurred_on
        if day not in self._moves:
            self._mornings[day] = self._on_hand
            self._dates.append(day)
            self._days.append(Day(day, self._on_hand, self._on_hand))
        self._moves.setdefault(day, []).append(entry)
        self._day_of[entry.entry_no] = day
        self._on_hand += shelf_change(entry)
        self._sum_up(day)
        if entry.reverses_no in self._day_of and self._day_of[entry.reverses_no] != day:
            # What was taken back later was no use on its own day either.
            self._sum_up(self._day_of[entry.reverses_no])

    def _sum_up(self, day: date) -> None:
        (summed,) = book.days(self._moves[day], self._mornings[day], self._void)
        self._days[bisect_left(self._dates, day)] = summed

"""What an auditor asks of a book, as findings: errors break trust, notices deserve a look."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from blangko.core.book import Balance, Level, PlaceSum, balance
from blangko.core.columns import REVERSE, SHELF, SPOILED, STATEMENTS, WAYS
from blangko.core.entry import Entry
from blangko.core.facts import Facts
from blangko.core.findings import (
    BelowZero,
    CalendarEnds,
    ClockSetBack,
    CountOpen,
    CountOverdue,
    DatedAhead,
    DaysMissing,
    EndDiffers,
    Finding,
    HoldsNik,
    NoBackup,
    NoCommand,
    NoMirror,
    NoRequest,
    NumberGap,
    OldBackup,
    SettingUnfit,
    SidesDiffer,
    WrongWay,
)
from blangko.core.rules import nik_field
from blangko.core.settings import Settings, canonical, settings
from blangko.core.status import Status
from blangko.errors import BadSetting

BACKUP_EVERY_DAYS = 7
CLOCK_BACK = timedelta(hours=1)
"""Two clerks who write at once may be recorded in the wrong order by some seconds; an hour is a clock set back."""
_NO_CARDS = -(2**63)
"""Stands for None where only whole numbers are kept; no entry has so few."""


def audit_entries(entries: Iterable[Entry], last_entry_no: int, last_seal: str) -> list[Finding]:
    """Findings in the entries of one office, ordered by number: gaps, links, mirrors, sums, evenings below zero, and
    a clock that was set back."""
    audit = Audit()
    for entry in entries:
        audit.look_at(entry)
    return audit.findings(last_entry_no, last_seal)


class Audit:
    """The entries of one office, looked at one by one in the order of their numbers.

    Of each entry only what a later one may name is kept, in a dozen bytes: a book of a large office in memory would
    be a gigabyte.
    """

    def __init__(self) -> None:
        self.entries = 0
        self.papers: list[Entry] = []
        self._kept = _KeptEntries()
        self._days = _Days()
        self._links: list[Finding] = []
        self._notices: list[Finding] = []
        self._gap: NumberGap | None = None
        self._last: Entry | None = None
        self._recorded: datetime | None = None

    def look_at(self, entry: Entry) -> None:
        """The next entry, whose number is above those before it."""
        self.entries += 1
        if self._gap is None and entry.entry_no != self.entries:
            self._gap = NumberGap(entry_no=entry.entry_no, expected=self.entries)
        self._kept.add(entry)
        self._links += _links(entry, self._kept)
        if not _goes_a_right_way(entry):
            self._links.append(WrongWay(entry_no=entry.entry_no, kind=entry.kind))
        if field := nik_field(entry):
            self._notices.append(HoldsNik(entry_no=entry.entry_no, field=field))
        if entry.kind == "paper":
            self.papers.append(entry)
        self._days.add(entry)
        self._look_at_the_clock(entry)
        self._last = entry

    def _look_at_the_clock(self, entry: Entry) -> None:
        """Whether the entry says that it was recorded an hour or more before the one in front of it."""
        recorded = _instant(entry.recorded_at)
        if recorded and self._recorded and self._recorded - recorded >= CLOCK_BACK:
            self._notices.append(ClockSetBack(entry_no=entry.entry_no, recorded_at=entry.recorded_at))
        self._recorded = recorded

    def findings(self, last_entry_no: int, last_seal: str) -> list[Finding]:
        """What was found, after the last entry; the office says which number and seal that one has."""
        ends = self._ends(last_entry_no, last_seal)
        return [*ends, *self._links, *self._days.sides_differ(), *self._days.below_zero(), *self._notices]

    def balance(self) -> Balance:
        """The sums of all the entries."""
        return balance(self._days.sums())

    def _ends(self, last_entry_no: int, last_seal: str) -> Iterator[Finding]:
        if self._last is None:
            # No book begins without an entry.
            yield EndDiffers(entry_no=0, expected=max(last_entry_no, 1))
            return
        if self._gap:
            yield self._gap
        if (self._last.entry_no, self._last.seal) != (last_entry_no, last_seal):
            yield EndDiffers(entry_no=self._last.entry_no, expected=last_entry_no)


class _Journey(NamedTuple):
    """What a later entry may ask of an earlier one that it names, but for its cards."""

    kind: str
    from_place: str | None
    to_place: str | None
    is_movement: bool
    is_first: bool
    """Whether its command begins with it."""


class _KeptEntries:
    """Journey and cards of the entries so far by their numbers; there are few journeys, and each is kept once."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._cards = array("q")
        self._which = array("q")
        self._journeys: dict[_Journey, int] = {}
        self._by_index: list[_Journey] = []

    def add(self, entry: Entry) -> None:
        is_first = entry.batch_no == entry.entry_no
        journey = _Journey(entry.kind, entry.from_place, entry.to_place, entry.is_movement, is_first)
        if journey not in self._journeys:
            self._journeys[journey] = len(self._by_index)
            self._by_index.append(journey)
        self._numbers.append(entry.entry_no)
        self._cards.append(_NO_CARDS if entry.cards is None else entry.cards)
        self._which.append(self._journeys[journey])

    def get(self, entry_no: int | None) -> tuple[_Journey, int | None] | None:
        """The entry of that number, when it stands no later than the last one added."""
        if entry_no is None:
            return None
        index = bisect_left(self._numbers, entry_no)
        if index == len(self._numbers) or self._numbers[index] != entry_no:
            return None
        cards = self._cards[index]
        return self._by_index[self._which[index]], None if cards == _NO_CARDS else cards


def _links(entry: Entry, kept: _KeptEntries) -> list[Finding]:
    """What an entry names has to stand in front of it."""
    found: list[Finding] = []
    if entry.request_no is not None:
        request = kept.get(entry.request_no)
        if request is None or request[0].kind != "request":
            found.append(NoRequest(entry_no=entry.entry_no, linked_no=entry.request_no))
    if entry.kind == REVERSE:
        mirrored = kept.get(entry.reverses_no)
        if mirrored is None or not _mirrors(entry, *mirrored):
            found.append(NoMirror(entry_no=entry.entry_no, linked_no=entry.reverses_no))
    first = kept.get(entry.batch_no)
    if first is None or not first[0].is_first:
        found.append(NoCommand(entry_no=entry.entry_no, linked_no=entry.batch_no))
    return found


def _mirrors(reversal: Entry, journey: _Journey, cards: int | None) -> bool:
    same_way_back = (reversal.from_place, reversal.to_place) == (journey.to_place, journey.from_place)
    same_cards = not journey.is_movement or reversal.cards == cards
    return same_way_back and same_cards and reversal.subject == journey.kind and journey.kind != REVERSE


def _goes_a_right_way(entry: Entry) -> bool:
    if entry.kind == REVERSE:
        # Whether it mirrors its entry, which goes a right way itself, is asked elsewhere.
        return True
    if entry.is_movement:
        return (entry.kind, entry.from_place, entry.to_place) in WAYS
    return entry.kind in STATEMENTS


class _Evening:
    """What the entries of one day changed, in cards, and the numbers of the last that took from the two places."""

    __slots__ = ("accounted_for", "came_in", "on_hand", "spoiled", "took_shelf", "took_spoiled")

    def __init__(self) -> None:
        self.came_in = self.accounted_for = self.on_hand = self.spoiled = 0
        self.took_shelf: int | None = None
        self.took_spoiled: int | None = None

    def add(self, entry: Entry, of_one_card: Balance) -> None:
        cards = entry.cards or 0
        self.came_in += of_one_card.came_in * cards
        self.accounted_for += of_one_card.accounted_for * cards
        self.on_hand += of_one_card.on_hand * cards
        self.spoiled += of_one_card.spoiled * cards
        if entry.from_place == SHELF:
            self.took_shelf = entry.entry_no
        elif entry.from_place == SPOILED:
            self.took_spoiled = entry.entry_no


class _Days:
    """The movements summed by day, and by kind and place over all days."""

    def __init__(self) -> None:
        self._days: dict[date, _Evening] = {}
        self._sums: dict[tuple[str, str | None, str, str], int] = {}
        self._of_one_card: dict[tuple[str, str | None, str, str], Balance] = {}

    def add(self, entry: Entry) -> None:
        if not entry.is_movement:
            return
        way = (entry.kind, entry.subject, entry.from_place or "", entry.to_place or "")
        if way not in self._sums:
            # Every balance is so many times that of one card.
            self._sums[way], self._of_one_card[way] = 0, balance([PlaceSum(*way, 1)])
        self._sums[way] += entry.cards or 0
        if entry.occurred_on not in self._days:
            self._days[entry.occurred_on] = _Evening()
        self._days[entry.occurred_on].add(entry, self._of_one_card[way])

    def sums(self) -> Iterator[PlaceSum]:
        return (PlaceSum(*way, cards) for way, cards in self._sums.items())

    def sides_differ(self) -> Iterator[Finding]:
        """The first day on whose evening the two sides differ: the sums of every day hold, or those of all do not."""
        for day, moved in sorted(self._days.items(), key=_day_of):
            if moved.came_in != moved.accounted_for:
                yield SidesDiffer(day=day, came_in=moved.came_in, accounted_for=moved.accounted_for)
                return

    def below_zero(self) -> Iterator[Finding]:
        """The first evening on which a place holds fewer than no cards, at the last entry that took from it."""
        evenings = accumulate(
            (Level(day, moved.on_hand, moved.spoiled) for day, moved in sorted(self._days.items(), key=_day_of)),
            lambda before, after: Level(after.day, before.on_hand + after.on_hand, before.spoiled + after.spoiled),
        )
        short = [evening for evening in evenings if evening.on_hand < 0 or evening.spoiled < 0]
        for first in short[:1]:
            moved = self._days[first.day]
            taken = moved.took_shelf if first.on_hand < 0 else moved.took_spoiled
            yield BelowZero(
                entry_no=taken, day=first.day, on_hand=first.on_hand, spoiled=first.spoiled, evenings=len(short)
            )


def _day_of(item: tuple[date, _Evening]) -> date:
    return item[0]


def _instant(recorded_at: str) -> datetime | None:
    """The instant in UTC; None for a text that is none, of which the seal tells."""
    try:
        return datetime.fromisoformat(recorded_at[:19]).replace(tzinfo=None)
    except ValueError:
        return None


def audit_settings(stated: Mapping[str, str]) -> list[Finding]:
    """Settings, by name and text, that do not fit; a book written by hand may hold anything."""
    found: list[Finding] = [
        SettingUnfit(name=name, value=text)
        for name, text in stated.items()
        if name in Settings._fields and not _fits(name, text)
    ]
    if not found and (chosen := settings(stated)).lead_low_days > chosen.lead_high_days:
        found.append(SettingUnfit(name="lead_low_days", value=chosen.lead_low_days))
    return found


def _fits(name: str, text: str) -> bool:
    try:
        return canonical(name, text) == text
    except BadSetting:
        return False


def notices(answer: Status) -> list[Finding]:
    """What deserves a look though nothing is wrong with the book."""
    found: list[Finding] = []
    if answer.missing_workdays:
        found.append(DaysMissing(days=answer.missing_workdays))
    if "count_open" in answer.reasons and answer.last_count:
        found.append(CountOpen(day=answer.last_count.occurred_on, cards=answer.last_count.open_cards))
    # Where nothing is forecast yet, nobody has run out of known days; a calendar that is over is told all the same.
    if "calendar_ends" in answer.reasons or answer.as_of > answer.calendar_known_until:
        found.append(CalendarEnds(day=answer.calendar_known_until))
    if answer.entries_after:
        found.append(DatedAhead(entries=answer.entries_after, today=answer.as_of))
    return found


def overdue(facts: Facts, last_backup: date | None) -> list[Finding]:
    """A count or a copy that should have been made by now; a young book owes neither."""
    begun = facts.opened_on or facts.as_of
    found: list[Finding] = []
    counted = facts.last_count.occurred_on if facts.last_count else begun
    if (facts.as_of - counted).days > facts.settings.count_every_days:
        found.append(CountOverdue(day=counted))
    if last_backup is None and (facts.as_of - begun).days > BACKUP_EVERY_DAYS:
        found.append(NoBackup())
    elif last_backup and (facts.as_of - last_backup).days > BACKUP_EVERY_DAYS:
        found.append(OldBackup(day=last_backup))
    return found

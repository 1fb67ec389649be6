"""What an auditor asks of a book, as findings: errors break trust, notices deserve a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from blangko.core.book import Level, balance, sums
from blangko.core.columns import REVERSE, SHELF, SPOILED, STATEMENTS, WAYS
from blangko.core.entry import Entry, shelf_change, spoiled_change
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
from blangko.core.settings import Settings, canonical, settings
from blangko.core.status import Status
from blangko.errors import BadSetting

BACKUP_EVERY_DAYS = 7
CLOCK_BACK = timedelta(hours=1)
"""Two clerks who write at once may be recorded in the wrong order by some seconds; an hour is a clock set back."""


def audit_entries(entries: Sequence[Entry], last_entry_no: int, last_seal: str) -> list[Finding]:
    """Findings in the entries of one office, ordered by number: gaps, links, mirrors, sums, evenings below zero, and
    a clock that was set back."""
    found = _gaps(entries, last_entry_no, last_seal)
    by_number = {entry.entry_no: entry for entry in entries}
    for entry in entries:
        found.extend(_links(entry, by_number))
        if not _goes_a_right_way(entry):
            found.append(WrongWay(entry_no=entry.entry_no, kind=entry.kind))
    found.extend(_identity(entries))
    found.extend(_below_zero(entries))
    found.extend(_clock_back(entries))
    return found


def _gaps(entries: Sequence[Entry], last_entry_no: int, last_seal: str) -> list[Finding]:
    numbers = [entry.entry_no for entry in entries]
    gaps = [
        NumberGap(entry_no=number, expected=expected)
        for expected, number in zip(range(1, len(numbers) + 1), numbers, strict=True)
        if number != expected
    ]
    if not entries:
        # No book begins without an entry.
        return [EndDiffers(entry_no=0, expected=max(last_entry_no, 1))]
    found: list[Finding] = [*gaps[:1]]
    end = (numbers[-1], entries[-1].seal)
    if end != (last_entry_no, last_seal):
        found.append(EndDiffers(entry_no=end[0], expected=last_entry_no))
    return found


def _links(entry: Entry, by_number: Mapping[int, Entry]) -> list[Finding]:
    found: list[Finding] = []
    if entry.request_no is not None:
        request = by_number.get(entry.request_no)
        if request is None or request.kind != "request":
            found.append(NoRequest(entry_no=entry.entry_no, linked_no=entry.request_no))
    if entry.kind == REVERSE:
        mirrored = by_number.get(entry.reverses_no or 0)
        if mirrored is None or not _mirrors(entry, mirrored):
            found.append(NoMirror(entry_no=entry.entry_no, linked_no=entry.reverses_no))
    first = by_number.get(entry.batch_no or 0)
    if first is None or first.batch_no != first.entry_no:
        found.append(NoCommand(entry_no=entry.entry_no, linked_no=entry.batch_no))
    return found


def _mirrors(reversal: Entry, entry: Entry) -> bool:
    same_way_back = (reversal.from_place, reversal.to_place) == (entry.to_place, entry.from_place)
    same_cards = not entry.is_movement or reversal.cards == entry.cards
    return same_way_back and same_cards and reversal.subject == entry.kind and entry.kind != REVERSE


def _goes_a_right_way(entry: Entry) -> bool:
    if entry.kind == REVERSE:
        # Whether it mirrors its entry, which goes a right way itself, is asked elsewhere.
        return True
    if entry.is_movement:
        return (entry.kind, entry.from_place, entry.to_place) in WAYS
    return entry.kind in STATEMENTS


def _identity(entries: Iterable[Entry]) -> list[Finding]:
    """The first day on whose evening the two sides differ: the sums of every day hold, or those of all days do not."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.occurred_on, []).append(entry)
    for day in sorted(by_day):
        moved = balance(sums(by_day[day]))
        if moved.came_in != moved.accounted_for:
            return [SidesDiffer(day=day, came_in=moved.came_in, accounted_for=moved.accounted_for)]
    return []


def _below_zero(entries: Iterable[Entry]) -> list[Finding]:
    """The first evening on which a place holds fewer than no cards, at the last entry that took from it."""
    listed = list(entries)
    short = [evening for evening in evenings(listed) if evening.on_hand < 0 or evening.spoiled < 0]
    if not short:
        return []
    first = short[0]
    place = SHELF if first.on_hand < 0 else SPOILED
    taken = [entry.entry_no for entry in listed if entry.occurred_on == first.day and entry.from_place == place]
    return [
        BelowZero(
            entry_no=max(taken, default=None),
            day=first.day,
            on_hand=first.on_hand,
            spoiled=first.spoiled,
            evenings=len(short),
        )
    ]


def _clock_back(entries: Sequence[Entry]) -> list[Finding]:
    """The first entry that says it was recorded an hour or more before the one in front of it."""
    instants = [_instant(entry.recorded_at) for entry in entries]
    for (before, after), entry in zip(pairwise(instants), entries[1:], strict=True):
        if before and after and before - after >= CLOCK_BACK:
            return [ClockSetBack(entry_no=entry.entry_no, recorded_at=entry.recorded_at)]
    return []


def _instant(recorded_at: str) -> datetime | None:
    """The instant in UTC; None for a text that is none, of which the seal tells."""
    try:
        return datetime.fromisoformat(recorded_at[:19]).replace(tzinfo=None)
    except ValueError:
        return None


def evenings(entries: Iterable[Entry]) -> list[Level]:
    """Shelf and spoiled pile on the evening of each day with movements, in order."""
    change: dict[date, tuple[int, int]] = {}
    for entry in entries:
        if entry.is_movement:
            shelf, spoiled = change.get(entry.occurred_on, (0, 0))
            change[entry.occurred_on] = (shelf + shelf_change(entry), spoiled + spoiled_change(entry))
    result, on_hand, held = [], 0, 0
    for day in sorted(change):
        on_hand, held = on_hand + change[day][0], held + change[day][1]
        result.append(Level(day, on_hand, held))
    return result


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

"""An invented office for the benchmarks: thirty entries a fortnight, so that 750 are a year and 75,000 a century.

Every weekday has its prints and its spoiled cards; each fortnight 2,000 cards are asked for, granted and received, the
shelf is counted twice, the backlog stated twice, and a few cards go to a sub-district. A busy office does the same and
writes each day's prints in 28 entries: thirty entries a day, so that 75,000 are ten years.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from blangko.core.entry import Entry, movement
from blangko.store.files import create_book

LAST_DAY = date(2017, 10, 27)
"""A Friday, on which every book ends, however long it is."""
TODAY = date(2017, 10, 30)
"""The Monday after it, on which the commands are given."""
OPENING_CARDS = 12_000
ENTRIES_A_FORTNIGHT = 30
BUSY_ENTRIES_A_FORTNIGHT = 300
_BATCH_CARDS = 2_000


class Habits(NamedTuple):
    """How an office works: what it found at its opening, asks for and uses each fortnight, and writes each day."""

    opening_cards: int = OPENING_CARDS
    batch_cards: int = _BATCH_CARDS
    prints_a_day: int = 1
    seed: int = 20171027
    name: str = "Contoh"


_USUAL, _BUSY = Habits(), Habits(prints_a_day=28)


def make_book(place: Path, entries: int) -> None:
    """A new book at `place` with so many entries, a multiple of thirty."""
    create_book(str(place), "61.03", list(commands(entries // ENTRIES_A_FORTNIGHT)))


def make_busy_book(place: Path, entries: int) -> None:
    """A new book of a busy office at `place` with so many entries, a multiple of three hundred."""
    create_book(str(place), "61.03", list(commands(entries // BUSY_ENTRIES_A_FORTNIGHT, _BUSY)))


def commands(fortnights: int, habits: Habits = _USUAL) -> Iterator[list[Entry]]:
    """The commands of so many fortnights up to the last day, each the entries of one batch."""
    chance = random.Random(habits.seed)
    monday = LAST_DAY - timedelta(days=14 * fortnights - 3)
    entry_no = 1
    for number in range(fortnights):
        begin = monday + timedelta(days=14 * number)
        for batch in _fortnight(begin, chance, entry_no, habits, is_first=number == 0):
            yield [draft._replace(recorded_at=f"{draft.occurred_on}T09:00:00Z", recorded_by="siti") for draft in batch]
            entry_no += len(batch)


def _fortnight(
    monday: date, chance: random.Random, next_no: int, habits: Habits, is_first: bool
) -> Iterator[list[Entry]]:
    weekdays = [monday + timedelta(days=number) for number in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    spoiled = [chance.randint(1, 4) for _ in weekdays]
    sent = chance.randint(20, 60)
    begun = _beginning(monday, habits) if is_first else _backlog(monday, chance, habits)
    yield begun
    request_no = next_no + len(begun)
    yield [Entry("request", monday, habits.batch_cards, reference=f"470/{request_no}")]
    prints = _parts(habits.batch_cards - sum(spoiled) - sent, chance, len(weekdays))
    for number, day in enumerate(weekdays):
        *earlier, last = _shared(prints[number], habits.prints_a_day)
        yield from ([movement("print", day, cards)] for cards in earlier)
        yield [movement("print", day, last), movement("spoil", day, spoiled[number], cause="print")]
        if number == 1:
            yield [Entry("grant", day, habits.batch_cards, due_on=weekdays[5], request_no=request_no)]
        if number == 3:
            yield [movement("send", day, sent, party="Kecamatan Kapuas")]
        if number == 4:
            gone = sent + sum(prints[: number + 1]) + sum(spoiled[: number + 1])
            yield [Entry("count", day, habits.opening_cards - gone)]
        if number == 5:
            yield [movement("receive", day, habits.batch_cards, party="Provinsi", request_no=request_no)]
            yield _backlog(day, chance, habits)
    yield [Entry("count", weekdays[-1], habits.opening_cards)]


def _beginning(day: date, habits: Habits) -> list[Entry]:
    """What the first fortnight has in place of its first backlog."""
    return [
        movement("opening", day, habits.opening_cards),
        Entry("setting", day, subject="office_name", value=habits.name),
    ]


def _backlog(day: date, chance: random.Random, habits: Habits) -> list[Entry]:
    prr, suket = chance.randint(900, 2_000), chance.randint(4_000, 9_000)
    return [
        Entry("backlog", day, subject=subject, value=str(people * habits.batch_cards // _BATCH_CARDS))
        for subject, people in (("prr", prr), ("suket", suket))
    ]


def _parts(total: int, chance: random.Random, count: int) -> list[int]:
    """A number of cards in uneven parts, one for each day."""
    weights = [chance.uniform(0.7, 1.3) for _ in range(count)]
    bounds = [round(total * sum(weights[:number]) / sum(weights)) for number in range(count + 1)]
    return [after - before for before, after in pairwise(bounds)]


def _shared(total: int, count: int) -> list[int]:
    """A number of cards in parts as even as whole cards allow."""
    return [total * (number + 1) // count - total * number // count for number in range(count)]

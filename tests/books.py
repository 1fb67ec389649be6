"""A book as a clerk would jot it down, for tests that show the paper."""

import shlex
from datetime import date

from blangko.core.answer import answer
from blangko.core.columns import COLUMNS, DAY, MOVEMENTS, REVERSE, SEALED, WHOLE
from blangko.core.entry import Entry, mirror, movement
from blangko.core.facts import Facts, facts_of
from blangko.core.seal import FIRST_SEAL, next_seal
from blangko.core.status import Status
from blangko.core.workdays import MONDAY_TO_FRIDAY, NationalDays, each_day

OFFICE = "61.03"
NO_NATIONAL_DAYS = NationalDays({}, date.max)
_READ_AS = {WHOLE: int, DAY: date.fromisoformat}
_HOLDS = {column.name: _READ_AS.get(column.holds, str) for column in COLUMNS}
_OF_A_SUBJECT = ("backlog", "population", "setting", "calendar", "paper")


def book(text: str) -> list[Entry]:
    """The entries of a whole book, numbered from 1 and sealed, each line one of them.

    A line is a day, a kind, cards where there are any, the number of a paper, and other columns as `name=value`:

        2026-01-05  receive  5000  BAST-014  request_no=1
        2026-01-06  print     187  quota_cards=200
                    spoil       4
        2026-01-07  reverse     2

    A line without a day belongs to the command of the line above; one with two (`2026-01-05..2026-01-16`) stands for
    each day from Monday to Friday between them. What states a figure says which instead of cards (`backlog prr 300`),
    and `reverse` names the entry that it takes back.
    """
    entries: list[Entry] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        words = shlex.split(line)
        begins = words[0][0].isdigit()
        for day in _days(words.pop(0)) if begins else [entries[-1].occurred_on]:
            number = len(entries) + 1
            entry = _read(entries, day, *words)
            entries.append(
                entry._replace(
                    office_code=OFFICE,
                    entry_no=number,
                    batch_no=number if begins else entries[-1].batch_no,
                    recorded_at=entry.recorded_at or f"{day}T09:00:00Z",
                    recorded_by="siti",
                )
            )
    return _sealed(entries)


def _sealed(entries: list[Entry]) -> list[Entry]:
    seal, sealed = FIRST_SEAL, []
    for entry in entries:
        values = [getattr(entry, name) for name in SEALED]
        seal = next_seal(seal, SEALED, [value.isoformat() if isinstance(value, date) else value for value in values])
        sealed.append(entry._replace(seal=seal))
    return sealed


def _days(written: str) -> list[date]:
    first, _, last = written.partition("..")
    begin = date.fromisoformat(first)
    if not last:
        return [begin]
    return [day for day in each_day(begin, date.fromisoformat(last)) if day.weekday() in MONDAY_TO_FRIDAY]


def _read(entries: list[Entry], day: date, kind: str, *words: str) -> Entry:
    named = dict(word.split("=", 1) for word in words if "=" in word)
    plain = [word for word in words if "=" not in word]
    details = {name: _HOLDS[name](value) for name, value in named.items()}
    if kind == REVERSE:
        return mirror(entries[int(plain.pop(0)) - 1], day, "wrong")._replace(**details)
    if kind in _OF_A_SUBJECT:
        subject, *value = plain
        return Entry(kind, day, subject=subject, value=value[0] if value else None, **details)
    cards = int(plain.pop(0)) if plain and plain[0].isdigit() else None
    reference = plain.pop(0) if plain else None
    assert not plain, f"{plain} is not understood"
    if kind in MOVEMENTS:
        assert cards is not None, "a movement moves cards"
        return movement(kind, day, cards, reference=reference, **details)
    return Entry(kind, day, cards, reference=reference, **details)


def facts(text: str, as_of: str, national: NationalDays = NO_NATIONAL_DAYS) -> Facts:
    """What such a book says on the evening of `as_of`; every year is decreed and has only the `national` days."""
    return facts_of(book(text), date.fromisoformat(as_of), national)


def status(text: str, as_of: str, national: NationalDays = NO_NATIONAL_DAYS) -> Status:
    """What such a book means on the evening of `as_of`."""
    return answer(facts(text, as_of, national)).status

"""An invented nation for the benchmarks: 514 offices in 34 provinces, each with ten years of its own book.

As many districts in each province as there were in 2017. The offices are of all sizes, from one that uses 400 cards a
fortnight to one that uses 20,000, with shelves for two weeks to three months; one in two is behind by a few commands,
some in the middle of a request, some for days. The same nation is made every time, entry for entry and seal for seal:
about 4 million entries.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from math import exp
from operator import itemgetter
from typing import Any, NamedTuple

from blangko.core.columns import DAYS, NAMES, SEALED
from blangko.core.entry import Entry
from blangko.core.seal import FIRST_SEAL, next_seal
from tests.benchmarks.office import Habits, commands

DISTRICTS = {
    11: 23, 12: 33, 13: 19, 14: 12, 15: 11, 16: 17, 17: 10, 18: 15, 19: 7, 21: 7, 31: 6, 32: 27, 33: 35, 34: 5, 35: 38,
    36: 8, 51: 9, 52: 10, 53: 22, 61: 14, 62: 14, 63: 13, 64: 10, 65: 5, 71: 15, 72: 13, 73: 24, 74: 17, 75: 6, 76: 6,
    81: 11, 82: 10, 91: 29, 92: 13,
}  # fmt: skip
"""The districts of each province, by the number that the ministry gives it."""
FORTNIGHTS_A_YEAR = 26
YEARS = 10
_FORTNIGHT_COMMANDS = 18
Row = Sequence[Any]
"""An entry with its number and seal, in the order of `core.columns.NAMES`."""


class OfficeBook(NamedTuple):
    """The whole book of one office, as it goes into a database: its rows, and its end."""

    office_code: str
    rows: list[Row]

    @property
    def last_entry_no(self) -> int:
        return len(self.rows)

    @property
    def last_seal(self) -> str:
        return self.rows[-1][NAMES.index("seal")] if self.rows else FIRST_SEAL


def codes(offices: int | None = None) -> list[str]:
    """The codes of the nation's offices; of the first so many when told so."""
    every = [
        f"{province}.{number:02}" for province, districts in DISTRICTS.items() for number in range(1, districts + 1)
    ]
    return every[:offices]


def books(offices: int | None = None, years: int = YEARS) -> Iterator[OfficeBook]:
    """The books of the nation one by one, or of its first so many offices, with so many years each."""
    for code in codes(offices):
        yield office_book(code, years * FORTNIGHTS_A_YEAR)


def office_book(code: str, fortnights: int) -> OfficeBook:
    """The book of one office."""
    chance = random.Random(code)
    written = list(commands(fortnights, habits(code, chance)))
    behind = min(int(chance.expovariate(1 / 4)), _FORTNIGHT_COMMANDS) if chance.random() < 0.5 else 0
    return OfficeBook(code, list(sealed_rows(code, written[: len(written) - behind])))


def habits(code: str, chance: random.Random) -> Habits:
    """How an office works; most use some 2,000 cards a fortnight, a few ten times as many."""
    batch_cards = 10 * round(max(400, min(20_000, 2_000 * exp(chance.gauss(0, 0.9)))) / 10)
    return Habits(
        opening_cards=round(batch_cards * chance.uniform(1.1, 6.5)),
        batch_cards=batch_cards,
        seed=chance.randrange(2**32),
        name=f"Kantor {code}",
    )


def sealed_rows(code: str, batches: Iterable[Sequence[Entry]]) -> Iterator[Row]:
    """The entries of one command after another, numbered and sealed as the book would."""
    seal, entry_no = FIRST_SEAL, 0
    for batch in batches:
        batch_no = entry_no + 1
        for draft in batch:
            entry_no += 1
            row = _row(draft._replace(office_code=code, entry_no=entry_no, batch_no=batch_no))
            seal = next_seal(seal, SEALED, _sealed(row))
            yield (*row[:_SEAL], seal, *row[_SEAL + 1 :])


_SEAL = NAMES.index("seal")
_sealed = itemgetter(*map(NAMES.index, SEALED))
_columns = itemgetter(*map(Entry._fields.index, NAMES))
_DAYS = tuple(map(NAMES.index, DAYS))


def _row(entry: Entry) -> Row:
    row = list(_columns(entry))
    for index in _DAYS:
        if row[index] is not None:
            row[index] = row[index].isoformat()
    return row

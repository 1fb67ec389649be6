"""The message in which entries go from an office to its province, and back: where they begin, and what they seal.

A message says the seal before its first entry and the seal of its last one; the seals between are left out and
computed anew where it arrives, so that nothing can be changed on the way and every message ends in the chain.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, cast

from blangko.core.columns import COLUMNS, DAY, SEALED, WHOLE
from blangko.core.seal import FIRST_SEAL, Value, chained

MOST_ENTRIES = 200_000
"""In one message: two and a half centuries of a busy office."""
LARGEST_NUMBER = 2**63 - 1
"""What a database takes for a number at all."""

_RECORDED_AT = SEALED.index("recorded_at")

Row = Sequence[Value]
"""The values of an entry under `core.columns.SEALED`; behind them its seal, once that is known."""


class Message(NamedTuple):
    """Entries of one office from `from_no` on, and the seal before them; each of the `rows` ends with its own seal."""

    office_code: str
    from_no: int
    previous_seal: str
    rows: Sequence[Row]

    @property
    def last_no(self) -> int:
        """The number of the last entry; without any, the one before the first."""
        return self.from_no + len(self.rows) - 1

    @property
    def last_seal(self) -> str:
        return str(self.rows[-1][-1]) if self.rows else self.previous_seal

    @property
    def last_recorded_at(self) -> str:
        """When its last entry was recorded, in UTC; empty without any."""
        return str(self.rows[-1][_RECORDED_AT]) if self.rows else ""

    def seal_of(self, entry_no: int) -> str:
        """The seal of an entry of the message, or of the one before its first."""
        place = entry_no - self.from_no
        return str(self.rows[place][-1]) if place >= 0 else self.previous_seal

    def after(self, entry_no: int) -> Sequence[Row]:
        """The rows of the entries with larger numbers."""
        return self.rows[max(entry_no + 1 - self.from_no, 0) :]


class Held(NamedTuple):
    """How far somebody else has a book: its last entry there, and the seal of the entry with which the own book ends.

    `last_at` is the instant, in UTC, at which the last entry there was recorded.
    """

    entry_no: int
    seal: str
    seal_at: str | None
    last_at: str


def sealed_message(office_code: str, from_no: int, previous_seal: str, rows: Iterable[Row]) -> Message:
    """The message of entries whose seals are not known yet: each follows from what stands before it.

    Raises:
        ValueError: The rows are not the entries of that office, one after the other; or they begin before the first.
    """
    rows = list(rows)
    if not 1 <= from_no <= LARGEST_NUMBER - len(rows) or (from_no == 1 and previous_seal != FIRST_SEAL):
        raise ValueError("it does not begin where a book does")
    code, number = SEALED.index("office_code"), SEALED.index("entry_no")
    for entry_no, row in enumerate(rows, from_no):
        if row[code] != office_code or row[number] != entry_no:
            raise ValueError("its entries do not follow each other")
    seals = chained(previous_seal, SEALED, rows)
    return Message(office_code, from_no, previous_seal, [(*row, seal) for row, seal in zip(rows, seals, strict=True)])


def row_of(told: dict[str, object]) -> list[Value]:
    """An entry that came as names and values, as a row.

    Raises:
        ValueError: It holds what no entry can hold.
    """
    if not told.keys() <= _MAY_HOLD.keys():
        raise ValueError("a newer blangko wrote it")
    # Most columns of an entry are empty, and are left out of what came: only the others are looked at.
    given = {name: value for name, value in told.items() if value is not None}
    if not given.keys() >= _NEEDED or not all(_MAY_HOLD[name](value) for name, value in given.items()):
        raise ValueError("it holds what no entry can hold")
    return list(map(cast("dict[str, Value]", given).get, SEALED))


def _is_whole(value: object) -> bool:
    # True is a number to Python, and to no reader of the file.
    return type(value) is int and abs(value) <= LARGEST_NUMBER


def _is_text(value: object) -> bool:
    # No database of servers takes the sign of nothing in a text.
    return isinstance(value, str) and "\0" not in value


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or len(value) != len("2017-10-27"):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_HOLDS = {WHOLE: _is_whole, DAY: _is_day}
_COLUMNS = {column.name: column for column in COLUMNS}
_MAY_HOLD = {name: _HOLDS.get(_COLUMNS[name].holds, _is_text) for name in SEALED}
_NEEDED = {name for name in SEALED if not _COLUMNS[name].may_be_empty}

"""The chain of seals: each entry's fingerprint covers the one before it.

A seal is SHA-256 over the previous seal and the entry's canonical JSON: the columns that are not
null, in the order of their names, without spaces, text as UTF-8. A column added later is null in
every old entry and so changes no old seal.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from json.encoder import encode_basestring
from typing import NamedTuple

FIRST_SEAL = "0" * 64
"""What stands before the first entry."""

Value = str | int | None


class Mark(NamedTuple):
    """What was proved of a book on a day: the number and the seal of its last entry then."""

    office_code: str
    entry_no: int
    seal: str
    proved_on: date


def canonical_json(columns: Sequence[str], row: Sequence[Value]) -> str:
    """The entry as JSON: `columns` sorted by name, `row` in the same order; nulls are left out."""
    return _json(_labels(columns), row)


def _labels(columns: Sequence[str]) -> list[str]:
    return [f'"{name}":' for name in columns]


def _json(labels: Sequence[str], row: Sequence[Value]) -> str:
    # A list and not a generator, and what follows the sealed values is left aside without a copy of the row: the daily
    # alert does this for an office-year of entries.
    parts = [
        label + (encode_basestring(value) if value.__class__ is str else str(value))
        for label, value in zip(labels, row, strict=False)
        if value is not None
    ]
    return "{" + ",".join(parts) + "}"


def next_seal(previous_seal: str, columns: Sequence[str], row: Sequence[Value]) -> str:
    """The seal of an entry, as 64 hexadecimal digits."""
    return sha256((previous_seal + canonical_json(columns, row)).encode()).hexdigest()


def chained(previous_seal: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The seals of entries that follow each other, the first of them after `previous_seal`; as `next_seal` for each."""
    labels = _labels(columns)
    for row in rows:
        previous_seal = sha256((previous_seal + _json(labels, row)).encode()).hexdigest()
        yield previous_seal


def broken_seals(previous_seal: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> list[int]:
    """Numbers of the entries whose seal does not follow from the entry and the seal before it.

    `rows` are the sealed values in the order of `columns`, `entry_no` among them, and behind them the seal; in the
    order of their numbers. The chain goes on from the seal that stands written, so that one changed entry is one
    number and not the rest of the book. Text that is no UTF-8 is expected as lone surrogates; no seal holds over it.
    """
    labels, number = _labels(columns), columns.index("entry_no")
    broken: list[int] = []
    entry_no = 0
    for row in rows:
        # A number that is damaged itself is the one that is due.
        said = row[number]
        entry_no = said if isinstance(said, int) else entry_no + 1
        sealed = (previous_seal + _json(labels, row)).encode("utf-8", "surrogateescape")
        # In a damaged book even a seal may be something else than a text.
        previous_seal = str(row[-1])
        if sha256(sealed).hexdigest() != previous_seal:
            broken.append(entry_no)
    return broken

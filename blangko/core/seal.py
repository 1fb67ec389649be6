"""The chain of seals: each entry's fingerprint covers the one before it.

A seal is SHA-256 over the previous seal and the entry's canonical JSON: the columns that are not
null, in the order of their names, without spaces, text as UTF-8. A column added later is null in
every old entry and so changes no old seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from json.encoder import encode_basestring

FIRST_SEAL = "0" * 64
"""What stands before the first entry."""

Value = str | int | None


def canonical_json(columns: Sequence[str], row: Sequence[Value]) -> str:
    """The entry as JSON: `columns` sorted by name, `row` in the same order; nulls are left out."""
    parts = [
        f'"{name}":{encode_basestring(value) if isinstance(value, str) else value}'
        for name, value in zip(columns, row, strict=True)
        if value is not None
    ]
    return "{" + ",".join(parts) + "}"


def next_seal(previous_seal: str, columns: Sequence[str], row: Sequence[Value]) -> str:
    """The seal of an entry, as 64 hexadecimal digits."""
    return sha256((previous_seal + canonical_json(columns, row)).encode()).hexdigest()


def broken_seals(
    previous_seal: str, columns: Sequence[str], rows: Iterable[tuple[int, str, Sequence[Value]]]
) -> list[int]:
    """Numbers of the entries whose seal does not follow from the entry and the seal before it.

    `rows` are (entry_no, seal, sealed values in the order of `columns`), in the order of their numbers. The chain
    goes on from the seal that stands written, so that one changed entry is one number and not the rest of the book.
    """
    broken = []
    for entry_no, seal, row in rows:
        if next_seal(previous_seal, columns, row) != seal:
            broken.append(entry_no)
        # In a damaged book even a seal may be something else than a text.
        previous_seal = str(seal)
    return broken

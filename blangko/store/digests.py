"""The digests that a server keeps of its offices' books: read with what the books say now, and written one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.store.postgres import Database

_COLUMNS = ("office_code", "as_of", "entry_no", "seal", "facts", "answer")
_CURRENT = "d.office_code = o.office_code AND d.entry_no = o.last_entry_no AND d.seal = o.last_seal"

# Beside each book the answer that was kept of it, as long as its seal is the last one.
STANDING = (
    "SELECT o.office_code, d.as_of, d.answer,"
    " (SELECT MAX(e.occurred_on) FROM entry e WHERE e.office_code = o.office_code),"
    " (SELECT e.recorded_at FROM entry e WHERE e.office_code = o.office_code AND e.entry_no = o.last_entry_no),"
    " (SELECT MAX(p.received_at) FROM push p WHERE p.office_code = o.office_code)"
    f" FROM office o LEFT JOIN digest d ON {_CURRENT} ORDER BY o.office_code"
)

# Facts hold on a later evening too, as far as nothing in them is of a day after theirs; and together with what was
# written since, as long as the book goes on from their seal.
FACTS_KEPT = (
    "SELECT d.office_code, o.last_entry_no - d.entry_no, d.facts"
    " FROM office o JOIN digest d ON d.office_code = o.office_code"
    " JOIN entry s ON s.office_code = d.office_code AND s.entry_no = d.entry_no AND s.seal = d.seal"
    " WHERE o.office_code = ANY(:codes) AND d.as_of <= :as_of AND o.last_entry_no - d.entry_no <= :most"
    " AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.office_code = o.office_code AND e.occurred_on > d.as_of"
    " AND e.entry_no <= d.entry_no)"
)

KEPT_OF = (
    "SELECT as_of, facts, answer FROM digest WHERE office_code = :office_code AND entry_no = :entry_no AND seal = :seal"
)

KEEP = (
    f"INSERT INTO digest ({', '.join(_COLUMNS)}) VALUES ({', '.join(':' + name for name in _COLUMNS)})"
    " ON CONFLICT (office_code) DO UPDATE SET "
    + ", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS[1:])
)  # fmt: skip


class Standing(NamedTuple):
    """What stands of an office: the answer kept and its evening, None where it is out of date, and its book's last.

    `last_on` is the latest day in the book; `recorded_at` and `pushed_at` are the instants of the last entry and push.
    """

    office_code: str
    as_of: str | None
    answer: str | None
    last_on: str | None
    recorded_at: str | None
    pushed_at: str | None


def standing(database: Database) -> list[Standing]:
    """All offices of the database that this role may see."""
    with database.reading():
        return [Standing._make(row) for row in database.rows(STANDING)]


def keep(database: Database, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep these digests, each in a transaction of its own: no office waits for another.

    Raises:
        NotForThisRole: The role may not keep any.
        ReadOnlyBook: The server takes no writes.
    """
    with database.told(writing=True):
        # A digest that a failing server forgets is made again.
        database.rows("SET synchronous_commit = off")
        for row in rows:
            database.rows(KEEP, **row)


class Kept(NamedTuple):
    """The facts kept of an office's book as it was before the last `news` entries."""

    office_code: str
    news: int
    facts: str


def facts_kept(database: Database, codes: Sequence[str], as_of: date, most: int) -> list[Kept]:
    """The facts kept of those of the offices from which the facts of `as_of` can be told.

    So they can where nothing in them is of a later day, and at most `most` entries were written since.
    """
    return [Kept._make(row) for row in database.rows(FACTS_KEPT, codes=list(codes), as_of=as_of, most=most)]

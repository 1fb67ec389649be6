"""The first load: the whole books of many offices brought into an empty database at once.

Entry by entry every guard would look again at what each book has proved already. So the indexes, the links and the
guards are set aside, the entries copied in, and everything is made again exactly as it was. What the guards would have
asked of each entry is then asked of all at once, every seal is computed anew by the server from what it holds, and only
if all of it is true does the load stand: one transaction, of which a failure leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from blangko.core.columns import COLUMNS, MAX_CARDS, NAMES, SEALED, WHOLE
from blangko.core.seal import FIRST_SEAL
from blangko.errors import CannotCreate, DamagedBook
from blangko.errors.server import DatabaseInUse, NotForThisRole
from blangko.store import queries
from blangko.store.postgres import Database, prepared_database

COPY_ENTRIES = f"COPY entry ({', '.join(NAMES)}) FROM STDIN"
# What a sort, a join and an index may take of the server's memory while it makes them for all entries at once.
_MEMORY = "SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL work_mem = '128MB'"
_PARTS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
  format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)),
  CASE c.contype WHEN 'p' THEN 1 ELSE 3 END AS turn
FROM pg_constraint c
WHERE 'entry'::regclass IN (c.conrelid, c.confrelid) AND c.contype IN ('p', 'f')
UNION ALL
SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 2
FROM pg_index i WHERE i.indrelid = 'entry'::regclass AND NOT i.indisprimary
ORDER BY turn
"""
"""What is dropped before, and made again afterwards: the key, the indexes, the links, in this turn."""


class WholeBook(Protocol):
    """All entries of an office under `core.columns.NAMES`, and the number and the seal of the last one."""

    @property
    def office_code(self) -> str: ...

    @property
    def last_entry_no(self) -> int: ...

    @property
    def last_seal(self) -> str: ...

    @property
    def rows(self) -> Iterable[Sequence[Any]]: ...


def first_load(place: str, books: Iterable[WholeBook]) -> int:
    """Bring whole books into a database that holds no office yet, and prove them; how many entries there are then.

    A database that is empty gets its tables first.

    Raises:
        DatabaseInUse: It holds an office already.
        DamagedBook: A book does not prove whole; nothing of any stands.
        CannotCreate: The role may not set the guards aside.
    """
    with prepared_database(place) as database:
        try:
            with database.told(writing=True), database.transaction():
                return _loaded(database, books)
        except NotForThisRole as error:
            raise CannotCreate(path=database.path, reason=error.reason) from None


def _loaded(database: Database, books: Iterable[WholeBook]) -> int:
    # Nobody reads or writes meanwhile: there is nothing yet to be read.
    database.connection.execute("LOCK TABLE office, entry IN ACCESS EXCLUSIVE MODE")
    if database.rows(queries.OFFICES):
        raise DatabaseInUse(path=database.path)
    database.connection.execute(_MEMORY)
    with _guards_set_aside(database):
        _copy(database, books)
    for question in _PROOF:
        for code, entry_no in database.rows(question):
            raise DamagedBook(path=database.path, reason=f"{code}: {entry_no}")
    ((entries,),) = database.rows("SELECT COALESCE(SUM(last_entry_no), 0) FROM office")
    return int(entries)


@contextmanager
def _guards_set_aside(database: Database) -> Iterator[None]:
    parts = database.rows(_PARTS)
    database.connection.execute("ALTER TABLE entry DISABLE TRIGGER USER")
    for drop, _, _ in reversed(parts):
        database.connection.execute(drop)
    yield
    for _, make, _ in parts:
        database.connection.execute(make)
    database.connection.execute("ALTER TABLE entry ENABLE TRIGGER USER")
    # Else the server would know nothing of what it holds until it looks by itself.
    database.connection.execute("ANALYZE office, entry")


def _copy(database: Database, books: Iterable[WholeBook]) -> None:
    ends = []
    with database.connection.cursor() as cursor, cursor.copy(COPY_ENTRIES) as copied:
        for book in books:
            for row in book.rows:
                copied.write_row(row)
            ends.append(
                {"office_code": book.office_code, "last_entry_no": book.last_entry_no, "last_seal": book.last_seal}
            )
    database.execute_for_each(queries.ADD_OFFICE, ends)


# --- What the guards would have asked -------------------------------------------------------------


def _sealed_json() -> str:
    """The canonical JSON of an entry `e`, as `core.seal` writes it: what is null is left out."""
    whole = {column.name for column in COLUMNS if column.holds == WHOLE}
    values = ((name, f"e.{name}" if name in whole else f"to_json(e.{name})") for name in SEALED)
    # A value that is null makes null of its whole part, which concat_ws leaves out.
    parts = ", ".join(f"""'"{name}":' || {value}::text""" for name, value in values)
    return f"'{{' || concat_ws(',', {parts}) || '}}'"


_SEAL = f"encode(sha256(convert_to(COALESCE(b.seal, '{FIRST_SEAL}') || {_sealed_json()}, 'UTF8')), 'hex')"
BROKEN_SEALS = (
    "SELECT e.office_code, e.entry_no FROM entry e"
    " LEFT JOIN entry b ON b.office_code = e.office_code AND b.entry_no = e.entry_no - 1"
    f" WHERE e.seal <> {_SEAL} ORDER BY e.office_code, e.entry_no LIMIT 1"
)
"""The first entry whose seal does not follow from what stands there and the seal before."""
_PROOF = (
    BROKEN_SEALS,
    # Without gaps, up to the office's own last number and seal.
    "SELECT o.office_code, o.last_entry_no FROM office o LEFT JOIN"
    " (SELECT office_code, COUNT(*) AS entries, MAX(entry_no) AS last_no FROM entry GROUP BY office_code) n"
    " ON n.office_code = o.office_code LEFT JOIN entry e ON e.office_code = o.office_code AND e.entry_no = n.last_no"
    " WHERE (COALESCE(n.entries, 0), COALESCE(n.last_no, 0)) <> (o.last_entry_no, o.last_entry_no)"
    f" OR COALESCE(e.seal, '{FIRST_SEAL}') <> o.last_seal LIMIT 1",
    # Only a request is answered.
    "SELECT e.office_code, e.entry_no FROM entry e"
    " JOIN entry q ON q.office_code = e.office_code AND q.entry_no = e.request_no WHERE q.kind <> 'request' LIMIT 1",
    # A reversal is the mirror of its entry, which is none itself.
    "SELECT r.office_code, r.entry_no FROM entry r"
    " JOIN entry e ON e.office_code = r.office_code AND e.entry_no = r.reverses_no"
    " WHERE e.kind = 'reverse' OR e.kind IS DISTINCT FROM r.subject OR e.from_place IS DISTINCT FROM r.to_place"
    " OR e.to_place IS DISTINCT FROM r.from_place OR (e.from_place IS NOT NULL AND e.cards <> r.cards) LIMIT 1",
    # The number of a citizen does not belong in the book.
    "SELECT office_code, entry_no FROM entry WHERE COALESCE(note, party) IS NOT NULL"
    " AND ' ' || COALESCE(note, '') || ' ' || COALESCE(party, '') || ' ' ~ '[^0-9][0-9]{16}[^0-9]' LIMIT 1",
    f"SELECT office_code, entry_no FROM entry WHERE turned_away_cards NOT BETWEEN 0 AND {MAX_CARDS} LIMIT 1",
)

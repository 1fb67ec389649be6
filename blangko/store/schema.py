"""The shape of the book's file: `db/schema.sql` for a new book, the migrations for an older one.

The tables are those of `store.models`; the script is written from them, and a test holds that models, script and
migrations say the same. A new book runs the script (a millisecond) and loads neither SQLModel nor Alembic (a second).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from blangko.core.columns import KINDS, MOVEMENTS, REVERSE

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Table

APPLICATION_ID = 0x424C4B4F
"""'BLKO' in the header of the file: the mark of our books."""

SCHEMA_VERSION = 3
"""Kept as `user_version`; the number of the newest migration."""

KNOWN_SHAPES = (
    "ba410513a9dad78f03747b011ea595b7d2110335aa7a104b9964473c11dbf24b",
    "80ed116e808c41067fae9f87c37266831ddfd99bb5c876292ce2393327840b02",
)
"""Fingerprints of the schema of a fresh book, and of those that today's migrations make of a book of each release."""


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the tables, triggers and views of a new book, and mark the file as ours."""
    from importlib.resources import files

    script = files("blangko.db").joinpath("schema.sql").read_text(encoding="utf-8")
    # One transaction, and so one wait for the disk instead of forty.
    connection.executescript(f"BEGIN;\n{script}\nCOMMIT;")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


@contextmanager
def migrated(connection: sqlite3.Connection) -> Iterator[None]:
    """Bring the book on `connection` to today's shape in one transaction, which is kept when the block ends well.

    Raises:
        sqlite3.Error: The book refuses, is locked, or the disk does not take it.
    """
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    try:
        with _migrations(connection) as (config, shared):
            shared.exec_driver_sql("BEGIN IMMEDIATE")
            command.upgrade(config, "head")
            shared.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            yield
            shared.commit()
    except DBAPIError as error:
        raise error.orig or error from None


@contextmanager
def _migrations(connection: sqlite3.Connection) -> Iterator[tuple[Config, Connection]]:
    """Alembic's settings for the migrations that ship, and the connection as SQLAlchemy and Alembic share it."""
    from importlib.resources import as_file, files

    from alembic.config import Config
    from sqlalchemy import StaticPool, create_engine

    config = Config()
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with as_file(files("blangko.db").joinpath("migrations")) as folder, engine.connect() as shared:
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = shared
        yield config, shared


_SHAPES = "SELECT type, name, tbl_name, rootpage = 0, sql FROM sqlite_master"
_LENGTHS = "length(type), length(name), length(tbl_name), rootpage = 0, length(sql)"
_WITH_LENGTHS = f"printf('%d %d %d %d %d %s %s %s %s', {_LENGTHS}, type, name, tbl_name, sql)"
# Judged by its text, since that is what SQLite runs: whoever edits the list of parts may call a trigger a view.
_HARMLESS = ("CREATE TABLE ", "CREATE VIEW ", "CREATE INDEX ", "CREATE UNIQUE INDEX ")
_GIVEN_ROWS = (
    "SELECT 'kind ' || kind, is_movement, meaning FROM kind",
    "SELECT 'alembic_version', version_num FROM alembic_version",
)


def changed_parts(connection: sqlite3.Connection) -> list[str]:
    """The same as `differences`, for whoever is about to write: one look where the schema is as it was made.

    It does not look at the kinds, which refuse an entry loudly.
    """
    return [] if fingerprint(connection) in KNOWN_SHAPES else differences(connection)


def fingerprint(connection: sqlite3.Connection) -> str:
    """A hash over everything that SQLite keeps of the schema, in the order in which it was made."""
    # Put together by SQLite, in a quarter of the time; with lengths, so that nothing passes from one part to the next.
    ((text,),) = connection.execute(f"SELECT group_concat({_WITH_LENGTHS}) FROM sqlite_master")
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def differences(connection: sqlite3.Connection) -> list[str]:
    """Names of the tables, indexes, triggers, views and kinds that are not as in a fresh book, and of added triggers.

    A table, index or view that somebody added does no harm; a trigger could swallow an entry. Of an older book
    nothing is said: only today's shape is known.
    """
    if connection.execute("PRAGMA user_version").fetchone() != (SCHEMA_VERSION,):
        return []
    # Made anew and compared, instead of a list of names kept beside the schema that could fall behind it.
    fresh = sqlite3.connect(":memory:")
    create_schema(fresh)
    made, found = _shapes(fresh), _shapes(connection)
    changed = [name for (kind, name), shape in made.items() if found.get((kind, name)) != shape]
    added = [name for (kind, name), shape in found.items() if (kind, name) not in made and not _is_harmless(shape)]
    rows = {row for sql in _GIVEN_ROWS for row in connection.execute(sql)}
    return changed + added + [row[0] for sql in _GIVEN_ROWS for row in fresh.execute(sql) if row not in rows]


def _shapes(connection: sqlite3.Connection) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    """What SQLite keeps of each part of the schema; a column that a migration added stands on the line before it.

    Two of one name, which only an edited list can hold, are kept both, so that none hides behind the other.
    """
    shapes: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for kind, name, *more, sql in connection.execute(_SHAPES):
        shapes.setdefault((kind, name), []).append((*more, " ".join((sql or "").split())))
    return shapes


def _is_harmless(shapes: list[tuple[object, ...]]) -> bool:
    return all(not text or str(text).startswith(_HARMLESS) for *_, text in shapes)


# --- The dump -------------------------------------------------------------------------------------


def script() -> str:
    """The text of `db/schema.sql`: the tables of the models, the views, what guards them, and the kinds, explained."""
    from importlib.resources import files

    folder = files("blangko.db")
    parts = [
        "-- The shape of a fresh book. Made by `python -m blangko.store.schema` from blangko/store/models.py,\n"
        "-- db/views.sql, db/triggers.sql and blangko/core/columns.py; do not edit.",
        *_tables(),
        *(folder.joinpath(name).read_text(encoding="utf-8").strip() for name in ("views.sql", "triggers.sql")),
        "-- The kinds of entries. A later kind is a row that its migration adds.\n" + "\n".join(kinds()),
    ]
    return "\n\n".join(parts) + "\n"


def _tables() -> Iterator[str]:
    """Each table of the models under its comment, with its indexes; and Alembic's own, stamped with the last number."""
    from alembic import command

    from blangko.store.models import Office

    tables = Office.metadata
    made = sqlite3.connect(":memory:", isolation_level=None)
    with _migrations(made) as (config, shared):
        tables.create_all(shared)
        command.stamp(config, "head")
        shared.commit()
    (last,) = made.execute("SELECT version_num FROM alembic_version").fetchone()
    yield (
        "-- Which migrations this shape holds: all of them.\n"
        f"{_made(made, 'alembic_version')};\n\nINSERT INTO alembic_version VALUES ('{last}');"
    )
    for table in tables.sorted_tables:
        yield f"{_explained(table)}\n{_plain(_made(made, table.name))};"
        for index in sorted(index.name or "" for index in table.indexes):
            yield f"{_made(made, index)};"


def _made(connection: sqlite3.Connection, name: str) -> str:
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
    return str(sql)


def _plain(sql: str) -> str:
    """A statement as SQLAlchemy writes it, laid out as the migrations are."""
    lines = [line.replace("\t", "  ").rstrip() for line in sql.strip().splitlines()]
    return "\n".join(lines).replace("\n WITHOUT ROWID,\n STRICT", "\nWITHOUT ROWID, STRICT")


def _explained(table: Table) -> str:
    """What the table and its columns mean, in front of it: inside it, each comment would be a part of its shape."""
    width = max(len(column.name) for column in table.columns)
    lines = [f"  {column.name:{width}}  {column.comment}" for column in table.columns]
    return "\n".join(f"-- {line}".rstrip() for line in [*(table.comment or "").splitlines(), *lines])


def kinds() -> Iterator[str]:
    """The statements that put the kinds of entries into their table."""
    for kind in KINDS.values():
        moves = int(kind.name == REVERSE or kind.name in MOVEMENTS)
        meaning = kind.meaning.replace("'", "''")
        yield f"INSERT INTO kind VALUES ('{kind.name}', {moves}, '{meaning}');"


if __name__ == "__main__":
    import sys

    sys.stdout.write(script())

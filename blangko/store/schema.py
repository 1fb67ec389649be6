"""The shape of the book's file: made from `db/schema.sql` for a new book, from the migrations for the dump itself.

A new book runs the dump (a millisecond) and not the migrations (a second); a test compares the two.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

APPLICATION_ID = 0x424C4B4F
"""'BLKO' in the header of the file: the mark of our books."""

SCHEMA_VERSION = 2
"""Kept as `user_version`; the number of the newest migration."""


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
    from importlib.resources import as_file, files

    from alembic import command
    from alembic.config import Config
    from sqlalchemy import StaticPool, create_engine
    from sqlalchemy.exc import DBAPIError

    config = Config()
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    try:
        with as_file(files("blangko.db").joinpath("migrations")) as folder, engine.connect() as shared:
            config.set_main_option("script_location", str(folder))
            config.attributes["connection"] = shared
            shared.exec_driver_sql("BEGIN IMMEDIATE")
            command.upgrade(config, "head")
            shared.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
            yield
            shared.commit()
    except DBAPIError as error:
        raise error.orig or error from None


_SHAPES = "SELECT type, name, tbl_name, rootpage = 0, sql FROM sqlite_master"
_GIVEN_ROWS = (
    "SELECT 'kind ' || kind, is_movement, meaning FROM kind",
    "SELECT 'alembic_version', version_num FROM alembic_version",
)


def differences(connection: sqlite3.Connection) -> list[str]:
    """Names of the tables, indexes, triggers, views and kinds that are not as in a fresh book, and of added triggers.

    A table, index or view that somebody added does no harm; a trigger could swallow an entry. Of an older book
    nothing is said: only today's shape is known.
    """
    if connection.execute("PRAGMA user_version").fetchone() != (SCHEMA_VERSION,):
        return []
    fresh = sqlite3.connect(":memory:")
    create_schema(fresh)
    made, found = _shapes(fresh), _shapes(connection)
    changed = [name for (kind, name), shape in made.items() if found.get((kind, name)) != shape]
    added = [name for kind, name in found if kind == "trigger" and (kind, name) not in made]
    rows = {row for sql in _GIVEN_ROWS for row in connection.execute(sql)}
    return changed + added + [row[0] for sql in _GIVEN_ROWS for row in fresh.execute(sql) if row not in rows]


def _shapes(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[object, ...]]:
    return {(kind, name): tuple(more) for kind, name, *more in connection.execute(_SHAPES)}


def dump(connection: sqlite3.Connection) -> str:
    """The schema and the rows of the small reference tables, as a script that makes them again."""
    shapes = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2 ELSE 3 END, rowid"
    )
    parts = [f"{sql};" for (sql,) in shapes]
    for table in ("alembic_version", "kind"):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1"):
            values = ", ".join(
                str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'" for value in row
            )
            parts.append(f"INSERT INTO {table} VALUES ({values});")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    import os
    import sys
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        fresh = sqlite3.connect(os.path.join(folder, "fresh.db"), isolation_level=None)
        with migrated(fresh):
            pass
        sys.stdout.write("-- The shape of a fresh book. Made by `python -m blangko.store.schema`; do not edit.\n\n")
        sys.stdout.write(dump(fresh))

"""A book that somebody changes by hand, who has a database tool and every right to use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from blangko.core.columns import SEALED
from blangko.core.seal import FIRST_SEAL, next_seal
from blangko.store.address import is_server, parted

Execute = Callable[..., list[tuple[Any, ...]]]


def forge(place: str | Path, sql: str) -> None:
    """Run one statement past the triggers, which stand again afterwards."""
    with by_hand(place) as execute:
        execute(sql)


def reseal(place: str | Path) -> None:
    """Seal the whole book anew, as somebody who knows how it is done could."""
    with by_hand(place) as execute:
        seal = FIRST_SEAL
        for number, *row in execute(f"SELECT entry_no, {', '.join(SEALED)} FROM entry ORDER BY entry_no"):
            seal = next_seal(seal, SEALED, row)
            execute("UPDATE entry SET seal = ? WHERE entry_no = ?", seal, number)
        execute("UPDATE office SET last_entry_no = ?, last_seal = ?", number, seal)


def drop_trigger(place: str | Path, name: str) -> None:
    """Take one trigger of the entries away."""
    with database(place) as execute:
        execute(f"DROP TRIGGER {name}" + (" ON entry" if is_server(str(place)) else ""))


def swallow_entries(place: str | Path) -> None:
    """Add a trigger called "swallow", which lets no entry in and says nothing."""
    with database(place) as execute:
        if is_server(str(place)):
            execute("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
            execute("CREATE TRIGGER swallow BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION nothing()")
        else:
            execute("CREATE TRIGGER swallow BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END")


@contextmanager
def by_hand(place: str | Path) -> Iterator[Execute]:
    """`execute(sql, *values)` runs a statement with `?` places past everything that guards a book of one office."""
    with database(place) as execute:
        if is_server(str(place)):
            # What a server does for itself when it copies another one: no trigger, and no foreign key, is asked.
            execute("SET session_replication_role = replica")
            yield execute
            return
        triggers = execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in triggers:
            execute(f"DROP TRIGGER {name}")
        execute("PRAGMA ignore_check_constraints = ON")
        yield execute
        for _, trigger in triggers:
            execute(trigger)


def database(place: str | Path) -> AbstractContextManager[Execute]:
    """`execute(sql, *values)` runs a statement with `?` places in the database of a book."""
    return _on_the_server(str(place)) if is_server(str(place)) else _in_the_file(place)


@contextmanager
def _in_the_file(place: str | Path) -> Iterator[Execute]:
    with closing(sqlite3.connect(place)) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()
        connection.commit()


@contextmanager
def _on_the_server(place: str) -> Iterator[Execute]:
    import psycopg

    with psycopg.connect(parted(place)[0]) as connection:

        def execute(sql: str, *values: object) -> list[tuple[Any, ...]]:
            found = connection.execute(sql.replace("?", "%s"), values)
            return found.fetchall() if found.description else []

        yield execute

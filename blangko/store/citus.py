"""The statements that spread a database of offices over several servers with Citus, by the code of the office.

Tried with Citus 13.2 on three nodes. Two things it does not take in a table that it distributes: a foreign key to a
table that is not distributed yet, and triggers unless they are asked for. So both are taken off first and put back
after, each in a statement of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from blangko.errors.server import NoCitus, NotDistributed

if TYPE_CHECKING:
    from blangko.store.postgres import Database

KIND, OFFICE = "kind", "office"
_TRIGGER = re.compile(r"^CREATE TRIGGER (\w+) .*? ON (\w+)\n.*?;$", re.MULTILINE | re.DOTALL)
_MADE_BY = re.compile(r"SELECT create_\w+_table\('(\w+)'")

_HAS_CITUS = "SELECT 1 FROM pg_proc WHERE proname = 'create_distributed_table'"
_DISTRIBUTED = "SELECT logicalrelid::text FROM pg_dist_partition"


def statements() -> list[str]:
    """All of them, in the order in which the owner of the tables runs them on the coordinator, each by itself."""
    triggers, keys = list(_triggers()), list(_keys_to_other_tables())
    return [
        "SET citus.enable_unsafe_triggers = on",
        *(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table, _ in triggers),
        *(f"ALTER TABLE {key.table.name} DROP CONSTRAINT IF EXISTS {key.name}" for key in keys),
        f"SELECT create_reference_table('{KIND}')",
        f"SELECT create_distributed_table('{OFFICE}', 'office_code')",
        *(
            f"SELECT create_distributed_table('{table}', 'office_code', colocate_with => '{OFFICE}')"
            for table in _tables_of_an_office()
        ),
        *(_added(key) for key in keys),
        *(sql for _, _, sql in triggers),
    ]


def run(database: Database) -> list[str]:
    """Run the statements, but those of tables that are distributed already; those that were run.

    Raises:
        NoCitus: The server has none.
        NotDistributed: It refused a statement; those before it stand, and the next run goes on from there.
    """
    import psycopg

    if not database.execute(_HAS_CITUS, {}):
        raise NoCitus(path=database.path)
    done = {table for (table,) in database.execute(_DISTRIBUTED, {})}
    left = [statement for statement in statements() if _made(statement) not in done]
    for statement in left:
        try:
            database.connection.execute(statement)
        except psycopg.Error as error:
            reason = error.diag.message_primary or str(error)
            raise NotDistributed(path=database.path, statement=statement, reason=reason) from error
    return left


def _made(statement: str) -> str | None:
    """The table that a statement distributes."""
    match = _MADE_BY.match(statement)
    return match[1] if match else None


def _triggers() -> Iterator[tuple[str, str, str]]:
    """Name, table and statement of each trigger of `db/postgres/triggers.sql`."""
    from importlib.resources import files

    script = files("blangko.db").joinpath("postgres", "triggers.sql").read_text(encoding="utf-8")
    for match in _TRIGGER.finditer(script):
        yield match[1], match[2], match[0].removesuffix(";")


def _keys_to_other_tables() -> Iterator[Any]:
    from blangko.store.models import Office

    for table in Office.metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda each: str(each.name)):
            if key.referred_table is not table:
                yield key


def _added(key: Any) -> str:
    """SQLAlchemy's own statement would take the key out of its table, for whoever makes that table next."""
    columns = ", ".join(element.parent.name for element in key.elements)
    others = ", ".join(element.column.name for element in key.elements)
    return (
        f"ALTER TABLE {key.table.name} ADD CONSTRAINT {key.name}"
        f" FOREIGN KEY ({columns}) REFERENCES {key.referred_table.name} ({others})"
    )


def _tables_of_an_office() -> Iterator[str]:
    """Every table with the rows of one office, but the table of the offices, beside which they are to lie."""
    from blangko.store.models import Office
    from blangko.store.server_models import SERVER

    for tables in (Office.metadata, SERVER):
        yield from (table.name for table in tables.sorted_tables if table.name not in (KIND, OFFICE))

"""The shape of a database of books on PostgreSQL: made by SQLModel from the same models as a book's file.

Beside the tables stand the views of `db/views.sql`, which ask with the rights of whoever looks, and the triggers of
`db/postgres/triggers.sql`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from blangko.store.schema import SCHEMA_VERSION, kinds

if TYPE_CHECKING:
    from psycopg import Connection


_VERSIONS = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
# A trigger's function looks where the tables are, and nowhere before: whoever connects may name other places.
_HERE = "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)"


def create_schema(connection: Connection[Any]) -> None:
    """Make the tables, triggers and views in a database that has none; call within a transaction.

    Raises:
        psycopg.Error: The role may not, or there are tables of these names.
    """
    connection.execute(_HERE)
    for statement in statements():
        connection.execute(statement)


def statements() -> Iterator[str]:
    """Everything that makes the shape, in its order."""
    from importlib.resources import files

    from blangko.store.models import Office
    from blangko.store.server_models import SERVER

    folder = files("blangko.db")
    yield _VERSIONS
    yield f"INSERT INTO alembic_version VALUES ('{SCHEMA_VERSION:04}')"
    yield from made_by(Office.metadata)
    yield from made_by(SERVER)
    # Else a view would show every office to whoever may see one.
    views = folder.joinpath("views.sql").read_text(encoding="utf-8")
    yield re.sub(r"^(CREATE VIEW \w+)", r"\1 WITH (security_invoker = true)", views, flags=re.MULTILINE)
    yield folder.joinpath("postgres", "triggers.sql").read_text(encoding="utf-8")
    yield from kinds()


def made_by(tables: Any, name: str | None = None) -> list[str]:
    """The statements with which SQLModel makes these tables, or the one of that name, on PostgreSQL."""
    from sqlalchemy import create_mock_engine

    said: list[str] = []

    def write(sql: Any, *_: Any, **__: Any) -> None:
        said.append(str(sql.compile(dialect=engine.dialect)))

    engine: Any = create_mock_engine("postgresql+psycopg://", write)
    tables.create_all(engine, None if name is None else [tables.tables[name]], checkfirst=False)
    return said


# --- Whether it is still as it was made -----------------------------------------------------------

# What the catalogue says of every part in one schema: kind, name, text.
_PARTS = """
WITH here AS (SELECT oid, relname, relkind, reloptions FROM pg_class WHERE relnamespace = (%(schema)s)::regnamespace)
SELECT 'table', r.relname || '.' || a.attname,
  concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, c.collname)
FROM here r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_collation c ON c.oid = a.attcollation WHERE r.relkind IN ('r', 'p')
UNION ALL SELECT 'constraint', c.conname, pg_get_constraintdef(c.oid, true)
FROM here r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype IN ('p', 'f', 'c', 'u')
UNION ALL SELECT 'index', i.relname, pg_get_indexdef(i.oid, 0, true) FROM here i WHERE i.relkind IN ('i', 'I')
UNION ALL SELECT 'trigger', t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid, true), t.tgenabled)
FROM here r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
UNION ALL SELECT 'view', v.relname, concat_ws(' ', v.reloptions, pg_get_viewdef(v.oid, true))
FROM here v WHERE v.relkind = 'v'
UNION ALL SELECT 'rule', w.rulename, r.relname
FROM here r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN'
UNION ALL SELECT 'function', p.proname, concat_ws(' ', p.prosecdef, p.prosrc)
FROM pg_proc p WHERE p.pronamespace = (%(schema)s)::regnamespace AND p.proname LIKE 'blangko%%'
UNION ALL SELECT 'kind', 'kind ' || k.kind, concat_ws(' ', k.is_movement, k.meaning) FROM kind k
"""
_HARMLESS = ("table", "constraint", "index", "view", "function", "kind")
"""What somebody may add without any harm; a trigger or a rule could swallow an entry."""
_LATER = ("office_token",)
"""Tables of this shape that an older database gets when they are first needed; it is whole without them."""


def changed_parts(connection: Connection[Any]) -> list[str]:
    """Names of the tables, columns, indexes, triggers, views and kinds that are not as in a fresh database.

    Made anew and compared, in temporary tables, in a transaction of this connection that is taken back.
    """
    if connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
        # A standby is a copy to the letter in which nothing can be made; its shape is looked at where it comes from.
        return []
    connection.execute("BEGIN READ WRITE")
    try:
        found = _parts(connection)
        connection.execute("SET LOCAL search_path = pg_temp")
        for statement in statements():
            # A function in a temporary schema is only found under its full name.
            connection.execute(statement.replace("EXECUTE FUNCTION ", "EXECUTE FUNCTION pg_temp."))
        fresh = _parts(connection)
    finally:
        connection.rollback()
    absent = tuple(table for table in _LATER if ("index", f"{table}_pk") not in found)
    changed = [
        name for (kind, name), text in fresh.items() if found.get((kind, name)) != text and not name.startswith(absent)
    ]
    return changed + [name for kind, name in found if (kind, name) not in fresh and kind not in _HARMLESS]


def _parts(connection: Connection[Any]) -> dict[tuple[str, str], str]:
    ((schema,),) = connection.execute("SELECT quote_ident(current_schema())").fetchall()
    rows = connection.execute(_PARTS, {"schema": schema}).fetchall()
    return {(kind, name): re.sub(rf"\b(pg_temp(_\d+)?|{re.escape(schema)})\.", "", text) for kind, name, text in rows}

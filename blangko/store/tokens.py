"""The tokens by which the province's door knows its offices; of each its digest alone is kept."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blangko.store.postgres import Database

TABLE = "office_token"
_IS_THERE = f"SELECT to_regclass('{TABLE}') IS NOT NULL"
_KEEP = (
    f"INSERT INTO {TABLE} (office_code, digest, made_at, made_by) VALUES (:office_code, :digest, :made_at, :made_by)"
    " ON CONFLICT (office_code) DO UPDATE"
    " SET digest = EXCLUDED.digest, made_at = EXCLUDED.made_at, made_by = EXCLUDED.made_by"
)
_OFFICE_OF = f"SELECT office_code FROM {TABLE} WHERE digest = :digest"


def keep(database: Database, office_code: str, token: str, at: str, by: str) -> None:
    """Let an office in by this token from now on, and by no other.

    A database that is older than the tokens gets their table, where the role may make it.

    Raises:
        BookUnreadable: The role may not.
    """
    with database.told(writing=True), database.transaction():
        if not _is_there(database):
            _make_table(database)
        database.rows(_KEEP, office_code=office_code, digest=_digest(token), made_at=at, made_by=by)


def office_of(database: Database, token: str) -> str | None:
    """The code of the office that the token lets in; None where it is nobody's."""
    with database.reading():
        if not _is_there(database):
            return None
        found = database.rows(_OFFICE_OF, digest=_digest(token))
    return str(found[0][0]) if found else None


def _is_there(database: Database) -> bool:
    ((is_there,),) = database.rows(_IS_THERE)
    return bool(is_there)


def _make_table(database: Database) -> None:
    from blangko.store.postgres_schema import made_by
    from blangko.store.server_models import SERVER

    for statement in made_by(SERVER, TABLE):
        database.connection.execute(statement)


def _digest(token: str) -> str:
    # A token is made of 256 random bits: nobody can try them all, so one round of hashing is enough.
    return sha256(token.encode()).hexdigest()

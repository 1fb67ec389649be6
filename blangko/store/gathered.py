"""The books of many offices looked at together: each statement is asked of the server once for all of them.

The texts of `store.queries` stay as they are: wrapped in `office o CROSS JOIN LATERAL (…)` each one runs for every
office in turn, and where it names a value that differs from office to office, that is handed over beside the code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from blangko.store.book import as_stored
from blangko.store.postgres import PLACE, Database, PostgresBook

Asked = tuple[str, tuple[tuple[str, Any], ...]]
"""A statement, and the values that it was asked with beside the office."""


class GatheredBook(PostgresBook):
    """The book of one office as far as it was gathered; it has no connection, and can be taken to another process.

    What was not gathered cannot be asked of it: that is a KeyError, and a fault of the program.
    """

    def __init__(self, path: str, office_code: str, found: Mapping[Asked, Sequence[Any]]) -> None:
        self.path, self.office_code, self._found = path, office_code, found

    def execute(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        return list(self._found[_asked(sql, values)])

    def reading(self) -> AbstractContextManager[GatheredBook]:  # type: ignore[override]
        return nullcontext(self)


class Gathering:
    """What is asked of the books of several offices, each statement of all of them at once; within one view."""

    def __init__(self, database: Database, codes: Sequence[str]) -> None:
        self._database, self._codes = database, list(codes)
        _read_sums_quickly(database)
        self._found: dict[str, dict[Asked, Sequence[Any]]] = {code: {} for code in codes}

    def ask(self, sql: str, own: Mapping[str, Mapping[str, Any]] | None = None, **values: Any) -> None:
        """Ask all offices, or those in `own`, which says for each the values that it is asked with beside the rest.

        Dates become text, as they do for one book.
        """
        shared = as_stored(values)
        named = {code: {} for code in self._codes} if own is None else own
        each = {code: as_stored(differs) for code, differs in named.items()}
        if not each:
            return
        first = next(iter(each.values()))
        lists = {f"own_{name}": [differs[name] for differs in each.values()] for name in first}
        typed = tuple((name, "bigint" if isinstance(value, int) else "text") for name, value in first.items())
        rows = self._database.rows(for_each(sql, typed), own_codes=list(each), **lists, **shared)
        by_code = {code: [row[1:] for row in found] for code, found in groupby(sorted(rows, key=_CODE), _CODE)}
        for code, differs in each.items():
            self._found[code][_asked(sql, {**shared, **differs})] = by_code.get(code, ())

    def book(self, code: str) -> GatheredBook:
        """What was gathered of one office."""
        return GatheredBook(self._database.path, code, self._found[code])


_CODE = itemgetter(0)


@cache
def for_each(sql: str, own: tuple[tuple[str, str], ...] = ()) -> str:
    """The statement for each office of `:own_codes`; values that differ from office to office stand in lists beside it.

    `own` are the names and types of those values, given as `:own_NAME`. Each row has its office's code before it.
    """
    places = {"office_code": "o.office_code"} | {name: f"given.{name}" for name, _ in own}
    text = PLACE.sub(lambda match: places.get(match[1], match[0]) if match[1] else match[0], sql)
    lists = ", ".join(["CAST(:own_codes AS text[])", *(f"CAST(:own_{name} AS {kind}[])" for name, kind in own)])
    columns = ", ".join(["code", *(name for name, _ in own)])
    return (
        f"SELECT o.office_code, q.* FROM office o JOIN unnest({lists}) AS given ({columns})"
        f" ON given.code = o.office_code CROSS JOIN LATERAL ({text}) q"
    )


def _read_sums_quickly(database: Database) -> None:
    """Read what PostgreSQL gives as decimal numbers as whole ones: what is asked of all offices has no others."""
    from psycopg.types.numeric import IntLoader

    database.connection.adapters.register_loader("numeric", IntLoader)


def _asked(sql: str, values: Mapping[str, Any]) -> Asked:
    return sql, tuple(sorted((name, value) for name, value in values.items() if name != "office_code"))

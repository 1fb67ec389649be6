"""What an audit asks of a server that keeps a book; the methods are described in `store.book.Inspection`.

Most of what can happen to a file is the server's own care: it sums up its pages, holds the types of its columns, and
lets nobody in without a role. What stands for each question here is said beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from blangko.store import queries
from blangko.store.book import Book
from blangko.store.postgres_schema import changed_parts

if TYPE_CHECKING:
    from psycopg import Connection


class ServerInspection:
    """One office's book on a server, looked at from below; `connect` makes one more connection to its database."""

    def __init__(self, book: Book, connect: Callable[[], Connection[Any]]) -> None:
        self._book = book
        self._connect = connect

    def damage(self) -> list[str]:
        # A page whose sum does not fit is refused when it is read, and an audit reads every entry.
        return []

    def changed_parts(self) -> list[str]:
        # The book is being read, and in a view nothing can be made to compare it with.
        with self._connect() as second:
            return changed_parts(second)

    @contextmanager
    def damaged_text_told(self) -> Iterator[None]:
        # The server takes no text that is not UTF-8, so there is none to be told.
        yield

    def sealed_rows(self, one_by_one: bool) -> tuple[Iterable[Any], list[int]]:
        return self._book.each_row(queries.SEALED_ROWS_FROM, first_no=1), []

    def has_wrong_types(self) -> bool:
        # The types of the columns are a part of the shape, which is compared.
        return False

    def writable_by_others(self) -> bool:
        # Whether every role of the server may write entries.
        return bool(self._book.number(_WRITABLE_BY_ALL))

    def names(self) -> int:
        return 1

    def folders_open_to_others(self) -> list[str]:
        return []


_WRITABLE_BY_ALL = (
    "SELECT COUNT(*) FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a"
    " WHERE c.oid = to_regclass('entry') AND a.grantee = 0 AND a.privilege_type <> 'SELECT'"
)

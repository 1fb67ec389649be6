"""An open book: its transactions, its entries and its rows, on any engine.

What only the engine can do stands in a class of its own (`store.sqlite`): it runs statements, begins and ends
transactions, and tells its errors as ours. Everything else is here, once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from operator import itemgetter
from typing import Any, Protocol, Self, TypeVar

from blangko.core.columns import DAYS, SEALED
from blangko.core.entry import Entry
from blangko.core.seal import next_seal
from blangko.errors import Collided, DamagedBook, NotKept
from blangko.store import queries

T = TypeVar("T")
TRIES = 5
"""So often is a transaction done that others come between."""
_DAYS = tuple(Entry._fields.index(name) for name in DAYS)
_sealed_values = itemgetter(*SEALED, "seal")


class Connected(ABC):
    """What is open and read in consistent views: a context manager. `path` is where it lies, as people are told.

    What only an engine can do in its own way is abstract here, and in `Book`.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def execute(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        """The rows of one statement with `:name` places.

        Raises:
            DamagedBook: What it would have to read is damaged.
        """

    @abstractmethod
    def in_transaction(self) -> bool:
        """Whether a view or a transaction is open."""

    @abstractmethod
    def begin(self, writing: bool) -> None:
        """Begin a consistent view; or, for writing, a transaction that holds the office's lock, waited for."""

    @abstractmethod
    def commit(self) -> None:
        """Make the transaction stand; back from here, it is on the disk."""

    @abstractmethod
    def rollback(self) -> None:
        """End the view, or the transaction as if it had never begun; one that is over already is left so."""

    @abstractmethod
    def told(self, writing: bool) -> AbstractContextManager[None]:
        """Turns the engine's errors into those of `errors`; while `writing` a failure means "not confirmed"."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""

    @contextmanager
    def reading(self) -> Iterator[Self]:
        """One consistent view, however many statements look at it; inside another one, or a transaction, the same."""
        if self.in_transaction():
            # Whoever opened the view, or the transaction, tells what goes wrong in it.
            yield self
            return
        with self.told(writing=False):
            self.begin(writing=False)
            try:
                yield self
            finally:
                self.rollback()

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """One transaction: all of it stands when the block ends, nothing of it when it raises."""
        with self.told(writing=True):
            self.begin(writing=True)
            try:
                yield self
                self.commit()
            except BaseException:
                # Also when somebody presses Ctrl-C: half a command is none.
                self.rollback()
                raise


class Book(Connected):
    """The book of one office, open. Reads and writes happen in `reading()` and `writing()`."""

    def __init__(self, path: str, office_code: str) -> None:
        super().__init__(path)
        self.office_code = office_code

    # --- What each engine does in its own way ------------------------------------------------------

    @abstractmethod
    def execute_streamed(self, sql: str, values: Mapping[str, Any]) -> Iterator[Any]:
        """The rows of one statement one by one, as they are asked for; call within `reading()`."""

    @abstractmethod
    def execute_for_each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run one statement once for each of the rows."""

    def copies_beside(self) -> str:
        """The file beside which copies of the book lie."""
        return self.path

    @abstractmethod
    def inspection(self) -> Inspection:
        """What an audit asks of the engine."""

    # --- Transactions -------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Self]:
        """One transaction: all of it stands when the block ends, nothing of it when it raises.

        Takes the office's lock first and waits up to 20 s for it, so that every rule inside is checked against what
        the others wrote.
        """
        with self.transaction():
            yield self

    def written(self, task: Callable[[], T]) -> T:
        """What `task` gives, done in one transaction; done again where the engine took it back by chance.

        Raises:
            LockedBook: Others came between every time.
        """
        for tried in range(TRIES):
            try:
                with self.writing():
                    return task()
            except Collided:
                if tried == TRIES - 1:
                    raise
        raise AssertionError("a last try returns or raises")

    # --- Rows and entries ---------------------------------------------------------------------------

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """The rows of one statement of `store.queries`; dates among `values` become text."""
        return self.execute(sql, self._named(values))

    def each_row(self, sql: str, **values: Any) -> Iterator[Any]:
        """The same rows one by one, for a statement that reads the whole book; call within `reading()`."""
        return self.execute_streamed(sql, self._named(values))

    def _named(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"office_code": self.office_code, **as_stored(values)}

    def entries(self, sql: str, **values: Any) -> list[Entry]:
        """The entries of one statement of `store.queries`.

        Raises:
            DamagedBook: A day is none, or what would have to be read is damaged.
        """
        return list(self._as_entries(self.rows(sql, **values)))

    def each_entry(self, sql: str, **values: Any) -> Iterator[Entry]:
        """The same entries one by one, for a statement that reads the whole book; call within `reading()`."""
        return self._as_entries(self.each_row(sql, **values))

    def _as_entries(self, rows: Iterable[Any]) -> Iterator[Entry]:
        try:
            yield from map(_entry, rows)
        except (TypeError, ValueError) as error:
            raise DamagedBook(path=self.path, reason=str(error)) from error

    def entry(self, sql: str, **values: Any) -> Entry | None:
        return next(iter(self.entries(sql, **values)), None)

    def number(self, sql: str, **values: Any) -> int | None:
        """The first value of the first row, a whole number; None without a row."""
        return next((row[0] for row in self.rows(sql, **values)), None)

    def text(self, sql: str, **values: Any) -> str | None:
        """The first value of the first row, a text; None without a row."""
        return next((row[0] for row in self.rows(sql, **values)), None)

    def day(self, text: str) -> date:
        """A day that a statement gave as text; a day that is none is damage."""
        try:
            return date.fromisoformat(text)
        except (TypeError, ValueError) as error:
            raise DamagedBook(path=self.path, reason=str(error)) from error

    def last(self) -> tuple[int, str]:
        """Number and seal of the last entry.

        Raises:
            DamagedBook: The office's row holds something else.
        """
        for entry_no, seal in self.rows(queries.THE_OFFICE):
            # Damage may have put anything into the columns of a number and a text.
            if isinstance(entry_no, int) and isinstance(seal, str):
                return entry_no, seal
        raise DamagedBook(path=self.path, reason="its end is not as it was written")

    def append(self, drafts: Sequence[Entry]) -> list[Entry]:
        """Number, seal and write the drafts of one command as one batch; call within `writing()`.

        Raises:
            NotKept: The book does not hold afterwards what was written.
        """
        last_no, seal = self.last()
        if last_no and self.text(queries.SEAL_OF, entry_no=last_no) != seal:
            # Sealed on from there, every later entry would look like a forgery.
            raise DamagedBook(path=self.path, reason="its end is not as it was written")
        batch_no, written = last_no + 1, []
        for entry_no, draft in enumerate(drafts, batch_no):
            entry = draft._replace(office_code=self.office_code, entry_no=entry_no, batch_no=batch_no)
            row = _row(entry)
            seal = next_seal(seal, SEALED, [row[name] for name in SEALED])
            written.append(entry._replace(seal=seal))
        self._write(batch_no, [_row(entry) for entry in written])
        return written

    def append_sealed(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write entries as they are, numbers and seals included, which go on from the last; call within `writing()`.

        `rows` are the values under `core.columns.SEALED`, and behind them the seal.

        Raises:
            NotKept: As `append`.
        """
        self._write(self.last()[0] + 1, [dict(zip((*SEALED, "seal"), row, strict=True)) for row in rows])

    def add_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows into the table of entries as they are; an engine that has a quicker way for many takes it."""
        self.execute_for_each(queries.ADD_ENTRY, rows)

    def _write(self, first_no: int, rows: Sequence[Mapping[str, Any]]) -> None:
        self.add_rows(rows)
        if rows:
            end = rows[-1]
            self.rows(queries.MOVE_OFFICE_ON, last_entry_no=end["entry_no"], last_seal=end["seal"])
        self._read_back(first_no, rows)

    def _read_back(self, first_no: int, rows: Sequence[Mapping[str, Any]]) -> None:
        """Look that the book holds the rows, and ends with them: a rule added by hand may have swallowed one.

        Raises:
            NotKept: It does not.
        """
        kept = self.rows(queries.SEALED_ROWS_FROM, first_no=first_no)
        wanted = list(map(_sealed_values, rows))
        end = (rows[-1]["entry_no"], rows[-1]["seal"]) if rows else self.last()
        if list(map(tuple, kept)) != wanted or self.last() != end:
            raise NotKept(path=self.path)


class Inspection(Protocol):
    """What an audit asks of the engine that keeps a book: whether what it kept is still what it was given."""

    def damage(self) -> list[str]:
        """What the engine finds wrong with its own storage, in its own words; nothing when all is well."""

    def changed_parts(self) -> list[str]:
        """Names of the tables, indexes, triggers, views and kinds that are not as in a fresh book."""

    def damaged_text_told(self) -> AbstractContextManager[None]:
        """Lets text that is no UTF-8 be read as lone surrogates and not be refused, so that its entry can be named."""

    def sealed_rows(self, one_by_one: bool) -> tuple[Iterable[Any], list[int]]:
        """The rows of `queries.SEALED_ROWS_FROM`, and the numbers of the entries that cannot be found any more.

        Those are known only when the entries are read `one_by_one`, as damaged storage has to be.
        """

    def has_wrong_types(self) -> bool:
        """Whether damage has put something into a column of an entry that its type does not allow, or nothing."""

    def writable_by_others(self) -> bool:
        """Whether every account of the machine may write to the book."""

    def names(self) -> int:
        """By how many names the book goes on the machine."""

    def folders_open_to_others(self) -> list[str]:
        """The folders, of the book and of its copies, into which every account may put files."""


def as_stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the tables hold them: a date is text there."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _entry(row: Sequence[Any]) -> Entry:
    values = list(row)
    for index in _DAYS:
        if values[index] is not None:
            values[index] = date.fromisoformat(values[index])
    return Entry._make(values)


def _row(entry: Entry) -> dict[str, Any]:
    row = entry._asdict()
    for name in DAYS:
        if row[name] is not None:
            row[name] = row[name].isoformat()
    return row

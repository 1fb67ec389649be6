"""Books on a PostgreSQL server: one database holds those of several offices.

A view is REPEATABLE READ and READ ONLY; a transaction is READ COMMITTED and begins by locking the row of its office, so
that every statement after it sees what the one before wrote. The texts of `store.queries` run as they are, but for
their places: `:name` is written `%(name)s` here. psycopg takes longer to import than a whole print, so it is imported
for an address only.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from blangko.core.columns import COLUMNS, NAMES, WHOLE
from blangko.core.entry import Entry
from blangko.core.seal import FIRST_SEAL
from blangko.errors import (
    BookUnreadable,
    Collided,
    DamagedBook,
    ForeignFile,
    LockedBook,
    NewerBook,
    OlderBook,
    ServerNotSupported,
)
from blangko.errors.files import MissingExtra
from blangko.errors.server import (
    ConnectionLost,
    EmptyDatabase,
    NoDatabase,
    NoSuchOffice,
    NotAdmitted,
    NotForThisRole,
    OfficeExists,
    OfficeNotNamed,
    ServerFailed,
    ServerUnreachable,
    TookTooLong,
    UnfitDatabase,
)
from blangko.store import queries
from blangko.store.address import is_postgres, parted, shown
from blangko.store.book import Book, Connected, Inspection, as_stored
from blangko.store.schema import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    import psycopg

LEAST_VERSION = 150_000
"""PostgreSQL 15, as the server writes it."""
LOCK_TIMEOUT_MS = 20_000
"""How long the lock of another is waited for, as for a file."""
_CONNECTING = {
    "connect_timeout": "10",
    # A line that was cut is found out after half a minute, and not after the two hours of the machine's own.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "30000",
    "client_encoding": "UTF8",
}
_VIEW = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_TRANSACTION = f"BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"
LOCK_OFFICE = "SELECT last_entry_no FROM office WHERE office_code = :office_code FOR NO KEY UPDATE"
_VERSION = "SELECT version_num FROM alembic_version"
_HAS_TABLES = "SELECT to_regclass('alembic_version') IS NOT NULL"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(:mark)"
_FIRST_OFFICES = "SELECT office_code FROM office ORDER BY office_code LIMIT :most"
_ENDS = "SELECT office_code, last_entry_no, last_seal FROM office ORDER BY office_code"
CODES_TOLD = 5
"""So many offices are named where one has to be chosen."""
_ROWS_AT_ONCE = 2000
_MANY = 10
"""From so many entries on one statement takes all of them."""
_TYPES = ", ".join(f"{column.name} {'integer' if column.holds == WHOLE else 'text'}" for column in COLUMNS)
_ADD_ENTRIES = (
    f"INSERT INTO entry ({', '.join(NAMES)}) SELECT {', '.join(NAMES)}"
    f" FROM json_to_recordset((:rows)::json) AS given ({_TYPES}) ORDER BY entry_no"
)
# A place is a colon and a name, unless the colon is one of two (a cast) or stands in a text such as 'T__:__:__Z'.
PLACE = re.compile(r"'(?:[^']|'')*'|::|:([a-z_]+)")


class OfficeEnd(NamedTuple):
    """One office of a database, with the number and the seal of its last entry."""

    code: str
    last_entry_no: int
    last_seal: str


class Database(Connected):
    """One connection to a database of several offices, which lies at `place`."""

    def __init__(self, connection: psycopg.Connection[Any], place: str) -> None:
        super().__init__(shown(place))
        self.connection = connection
        self._place = place
        self._streams = count(1)

    def execute(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        found = self.connection.execute(placed(sql), values)
        return found.fetchall() if found.description else []

    def execute_streamed(self, sql: str, values: Mapping[str, Any]) -> Iterator[Any]:
        """The rows of one statement one by one; call within `reading()` or `writing()`."""
        with self.connection.cursor(f"blangko_{next(self._streams)}") as stream:
            stream.itersize = _ROWS_AT_ONCE
            yield from stream.execute(placed(sql), values)

    def execute_for_each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run one statement once for each of the rows, without waiting for the answer to each."""
        with self.connection.cursor() as cursor:
            cursor.executemany(placed(sql), rows)

    def in_transaction(self) -> bool:
        # A connection that is gone is in none: what begins next tells that it is gone.
        return self.connection.info.transaction_status.name in ("ACTIVE", "INTRANS", "INERROR")

    def begin(self, writing: bool) -> None:
        from psycopg import OperationalError

        how = _TRANSACTION if writing else _VIEW
        try:
            self.connection.execute(how)
        except OperationalError:
            if not self.connection.closed:
                raise
            # The server was restarted while somebody thought about a question; nothing had been begun.
            self.connection = _connection(self._place)
            self.connection.execute(how)

    def commit(self) -> None:
        # Until now the server would have taken everything back by itself. From here on nobody knows without an answer.
        with told(self.path, writing=True):
            self.connection.execute("COMMIT")

    def rollback(self) -> None:
        from psycopg import OperationalError

        # On a connection that is gone there is nothing to take back: the server does that by itself.
        with suppress(OperationalError):
            if self.in_transaction():
                self.connection.rollback()

    def told(self, writing: bool) -> AbstractContextManager[None]:
        return told(self.path, writing=False)

    def close(self) -> None:
        self.connection.close()

    def another(self) -> psycopg.Connection[Any]:
        """A second connection to the same database."""
        return _connection(self._place)

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """The rows of one statement; dates among `values` become text."""
        return self.execute(sql, as_stored(values))

    def offices(self) -> list[OfficeEnd]:
        """All offices that this role may see, by their codes."""
        with self.reading():
            return [OfficeEnd._make(row) for row in self.rows(_ENDS)]

    def book(self, code: str) -> PostgresBook:
        """The book of one office, on this connection."""
        return PostgresBook(self, code)

    @contextmanager
    def writing(self, code: str) -> Iterator[PostgresBook]:
        """One transaction over one office, as `Book.writing`."""
        with self.book(code).writing() as book:
            yield book


class PostgresBook(Book):
    """The book of one office in a `database`, which is closed with it where it `owns` the connection."""

    def __init__(self, database: Database, office_code: str, owns: bool = False) -> None:
        super().__init__(database.path, office_code)
        self.database = database
        self._owns = owns

    def execute(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        return self.database.execute(sql, values)

    def execute_streamed(self, sql: str, values: Mapping[str, Any]) -> Iterator[Any]:
        return self.database.execute_streamed(sql, values)

    def execute_for_each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        self.database.execute_for_each(sql, rows)

    def add_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if len(rows) == 1:
            # Most commands write one entry, for which a pipeline costs more than it saves.
            self.execute(queries.ADD_ENTRY, rows[0])
            return
        if len(rows) < _MANY:
            super().add_rows(rows)
            return
        # In a third of the time that a statement for each takes. COPY would take a tenth less, but is refused to every
        # role that sees its own offices only.
        given = [{name: value for name, value in row.items() if value is not None} for row in rows]
        self.database.rows(_ADD_ENTRIES, rows=json.dumps(given))

    def in_transaction(self) -> bool:
        return self.database.in_transaction()

    def begin(self, writing: bool) -> None:
        self.database.begin(writing)
        if writing and not self._locked():
            self.rollback()
            raise NoSuchOffice(path=self.path, code=self.office_code, others=())

    def _locked(self) -> bool:
        """Whether the office is there, and its row locked."""
        try:
            return bool(self.rows(LOCK_OFFICE))
        except BaseException:
            # Whoever begins a transaction takes it back from the next line on only.
            self.rollback()
            raise

    def commit(self) -> None:
        self.database.commit()

    def rollback(self) -> None:
        self.database.rollback()

    def told(self, writing: bool) -> AbstractContextManager[None]:
        return self.database.told(writing)

    def copies_beside(self) -> str:
        from platformdirs import user_data_dir

        # On this machine, which is another one than the server, as a rule.
        name = re.sub(r"[^\w.-]+", "-", f"{parted(self.path)[0].partition('://')[2]} {self.office_code}")
        return os.path.join(user_data_dir("blangko", appauthor=False), f"{name}.db")

    def inspection(self) -> Inspection:
        from blangko.store.postgres_inspection import ServerInspection

        return ServerInspection(self, self.database.another)

    def close(self) -> None:
        if self._owns:
            self.database.close()


# --- Opening --------------------------------------------------------------------------------------


def open_book(place: str) -> PostgresBook:
    """The book of the office that the place names, or of the only one that the database holds.

    Raises:
        BookUnreadable: The server, the database, its tables or the office are not there for this role.
        OfficeNotNamed: The database holds several offices.
    """
    database = open_database(place)
    try:
        with told(database.path, writing=False):
            return PostgresBook(database, _office_meant(database, parted(place)[1]), owns=True)
    except BaseException:
        database.close()
        raise


def open_database(place: str) -> Database:
    """The database at that address, whatever office is named behind it.

    Raises:
        BookUnreadable: The server, the database or its tables are not there for this role.
    """
    database = connected(place)
    try:
        _refuse_other_shape(database)
    except BaseException:
        database.close()
        raise
    return database


def prepared_database(place: str) -> Database:
    """The same; an empty database gets its tables first.

    Raises:
        BookUnreadable: As `open_database`; or the role may not make the tables.
    """
    database = connected(place)
    try:
        if _needs_tables(database):
            with told(database.path, writing=False), database.transaction():
                make_tables(database)
    except BaseException:
        database.close()
        raise
    return database


def connected(place: str) -> Database:
    """A connection to the database at that address, whatever is in it.

    Raises:
        MissingExtra: psycopg is not installed.
        ServerNotSupported: The address is not one of PostgreSQL.
        BookUnreadable: The server does not answer, or not to this role.
    """
    if not is_postgres(place):
        raise ServerNotSupported(path=shown(place))
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise MissingExtra(extra="postgres", what="PostgreSQL") from None
    with told(shown(place), writing=False):
        database = Database(_connection(place), place)
    _refuse_unfit(database)
    return database


def _refuse_unfit(database: Database) -> None:
    """Refuse a server that is too old for views with the rights of whoever reads them, and other letters than ours."""
    version = database.connection.info.server_version
    encoding = database.connection.info.parameter_status("server_encoding") or ""
    if version < LEAST_VERSION or encoding != "UTF8":
        database.close()
        raise UnfitDatabase(path=database.path, version=version // 10_000, encoding=encoding)


def _connection(place: str) -> psycopg.Connection[Any]:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        named = conninfo_to_dict(parted(place)[0])
    except psycopg.ProgrammingError:
        # It says the whole address, with the password in it.
        raise ServerNotSupported(path=shown(place)) from None
    given = {**_CONNECTING, "application_name": "blangko", **named}
    connection = psycopg.connect(make_conninfo("", **given), autocommit=True)
    connection.adapters.register_loader("numeric", _whole_numbers())
    return connection


def _refuse_other_shape(database: Database) -> None:
    from psycopg.errors import UndefinedTable

    try:
        with told(database.path, writing=False):
            ((version,),) = database.rows(_VERSION)
    except EmptyDatabase:
        raise
    except (ValueError, UndefinedTable):
        raise ForeignFile(path=database.path) from None
    found = int(version) if version.isdigit() else 0
    if not found:
        raise ForeignFile(path=database.path)
    if found > SCHEMA_VERSION:
        raise NewerBook(path=database.path, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise OlderBook(path=database.path, found=found, known=SCHEMA_VERSION)


def _office_meant(database: Database, code: str | None) -> str:
    if code is not None and database.rows(queries.THE_OFFICE, office_code=code):
        return code
    codes = tuple(row[0] for row in database.rows(_FIRST_OFFICES, most=CODES_TOLD + 1))
    if code is not None:
        raise NoSuchOffice(path=parted(database.path)[0], code=code, others=codes)
    if not codes:
        raise EmptyDatabase(path=database.path)
    if len(codes) > 1:
        raise OfficeNotNamed(path=database.path, codes=codes)
    return str(codes[0])


def add_office(place: str, code: str, drafts: Sequence[Sequence[Entry]]) -> None:
    """Begin the book of an office with its first entries, as `new_office`."""
    with new_office(place, code) as book:
        for batch in drafts:
            book.append(batch)


@contextmanager
def new_office(place: str, code: str, last_entry_no: int = 0, last_seal: str = FIRST_SEAL) -> Iterator[PostgresBook]:
    """A new office, whose book is filled in the block; an empty database gets its tables first.

    All of it is one transaction: a failure leaves the database as it was.

    Raises:
        OfficeExists: The database holds that office already.
        BookUnreadable: The server is not there for this role, or the role may not make the tables, or add an office.
    """
    with connected(place) as database, told(database.path, writing=False), database.transaction():
        make_tables(database)
        if database.rows(queries.THE_OFFICE, office_code=code):
            raise OfficeExists(path=database.path, code=code)
        database.rows(queries.ADD_OFFICE, office_code=code, last_entry_no=last_entry_no, last_seal=last_seal)
        yield database.book(code)


def make_tables(database: Database) -> None:
    """Make the tables of a database that has none; call within a transaction.

    Of two who begin an office at once the second waits until the first is done, so that it finds what that has made.

    Raises:
        BookUnreadable: There are tables of another shape.
    """
    from blangko.store.postgres_schema import create_schema

    database.rows(_ONE_AT_A_TIME, mark=APPLICATION_ID)
    ((has_tables,),) = database.rows(_HAS_TABLES)
    if has_tables:
        _refuse_other_shape(database)
    else:
        create_schema(database.connection)


def _needs_tables(database: Database) -> bool:
    """Whether the tables are still to be made; those of another shape are refused."""
    try:
        _refuse_other_shape(database)
    except EmptyDatabase:
        return True
    return False


# --- Statements -----------------------------------------------------------------------------------


@cache
def placed(sql: str) -> str:
    """A statement with `:name` places as psycopg wants it: `%(name)s`, and every other % twice."""

    def written(match: re.Match[str]) -> str:
        return f"%({match[1]})s" if match[1] else match[0]

    return PLACE.sub(written, sql.replace("%", "%%"))


@cache
def _whole_numbers() -> type[psycopg.adapt.Loader]:
    """Reads a sum of sums, which PostgreSQL gives as a decimal number, as the whole number that it is."""
    from psycopg.adapt import Loader

    class WholeNumbers(Loader):
        def load(self, data: Any) -> int | float:
            text = bytes(data)
            return int(text) if text.lstrip(b"-").isdigit() else float(text)

    return WholeNumbers


# --- Errors ---------------------------------------------------------------------------------------

_COLLIDED = ("40001", "40P01")
_LOCKED = ("55P03",)
_NOT_ADMITTED = ("28P01", "28000")
# A standby takes no writes from anybody.
_NOT_ALLOWED = ("42501", "25006")
_TOO_LONG = ("57014", "25P03", "57P05")
_MISSING = ("42P01", "3F000")
# Class 08 is the connection's, 57P a server that stops; 53 are the machine's resources, 58 its disk.
_GONE = ("08", "57P")
_FAILED = ("53", "58")


@contextmanager
def told(path: str, writing: bool) -> Iterator[None]:
    """Turn PostgreSQL's errors into ours, by their code: what is wrong, in the words of `errors`.

    While `writing`, which is while a COMMIT waits for its answer, a failure means "not confirmed".
    """
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise as_ours(error, path, writing) from error


def as_ours(error: psycopg.Error, path: str, writing: bool) -> Exception:
    """The same error as one of ours; one that is a fault of the program stays as it is."""
    code = error.sqlstate or ""
    reason = _reason(error)
    if plain := _without_reason(code, path):
        return plain
    if code in _NOT_ADMITTED:
        return NotAdmitted(path=path, reason=reason)
    if code in _NOT_ALLOWED:
        return NotForThisRole(path=path, reason=reason)
    if not code and (refused := _not_let_in(path, reason)):
        return refused
    is_gone = code.startswith(_GONE) or (not code and _is_of_the_connection(error))
    if is_gone or code.startswith(_FAILED):
        kind = ConnectionLost if writing else ServerUnreachable if is_gone else ServerFailed
        return kind(path=path, reason=reason)
    # What is left without a code, or in class 42, is wrong with the statement: a fault of the program.
    return error if not code or code.startswith("42") else DamagedBook(path=path, reason=reason)


def _reason(error: psycopg.Error) -> str:
    """What the server says, in its own words, or the client library of the line to it."""
    if error.diag.message_primary:
        return " ".join(error.diag.message_primary.split())
    # 'connection to server at "db", port 5432 failed: FATAL:  ...', a line for each address that was tried, and a hint.
    tried = [line.rpartition("failed: ")[2] for line in str(error).splitlines() if "failed: " in line]
    said = (tried or [str(error) or type(error).__name__])[-1]
    return " ".join(said.removeprefix("FATAL:").split())


def _not_let_in(path: str, reason: str) -> BookUnreadable | None:
    """A refusal at the door, which the client library tells without its code, in the server's English."""
    if re.fullmatch(r'database ".*" does not exist', reason):
        return NoDatabase(path=path)
    is_about_the_role = re.search(r"password|pg_hba|authentication|role .* (does not exist|not permitted)", reason)
    return NotAdmitted(path=path, reason=reason) if is_about_the_role else None


def _is_of_the_connection(error: psycopg.Error) -> bool:
    """Whether an error that the server has given no code is about the line to it."""
    from psycopg import InterfaceError, OperationalError

    return isinstance(error, OperationalError | InterfaceError)


def _without_reason(code: str, path: str) -> BookUnreadable | None:
    if code in _COLLIDED:
        return Collided(path=path)
    if code in _LOCKED:
        return LockedBook(path=path)
    if code in _TOO_LONG:
        return TookTooLong(path=path)
    if code == "3D000":
        return NoDatabase(path=path)
    return EmptyDatabase(path=path) if code in _MISSING else None

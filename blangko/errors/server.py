"""What is refused of a book on a server: the server itself, its database, the offices in it, and this account there."""

from __future__ import annotations

from blangko.errors import BookUnreadable, FileRefused, MissingBook

# --- The book could not be read (exit 3) --------------------------------------------------------


class ServerUnreachable(BookUnreadable):
    """The server does not answer, or went away before anything was written."""

    reason: str


class NotAdmitted(BookUnreadable):
    """The server does not let this account in: a wrong password, or no such role."""

    reason: str


class NoDatabase(BookUnreadable):
    """The server has no database of that name."""


class EmptyDatabase(MissingBook):
    """The database holds no book of blangko."""

    reason: str = "it holds no book"


class NoSuchOffice(BookUnreadable):
    """The database does not hold the office that was named, but `others`, of which these are the first."""

    code: str
    others: tuple[str, ...]


class UnfitDatabase(BookUnreadable):
    """The server is older than PostgreSQL 15, or its database keeps other letters than UTF-8."""

    version: int
    encoding: str


class NotForThisRole(BookUnreadable):
    """The role may not read, or not write, what the command needs."""

    reason: str


class ServerFailed(BookUnreadable):
    """The server could not do it, for want of room on its disk or in its memory; nothing was written."""

    reason: str


class TookTooLong(BookUnreadable):
    """The server stopped a statement that took longer than it allows; nothing was written."""


# --- Refused (exit 1) ---------------------------------------------------------------------------


class OfficeNotNamed(FileRefused):
    """The database holds several offices, of which `codes` are the first, and none was named."""

    codes: tuple[str, ...]


class OtherOffice(FileRefused):
    """The book is that of the office `found`, and not of the one that was named."""

    code: str
    found: str


class OfficeExists(FileRefused):
    """The database holds a book of that office already."""

    code: str


class NoCitus(FileRefused):
    """The database is to be spread over several servers, and has not what does it."""


class NotDistributed(FileRefused):
    """A statement that spreads the database over several servers was refused; those before it stand."""

    statement: str
    reason: str


class ConnectionLost(FileRefused):
    """The server went away before it said that what was written stands; whether it does is not confirmed."""

    reason: str


class DatabaseInUse(FileRefused):
    """The database holds an office already, and whole books are loaded at once into an empty one only."""

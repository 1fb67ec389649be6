"""What can be refused or asked, as facts; the command line puts the facts into words.

Every expected refusal is a `BlangkoError`. Its facts are plain values (numbers, dates, texts), never sentences, so
that one error can be told in English, in Indonesian or to another program. A refusal is declared by its docstring and
its facts; the type checker knows them where it is raised, `NoTable(path=place)`, and where it is told, `error.path`.

Here stand those that every command may meet: its words, and a book that cannot be read. Those of a subject of their
own have a module each, since to make a class takes longer than to read it, and hardly one is needed: `rules` for what
is written into the book, `ahead` for suppositions and plans, `files` for papers and other files.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Never, dataclass_transform

TextField = Literal["note", "party", "reference", "key", "recorded_by", "value"]
"""The columns of the book that hold what somebody typed freely."""
Risk = Literal["network", "synced"]
"""Why a folder is no place for a book: it lies on a network drive, or synchronises itself."""


# The type checker makes an `__init__` of each class's annotations. Real dataclasses would do so again at every start
# of the program, for all classes, though hardly ever is one of them needed.
@dataclass_transform(kw_only_default=True, frozen_default=True)
class Told:
    """Something to be told: its facts are the annotated attributes, given by name."""

    # What stands here holds for a class without facts, which takes none.
    def __init__(self, **facts: Never) -> None:
        vars(self).update(facts)

    @property
    def facts(self) -> dict[str, Any]:
        """The facts by name, as they were given."""
        return dict(vars(self))

    def __str__(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in self.facts.items())


class BlangkoError(Told, Exception):
    """An expected refusal."""

    exit_code = 1


class AboutFile(BlangkoError):
    """A refusal over a file; `reason` is what the machine or the file itself gives for one."""

    path: str
    reason: str = "it cannot be used"


def reason_of(error: Exception) -> str:
    """What the machine says of an error, as a part of a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()


# --- Refused (exit 1) ---------------------------------------------------------------------------


class Refused(BlangkoError):
    """A rule of the book says no; nothing was written."""


class FileRefused(AboutFile, Refused):
    """A file cannot be used, or must not be touched."""


class NotWholeNumber(Refused):
    """The text is not a whole number as people type it."""

    text: str


class NumberOutOfRange(Refused):
    """A whole number, or a negative one as it was typed, outside what the book accepts."""

    number: int | str
    low: int
    high: int


class NotADate(Refused):
    """The text is not a date as people type it."""

    text: str


class BackwardsPeriod(Refused):
    """The last day comes before the first, or the period is longer than a year."""

    first: date
    last: date


class BadSetting(Refused):
    """A setting's value does not fit."""

    name: str
    value: str


class UnknownSetting(Refused):
    """No setting has that name."""

    name: str


class UnknownEntry(Refused):
    """No entry has that number, which may be one that no book could hold, as it was typed."""

    entry_no: int | str


class UnknownRequest(Refused):
    """No request has that number."""

    request_no: int


class CannotCreate(FileRefused):
    """A file could not be made or written."""

    reason: str


class ReadOnlyBook(FileRefused):
    """The file cannot be written."""


class BookMoved(FileRefused):
    """The file was replaced or taken away while the command ran."""


class TwoNames(FileRefused):
    """The book's file goes by so many names, and would be written under one of them only."""

    names: int


class MovedMeanwhile(FileRefused):
    """The file was replaced or taken away while it was written; whether the entry stands is not confirmed."""


class MissingMark(AboutFile, Refused):
    """The mark that the book is to be proved with is not there."""


class NotShown(BlangkoError):
    """The machine failed outside the book, most often while the answer was written out."""

    reason: str


class NotConfirmed(FileRefused):
    """The disk failed while writing; whether the entry stands is not confirmed."""

    reason: str


class CalendarNotKnown(Refused):
    """No calendar is known for that year, but from the year `first` to the year `last`."""

    year: int
    first: int
    last: int


# --- The book asks, and a yes answers -------------------------------------------------------------


class Question(Told):
    """A doubt about a command, for somebody to answer with yes."""


# --- Wrong usage (exit 2) -----------------------------------------------------------------------


class WrongUsage(BlangkoError):
    """The command's words do not fit together."""

    exit_code = 2


class MissingWord(WrongUsage):
    """The command needs a word or an option that was not given."""

    missing: str


class TooManyWords(WrongUsage):
    """The command has no use for these words; `meant` is what would have been the right form, where that is known."""

    unexpected: str
    meant: str = ""


class NotASupposition(WrongUsage):
    """What is supposed is not written as the option wants it."""

    option: str
    text: str
    form: str


class TwoSuppositions(WrongUsage):
    """Two things are supposed that cannot both be."""

    option: str
    one: str
    other: str


class UnknownOption(WrongUsage):
    """The command has no such option; `near` are names that look like it."""

    option: str
    near: tuple[str, ...] = ()


class OptionWithoutValue(WrongUsage):
    """An option ends the line, and needs a value after it."""

    option: str


class UnknownWord(WrongUsage):
    """A word that an option does not know, which knows `words`."""

    option: str
    word: str
    words: tuple[str, ...]


class UnknownCommand(WrongUsage):
    """No command has that name; `near` are names that look like it."""

    name: str
    near: tuple[str, ...] = ()


class NeedsFile(WrongUsage):
    """A format that no screen can show needs a file to go into."""

    form: str


class UnknownFormat(WrongUsage):
    """A file ending that names no format, or none that the command can make; those that do are `endings`."""

    ending: str
    endings: tuple[str, ...]


# --- The book could not be read (exit 3) --------------------------------------------------------


class BookUnreadable(AboutFile):
    """The book cannot be read."""

    exit_code = 3


class MissingBook(BookUnreadable):
    """There is no such file."""

    reason: str = "no such file or directory"


class EmptyFile(BookUnreadable):
    """The file holds nothing, or no office."""


class ForeignFile(BookUnreadable):
    """The file is not a book of blangko."""


class DamagedBook(BookUnreadable):
    """The file is a book, but damaged."""

    reason: str


class BrokenBook(BookUnreadable):
    """A command failed over what stands in the book, and the book does not prove whole."""

    reason: str


class ChangedRules(BookUnreadable):
    """A table, trigger, index or view of the book, or a kind of entry, is not as it was made."""

    name: str


class NotKept(BookUnreadable):
    """The book did not keep what was written into it; it is as before."""


class PlantedFile(BookUnreadable):
    """Beside the book lies a journal or a log that is not its own, and that SQLite would believe."""

    beside: str
    reason: str = "a file beside it does not belong to it"


class InterruptedWrite(BookUnreadable):
    """A write was cut off, and this account may not bring the book back to what it was before."""

    reason: str = "a write was cut off"


class ClosedFile(DamagedBook):
    """The file may not be read by this account, or is a folder."""


class NewerBook(BookUnreadable):
    """The book has the shape `found` of a newer program; this one knows those up to `known`."""

    found: int
    known: int


class OlderBook(BookUnreadable):
    """The book has the shape `found` of an older program and needs an upgrade to `known`."""

    found: int
    known: int


class LockedBook(BookUnreadable):
    """Another program kept the book locked for too long."""

    reason: str = "another program holds it"


class Collided(LockedBook):
    """Another transaction came between, so that the engine took this one back; done again it may well succeed."""


class ServerNotSupported(BookUnreadable):
    """The place of the book is a server's address, which this version does not open."""

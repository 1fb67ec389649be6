"""What is refused of papers, and of files that go in and out: sheets, copies, letters, messages."""

from __future__ import annotations

from blangko.errors import BlangkoError, FileRefused, Refused


class NotAWeek(Refused):
    """The text names no week, such as 2017-W43."""

    text: str


class NotAMonth(Refused):
    """The text names no month, such as 2017-10."""

    text: str


class NotATime(Refused):
    """The text names no time of the day, such as 16:30."""

    text: str


class NotInRecipe(Refused):
    """A path, or another word of a command, cannot be written in a recipe of that scheduler."""

    text: str


class NotACode(Refused):
    """The text is no check code of a paper."""

    code: str


class CodeDiffers(Refused):
    """The book is not the one of which a paper's check code speaks."""

    code: str
    entry_no: int
    last_entry_no: int


class BadCode(Refused):
    """An office's code that is not of the form 61.03."""

    code: str


class BookExists(FileRefused):
    """`init` never touches an existing book."""


class BookWentOn(Refused):
    """Somebody wrote into the book between the drawing of a paper and its issue."""


class BadMark(FileRefused):
    """The file that keeps a proved seal outside the book cannot be used."""

    reason: str


class BadSheet(FileRefused):
    """A clerk's file cannot be read."""

    reason: str


class NoTable(FileRefused):
    """No sheet of the file has a column of days and one of cards."""


class BadRows(FileRefused):
    """So many rows of a sheet are not understood, so none was written."""

    rows: int


class SheetUnclear(FileRefused):
    """So many things in a sheet had to be guessed; the options answer them."""

    things: int
    options: tuple[str, ...]


class NothingToImport(FileRefused):
    """A sheet has no row that could be written."""


class NothingNew(FileRefused):
    """Every figure of a sheet stands in the book already."""

    figures: int


class DaysDiffer(FileRefused):
    """On so many days a sheet says something else than the book, and nobody has said which one holds."""

    days: int


class NotAsked(Refused):
    """Something was shown that nobody has agreed to yet."""

    what: str


class BadExport(FileRefused):
    """A folder or file is not a whole copy of a book."""

    reason: str


class NotAnOlderCopy(FileRefused):
    """A copy would take the place of a file that is no older copy of the book."""


class NotCopied(BadExport):
    """A book was not copied, because it does not prove whole."""


class BadTemplate(FileRefused):
    """A letter's template of the office's own cannot be filled."""

    reason: str


class MissingAddresses(FileRefused):
    """There is no file of addresses to which the alert could be told."""

    reason: str = "no such file or directory"


class OpenAddresses(FileRefused):
    """Others than its owner may read the file of addresses, which holds passwords."""


class BadAddresses(FileRefused):
    """The file of addresses cannot be used."""

    reason: str


class NotTold(Refused):
    """A message did not reach some addresses: what became of each, with the number of its line and its service."""

    failures: tuple[tuple[int, str, str], ...]


class TrialNotTold(NotTold):
    """A trial did not reach some addresses."""


class MissingExtra(BlangkoError):
    """The packages of an extra, which only some answers need, are not installed."""

    extra: str
    what: str


class MissingMessenger(MissingExtra):
    """Messages cannot be sent, because their packages are not installed."""

"""What can be refused, as facts; the command line puts the facts into words.

Every expected refusal is a `BlangkoError`. Its `facts` are plain values (numbers, dates, texts),
never sentences, so that one error can be told in English, in Indonesian or to another program.
"""

from __future__ import annotations

from typing import Any


class BlangkoError(Exception):
    """An expected refusal. `facts` are what the sentence about it is made of."""

    exit_code = 1

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts


def reason_of(error: Exception) -> str:
    """What the machine says of an error, as a part of a sentence."""
    return (getattr(error, "strerror", None) or str(error)).lower()


# --- The book refuses an entry (exit 1) -------------------------------------------------------


class Refused(BlangkoError):
    """A rule of the book says no; nothing was written."""


class NotEnoughCards(Refused):
    """A place would hold fewer than no cards: asked_cards, available_cards, occurred_on, short_on, place."""


class FutureDate(Refused):
    """The day has not come yet: occurred_on, today."""


class NotWholeNumber(Refused):
    """The text is not a whole number as people type it: text."""


class NumberOutOfRange(Refused):
    """A whole number outside what the book accepts: number, low, high."""


class NotADate(Refused):
    """The text is not a date as people type it: text."""


class BackwardsPeriod(Refused):
    """The last day comes before the first, or the period is longer than a year: first, last."""


class NotAWeek(Refused):
    """The text names no week, such as 2017-W43: text."""


class NotAMonth(Refused):
    """The text names no month, such as 2017-10: text."""


class NotACode(Refused):
    """The text is no check code of a paper: code."""


class CodeDiffers(Refused):
    """The book is not the one of which a paper's check code speaks: code, entry_no, last_entry_no."""


class BadSetting(Refused):
    """A setting's value does not fit: name, value."""


class UnknownSetting(Refused):
    """No setting has that name: name."""


class UnknownEntry(Refused):
    """No entry has that number: entry_no."""


class UnknownRequest(Refused):
    """No request has that number: request_no."""


class RequestClosed(Refused):
    """The request was closed by hand, so nothing more can answer it: request_no."""


class NoOpenRequest(Refused):
    """A grant or a close needs an open request, and there is none."""


class NothingToUndo(Refused):
    """The book holds no command that could be taken back."""


class LastWasUndo(Refused):
    """The last command was itself an undo: reversed_no, candidate_no."""


class AlreadyReversed(Refused):
    """An entry is reversed once only: entry_no, reversed_by."""


class ReversalOfReversal(Refused):
    """A reversal is not reversed; the right entry is written anew: entry_no."""


class OpeningExists(Refused):
    """The book has an opening already: entry_no, occurred_on."""


class KeyTaken(Refused):
    """The same key stands in the book with other content: key, entry_no."""


class ReferenceNeeded(Refused):
    """A destruction or a loss needs the number of its paper: kind."""


class ReasonNeeded(Refused):
    """A correction needs a reason."""


class NameNeeded(Refused):
    """The office wants to know who writes, and nobody said so."""


class RiskyPlace(Refused):
    """A book is to be begun where books get lost: path, risk (network or synced)."""


class LooksLikeNik(Refused):
    """Sixteen digits in a row in a free text: a citizen's number does not belong in the book: field."""


class TextTooLong(Refused):
    """A free text longer than the book keeps: field, limit."""


class NotText(Refused):
    """A free text with bytes that are no letters: field."""


class NeedsYes(Refused):
    """Rules that ask: `questions` is a tuple of `core.rules.Question`."""


class BadCode(Refused):
    """An office's code that is not of the form 61.03: code."""


class BookExists(Refused):
    """`init` never touches an existing book: path."""


class CannotCreate(Refused):
    """A file could not be made or written: path, reason."""


class ReadOnlyBook(Refused):
    """The file cannot be written: path."""


class BookMoved(Refused):
    """The file was replaced or taken away while the command ran: path."""


class BookWentOn(Refused):
    """Somebody wrote into the book between the drawing of a paper and its issue."""


class BadMark(Refused):
    """The file that keeps a proved seal outside the book cannot be used: path, reason."""


class NotShown(BlangkoError):
    """The machine failed outside the book, most often while the answer was written out: reason."""


class BadSheet(Refused):
    """A clerk's file cannot be read: path, reason."""


class NoTable(Refused):
    """No sheet of the file has a column of days and one of cards: path."""


class BadRows(Refused):
    """Rows of a sheet are not understood, so none was written: path, rows."""


class NothingToImport(Refused):
    """A sheet has no row that could be written: path."""


class AlreadyImported(Refused):
    """The same content was imported before: path, entry_no."""


class NotAsked(Refused):
    """Something was shown that nobody has agreed to yet: what."""


class BadExport(Refused):
    """A folder or file is not a whole copy of a book: path, reason."""


class NotAnOlderCopy(Refused):
    """A copy would take the place of a file that is no older copy of the book: path."""


class NotCopied(BadExport):
    """A book was not copied, because it does not prove whole: path, reason."""


class BadTemplate(Refused):
    """A letter's template of the office's own cannot be filled: path, reason."""


class NotConfirmed(Refused):
    """The disk failed while writing; whether the entry stands is not confirmed: reason."""


class CalendarNotKnown(Refused):
    """No calendar is known for that year: year, first, last."""


# --- Wrong usage (exit 2) -----------------------------------------------------------------------


class WrongUsage(BlangkoError):
    """The command's words do not fit together: `missing` or `unexpected` names them."""

    exit_code = 2


class UnknownWord(WrongUsage):
    """A word that an option does not know: option, word, words."""


class UnknownCommand(WrongUsage):
    """No command has that name: name, near (names that look like it)."""


class MissingExtra(BlangkoError):
    """A package that only some answers need is not installed: extra, what."""


class NeedsFile(WrongUsage):
    """A format that no screen can show needs a file to go into: form."""


class UnknownFormat(WrongUsage):
    """A file ending that names no format: ending."""


# --- The book could not be read (exit 3) --------------------------------------------------------


class BookUnreadable(BlangkoError):
    """The book cannot be read: path."""

    exit_code = 3


class MissingBook(BookUnreadable):
    """There is no such file: path."""


class EmptyFile(BookUnreadable):
    """The file holds nothing, or no office: path."""


class ForeignFile(BookUnreadable):
    """The file is not a book of blangko: path."""


class DamagedBook(BookUnreadable):
    """The file is a book, but damaged: path, reason."""


class BrokenBook(BookUnreadable):
    """A command failed over what stands in the book, and the book does not prove whole: path, reason."""


class ClosedFile(DamagedBook):
    """The file may not be read by this account, or is a folder: path, reason."""


class NewerBook(BookUnreadable):
    """The book was written by a newer program: path, found, known."""


class OlderBook(BookUnreadable):
    """The book was written by an older program and needs an upgrade: path, found, known."""


class LockedBook(BookUnreadable):
    """Another program kept the book locked for too long: path."""


class ServerNotSupported(BookUnreadable):
    """The place of the book is a server's address, which this version does not open: path."""

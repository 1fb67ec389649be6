"""What can be refused or asked, as facts; the command line puts the facts into words.

Every expected refusal is a `BlangkoError`. Its facts are plain values (numbers, dates, texts), never sentences, so
that one error can be told in English, in Indonesian or to another program. A refusal is declared by its docstring and
its facts; the type checker knows them where it is raised, `NoTable(path=place)`, and where it is told, `error.path`.
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


# --- The book refuses an entry (exit 1) -------------------------------------------------------


class Refused(BlangkoError):
    """A rule of the book says no; nothing was written."""


class FileRefused(AboutFile, Refused):
    """A file cannot be used, or must not be touched."""


class NotEnoughCards(Refused):
    """A place would hold fewer than no cards on the evening of `short_on`, by `short_cards`."""

    kind: str
    place: str
    asked_cards: int
    available_cards: int
    occurred_on: date
    short_on: date
    short_cards: int


class FutureDate(Refused):
    """The day has not come yet."""

    occurred_on: date
    today: date


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


class RationDayPassed(Refused):
    """Cards cannot be made to last until a day that is over, or today."""

    until: date
    today: date


class RationBeyondHorizon(Refused):
    """The day until which cards are to last lies beyond the days that are forecast."""

    until: date
    last: date


class NoPopulation(Refused):
    """A target is a share of figures of the population that nobody has stated yet."""


class NotACoverage(Refused):
    """The text is no share in per cent above 0 and up to 100."""

    text: str


class TargetDayPassed(Refused):
    """A target cannot be reached by a day that is over, or today."""

    by: date
    today: date


class SupposedPast(Refused):
    """Something is supposed of a day before today: what happened is known."""

    day: date
    today: date


class SupposedFarAhead(Refused):
    """Something is supposed of a day so far ahead that nothing is forecast for it."""

    day: date
    last: date


class NoWorkdaySupposed(Refused):
    """On none of the days meant is the office open."""

    first: date
    last: date


class SupposedRequestClosed(Refused):
    """A request is supposed for a day on which the office or the giver is closed."""

    day: date
    next_day: date


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


class RequestClosed(Refused):
    """The request was closed by hand, so nothing more can answer it."""

    request_no: int


class NoOpenRequest(Refused):
    """A grant or a close needs an open request, and there is none."""


class NothingToUndo(Refused):
    """The book holds no command that could be taken back."""


class BeginningStands(Refused):
    """The entry belongs to the command with which the book was begun: its settings are changed, not taken back."""

    entry_no: int


class LastWasUndo(Refused):
    """The last command was itself an undo; the last that could be taken back is that of `candidate_no`."""

    reversed_no: int
    candidate_no: int


class AlreadyReversed(Refused):
    """An entry is reversed once only."""

    entry_no: int
    reversed_by: int


class ReversalOfReversal(Refused):
    """A reversal is not reversed; the right entry is written anew."""

    entry_no: int


class OpeningExists(Refused):
    """The book has an opening already."""

    entry_no: int
    occurred_on: date


class KeyTaken(Refused):
    """The same key stands in the book with other content."""

    key: str
    entry_no: int


class ReferenceNeeded(Refused):
    """A destruction or a loss needs the number of its paper."""

    kind: str


class ReasonNeeded(Refused):
    """A correction needs a reason."""


class NameNeeded(Refused):
    """The office wants to know who writes, and nobody said so."""


class RiskyPlace(FileRefused):
    """A book is to be begun where books get lost."""

    risk: Risk


class LooksLikeNik(Refused):
    """Sixteen digits in a row in a free text: a citizen's number does not belong in the book."""

    field: TextField


class TextTooLong(Refused):
    """A free text longer than the book keeps, which is `limit` letters."""

    field: TextField
    limit: int


class NotText(Refused):
    """A free text with bytes that are no letters."""

    field: TextField


class NeedsYes(Refused):
    """Rules that ask, and nobody has answered."""

    questions: tuple[Question, ...]


class BadCode(Refused):
    """An office's code that is not of the form 61.03."""

    code: str


class BookExists(FileRefused):
    """`init` never touches an existing book."""


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


class BookWentOn(Refused):
    """Somebody wrote into the book between the drawing of a paper and its issue."""


class BadMark(FileRefused):
    """The file that keeps a proved seal outside the book cannot be used."""

    reason: str


class MissingMark(AboutFile, Refused):
    """The mark that the book is to be proved with is not there."""


class NotShown(BlangkoError):
    """The machine failed outside the book, most often while the answer was written out."""

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


class TwinStands(Question):
    """The same stands in the book already for that day."""

    entry_no: int
    kind: str
    cards: int


class UnusualUse(Question):
    """More cards on one day than three times the usual."""

    cards: int
    usual: int


class FarFromTheBook(Question):
    """An adjustment by a count changes the book by more than a tenth."""

    counted_cards: int
    book_cards: int


class RestToCome(Question):
    """A first receipt is smaller than the request, while nothing was granted: is the rest still to come?"""

    request_no: int
    asked_cards: int
    received_cards: int


class WrittenAlready(Question):
    """Prints stand in the book for days of which a total is to be written."""

    first: date
    last: date
    cards: int


class PrintedAlready(Question):
    """The day is to be written as one without prints, but prints stand in the book for it."""

    occurred_on: date
    cards: int


class ClosedDay(Question):
    """Prints on a day on which the office is closed."""

    occurred_on: date


class LongAgo(Question):
    """A movement of so many days ago."""

    occurred_on: date
    days: int


class MoreThanWhole(Question):
    """A population figure is larger than the one of which it is a part; each by its subject, in people."""

    part: str
    part_people: int
    whole: str
    whole_people: int


class ClockBehind(Question):
    """The computer's clock stands before the moment at which the last entry was recorded; both in UTC, ISO 8601."""

    recorded_at: str
    now: str


# --- Wrong usage (exit 2) -----------------------------------------------------------------------


class WrongUsage(BlangkoError):
    """The command's words do not fit together."""

    exit_code = 2


class MissingWord(WrongUsage):
    """The command needs a word or an option that was not given."""

    missing: str


class NothingToReach(WrongUsage):
    """A day or teams without the target that they are for."""


class TooManyWords(WrongUsage):
    """The command has no use for these words."""

    unexpected: str


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


class MissingExtra(BlangkoError):
    """The packages of an extra, which only some answers need, are not installed."""

    extra: str
    what: str


class MissingMessenger(MissingExtra):
    """Messages cannot be sent, because their packages are not installed."""


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


class ServerNotSupported(BookUnreadable):
    """The place of the book is a server's address, which this version does not open."""

"""Every refusal in words: what did not happen, why, with the numbers, and what to do next.

Each class of `errors` has its words here; a test walks through all of them. `_say` takes a sentence, an advice and a
function that writes the facts for their braces; `_words_of` marks a function that makes the lines itself.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from blangko import errors
from blangko.core.columns import KINDS
from blangko.errors import (
    AboutFile,
    BlangkoError,
    Question,
    TextField,
    Told,
    ahead,
    files,
    province,
    rules,
    server,
    web,
)
from blangko.words.causes import cause_word
from blangko.words.extras import install_line
from blangko.words.figures import figure_word
from blangko.words.language import N_, _
from blangko.words.options import called
from blangko.words.settings import purpose_word, setting_word
from blangko.words.sheets import as_typed
from blangko.words.written import cards, count, day, plain, plural

NAMES_SHOWN = 6
Kind = TypeVar("Kind", bound=Told)
Words = Callable[[Kind], list[str]]
_WORDS: dict[type[Told], Callable[..., list[str]]] = {}


def told(error: BlangkoError, command: str = "") -> list[str]:
    """A refusal as lines: what did not happen, then what to do next.

    `command` is the name of the command that was refused; its help is pointed to where its words do not fit.
    """
    lines = _WORDS[type(error)](error)
    if isinstance(error, errors.WrongUsage) and len(lines) == 1:
        lines.append(_("See: blangko {command} --help").format(command=command).replace("  ", " "))
    return lines


def question_told(question: Question) -> str:
    """A doubt of the book in one sentence."""
    return " ".join(_WORDS[type(question)](question))


def _words_of(kind: type[Kind]) -> Callable[[Words[Kind]], Words[Kind]]:
    def kept(words: Words[Kind]) -> Words[Kind]:
        _WORDS[kind] = words
        return words

    return kept


def _say(
    kind: type[Kind], sentence: str, advice: str = "", places: Callable[[Kind], dict[str, str]] = lambda error: {}
) -> None:
    """Tell every error of the `kind` by the same two texts; `places` is what stands in their braces."""

    def lines(error: Kind) -> list[str]:
        written = places(error)
        return [_(text).format(**written) for text in (sentence, advice) if text]

    _WORDS[kind] = lines


# --- How facts are written ------------------------------------------------------------------------

FIELDS: dict[TextField, str] = {
    "note": N_("note"),
    "party": N_("name"),
    "reference": N_("document number"),
    "key": N_("key"),
    "recorded_by": N_("name of the writer"),
    "value": N_("value"),
}
"""What people call the fields of text."""
# Reasons that the machine or a file gives; any other is told as it comes.
REASONS = (
    N_("no such file or directory"),
    N_("it is the sheet itself"),
    N_("permission denied"),
    N_("is a directory"),
    N_("not a directory"),
    N_("file exists"),
    N_("file name too long"),
    N_("it holds no address"),
    N_("no space left on device"),
    N_("read-only file system"),
    N_("larger than 50 MB"),
    N_("empty"),
    N_("protected by a password"),
    N_("not a workbook, or broken"),
    N_("not a text file"),
    N_("that is the book itself"),
    N_("it holds no mark"),
    N_("it holds no export"),
    N_("it holds no book"),
    N_("it holds no office"),
    N_("its end is not as it was written"),
    N_("it was changed after it was written"),
    N_("input/output error"),
    N_("it holds more than one office"),
    N_("it cannot be used"),
    N_("another program holds it"),
    N_("it is no ordinary file"),
    N_("it unpacks into too much"),
    N_("it does not come to an end"),
    N_("it is too large"),
    N_("its cells lie too far apart"),
    N_("what is hidden and what was not calculated cannot be seen in it: save it as .xlsx"),
    N_("a quotation mark that is not closed swallows the rows below it"),
    N_("a cell is longer than any remark"),
    N_("a file beside it does not belong to it"),
    N_("a write was cut off"),
    N_("it holds no message"),
    N_("it is neither a message nor a receipt"),
    N_("it was cut off"),
    N_("a newer blangko wrote it"),
    N_("it holds no receipt"),
    N_("it holds no receipts"),
    N_("its signature does not fit"),
    N_("others than its owner may read it"),
    N_("it holds no key"),
    N_("it holds no accounts"),
    N_("it holds no certificate with its key"),
    N_("the key is that of another certificate"),
    N_("its key needs a password"),
    N_("it does not answer in time"),
    N_("its name is not known"),
    N_("it refuses the connection"),
    N_("its certificate is not trusted"),
    N_("it does not know the token"),
    N_("it cannot take anything in now"),
    N_("this account may not write that office's book"),
    N_("it answers something else"),
)


def _typed(text: str) -> str:
    """A text from outside; what somebody pasted by mistake is not told in full."""
    text = plain(text)
    return text if len(text) <= 300 else text[:300] + "..."


def _reason(text: str) -> str:
    return _(text) if text in REASONS else _typed(text)


def _path(error: AboutFile) -> dict[str, str]:
    return {"path": _typed(error.path)}


def _path_and_reason(error: AboutFile) -> dict[str, str]:
    return {"path": _typed(error.path), "reason": _reason(error.reason)}


# --- Entries ---------------------------------------------------------------------------------------

_say(
    rules.FutureDate,
    N_("Not written: {occurred_on} has not come yet; today is {today}."),
    N_("Give the day on which it happened with --on, or set the computer's clock right."),
    lambda error: {"occurred_on": day(error.occurred_on), "today": day(error.today)},
)
_say(
    errors.UnknownEntry,
    N_("Nothing was done: the book has no entry no. {entry_no}."),
    N_('See the numbers with "blangko card".'),
    lambda error: {"entry_no": _typed(str(error.entry_no))},
)
_say(
    errors.UnknownRequest,
    N_("Not written: there is no request no. {request_no}."),
    N_('Leave --request out for the oldest open one, or write the request first with "blangko request".'),
    lambda error: {"request_no": str(error.request_no)},
)
_say(
    rules.RequestClosed,
    N_("Not written: request no. {request_no} was closed, so nothing more can answer it."),
    N_("Name another request, or 0 for none; or take the close back with blangko undo."),
    lambda error: {"request_no": str(error.request_no)},
)
_say(
    rules.NoOpenRequest,
    N_("Not written: no request is open."),
    N_('Write the request first with "blangko request", or name one by its number.'),
)
_say(
    rules.NothingToUndo,
    N_("Nothing was taken back: the book holds no command that could be."),
)
_say(
    rules.BeginningStands,
    N_("Nothing was taken back: entry no. {entry_no} belongs to the beginning of the book."),
    N_("Change what is wrong in it: blangko settings NAME VALUE"),
    lambda error: {"entry_no": str(error.entry_no)},
)
_say(
    rules.LastWasUndo,
    N_("Nothing was taken back: the last command was itself an undo, of entry no. {reversed_no}."),
    N_("To go further back, name the entry: blangko undo {candidate_no} --reason TEXT"),
    lambda error: {"reversed_no": str(error.reversed_no), "candidate_no": str(error.candidate_no)},
)
_say(
    rules.AlreadyReversed,
    N_("Nothing was taken back: entry no. {entry_no} was taken back before, by no. {reversed_by}."),
    N_("Write what is right as a new entry."),
    lambda error: {"entry_no": str(error.entry_no), "reversed_by": str(error.reversed_by)},
)
_say(
    rules.ReversalOfReversal,
    N_("Nothing was taken back: entry no. {entry_no} is itself an undo."),
    N_("Write what is right as a new entry."),
    lambda error: {"entry_no": str(error.entry_no)},
)
_say(
    rules.OpeningExists,
    N_("Not written: the book has an opening, no. {entry_no} of {occurred_on}."),
    N_("If that is wrong, take it back first: blangko undo {entry_no} --reason TEXT"),
    lambda error: {"entry_no": str(error.entry_no), "occurred_on": day(error.occurred_on)},
)
_say(
    rules.KeyTaken,
    N_('Not written: the key "{key}" stands in the book with other content, at no. {entry_no}.'),
    N_("Use another key for another entry."),
    lambda error: {"key": _typed(error.key), "entry_no": str(error.entry_no)},
)
_say(
    rules.ReasonNeeded,
    N_("Not written: an adjustment or an undo needs a reason."),
    N_("Say it with --reason TEXT."),
)
_say(
    rules.NameNeeded,
    N_("Not written: this office wants a name with every entry."),
    N_("Say who writes with --by NAME."),
)
_say(
    rules.LooksLikeNik,
    N_("Not written: sixteen digits in the {field} look like a citizen's number (NIK)."),
    N_("The book holds quantities and document numbers only; leave the number out."),
    lambda error: {"field": _(FIELDS[error.field])},
)
_say(
    rules.TextTooLong,
    N_("Not written: the {field} is longer than {limit} letters."),
    N_("Say it shorter."),
    lambda error: {"field": _(FIELDS[error.field]), "limit": count(error.limit)},
)
_say(
    rules.NotText,
    N_("Not written: the {field} holds signs that are no letters."),
    N_("Type it again."),
    lambda error: {"field": _(FIELDS[error.field])},
)

# --- Questions ------------------------------------------------------------------------------------

_say(
    rules.UnusualUse,
    N_("{cards} on one day is more than three times the usual {usual}."),
    places=lambda question: {"cards": cards(question.cards), "usual": count(question.usual)},
)
_say(
    rules.FarFromTheBook,
    N_("Counted {counted}, but the book says {book}: that changes the book by more than a tenth."),
    places=lambda question: {"counted": cards(question.counted_cards), "book": cards(question.book_cards)},
)
_say(
    rules.MoreThanWhole,
    N_('"{part}" ({n}) is more than "{whole}" ({m}), of which it is a part.'),
    places=lambda question: {
        "part": figure_word(question.part),
        "n": count(question.part_people),
        "whole": figure_word(question.whole),
        "m": count(question.whole_people),
    },
)
_say(
    rules.RestToCome,
    N_(
        "Of request no. {no}, {asked} were asked for and {received} came. Is the rest still to come? Then add --more; "
        "a plain yes closes the request."
    ),
    places=lambda question: {
        "no": str(question.request_no),
        "asked": cards(question.asked_cards),
        "received": count(question.received_cards),
    },
)
_say(
    rules.WrittenAlready,
    N_("{cards} stand in the book already for days from {first} to {last}. Is the total without them?"),
    places=lambda question: {
        "cards": cards(question.cards),
        "first": day(question.first),
        "last": day(question.last),
    },
)
_say(
    rules.PrintedAlready,
    N_("{cards} printed stand in the book for {day} already."),
    places=lambda question: {"cards": cards(question.cards), "day": day(question.occurred_on)},
)
_say(
    rules.ClosedDay,
    N_("On {day} the office is closed."),
    places=lambda question: {"day": day(question.occurred_on)},
)
_say(
    rules.LongAgo,
    N_("{day} is {n} days back."),
    places=lambda question: {"day": day(question.occurred_on), "n": count(question.days)},
)
_say(
    rules.ClockBehind,
    N_("The last entry was recorded at {recorded_at}, and the computer's clock says {now}."),
    places=lambda question: {"recorded_at": question.recorded_at, "now": question.now},
)

# --- What was typed --------------------------------------------------------------------------------

_say(
    errors.NotWholeNumber,
    N_('Nothing was done: "{text}" is not a whole number.'),
    N_("Write a whole number such as 2000, 2.000 or 2,000."),
    lambda error: {"text": _typed(error.text)},
)
_say(
    errors.NumberOutOfRange,
    N_("Nothing was done: {number} is outside what the book accepts."),
    N_("Give a number from {low} to {high}."),
    lambda error: {
        "number": count(error.number) if isinstance(error.number, int) else _typed(error.number),
        "low": count(error.low),
        "high": count(error.high),
    },
)
_say(
    errors.NotADate,
    N_('Nothing was done: "{text}" is not a date.'),
    N_("Write a day such as 2017-10-18, 18/10/2017, 18/10, 18 Okt, yesterday, monday or last monday."),
    lambda error: {"text": _typed(error.text)},
)
_say(
    errors.BackwardsPeriod,
    N_("Nothing was done: the period from {first} to {last} runs backwards or is longer than a year."),
    N_("Give the first day and then the last."),
    lambda error: {"first": day(error.first), "last": day(error.last)},
)
_say(
    ahead.RationDayPassed,
    N_("Nothing was planned: the cards cannot be made to last until {until}, since today is {today}."),
    N_("Give a day to come, on whose morning more cards are there."),
    lambda error: {"until": day(error.until), "today": day(error.today)},
)
_say(
    ahead.RationBeyondHorizon,
    N_("Nothing was planned: {until} is too far away; days are forecast until {last}."),
    N_("Give the day on which the next cards come."),
    lambda error: {"until": day(error.until), "last": day(error.last)},
)
_say(
    ahead.NoPopulation,
    N_("Nothing was planned: the book does not say how many people must have a card, and how many are recorded."),
    N_("State it as the system shows it: blangko population --eligible NUMBER --recorded NUMBER"),
)
_say(
    ahead.NotACoverage,
    N_('Nothing was planned: "{text}" is not a share of the people who must have a card.'),
    N_("Give it in per cent, above 0 and up to 100: --coverage 80"),
    lambda error: {"text": _typed(error.text)},
)
_say(
    ahead.TargetDayPassed,
    N_("Nothing was planned: a target cannot be reached by {by}, since today is {today}."),
    N_("Give a day to come."),
    lambda error: {"by": day(error.by), "today": day(error.today)},
)
_say(
    ahead.LeastBeyondCards,
    N_("Nothing was shared out: the least that all must get is {least} together, and there are {cards}."),
    N_("Ask for less at least, or share out more cards."),
    lambda error: {"least": cards(error.least_cards), "cards": cards(error.cards)},
)
_say(
    ahead.UnknownSharer,
    N_('Nothing was shared out: nobody who shares is called "{name}".'),
    N_("Those who share: {names}"),
    lambda error: {"name": _typed(error.name), "names": _some(error.names)},
)
_say(
    ahead.NobodyToShare,
    N_("Nothing was shared out: the book does not say which print points there are."),
    N_('Name them with what each uses on a working day: --use "Kec. Kapuas=20"'),
)
_say(
    ahead.NotEnoughToShare,
    N_("Nothing was shared out: {cards} are to be given, but probably only {there} are on the shelf."),
    N_("Share out fewer, or count the shelf."),
    lambda error: {"cards": cards(error.cards), "there": cards(error.there_cards)},
)
_say(
    ahead.SupposedPast,
    N_("Nothing was supposed: {day} lies before today, {today}."),
    N_("Suppose it of today or of a day to come; what has happened is written down."),
    lambda error: {"day": day(error.day), "today": day(error.today)},
)
_say(
    ahead.SupposedFarAhead,
    N_("Nothing was supposed: {day} is too far ahead."),
    N_("Give a day up to {last}."),
    lambda error: {"day": day(error.day), "last": day(error.last)},
)
_say(
    ahead.NoWorkdaySupposed,
    N_("Nothing was supposed: from {first} to {last} the office is closed."),
    N_("Give days of which at least one is a working day."),
    lambda error: {"first": day(error.first), "last": day(error.last)},
)
_say(
    ahead.SupposedRequestClosed,
    N_("Nothing was supposed: on {day} the office or the giver is closed, so nothing can be asked for."),
    N_("The next day on which both are open is {next_day}."),
    lambda error: {"day": day(error.day), "next_day": day(error.next_day)},
)
_say(
    errors.NotASupposition,
    N_('Nothing was supposed: "{text}" is not understood after {option}.'),
    N_("Write it so: {option} {form}"),
    lambda error: {"text": _typed(error.text), "option": called(error.option), "form": error.form},
)
_say(
    errors.TwoSuppositions,
    N_("Nothing was supposed: {one} and {other} after {option} cannot both be."),
    N_("Give one of them, and ask again for the other."),
    lambda error: {"one": _typed(error.one), "other": _typed(error.other), "option": called(error.option)},
)
_say(
    files.NotAWeek,
    N_('Nothing was done: "{text}" is not a week.'),
    N_("Write a week such as 2017-W43, 43, this week or last week."),
    lambda error: {"text": _typed(error.text)},
)
_say(
    files.NotAMonth,
    N_('Nothing was done: "{text}" is not a month.'),
    N_("Write a month such as 2017-10, october, oct 2017 or last month."),
    lambda error: {"text": _typed(error.text)},
)
_say(
    files.NotATime,
    N_('Nothing was done: "{text}" is not a time.'),
    N_("Write a time such as 16:30."),
    lambda error: {"text": _typed(error.text)},
)
_say(
    files.NotInRecipe,
    N_('Nothing was printed: this scheduler takes no such path: "{text}"'),
    N_("Choose a place whose name has no line ends, quotes or backslashes."),
    lambda error: {"text": _typed(error.text)},
)
_say(
    errors.CalendarNotKnown,
    N_("No calendar is known for {year}."),
    N_("Known are the years {first} to {last}."),
    lambda error: {"year": str(error.year), "first": str(error.first), "last": str(error.last)},
)
_say(
    files.NotACode,
    N_('Nothing was compared: "{code}" is not a check code.'),
    N_("Write it as it stands on the paper: 32 digits and letters, a dash, the number of an entry."),
    lambda error: {"code": _typed(error.code)},
)
_say(
    files.BadCode,
    N_('Nothing was made: "{code}" is not an office\'s code.'),
    N_("Write it as 61.03: two digits, a point, two digits; a province has the first two alone."),
    lambda error: {"code": _typed(error.code)},
)
_say(
    errors.BadSetting,
    N_('Nothing was changed: "{value}" does not fit the setting {name}.'),
    N_('See the settings and what they hold with "blangko settings".'),
    lambda error: {"name": _typed(setting_word(error.name)), "value": _typed(error.value)},
)
_say(
    errors.UnknownSetting,
    N_('Nothing was changed: there is no setting "{name}".'),
    N_('See their names with "blangko settings".'),
    lambda error: {"name": _typed(error.name)},
)

# --- Files -----------------------------------------------------------------------------------------

_say(
    files.BookExists,
    N_("No book was made: there is a file at {path} already, and it was not touched."),
    N_("To begin another book, name another place: blangko --db FILE init ..."),
    _path,
)
_say(
    errors.CannotCreate,
    N_("Nothing was saved at {path}: {reason}."),
    N_("Choose another place, or ask whoever looks after the computer."),
    _path_and_reason,
)
_say(
    errors.ReadOnlyBook,
    N_("Not written: the book {path} may be read but not written here."),
    N_("Ask whoever looks after the computer for the right to write to the file and its folder."),
    _path,
)
_say(
    errors.BookMoved,
    N_("Not written: the book {path} was replaced or taken away while the command ran."),
    N_("Look at the book with blangko card, and give the command again."),
    _path,
)
_say(
    errors.TwoNames,
    N_("Not written: the file of the book {path} goes by {n} names, and only one of them would be kept safe."),
    N_("Find the other name (on Linux: find -samefile) and take it away; copy a book with blangko backup."),
    lambda error: {"path": _typed(error.path), "n": count(error.names)},
)
_say(
    errors.MovedMeanwhile,
    N_("Not confirmed: the book {path} was replaced or taken away while the entry was written."),
    N_('See with "blangko card" whether the entry is there before you write it again.'),
    _path,
)
_say(
    files.BookWentOn,
    N_("Not issued: somebody wrote into the book while the paper was drawn."),
    N_("Give the same command again."),
)
_say(
    files.BadMark,
    N_("Nothing was proved: the mark {path} cannot be used: {reason}."),
    N_("Name the file that keeps the mark, or a new one."),
    _path_and_reason,
)
_say(
    errors.MissingMark,
    N_("Nothing was proved: there is no mark at {path}."),
    N_("If one was kept there, find out who took it away. To keep the first one there, add --new-mark."),
    _path,
)
_say(
    files.MissingAddresses,
    N_("Nobody was told: there is no file of addresses at {path}."),
    N_(
        "Make it with a line for each address, mailtos://NAME:PASSWORD@gmail.com?to=WHO or tgram://TOKEN/CHAT, and "
        "keep it to yourself: chmod 600 FILE"
    ),
    _path,
)
_say(
    files.OpenAddresses,
    N_("Nobody was told: the passwords in {path} are open to others on this machine; close it with: chmod 600 {path}"),
    places=_path,
)
_say(
    files.BadAddresses,
    N_("Nobody was told: the file of addresses {path} cannot be used: {reason}."),
    places=_path_and_reason,
)
_FAILURES = {
    "failed": N_("line {no} ({service}) could not be reached or refused it"),
    "slow": N_("line {no} ({service}) took too long"),
    "unusable": N_("line {no} ({service}) is no address that can be used here"),
}


def _failures(error: files.NotTold) -> dict[str, str]:
    told_of = [_(_FAILURES[what]).format(no=number, service=service or "?") for number, service, what in error.failures]
    return {"failures": "; ".join(told_of)}


_say(
    files.NotTold,
    N_("Not everybody was told, and the next alert tries again: {failures}."),
    places=_failures,
)
_say(
    files.TrialNotTold,
    N_("The trial did not reach everybody: {failures}."),
    places=_failures,
)
_say(
    errors.NotConfirmed,
    N_("Not confirmed: the disk failed while writing to {path} ({reason})."),
    N_('See with "blangko card" whether the entry is there before you write it again.'),
    _path_and_reason,
)
_say(
    errors.NotShown,
    N_("The answer could not be given: {reason}."),
    N_('If the command writes, see with "blangko card" whether its entry is there before you repeat it.'),
    lambda error: {"reason": _reason(error.reason)},
)
_say(
    files.BadSheet,
    N_("Nothing was read from {path}: {reason}."),
    N_("Save it anew as .xlsx or .csv without a password, and try again."),
    _path_and_reason,
)
_say(
    files.NoTable,
    N_("Nothing was read from {path}: it has no table of days and cards that is understood."),
    N_("Say what its columns are with --columns; or begin with: blangko template -o sheet.xlsx"),
    _path,
)
_say(
    files.BadRows,
    N_("Nothing was written: {rows} of {path} could not be understood."),
    N_("Mend them in the sheet and import it again; all rows are written, or none."),
    lambda error: {"path": _typed(error.path), "rows": plural("{n} row", "{n} rows", error.rows)},
)
_say(
    files.SheetUnclear,
    N_("Nothing was written: not all in {path} is certain ({n})."),
    N_("Say what is meant with {options}, or mend the sheet."),
    lambda error: {
        "path": _typed(error.path), "n": count(error.things), "options": called(", ".join(error.options)),
    },
)  # fmt: skip
_say(
    files.NothingToImport,
    N_("Nothing was written: {path} has no row with figures."),
    places=_path,
)
_say(
    files.NothingNew,
    N_("Nothing was written: {path} has nothing new; the book has its {figures} already."),
    N_("Add the new days below and import it again. What is wrong in the book is taken back with blangko undo."),
    lambda error: {"path": _typed(error.path), "figures": plural("{n} figure", "{n} figures", error.figures)},
)
_say(
    files.DaysDiffer,
    N_("Nothing was written: {path} says something else than the book, on {days}."),
    N_("If the sheet is right, give the same command again with --replace; if the book is, mend the sheet."),
    lambda error: {"path": _typed(error.path), "days": plural("{n} day", "{n} days", error.days)},
)
_say(
    files.NotAsked,
    N_("Nothing was written yet."),
    N_("If it is right, give the same command again with --yes."),
)
_say(
    files.BadExport,
    N_("The copy {path} was not used, because it is not whole: {reason}."),
    N_("Take an older copy; what stands in its place was not touched."),
    _path_and_reason,
)
_say(
    files.NotAnOlderCopy,
    N_("No copy was made: what lies at {path} is no older copy of this book, and was not touched."),
    N_("Name another file."),
    _path,
)
_say(
    files.NotCopied,
    N_("No copy was made: the book {path} does not prove whole ({reason})."),
    N_("See what is wrong with blangko verify; older copies were not touched."),
    _path_and_reason,
)
_say(
    files.BadTemplate,
    N_("Nothing was saved: the template {path} cannot be filled: {reason}."),
    N_("Leave --template out to use the one that comes with the program."),
    _path_and_reason,
)
_say(
    files.CodeDiffers,
    N_("The book does not agree with the paper of check code {code}: entry no. {entry_no} is not as it was."),
    N_("Run blangko verify, and look for another copy of the book."),
    lambda error: {"code": _typed(error.code), "entry_no": str(error.entry_no)},
)

# --- Between an office and its province ------------------------------------------------------------

_say(
    province.BadMessage,
    N_("Nothing was taken in: the message {path} cannot be used: {reason}."),
    N_("Have it made again with blangko push; what was taken in before stands."),
    _path_and_reason,
)
_say(
    province.MessageTooLarge,
    N_("Nothing was sent: {entries} entries are more than one message holds, which is {most}."),
    N_("Push to the province's server, which takes them in parts: blangko push ADDRESS"),
    lambda error: {"entries": count(error.entries), "most": count(error.most)},
)
_say(
    province.MessageOfAnother,
    N_("Nothing was taken in: the entries are of office {office}, and this book is of office {own}."),
    N_("Name the book of that office with --db, or with --office in a database of several."),
    lambda error: {"office": _typed(error.office_code), "own": _typed(error.own_code)},
)
_say(
    province.EntriesLacking,
    N_(
        "Nothing was taken in: the entries of office {office} begin with no. {from_no}, "
        "and the book here ends with no. {held_no}."
    ),
    N_("Take in the message before it first, or ask the office for all of its book: blangko push --whole -o FILE"),
    lambda error: {"office": _typed(error.office_code), "from_no": str(error.from_no), "held_no": str(error.held_no)},
)
_say(
    province.SeenAndLost,
    N_("Nothing was sent: the province saw this book up to entry no. {no} on {day}, and it ends with no. {last}."),
    N_(
        "An older copy was brought back. Bring the rest back from the province before anything is written: blangko pull"
    ),
    lambda error: {"no": str(error.entry_no), "last": str(error.last_no), "day": day(error.day)},
)
_say(
    province.BadReceipt,
    N_("The receipt {path} was not kept: {reason}."),
    N_("Ask the province for it again; the same push brings the same receipt."),
    _path_and_reason,
)
_say(
    province.OtherKey,
    N_("The receipt was not kept: it is signed with the key {found}, and the province is known by {known}."),
    N_("Ask the province by telephone. If it has a new key, give the same command again with --new-key."),
    lambda error: {"found": _typed(error.found), "known": _typed(error.known)},
)
_say(
    province.BadKey,
    N_("Nothing was signed: the key {path} cannot be used: {reason}."),
    N_(
        "Bring the province's key back from its copy. "
        "A new one is made where no file lies, and every office is asked about it."
    ),
    _path_and_reason,
)
_say(
    province.BadTarget,
    N_('Nothing was done: "{target}" is neither a file nor an address of a province.'),
    N_("Such an address begins with postgresql:// or with https://"),
    lambda error: {"target": _typed(error.target)},
)
_say(
    province.TurnedAway,
    N_("The province's door at {target} did not take it: {reason}."),
    N_("Ask whoever looks after it; nothing was changed there."),
    lambda error: {"target": _typed(error.target), "reason": _reason(error.reason)},
)


@_words_of(province.NotReached)
def _not_reached(error: province.NotReached) -> list[str]:
    places = {"target": _typed(error.target), "reason": _reason(error.reason)}
    if error.waiting is None:
        text = _("Nothing was taken in: {target} cannot be reached ({reason}).")
        return [text.format(**places), _("The book here is as it was. Try again when it can be reached.")]
    text = _("Nothing was sent: {target} cannot be reached ({reason}). Entries waiting: {waiting}.")
    advice = _(
        "Nothing is lost: the next push takes them along. Without a line, carry them as a file: blangko push -o FILE"
    )
    return [text.format(waiting=count(error.waiting), **places), advice]


@_words_of(province.Forked)
def _forked(error: province.Forked) -> list[str]:
    if error.located:
        text = _("Nothing was taken in: from entry no. {no} on the two books of office {office} say different things.")
    else:
        text = _("Nothing was taken in: the two books of office {office} part at entry no. {no} or before it.")
    advice = _("One of them was rewritten, or went on from an older copy. Both are kept; compare them entry by entry.")
    return [text.format(office=_typed(error.office_code), no=error.entry_no), advice]


# --- Wrong usage -----------------------------------------------------------------------------------

_say(
    ahead.NothingToReach,
    N_("Nothing was planned: a day and teams belong to a target, and none was given."),
    N_("Say how many per cent are to be recorded: blangko plan --coverage 80 --by DATE"),
)


def _known_words(error: errors.UnknownWord) -> str:
    """The words that an option knows, as the language spoken types them."""
    word = {"--for": purpose_word, "--cause": cause_word}.get(error.option, partial(as_typed, error.option))
    return ", ".join(map(word, error.words))


_say(
    errors.UnknownWord,
    N_('Not understood: {option} does not know "{word}".'),
    N_("It knows {words}."),
    lambda error: {"option": called(error.option), "word": _typed(error.word), "words": _known_words(error)},
)
_say(
    errors.UnknownFormat,
    N_('Nothing was saved: the ending "{ending}" names no format of this answer.'),
    N_("What can be made here: {endings}"),
    lambda error: {"ending": _typed(error.ending), "endings": " ".join(error.endings)},
)
_say(
    errors.NeedsFile,
    N_("Nothing was shown: {form} does not fit on a screen."),
    N_("Name a file for it with -o."),
    lambda error: {"form": error.form},
)
_say(
    files.MissingExtra,
    N_('Nothing was saved: {what} needs packages that are not installed here (extra "{extra}").'),
    N_("Install them with: {line}"),
    lambda error: {"extra": error.extra, "what": error.what, "line": install_line(error.extra)},
)
_say(
    files.MissingMessenger,
    N_('Nobody was told: messages need packages that are not installed here (extra "{extra}").'),
    N_("Install them with: {line}"),
    lambda error: {"extra": error.extra, "line": install_line(error.extra)},
)
_say(
    errors.MissingWord,
    N_("Nothing was done: {missing} is missing."),
    places=lambda error: {"missing": called(error.missing)},
)
_say(
    errors.OptionWithoutValue,
    N_("Nothing was done: {option} needs a value after it."),
    places=lambda error: {"option": called(error.option)},
)
_say(errors.WrongUsage, N_("Nothing was done: the words of the command do not fit together."))

# --- The book cannot be read -----------------------------------------------------------------------

_say(
    errors.MissingBook,
    N_("There is no book at {path}."),
    N_(
        "See it work on an invented book: blangko demo. Begin one: "
        'blangko init --office "NAME" --opening NUMBER. How to keep it: blangko guide. (Another place: --db.)'
    ),
    _path,
)
_say(
    errors.EmptyFile,
    N_("The file {path} is empty; it holds no book. Nothing was changed."),
    N_("Name the right file with --db, or bring back a copy of the book."),
    _path,
)
_say(
    errors.ForeignFile,
    N_("The file {path} is not a book of blangko. Nothing was changed."),
    N_("Name the right file with --db."),
    _path,
)
_say(
    errors.ClosedFile,
    N_("The book {path} cannot be read: {reason}."),
    N_("Ask whoever looks after the computer for the right to read it, or name the right file with --db."),
    _path_and_reason,
)
_say(
    errors.DamagedBook,
    N_("The book {path} cannot be read: {reason}. Nothing was changed."),
    N_("Keep the file as it is, and bring back a copy of the book."),
    _path_and_reason,
)
_say(
    errors.BrokenBook,
    N_("The answer cannot be given: the book {path} is not whole ({reason})."),
    N_("See what is wrong with: blangko verify"),
    _path_and_reason,
)
_say(
    errors.ChangedRules,
    N_("Not written: the book {path} has rules of its own that are not as they were made ({name})."),
    N_("See what is wrong with blangko verify, and bring back a copy of the book."),
    lambda error: {"path": _typed(error.path), "name": _typed(error.name)},
)
_say(
    errors.NotKept,
    N_("Not written: the book {path} did not keep the entry. Nothing was changed."),
    N_("See what is wrong with blangko verify, and bring back a copy of the book."),
    _path,
)
_say(
    errors.PlantedFile,
    N_("The book {path} was not opened: the file {beside} lies beside it and does not belong to it."),
    N_("Close other programs that have the book open. If the file stays, move it elsewhere, then run blangko verify."),
    lambda error: {"path": _typed(error.path), "beside": _typed(error.beside)},
)
_say(
    errors.InterruptedWrite,
    N_("The book {path} cannot be read by this account now: a write into it was cut off."),
    N_("Have somebody who writes into it give any command, such as blangko status; that makes it whole again."),
    _path,
)
_say(
    errors.NewerBook,
    N_("The book {path} was written by a newer blangko (schema {found}; this one knows {known})."),
    N_("Install the newer blangko. Nothing was changed."),
    lambda error: {"path": _typed(error.path), "found": str(error.found), "known": str(error.known)},
)
_say(
    errors.OlderBook,
    N_("The book {path} was written by an older blangko (schema {found}; this one needs {known})."),
    N_("Bring it up to date with: blangko upgrade"),
    lambda error: {"path": _typed(error.path), "found": str(error.found), "known": str(error.known)},
)


_say(
    errors.Collided,
    N_("Nothing was written: others wrote into {path} at the same moment, and came first every time."),
    N_("Try again in a minute."),
    _path,
)


@_words_of(errors.LockedBook)
def _locked(error: errors.LockedBook) -> list[str]:
    sentence = _("The book {path} is in use by another program and stayed locked. Nothing was written.")
    # On a server there is no file that a program could hold open.
    on_server = "://" in error.path
    advice = N_("Try again in a minute; close other programs that have the file open.")
    return [sentence.format(**_path(error)), _("Try again in a minute.") if on_server else _(advice)]


_say(
    errors.ServerNotSupported,
    N_("The book was not opened: {path} is no file, and no address of a server that keeps books."),
    N_("Name a file, or postgresql://SERVER/DATABASE, with --db."),
    _path,
)


# --- A book on a server -----------------------------------------------------------------------------

_say(
    server.ServerUnreachable,
    N_("The server of {path} does not answer ({reason})."),
    N_("Nothing was written. Try again when it is reachable; ask whoever looks after it if it stays so."),
    _path_and_reason,
)
_say(
    server.NotAdmitted,
    N_("The server does not let this account in: {path} ({reason})."),
    N_("Put the name into the address, and the password into PGPASSWORD or the file of passwords (~/.pgpass)."),
    _path_and_reason,
)
_say(
    server.NoDatabase,
    N_("The server has no such database: {path}."),
    N_("Have it made (createdb), or name another one with --db."),
    _path,
)
_say(
    server.EmptyDatabase,
    N_("There is no book in the database {path}."),
    N_('Begin one: blangko init --office "NAME" --code CODE --opening NUMBER.'),
    _path,
)
_say(
    server.UnfitDatabase,
    N_("The database {path} cannot keep books: it is of PostgreSQL {version}, in {encoding}."),
    N_("Books need PostgreSQL 15 or newer, and a database in UTF8."),
    lambda error: {"path": _typed(error.path), "version": str(error.version), "encoding": _typed(error.encoding)},
)
_say(
    server.NotForThisRole,
    N_("The server does not allow this account to do that in {path} ({reason})."),
    N_("Nothing was written. Ask whoever looks after the server for the right."),
    _path_and_reason,
)
_say(
    server.ServerFailed,
    N_("The server of {path} could not do it ({reason})."),
    N_("Nothing was written. Tell whoever looks after the server."),
    _path_and_reason,
)
_say(
    server.TookTooLong,
    N_("The server stopped the command, which took longer than it allows: {path}."),
    N_("Nothing was written. Try again when it has less to do."),
    _path,
)
_say(
    server.OtherOffice,
    N_("The book {path} is that of office {found}, and not of {code}."),
    N_("Leave out --office (or BLANGKO_OFFICE), or name the right file with --db."),
    lambda error: {"path": _typed(error.path), "found": _typed(error.found), "code": _typed(error.code)},
)
_say(
    server.OfficeExists,
    N_("Nothing was written: {path} holds a book of office {code} already."),
    N_("Look at it with: blangko --office {code} status. Another office has another code (--code)."),
    lambda error: {"path": _typed(error.path), "code": _typed(error.code)},
)
_say(
    server.DatabaseInUse,
    N_(
        "Nothing was loaded: the database {path} holds offices already, and books are loaded at once into an empty one."
    ),
    N_("Bring them one by one with: blangko pull FILE. They are taken in beside those that are there."),
    _path,
)
_say(
    server.NoCitus,
    N_("Nothing was distributed: the database {path} has no Citus."),
    N_("Have it set up there (CREATE EXTENSION citus), or keep all offices on this one server."),
    _path,
)
_say(
    server.NotDistributed,
    N_("{path} refused a statement ({reason}): {statement}"),
    N_("What ran before it stands. Mend what it complains of and run the same command again: it goes on from there."),
    lambda error: {**_path_and_reason(error), "statement": plain(error.statement)},
)
_say(
    server.ConnectionLost,
    N_("Not confirmed: the server of {path} went away while it was written to ({reason})."),
    N_('See with "blangko card" whether the entry is there before you write it again.'),
    _path_and_reason,
)


_say(
    web.PortTaken,
    N_("Nothing can listen at port {port} ({reason})."),
    N_("Perhaps the page is open already; else choose another: blangko serve --port 8062"),
    lambda error: {"port": str(error.port), "reason": _reason(error.reason)},
)
_say(
    web.NotAgreed,
    N_("Nothing was written: on {days} the sheet says something else than the book."),
    N_("Look at those days; if the sheet is right, tick that below them, else mend the sheet."),
    lambda error: {"days": plural("{n} day", "{n} days", error.days)},
)
_say(
    web.SheetGone,
    N_("Nothing was written: the sheet is not at the page any more."),
    N_("Choose the file again; what stands in the book already is not written a second time."),
)
_say(
    web.NoFileChosen,
    N_("Nothing was read: no file was chosen."),
    N_("Choose the sheet, or drop it on the field."),
)
_say(
    web.BadAccountName,
    N_('Nothing was changed: "{name}" cannot be the name of an account.'),
    N_("Take up to 40 letters from a to z, digits, points and dashes, with a letter first: siti.aminah"),
    lambda error: {"name": _typed(error.name)},
)
_say(
    web.AccountExists,
    N_("Nothing was changed: there is an account {name} already."),
    N_("For another passphrase: blangko account passphrase {name}; for another role remove it first."),
    lambda error: {"name": _typed(error.name)},
)
_say(
    web.NoSuchAccount,
    N_("Nothing was changed: there is no account {name}."),
    N_('"blangko account" lists them.'),
    lambda error: {"name": _typed(error.name)},
)
_say(
    web.WeakPassphrase,
    N_("Nothing was changed: a passphrase has {least} to {most} letters, and is not the account's own name."),
    N_("Four words that do not belong together are easy to keep in mind and hard to guess."),
    lambda error: {"least": str(error.least), "most": str(error.most)},
)
_say(
    web.PassphrasesDiffer,
    N_("Nothing was changed: the second time it was another passphrase."),
    N_("Type it once more; it is not shown while you do."),
)
_say(
    web.OfficeOfAnother,
    N_("Nothing was changed: the book is of office {own_code}, which an account of {code} does not see."),
    N_("Leave --office out, or open the book of that office."),
    lambda error: {"code": _typed(error.code), "own_code": _typed(error.own_code)},
)
_say(
    web.BadAccounts,
    N_("The accounts in {path} cannot be used: {reason}."),
    N_(
        "They are for their owner alone (chmod 600); bring the file back from its copy, or remove it and add them anew."
    ),
    _path_and_reason,
)
_say(
    web.NoAccounts,
    N_("The page was not opened: others could reach it, and nobody has an account."),
    N_("Let the first one in with: blangko account add NAME --role clerk"),
)
_say(
    web.NotEncrypted,
    N_("The page was not opened: others could reach it over a line on which everybody reads the passphrases."),
    N_(
        "Give it a certificate with --tls-cert and --tls-key, or put a web server with one in front of it and "
        "say --behind-proxy."
    ),
)
_say(
    web.BadCertificate,
    N_("The page was not opened: the certificate {path} cannot be used: {reason}."),
    N_("It is a file of PEM with the whole chain; its key lies in the same file or in that of --tls-key."),
    _path_and_reason,
)


@_words_of(server.NoSuchOffice)
def _no_such_office(error: server.NoSuchOffice) -> list[str]:
    sentence = _("The database {path} holds no office {code} that this account may see.")
    lines = [sentence.format(path=_typed(error.path), code=_typed(error.code))]
    return [*lines, _("It holds: {codes}.").format(codes=_codes(error.others))] if error.others else lines


@_words_of(server.OfficeNotNamed)
def _office_not_named(error: server.OfficeNotNamed) -> list[str]:
    sentence = _("The database {path} holds several offices, and none was named: {codes}.")
    first = _typed(error.codes[0])
    return [
        sentence.format(path=_typed(error.path), codes=_codes(error.codes)),
        _("Name one before the command: blangko --office {code} status (or in BLANGKO_OFFICE).").format(code=first),
    ]


def _codes(codes: tuple[str, ...]) -> str:
    """The first codes of a database; more than are told end in dots."""
    told = [_typed(code) for code in codes[:5]]
    return ", ".join([*told, "..."] if len(codes) > len(told) else told)


# --- Refusals whose words depend on their facts ------------------------------------------------------


@_words_of(rules.NotEnoughCards)
def _not_enough(error: rules.NotEnoughCards) -> list[str]:
    what = _(KINDS[error.kind].done).format(cards=cards(error.asked_cards))
    if error.kind == "reverse":
        sentence = _("Not written: without these cards the {place} would be short of {short} on {short_on}.")
        advice = _("Take back the later entries first, or count the shelf and adjust.")
    elif error.short_on > error.occurred_on:
        sentence = _(
            "Not written: {what} on {on}; then the {place} would be short of {short} on {short_on}. "
            "At most {available} fit."
        )
        advice = _("Look at the days after with blangko card --from {iso}, and undo what is wrong there.")
    else:
        sentence = _("Not written: {what} on {on}, but the {place} holds only {available} then.")
        advice = _("Write a missing delivery first, count the shelf with blangko count, or undo a wrong entry.")
        if error.place == "spoiled":
            advice = _("Write the spoiled cards first with blangko spoil, or undo a wrong entry.")
    place = _("pile of spoiled cards") if error.place == "spoiled" else _("shelf")
    text = sentence.format(
        what=what,
        on=day(error.occurred_on),
        place=place,
        short=cards(error.short_cards),
        short_on=day(error.short_on),
        available=count(error.available_cards),
    )
    return [text, advice.format(iso=error.occurred_on.isoformat())]


@_words_of(rules.ReferenceNeeded)
def _reference_needed(error: rules.ReferenceNeeded) -> list[str]:
    if error.kind == "destroy":
        return [
            _("Not written: a destruction needs the number of its minutes (berita acara)."),
            _("Say it with --ref."),
        ]
    return [_("Not written: a loss needs the number of its report."), _("Say it with --ref.")]


@_words_of(rules.RiskyPlace)
def _risky_place(error: rules.RiskyPlace) -> list[str]:
    text = _("No book was made: {path} is on a network drive, where locks do not hold and books get lost.")
    if error.risk == "synced":
        text = _("No book was made: {path} is in a folder that synchronises itself, which can bring old copies back.")
    return [
        text.format(path=plain(error.path)),
        _("Choose a folder on this computer's own disk; --yes takes the risk."),
    ]


@_words_of(rules.NeedsYes)
def _needs_yes(error: rules.NeedsYes) -> list[str]:
    return [
        _("Not written, because it may be a slip:"),
        *map(question_told, error.questions),
        _("If it is right, give the same command again with --yes."),
    ]


@_words_of(rules.TwinStands)
def _twin_stands(question: rules.TwinStands) -> list[str]:
    done = _(KINDS[question.kind].done).format(cards=cards(question.cards))
    text = _("The same stands in the book already for that day: {done}, no. {no}.")
    return [text.format(done=done, no=question.entry_no)]


@_words_of(errors.UnknownOption)
def _unknown_option(error: errors.UnknownOption) -> list[str]:
    text = _("Nothing was done: this command has no option {option}.")
    return [text.format(option=_typed(error.option)), *_near(error.near)]


@_words_of(errors.TooManyWords)
def _too_many_words(error: errors.TooManyWords) -> list[str]:
    text = _('Nothing was done: "{words}" is more than this command takes.')
    return [text.format(words=_typed(error.unexpected)), *_near((_typed(error.meant),) if error.meant else ())]


@_words_of(errors.UnknownCommand)
def _unknown_command(error: errors.UnknownCommand) -> list[str]:
    text = _('Nothing was done: there is no command "{name}".').format(name=_typed(error.name))
    return [text, *(_near(error.near) or [_("See the commands with: blangko --help")])]


def _some(names: tuple[str, ...]) -> str:
    """The first few of them."""
    shown = [*map(plain, names[:NAMES_SHOWN]), *(["…"] if len(names) > NAMES_SHOWN else [])]
    return ", ".join(shown)


def _near(names: tuple[str, ...]) -> list[str]:
    return [_("Did you mean {near}?").format(near=" / ".join(names))] if names else []

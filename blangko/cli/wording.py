"""Every refusal in words: what did not happen, why, with the numbers, and what to do next."""

from collections.abc import Callable
from datetime import date
from typing import Any

from blangko.core.rules import Question
from blangko.errors import BlangkoError
from blangko.i18n import N_, _, cards, count, day, plain

_DONE = {
    "opening": N_("{cards} at the opening"),
    "receive": N_("{cards} received"),
    "print": N_("{cards} printed"),
    "spoil": N_("{cards} spoiled"),
    "destroy": N_("{cards} destroyed"),
    "send": N_("{cards} sent"),
    "lose": N_("{cards} lost"),
    "adjust": N_("{cards} adjusted"),
    "reverse": N_("{cards} taken back"),
}
_FIELDS = {
    "note": N_("note"),
    "party": N_("name"),
    "reference": N_("document number"),
    "key": N_("key"),
    "recorded_by": N_("name of the writer"),
    "value": N_("value"),
}
# Reasons that the machine or a file gives; any other is told as it comes.
REASONS = (
    N_("no such file or directory"),
    N_("permission denied"),
    N_("is a directory"),
    N_("not a directory"),
    N_("file exists"),
    N_("file name too long"),
    N_("no space left on device"),
    N_("read-only file system"),
    N_("larger than 50 MB"),
    N_("empty"),
    N_("protected by a password"),
    N_("not a workbook, or broken"),
    N_("not a text file"),
    N_("it holds no mark"),
    N_("it holds no export"),
    N_("it holds no book"),
    N_("it holds no office"),
    N_("its end is not as it was written"),
    N_("it was changed after it was written"),
    N_("input/output error"),
    N_("it holds more than one office"),
)
# What did not happen, and what to do next; facts stand in braces.
_SENTENCES = {
    "FutureDate": (
        N_("Not written: {occurred_on} has not come yet; today is {today}."),
        N_("Give the day on which it happened with --on, or set the computer's clock right."),
    ),
    "NotWholeNumber": (
        N_('Nothing was done: "{text}" is not a whole number.'),
        N_("Write a whole number such as 2000, 2.000 or 2,000."),
    ),
    "NumberOutOfRange": (
        N_("Nothing was done: {number} is outside what the book accepts."),
        N_("Give a number from {low} to {high}."),
    ),
    "NotADate": (
        N_('Nothing was done: "{text}" is not a date.'),
        N_("Write a day such as 2017-10-18, 18/10/2017, 18 Okt 2017, yesterday or monday."),
    ),
    "BackwardsPeriod": (
        N_("Nothing was done: the period from {first} to {last} runs backwards or is longer than a year."),
        N_("Give the first day and then the last."),
    ),
    "BadSetting": (
        N_('Nothing was changed: "{value}" does not fit the setting {name}.'),
        N_('See the settings and what they hold with "blangko settings".'),
    ),
    "UnknownSetting": (
        N_('Nothing was changed: there is no setting "{name}".'),
        N_('See their names with "blangko settings".'),
    ),
    "UnknownEntry": (
        N_("Nothing was done: the book has no entry no. {entry_no}."),
        N_('See the numbers with "blangko card".'),
    ),
    "UnknownRequest": (
        N_("Not written: there is no request no. {request_no}."),
        N_('Leave --request out for the oldest open one, or write the request first with "blangko request".'),
    ),
    "RequestClosed": (
        N_("Not written: request no. {request_no} was closed, so nothing more can answer it."),
        N_("Name another request, or 0 for none; or take the close back with blangko undo."),
    ),
    "NoOpenRequest": (
        N_("Not written: no request is open."),
        N_('Write the request first with "blangko request", or name one by its number.'),
    ),
    "NothingToUndo": (N_("Nothing was taken back: the book holds no command that could be."), ""),
    "LastWasUndo": (
        N_("Nothing was taken back: the last command was itself an undo, of entry no. {reversed_no}."),
        N_("To go further back, name the entry: blangko undo {candidate_no} --reason TEXT"),
    ),
    "AlreadyReversed": (
        N_("Nothing was taken back: entry no. {entry_no} was taken back before, by no. {reversed_by}."),
        N_("Write what is right as a new entry."),
    ),
    "ReversalOfReversal": (
        N_("Nothing was taken back: entry no. {entry_no} is itself an undo."),
        N_("Write what is right as a new entry."),
    ),
    "OpeningExists": (
        N_("Not written: the book has an opening, no. {entry_no} of {occurred_on}."),
        N_("If that is wrong, take it back first: blangko undo {entry_no} --reason TEXT"),
    ),
    "KeyTaken": (
        N_('Not written: the key "{key}" stands in the book with other content, at no. {entry_no}.'),
        N_("Use another key for another entry."),
    ),
    "ReasonNeeded": (
        N_("Not written: an adjustment needs a reason."),
        N_("Say it with --reason TEXT."),
    ),
    "NameNeeded": (
        N_("Not written: this office wants a name with every entry."),
        N_("Say who writes with --by NAME."),
    ),
    "LooksLikeNik": (
        N_("Not written: sixteen digits in the {field} look like a citizen's number (NIK)."),
        N_("The book holds quantities and document numbers only; leave the number out."),
    ),
    "TextTooLong": (
        N_("Not written: the {field} is longer than {limit} letters."),
        N_("Say it shorter."),
    ),
    "NotText": (
        N_("Not written: the {field} holds signs that are no letters."),
        N_("Type it again."),
    ),
    "BadCode": (
        N_('No book was made: "{code}" is not an office\'s code.'),
        N_("Write it as 61.03: two digits, a point, two digits."),
    ),
    "BookExists": (
        N_("No book was made: there is a file at {path} already, and it was not touched."),
        N_("To begin another book, name another place: blangko --db FILE init ..."),
    ),
    "CannotCreate": (
        N_("Nothing was saved at {path}: {reason}."),
        N_("Choose another place, or ask whoever looks after the computer."),
    ),
    "ReadOnlyBook": (
        N_("Not written: the book {path} may be read but not written here."),
        N_("Ask whoever looks after the computer for the right to write to the file and its folder."),
    ),
    "BookMoved": (
        N_("Not written: the book {path} was replaced or taken away while the command ran."),
        N_("Look at the book with blangko card, and give the command again."),
    ),
    "BookWentOn": (
        N_("Not issued: somebody wrote into the book while the paper was drawn."),
        N_("Give the same command again."),
    ),
    "BadMark": (
        N_("Nothing was proved: the mark {path} cannot be used: {reason}."),
        N_("Name the file that keeps the mark, or a new one."),
    ),
    "NotConfirmed": (
        N_("Not confirmed: the disk failed while writing to {path} ({reason})."),
        N_('See with "blangko card" whether the entry is there before you write it again.'),
    ),
    "NotShown": (
        N_("The answer could not be given: {reason}."),
        N_('If the command writes, see with "blangko card" whether its entry is there before you repeat it.'),
    ),
    "CalendarNotKnown": (
        N_("No calendar is known for {year}."),
        N_("Known are the years {first} to {last}."),
    ),
    "UnknownWord": (
        N_('Not understood: {option} does not know "{word}".'),
        N_("It knows {words}."),
    ),
    "UnknownFormat": (
        N_('Nothing was saved: the ending "{ending}" names no format.'),
        N_("Use .txt, .json, .csv, .md or .xlsx, for the summary also .html, .pdf and .png; or say it with -f."),
    ),
    "NeedsFile": (
        N_("Nothing was shown: {form} does not fit on a screen."),
        N_("Name a file for it with -o."),
    ),
    "MissingExtra": (
        N_('Nothing was saved: {what} needs packages that are not installed here (extra "{extra}").'),
        N_('Install them with: pip install "blangko[{extra}]"'),
    ),
    "BadSheet": (
        N_("Nothing was read from {path}: {reason}."),
        N_("Save it anew as .xlsx or .csv without a password, and try again."),
    ),
    "NoTable": (
        N_("Nothing was read from {path}: no row of headings with a date and cards was found."),
        N_("Name the columns Date, Received, Printed, Spoiled; or begin with: blangko template -o sheet.xlsx"),
    ),
    "BadRows": (
        N_("Nothing was written: {rows} rows of {path} are not understood."),
        N_("Mend them in the sheet and import it again; all rows are written, or none."),
    ),
    "NothingToImport": (N_("Nothing was written: {path} has no row with figures."), ""),
    "AlreadyImported": (
        N_("Not written: the same content stands in the book already, from no. {entry_no} on."),
        N_("If that is wrong, take it back first: blangko undo {entry_no} --reason TEXT"),
    ),
    "NotAsked": (
        N_("Nothing was written yet."),
        N_("If it is right, give the same command again with --yes."),
    ),
    "BadExport": (
        N_("The copy {path} was not used, because it is not whole: {reason}."),
        N_("Take an older copy; what stands in its place was not touched."),
    ),
    "NotAnOlderCopy": (
        N_("No copy was made: what lies at {path} is no older copy of this book, and was not touched."),
        N_("Name another file."),
    ),
    "NotCopied": (
        N_("No copy was made: the book {path} does not prove whole ({reason})."),
        N_("See what is wrong with blangko verify; older copies were not touched."),
    ),
    "BadTemplate": (
        N_("Nothing was saved: the template {path} cannot be filled: {reason}."),
        N_("Leave --template out to use the one that comes with the program."),
    ),
    "NotAWeek": (
        N_('Nothing was done: "{text}" is not a week.'),
        N_("Write a week such as 2017-W43."),
    ),
    "NotAMonth": (
        N_('Nothing was done: "{text}" is not a month.'),
        N_("Write a month such as 2017-10."),
    ),
    "NotACode": (
        N_('Nothing was compared: "{code}" is not a check code.'),
        N_("Write it as it stands on the paper, such as 3f2a9b1c4d5e-412."),
    ),
    "CodeDiffers": (
        N_("The book does not agree with the paper of check code {code}: entry no. {entry_no} is not as it was."),
        N_("Run blangko verify, and look for another copy of the book."),
    ),
    "MissingBook": (
        N_("There is no book at {path}."),
        N_('Begin one with: blangko init --office "NAME" --opening NUMBER (or name another place with --db).'),
    ),
    "EmptyFile": (
        N_("The file {path} is empty; it holds no book. Nothing was changed."),
        N_("Name the right file with --db, or bring back a copy of the book."),
    ),
    "ForeignFile": (
        N_("The file {path} is not a book of blangko. Nothing was changed."),
        N_("Name the right file with --db."),
    ),
    "ClosedFile": (
        N_("The book {path} cannot be read: {reason}."),
        N_("Ask whoever looks after the computer for the right to read it, or name the right file with --db."),
    ),
    "DamagedBook": (
        N_("The book {path} cannot be read: {reason}. Nothing was changed."),
        N_("Keep the file as it is, and bring back a copy of the book."),
    ),
    "BrokenBook": (
        N_("The answer cannot be given: the book {path} is not whole ({reason})."),
        N_("See what is wrong with: blangko verify"),
    ),
    "NewerBook": (
        N_("The book {path} was written by a newer blangko (schema {found}; this one knows {known})."),
        N_("Install the newer blangko. Nothing was changed."),
    ),
    "OlderBook": (
        N_("The book {path} was written by an older blangko (schema {found}; this one needs {known})."),
        N_("Bring it up to date with: blangko upgrade"),
    ),
    "LockedBook": (
        N_("The book {path} is in use by another program and stayed locked. Nothing was written."),
        N_("Try again in a minute; close other programs that have the file open."),
    ),
    "ServerNotSupported": (
        N_("The book was not opened: {path} is a server's address, and this blangko opens files only."),
        N_("Name a file with --db."),
    ),
}


def told(error: BlangkoError) -> list[str]:
    """A refusal as lines: what did not happen, then what to do next."""
    name = type(error).__name__
    if name in _SPECIAL:
        return [line for line in _SPECIAL[name](error.facts) if line]
    facts = {key: _fact(key, value) for key, value in error.facts.items() if value is not None}
    return [_(sentence).format(**facts) for sentence in _SENTENCES[name] if sentence]


def _fact(name: str, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, int):
        # Numbers of entries and years are names, not amounts.
        return str(value) if name.endswith("_no") or name in ("year", "first", "last", "reversed_by") else count(value)
    if name == "field":
        return _(_FIELDS[value])
    return _(value) if value in REASONS else _short(plain(str(value)))


def _short(text: str) -> str:
    # A path or a reason is told in full; what somebody pasted by mistake is not.
    return text if len(text) <= 300 else text[:300] + "..."


def _not_enough(facts: dict[str, Any]) -> list[str]:
    happened, short_on = facts["occurred_on"], facts["short_on"]
    what = _(_DONE[facts["kind"]]).format(cards=cards(facts["asked_cards"]))
    if facts["kind"] == "reverse":
        sentence = _("Not written: without these cards the {place} would be short of {short} on {short_on}.")
        advice = _("Take back the later entries first, or count the shelf and adjust.")
    elif short_on > happened:
        sentence = _(
            "Not written: {what} on {on}; then the {place} would be short of {short} on {short_on}. "
            "At most {available} fit."
        )
        advice = _("Look at the days after with blangko card --from {iso}, and undo what is wrong there.")
    else:
        sentence = _("Not written: {what} on {on}, but the {place} holds only {available} then.")
        advice = _("Write a missing delivery first, count the shelf with blangko count, or undo a wrong entry.")
        if facts["place"] == "spoiled":
            advice = _("Write the spoiled cards first with blangko spoil, or undo a wrong entry.")
    place = _("pile of spoiled cards") if facts["place"] == "spoiled" else _("shelf")
    text = sentence.format(
        what=what,
        on=day(happened),
        place=place,
        short=cards(facts["short_cards"]),
        short_on=day(short_on),
        available=count(facts["available_cards"]),
    )
    return [text, advice.format(iso=happened.isoformat())]


def _reference_needed(facts: dict[str, Any]) -> list[str]:
    if facts["kind"] == "destroy":
        return [
            _("Not written: a destruction needs the number of its minutes (berita acara)."),
            _("Say it with --ref."),
        ]
    return [_("Not written: a loss needs the number of its report."), _("Say it with --ref.")]


def _risky_place(facts: dict[str, Any]) -> list[str]:
    text = _("No book was made: {path} is on a network drive, where locks do not hold and books get lost.")
    if facts["risk"] == "synced":
        text = _("No book was made: {path} is in a folder that synchronises itself, which can bring old copies back.")
    return [
        text.format(path=plain(facts["path"])),
        _("Choose a folder on this computer's own disk; --yes takes the risk."),
    ]


def _needs_yes(facts: dict[str, Any]) -> list[str]:
    return [
        _("Not written, because it may be a slip:"),
        *map(question_told, facts["questions"]),
        _("If it is right, give the same command again with --yes."),
    ]


def question_told(question: Question) -> str:
    """A doubt of the book in one sentence."""
    facts = question.facts
    if question.kind == "twin":
        done = _(_DONE[facts["kind"]]).format(cards=cards(facts["cards"]))
        return _("The same stands in the book already for that day: {done}, no. {no}.").format(
            done=done, no=facts["entry_no"]
        )
    if question.kind == "unusual":
        return _("{cards} on one day is more than three times the usual {usual}.").format(
            cards=cards(facts["cards"]), usual=count(facts["usual"])
        )
    if question.kind == "clock":
        return _("The last entry was recorded at {recorded_at}, and the computer's clock says {now}.").format(**facts)
    return _("{day} is {n} days back.").format(day=day(facts["occurred_on"]), n=count(facts["days"]))


def _wrong_usage(facts: dict[str, Any]) -> list[str]:
    if facts.get("missing"):
        return [_("Nothing was done: {missing} is missing.").format(missing=facts["missing"]), _see_help(facts)]
    if facts.get("option"):
        text = _("Nothing was done: this command has no option {option}.")
        return [text.format(option=_short(plain(facts["option"]))), _near(facts) or _see_help(facts)]
    if facts.get("valueless"):
        text = _("Nothing was done: {option} needs a value after it.")
        return [text.format(option=facts["valueless"]), _see_help(facts)]
    if facts.get("unexpected"):
        text = _('Nothing was done: "{words}" is more than this command takes.')
        return [text.format(words=_short(plain(facts["unexpected"]))), _see_help(facts)]
    return [_("Nothing was done: the words of the command do not fit together."), _see_help(facts)]


def _unknown_command(facts: dict[str, Any]) -> list[str]:
    text = _('Nothing was done: there is no command "{name}".').format(name=_short(plain(facts["name"])))
    return [text, _near(facts) or _("See the commands with: blangko --help")]


def _near(facts: dict[str, Any]) -> str:
    near = facts.get("near")
    return _("Did you mean {near}?").format(near=" / ".join(near)) if near else ""


def _see_help(facts: dict[str, Any]) -> str:
    return _("See: blangko {command} --help").format(command=facts.get("command") or "").replace("  ", " ")


_SPECIAL: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "NotEnoughCards": _not_enough,
    "ReferenceNeeded": _reference_needed,
    "NeedsYes": _needs_yes,
    "RiskyPlace": _risky_place,
    "WrongUsage": _wrong_usage,
    "UnknownCommand": _unknown_command,
}

"""What every command shares: the options of writing and of reading commands, and what happens around the command.

A writing command gets a `Paper` with the day, the desk and the way to the book; a reading command returns a `Page`.
"""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

import typer

from blangko import config
from blangko.core.numbers import cards, whole_number
from blangko.core.requests import Request
from blangko.core.seal import Mark
from blangko.errors import (
    BlangkoError,
    CannotCreate,
    NeedsFile,
    NeedsYes,
    NotWholeNumber,
    UnknownEntry,
    UnknownFormat,
    UnknownWord,
)
from blangko.stockroom import Book, open_book
from blangko.stockroom.desk import Desk, Posted
from blangko.words.language import N_, _
from blangko.words.refusals import question_told, told
from blangko.words.typed import typed_date
from blangko.words.written import plain

# --- Words, numbers and days from the command line ----------------------------------------------


def optional_cards(text: str | None, least: int = 0) -> int | None:
    """A number of cards, or None where the option was not given."""
    return None if text is None else cards(text, least)


def entry_number(text: str | None) -> int | None:
    """The number of an entry; what is no number cannot name one.

    Raises:
        NotWholeNumber: It is no whole number.
        UnknownEntry: No entry has such a number.
    """
    if text is None:
        return None
    try:
        number = whole_number(text)
    except NotWholeNumber:
        if text.strip().lstrip("-").isdigit():
            raise UnknownEntry(entry_no=text) from None
        raise
    if number >= 2**63:
        raise UnknownEntry(entry_no=text)
    return number


def one_of(option: str, word: str | None, words: Sequence[str], synonyms: dict[str, str]) -> str | None:
    """The word that an option knows, or its Indonesian synonym.

    Raises:
        UnknownWord: Neither.
    """
    if word is None:
        return None
    said = synonyms.get(word.strip().lower(), word.strip().lower())
    if said not in words:
        raise UnknownWord(option=option, word=word, words=tuple(words))
    return said


def say(text: str) -> None:
    """Tell a sentence on the screen, folded to its width."""
    from blangko.reports.table import paragraph

    print("\n".join(paragraph(text)))


# --- Writing ------------------------------------------------------------------------------------


class Paper(NamedTuple):
    """What a writing command works with: where the book is, the day it speaks of, and who writes."""

    place: str
    on: date
    desk: Desk

    def day(self, text: str) -> date:
        """A day that may lie ahead: a promise, a closure."""
        return typed_date(text, self.desk.today, ahead=True)

    def record(self, task: Callable[[Book, Desk], Posted], request: bool = False) -> Posted:
        """Do the task, answer the book's questions when somebody is there to answer, and say what follows.

        The task is one transaction; it is done again from the start after a yes.
        """
        with open_book(self.place) as book:
            try:
                posted = task(book, self.desk)
            except NeedsYes as doubts:
                if not _says_yes(doubts):
                    raise
                posted = task(book, self.desk._replace(yes=True))
            _acknowledge(posted)
            try:
                _say_what_follows(book, self.desk.today, posted, request)
            except BlangkoError as error:
                # The entry stands. An exit code of failure would have it written a second time.
                print("\n".join(told(error)), file=sys.stderr)
            return posted

    def save_beside(self, output: str, made: bytes) -> None:
        """Save what goes with an entry that stands already; a failure is told, but is no failure of the entry."""
        try:
            save(output, made, self.place)
        except BlangkoError as error:
            print("\n".join(told(error)), file=sys.stderr)


def _says_yes(doubts: NeedsYes) -> bool:
    questions = "\n".join(question_told(question) for question in doubts.questions)
    return ask_yes(questions + "\n" + _("Is it right all the same? [y/N] "))


def ask_yes(question: str) -> bool:
    """Ask whoever sits at the terminal; nobody there means no."""
    if not (sys.stdin and sys.stdin.isatty()):
        return False
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "ya", "iya")


def _acknowledge(posted: Posted) -> None:
    from blangko.reports.ledger import written

    if posted.repeated:
        say(_("This key was written before; nothing was written a second time."))
    if posted.entries:
        say(written(posted.entries))
    sys.stdout.flush()


def _say_what_follows(book: Book, today: date, posted: Posted, request: bool) -> None:
    from blangko.core.answer import answer
    from blangko.reports.answer import count_result, follows
    from blangko.reports.ledger import request_line
    from blangko.stockroom.look import facts, request_of

    status = answer(facts(book, today, posted)).status

    if request and posted.entries:
        first = posted.entries[0]
        number = first.request_no or (first.entry_no if first.kind == "request" else None)
        if number:
            answered: Request = request_of(book, number)
            say(request_line(answered))
    if any(entry.kind == "count" for entry in posted.entries):
        say(count_result(status))
    say(follows(status))


OnDay = Annotated[str | None, typer.Option("--on", metavar="DATE", help=N_("the day meant; today unless given"))]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help=N_("a remark that stays with the entry"))]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help=N_("who writes; the computer's user unless given"))
]
Key = Annotated[str | None, typer.Option("--key", metavar="TEXT", help=N_("makes a retry safe: one key, one entry"))]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=N_("answer the book's questions with yes"))]
_WRITING = (("on", OnDay, None), ("note", Note, None), ("by", By, None), ("key", Key, None), ("yes", Yes, False))


def writes(command: Callable[..., Any]) -> Any:
    """A command that writes: adds --on, --note, --by, --key and --yes, and hands it a `Paper`."""

    @wraps(command)
    def wrapper(ctx: typer.Context, *, on: Any, note: Any, by: Any, key: Any, yes: bool, **words: Any) -> Any:
        today = config.today()
        name = (by or "").strip()
        named = any(sign.isalnum() for sign in name)
        desk = Desk(today, config.now_utc(), name or config.os_user(), note, key, yes, named)
        return command(Paper(ctx.obj, typed_date(on, today) if on is not None else today, desk), **words)

    return _with_options(wrapper, command, _WRITING)


def _with_options(wrapper: Any, command: Callable[..., Any], added: Iterable[tuple[str, Any, Any]]) -> Any:
    """The wrapper with the command's own options, then the added ones, as Typer reads them."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    own = list(inspect.signature(command).parameters.values())[1:]
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    more = [inspect.Parameter(name, keyword, default=value, annotation=kind) for name, kind, value in added]
    parameters = [context, *(each.replace(kind=keyword) for each in own if each.name != "ctx"), *more]
    wrapper.__signature__ = inspect.Signature(parameters)
    wrapper.__annotations__ = {each.name: each.annotation for each in parameters}
    return wrapper


# --- Reading ------------------------------------------------------------------------------------


class Page(NamedTuple):
    """An answer in every form, each made only when it is asked for: lines of text, data, and columns with rows.

    `files` are further forms, as bytes; every answer is a workbook too, with sums under the columns in `summed`.
    `record` writes into the book that the answer is given; it is called when nothing else can fail any more.
    """

    text: Callable[[], list[str]]
    data: Callable[[], Any]
    rows: Callable[[], tuple[Sequence[str], list[list[Any]]]]
    exit_code: int = 0
    files: Mapping[str, Callable[[], bytes]] = MappingProxyType({})
    summed: Sequence[str] = ()
    record: Callable[[], object] = lambda: None


SCREEN_FORMATS = ("table", "json", "csv", "markdown", "excel-csv", "html")
FORMATS = (*SCREEN_FORMATS, "xlsx", "pdf", "png", "docx")
_ENDINGS = {
    ".txt": "table",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".png": "png",
    ".docx": "docx",
}
_FORMAT_WORDS = {"md": "markdown", "tabel": "table", "text": "table", "excel": "xlsx"}
Format = Annotated[
    str | None, typer.Option("-f", "--format", metavar="FORMAT", help=N_("table, json, csv, markdown, excel-csv, xlsx"))
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help=N_("into a file: .txt .json .csv .md .xlsx"))
]
_READING = (("form", Format, None), ("output", Output, None))


def reads(command: Callable[..., Page | None]) -> Any:
    """A command that answers: adds --format and --output, and shows the `Page` it returns, if it returns one."""

    @wraps(command)
    def wrapper(ctx: typer.Context, *, form: str | None, output: str | None, **words: Any) -> None:
        chosen = _format(form, output)
        page = command(ctx, **words)
        if page is None:
            return
        made = _rendered(page, chosen, output)
        if output is not None:
            save(output, made, ctx.obj, page.record)
        else:
            page.record()
            sys.stdout.write(made.decode())
        if page.exit_code:
            raise typer.Exit(page.exit_code)

    return _with_options(wrapper, command, _READING)


def _format(form: str | None, output: str | None) -> str:
    if form is not None:
        chosen = one_of("--format", form, FORMATS, _FORMAT_WORDS) or "table"
        if output is None and chosen not in SCREEN_FORMATS:
            raise NeedsFile(form=chosen)
        return chosen
    if output is None:
        return "table"
    ending = os.path.splitext(output)[1].lower()
    if ending not in _ENDINGS:
        raise UnknownFormat(ending=ending or output)
    return _ENDINGS[ending]


def _rendered(page: Page, form: str, output: str | None) -> bytes:
    from blangko.reports import machine

    if form in page.files:
        return page.files[form]()
    if form == "xlsx":
        from blangko.reports.workbook import table_workbook

        return table_workbook("blangko", *page.rows(), page.summed)
    if form == "json":
        return machine.as_json(page.data()).encode()
    if form == "csv":
        return machine.as_csv(*page.rows()).encode()
    if form == "excel-csv":
        return machine.as_excel_csv(*page.rows())
    if form == "markdown":
        return machine.as_markdown(*page.rows()).encode()
    if form == "table":
        return ("\n".join(page.text()) + "\n").encode()
    raise UnknownFormat(ending=form if output is None else os.path.splitext(output)[1] or form)


def save(
    output: str,
    made: bytes,
    book_place: str,
    record: Callable[[], object] = lambda: None,
    is_private: bool = False,
    is_told: bool = True,
) -> None:
    """Save the file as `store.saved.save` does, and say where."""
    from blangko.store import saved

    saved.save(output, made, book_place, record, is_private)
    if is_told:
        print(_("Saved: {path}").format(path=plain(output)), file=sys.stderr)


# --- A mark outside the book ---------------------------------------------------------------------

MarkFile = Annotated[
    str | None,
    typer.Option("--mark", metavar="FILE", help=N_("a file outside the book that keeps the last proved seal")),
]


def kept_mark(path: str | None) -> Mark | None:
    """The mark that was kept at `path`; None when none is kept yet, or none is asked for."""
    if path is None:
        return None
    from blangko.exchange.mark import read_mark

    return read_mark(path)


def keep_mark(path: str | None, mark: Mark | None, book_place: str) -> None:
    """Keep the mark of a book that was just proved, when that is asked for."""
    if path is None or mark is None:
        return
    from blangko.exchange.mark import mark_file

    try:
        save(path, mark_file(mark), book_place, is_told=False)
    except CannotCreate as error:
        # What was proved is proved; the next proof begins at the old mark.
        print("\n".join(told(error)), file=sys.stderr)


def is_plain(stream: Any) -> bool:
    """Whether a stream shows letters only: not a terminal, or one that cannot show blocks."""
    return not stream.isatty() or (stream.encoding or "").lower().replace("-", "") != "utf8"

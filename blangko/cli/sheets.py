"""A clerk's own sheet, taken into the book: read, asked about, held against the book, told, and written."""

import hashlib
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stdout
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from blangko.cli.reading import form_asked
from blangko.cli.saving import save
from blangko.cli.screen import ask, ask_yes, somebody_is_there
from blangko.cli.writing import Writing, WritingTask
from blangko.core.numbers import whole_number
from blangko.errors import BlangkoError, CannotCreate, NumberOutOfRange, UnknownFormat
from blangko.errors.files import NotAsked
from blangko.stockroom import open_book
from blangko.words.language import N_, _
from blangko.words.options import called
from blangko.words.written import harmless

if TYPE_CHECKING:
    from blangko.exchange.beside import Beside
    from blangko.exchange.blocks import Hints
    from blangko.exchange.found import Guess
    from blangko.exchange.reading import Reading
    from blangko.exchange.sheets import Grid

commands = typer.Typer()


class ImportTask(WritingTask):
    """The days are those of the sheet, and the key is the sheet's own content."""

    left_out = ("on", "key")


@commands.command("import", cls=ImportTask)
def import_file(
    writing: Writing,
    path: Annotated[str, Argument(metavar="FILE", help=N_("the clerk's sheet: .xlsx .xls .ods .csv"))],
    replace: Annotated[
        bool, Option("--replace", help=N_("days that differ: take the book's entries back and write the sheet's"))
    ] = False,
    dry_run: Annotated[bool, Option("--dry-run", help=N_("the report alone; nothing is written"))] = False,
    sheet: Annotated[
        list[str] | None, Option("--sheet", metavar="NAME", help=N_("this sheet alone; may be given again"))
    ] = None,
    columns: Annotated[
        str | None, Option("--columns", metavar="TEXT", help=N_('what columns are: "printed=Cetak,received=Masuk"'))
    ] = None,
    date_order: Annotated[
        str | None, Option("--date-order", metavar="dmy|mdy", help=N_("dmy: 2/10 is 2 October; mdy: it is 10 February"))
    ] = None,
    year: Annotated[str | None, Option("--year", metavar="YEAR", help=N_("the year of days without one"))] = None,
    remarks: Annotated[
        str | None,
        Option("--remarks", metavar=N_("read|ignore"), help=N_("cards that only a remark tells of")),
    ] = None,
    mark_up: Annotated[
        str | None,
        Option("--mark-up", metavar="FILE", help=N_("the sheet with remarks beside its rows, .xlsx")),
    ] = None,
    form: Annotated[str | None, Option("-f", "--format", metavar="FORMAT", help=N_("table, json"))] = None,
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", help=N_("the report into a file: .txt .json"))
    ] = None,
) -> None:
    from blangko.exchange.beside import refusal
    from blangko.exchange.sheets import read_file, read_sheets

    form = _report_form(form, output)
    _refuse_mark_up(mark_up, path)
    hints = _typed_hints(sheet, columns, date_order, year, remarks)
    # Looked at first, so that a missing book is told before a long sheet is read.
    open_book(writing.place).close()
    content = read_file(path)
    reading = _read_and_ask(read_sheets(path, content), hints, writing)
    beside = _beside(writing, reading)
    refused = refusal(path, reading, beside.seen, replace)
    _tell(path, reading, beside, refused, (form, output, writing.place))
    if mark_up is not None:
        _save_marked(mark_up, path, content, reading, beside, writing.place)
    if refused:
        raise refused
    if dry_run:
        print(_("Nothing was written: this was a trial."), file=sys.stderr)
        return
    if not writing.desk.yes and not ask_yes(_question(replace and bool(beside.seen.differing))):
        raise NotAsked(what=path)
    # What a program reads stays whole: what is said of the writing goes where talk goes.
    with redirect_stdout(sys.stderr) if form == "json" and output is None else nullcontext():
        _write(writing, path, content, reading, beside, replace)


def _question(replaces: bool) -> str:
    if replaces:
        return _("Take these entries back, and write the sheet's rows into the book? [y/N] ")
    return _("Write these rows into the book? [y/N] ")


def _write(writing: Writing, path: str, content: bytes, reading: "Reading", beside: "Beside", replace: bool) -> None:
    from blangko.exchange.compare import compare, wanted
    from blangko.stockroom.files import import_entries
    from blangko.words.sheets import replaced_by

    agreed = beside.seen if replace else None
    digest = hashlib.sha256(content).hexdigest()
    writing.record(
        lambda book, desk: import_entries(
            book,
            desk,
            reading.first_day,
            lambda *held: wanted(compare(reading.lines, *held), path, agreed),
            digest,
            replaced_by(os.path.basename(path)),
        )
    )


# --- What was said of the sheet -------------------------------------------------------------------


def _report_form(form: str | None, output: str | None) -> str:
    chosen = form_asked(form, output)
    if chosen not in ("table", "json"):
        raise UnknownFormat(ending=form or os.path.splitext(output or "")[1], endings=(".txt", ".json"))
    return chosen


def _typed_hints(
    sheets: Sequence[str] | None, columns: str | None, order: str | None, year: str | None, remarks: str | None
) -> "Hints":
    from blangko.exchange.blocks import Hints
    from blangko.exchange.hints import hinted

    hints = Hints(sheets=tuple(sheets or ()))
    for option, value in (("--columns", columns), ("--date-order", order), ("--year", year), ("--remarks", remarks)):
        if value is not None:
            hints = hinted(hints, option, value)
    return hints


def _read_and_ask(grids: "Sequence[Grid]", hints: "Hints", writing: Writing) -> "Reading":
    """Read the sheet, again after each answer of somebody at the terminal, until nothing is open or nobody answers."""
    from blangko.exchange.hints import hinted
    from blangko.exchange.reading import read
    from blangko.stockroom.look import calendar_on

    today = writing.desk.today
    with open_book(writing.place) as book, book.reading():
        calendar = calendar_on(book, today)
    asked: set[str] = set()
    while True:
        reading = read(grids, hints, today, calendar.is_open)
        guess = next((each for each in reading.guesses if each.has_answers and str(each) not in asked), None)
        if guess is None or not somebody_is_there():
            return reading
        asked.add(str(guess))
        answer = _answer(guess)
        if answer is None:
            return reading
        hints = hinted(hints, guess.option, answer)


def _answer(guess: "Guess") -> str | None:
    """The choice of whoever sits at the terminal, by its number; None when none was made."""
    from blangko.words.sheets import as_typed, guess_told

    question = [guess_told(guess.code, guess.sheet, guess.facts)]
    typed = [f"{called(guess.option)} {as_typed(guess.option, choice)}" for choice in guess.choices]
    question += [f"  {number}  {words}" for number, words in enumerate(typed, 1)]

    def choice(said: str) -> str | None:
        number = whole_number(said) if said else 0
        if number > len(guess.choices):
            raise NumberOutOfRange(number=number, low=1, high=len(guess.choices))
        return guess.choices[number - 1] if number else None

    return ask(harmless("\n".join(question)) + "\n" + _("Number (Enter: leave it open):"), "", choice)


# --- Beside the book ------------------------------------------------------------------------------


def _beside(writing: Writing, reading: "Reading") -> "Beside":
    from blangko.exchange.beside import beside
    from blangko.stockroom.files import standing
    from blangko.stockroom.look import balance_on

    with open_book(writing.place) as book, book.reading():
        held = standing(book, reading.first_day)
        return beside(reading, *held, lambda day: balance_on(book, day).on_hand)


def _tell(
    path: str, reading: "Reading", beside: "Beside", refusal: BlangkoError | None, where: tuple[str, str | None, str]
) -> None:
    form, output, place = where
    if form == "json":
        made = _as_data(path, reading, beside, refusal)
    else:
        from blangko.reports.imported import report_told

        made = harmless("\n".join(report_told(reading, beside))) + "\n"
    if output is None:
        sys.stdout.write(made)
        sys.stdout.flush()
    else:
        save(output, made.encode(), place)


def _refuse_mark_up(output: str | None, path: str) -> None:
    """Refuse to put the sheet with remarks into another kind of file, or in the place of the sheet.

    Raises:
        UnknownFormat, CannotCreate: As their names say.
    """
    if output is None:
        return
    ending = os.path.splitext(output)[1].lower()
    if ending != ".xlsx":
        raise UnknownFormat(ending=ending or output, endings=(".xlsx",))
    if os.path.exists(output) and os.path.exists(path) and os.path.samefile(output, path):
        raise CannotCreate(path=output, reason="it is the sheet itself")


def _save_marked(output: str, path: str, content: bytes, reading: "Reading", beside: "Beside", place: str) -> None:
    from blangko.exchange.markup import marked_up
    from blangko.reports.imported_marks import areas, remarks

    marks = remarks(reading, beside.seen)
    made = marked_up(path, content, reading.grids, areas(reading), marks, _("Remarks of blangko"))
    is_replaced = os.path.exists(output)
    save(output, made, place)
    if is_replaced:
        print(_("It takes the place of the file that was there."), file=sys.stderr)


def _as_data(path: str, reading: "Reading", beside: "Beside", refusal: BlangkoError | None) -> str:
    from blangko.reports.imported_data import import_data
    from blangko.reports.machine import as_json, code_of

    return as_json(import_data(path, reading, beside.seen, beside.closings, code_of(refusal)))

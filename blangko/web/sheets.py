"""Impor: a clerk's sheet is given to the page, told row by row, asked about, and written as one command."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple, cast

from flask import Blueprint, Response, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.standing import Standing, Wanted
from blangko.errors import BlangkoError
from blangko.errors.files import BadSheet, DaysDiffer, MissingExtra, SheetUnclear
from blangko.errors.web import NoFileChosen, NotAgreed, SheetGone
from blangko.exchange.beside import Beside, beside, mark_of, refusal
from blangko.exchange.blocks import Hints
from blangko.exchange.compare import compare, wanted
from blangko.exchange.hints import hinted
from blangko.exchange.markup import marked_up
from blangko.exchange.reading import Reading, read
from blangko.exchange.sheets import WORKBOOKS, read_sheets
from blangko.reports.imported import empty_sheet
from blangko.reports.imported_marks import areas, remarks
from blangko.reports.imported_page import RowTold, sheet_told
from blangko.stockroom import Book
from blangko.stockroom.desk import Desk, Posted
from blangko.stockroom.files import import_entries, import_key, standing
from blangko.stockroom.look import balance_on, calendar_on
from blangko.web import desk
from blangko.web.desk import Task, typed
from blangko.web.held import Answer, Held, Shelf
from blangko.words.language import _
from blangko.words.refusals import told
from blangko.words.sheets import choice_told, replaced_by
from blangko.words.written import plain

pages = Blueprint("sheets", __name__)
ROWS_SHOWN = 200
LONGEST_NAME = 100
ENDINGS = (*WORKBOOKS, ".csv", ".txt", ".tsv")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID_MORE = ("--columns", "--date-order", "--year", "--remarks")
"""What may be said of a sheet though nothing was asked; the field of each is called as the option."""
_SHELF = "blangko.sheets"


class Seen(NamedTuple):
    """A sheet as it was read, beside the book, and under which key it would be written."""

    reading: Reading
    beside: Beside
    key: str


@pages.record_once
def _with_a_shelf(state: Any) -> None:
    state.app.extensions[_SHELF] = Shelf()


@pages.get("/import")
def home() -> ResponseReturnValue:
    return shown()


@pages.post("/import")
def upload() -> ResponseReturnValue:
    try:
        name, content = _uploaded()
        # What is no sheet at all is told beside the field, and not kept.
        read_sheets(name, content)
    except BlangkoError as error:
        return shown(told(error)), 400
    _shelf().drop(_token())
    session["sheet"] = _shelf().put(name, content)
    return redirect(url_for("sheets.home"), code=303)


@pages.post("/import/answers")
def answers() -> ResponseReturnValue:
    held = _held()
    if held is None:
        return shown(told(SheetGone())), 409
    said = () if "anew" in request.form else (*held.answers, *_answers())
    try:
        _hints(said)
    except BlangkoError as error:
        return shown(told(error)), 400
    _shelf().answer(_token(), said)
    return redirect(url_for("sheets.home"), code=303)


@pages.post("/import/away")
def away() -> ResponseReturnValue:
    _put_away()
    return redirect(url_for("sheets.home"), code=303)


@pages.post("/import/write")
def write() -> ResponseReturnValue:
    return desk.write(_import, shown, url_for("sheets.home"))


@pages.get("/import/empty.xlsx")
def empty() -> ResponseReturnValue:
    return _workbook(empty_sheet(), "isian.xlsx")


@pages.get("/import/remarks.xlsx")
def with_remarks() -> ResponseReturnValue:
    """The sheet itself with what is said of its rows beside them."""
    held = _held()
    if held is None:
        raise SheetGone
    seen = _seen(held)
    marks = remarks(seen.reading, seen.beside.seen)
    made = marked_up(
        held.name, held.content, seen.reading.grids, areas(seen.reading), marks, _("Remarks of blangko")
    )  # fmt: skip
    return _workbook(made, "blangko.xlsx")


def shown(lines: list[str] | None = None) -> str:
    """The page: the field for a file, or what was understood of the one that is here."""
    held = _held()
    if held is None:
        # A book that cannot be read, or was not chosen yet, is told of before somebody brings a sheet.
        desk.opened().close()
        return render_template("sheets.html", sheet=None, refused=lines, endings=",".join(ENDINGS))
    try:
        seen = _seen(held)
    except (BadSheet, MissingExtra) as error:
        _put_away()
        return render_template("sheets.html", sheet=None, refused=told(error), endings=",".join(ENDINGS))
    report = sheet_told(seen.reading, seen.beside)
    stopped = refusal(held.name, seen.reading, seen.beside.seen, replace=True)
    return render_template(
        "sheets.html",
        sheet=report,
        name=held.name,
        answered=[choice_told(option, value) for option, value in held.answers],
        names=[grid.name for grid in seen.reading.grids if grid.name],
        is_open=isinstance(stopped, SheetUnclear),
        stopped=told(stopped) if stopped and not isinstance(stopped, SheetUnclear) else [],
        is_ready=stopped is None,
        mark=mark_of(seen.beside.seen),
        key=seen.key,
        refused=lines,
        typed=request.form,
        **_part(report.rows),
    )


def _part(rows: Sequence[RowTold]) -> dict[str, Any]:
    """The rows of one page of the report, those that need a look alone where they are asked for."""
    few = "few" in request.args
    kept = [row for row in rows if row.state in ("trouble", "differing")] if few else list(rows)
    asked = request.args.get("from", "")
    first = min(int(asked) if asked.isascii() and asked.isdigit() else 0, max(len(kept) - 1, 0))
    return {
        "rows": kept[first : first + ROWS_SHOWN],
        "few": few,
        "first": first,
        "all_rows": len(kept),
        "earlier": max(first - ROWS_SHOWN, 0) if first else None,
        "later": first + ROWS_SHOWN if first + ROWS_SHOWN < len(kept) else None,
    }


# --- The file -----------------------------------------------------------------------------------------------


def _uploaded() -> tuple[str, bytes]:
    """The name of the file that was sent, without the folders of another computer, and what it holds."""
    file = request.files.get("sheet")
    if file is None or not file.filename:
        raise NoFileChosen
    name = plain(PureWindowsPath(PurePosixPath(file.filename).name).name)
    return name[-LONGEST_NAME:] or "-", file.read()


def _shelf() -> Shelf:
    return cast(Shelf, current_app.extensions[_SHELF])


def _token() -> str:
    return str(session.get("sheet", ""))


def _held() -> Held | None:
    return _shelf().get(_token())


def _put_away() -> None:
    _shelf().drop(_token())
    session.pop("sheet", None)


def _workbook(made: bytes, name: str) -> Response:
    return Response(made, mimetype=WORKBOOK, headers={"Content-Disposition": f'attachment; filename="{name}"'})


# --- What is said of it ---------------------------------------------------------------------------------------


def _answers() -> list[Answer]:
    """What was chosen among the answers, and what was said of the sheet without being asked."""
    asked = [(name.removeprefix("answer "), value) for name, value in request.form.items() if _is_answer(name)]
    chosen = [(option.partition(" ")[2], value) for option, value in asked if value]
    more = [(option, said) for option in SAID_MORE if (said := typed(option))]
    sheets = [("--sheet", name) for name in request.form.getlist("--sheet")]
    return [*chosen, *more, *sheets]


def _is_answer(name: str) -> bool:
    return name.startswith("answer ")


def _hints(said: Sequence[Answer]) -> Hints:
    hints = Hints()
    for option, value in said:
        hints = hinted(hints, option, value)
    return hints


def _seen(held: Held) -> Seen:
    """The sheet read anew, and held against the book as it is now."""
    today = config.today()
    with desk.opened() as book, book.reading():
        calendar = calendar_on(book, today)
    # Not while the book is held: a large sheet takes seconds, and clerks want to write.
    reading = read(read_sheets(held.name, held.content), _hints(held.answers), today, calendar.is_open)
    with desk.opened() as book, book.reading():
        now = standing(book, reading.first_day)
        found = beside(reading, *now, lambda day: balance_on(book, day).on_hand)
        return Seen(reading, found, import_key(book, _digest(held)))


def _digest(held: Held) -> str:
    return hashlib.sha256(held.content).hexdigest()


# --- Written --------------------------------------------------------------------------------------------------


def _import() -> Task:
    held = _held()
    if held is None:
        return _written_before
    agreed = typed("agreed") if "replace" in request.form else None
    seen = _seen(held)

    def decide(now: Sequence[Standing], opened_on: date | None) -> Wanted:
        found = compare(seen.reading.lines, now, opened_on)
        agrees = mark_of(found) == agreed
        refused = refusal(held.name, seen.reading, found, agrees)
        if isinstance(refused, DaysDiffer):
            raise NotAgreed(days=refused.days)
        if refused:
            raise refused
        return wanted(found, held.name, found if agrees else None)

    def task(book: Book, who: Desk) -> Posted:
        digest, reason = _digest(held), replaced_by(held.name)
        posted = import_entries(book, who, seen.reading.first_day, decide, digest, reason)
        _put_away()
        return posted

    return task


def _written_before(book: Book, who: Desk) -> Posted:
    """What the same form wrote when it was sent the first time; refused where it never was."""

    def decide(_now: Sequence[Standing], _opened_on: date | None) -> Wanted:
        raise SheetGone

    return import_entries(book, who, None, decide, "")

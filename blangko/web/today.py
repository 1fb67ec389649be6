"""Hari ini: the verdict, four numbers, the picture, and the day's prints in one form."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.advice import advice
from blangko.core.answer import answer
from blangko.core.columns import STOP_CAUSES
from blangko.core.demand import empty_stretches
from blangko.core.entry import movement
from blangko.core.numbers import cards, entry_number
from blangko.core.ration import ration
from blangko.errors import BlangkoError, MissingWord
from blangko.reports.advice import status_advice
from blangko.reports.answer import notes, verdict
from blangko.reports.chart import NARROW, picture_of, stock_chart
from blangko.reports.ledger import written
from blangko.reports.remarks import stop_word
from blangko.reports.summary import numerals
from blangko.stockroom import look, tasks
from blangko.stockroom.post import post
from blangko.web import desk, guard
from blangko.web.desk import Task, typed
from blangko.words.language import _
from blangko.words.refusals import told
from blangko.words.typed import typed_date
from blangko.words.written import long_day

pages = Blueprint("today", __name__)
LAST_WEEK = 5
"""So many of the days not written yet are one click away."""


@pages.get("/")
def home() -> ResponseReturnValue:
    return shown()


@pages.post("/print")
def prints() -> ResponseReturnValue:
    return desk.write(_prints, shown, url_for("today.home"))


@pages.post("/undo")
def undo() -> ResponseReturnValue:
    return desk.write(_undo, shown, url_for("today.home"))


@pages.get("/day")
def day() -> ResponseReturnValue:
    """A date as it was understood, with its weekday, in a few words of plain text."""
    try:
        said = long_day(typed_date(request.args.get("text", ""), config.today(), ahead=True))
    except BlangkoError as error:
        said = " ".join(told(error))
    return Response(said, mimetype="text/plain")


@pages.get("/picture.svg")
def picture() -> ResponseReturnValue:
    """The picture of the stock, for a phone where `narrow` is asked for."""
    today = config.today()
    with desk.opened() as book:
        drawn = picture_of(answer(look.facts(book, today, clock=config.time_of_day())))
    width = {"width": NARROW} if "narrow" in request.args else {}
    return Response(stock_chart(drawn, **width), mimetype="image/svg+xml")


def shown(lines: list[str] | None = None) -> str:
    """The page, with why a form was refused and what was typed into it where it was."""
    with desk.opened() as book, book.reading():
        known = look.facts(book, config.today(), clock=config.time_of_day())
        usual = look.printed_for(book, known)
        last = tasks.last_command(book)
    whole = answer(known)
    held = ration(whole, printed_for=usual)
    status = whole.status
    return render_template(
        "today.html",
        office=status.office,
        status=status,
        verdict=verdict(status),
        advice=status_advice(advice(whole, held), status, held),
        numerals=numerals(status, empty_stretches(known.days, known.calendar, known.as_of)),
        notes=notes(status),
        last=last,
        last_said=written(last),
        missing=status.missing_workdays[-LAST_WEEK:],
        causes=[(cause, stop_word(cause)) for cause in STOP_CAUSES],
        on=_day_meant(),
        typed=request.form,
        refused=lines,
        may_write=guard.may("write"),
    )


def _day_meant() -> str:
    return request.form.get("on", "") or request.args.get("on", "")


def _prints() -> Task:
    on, cause = desk.typed_day("on"), typed("cause")
    number = typed("printed")
    if number is None and not cause:
        raise MissingWord(missing=_("Prints"))
    if cause and cause not in STOP_CAUSES:
        cause = "other"
    drafts = [movement("print", on, cards(number or "0"), cause=cause)]
    if spoiled := cards(typed("spoiled") or "0"):
        drafts.append(movement("spoil", on, spoiled, cause="print"))
    return lambda book, who: post(book, who, drafts)


def _undo() -> Task:
    number = entry_number(typed("entry_no"))
    reason = typed("reason") or _("taken back at the page")
    return lambda book, who: tasks.undo(book, who, number, reason)

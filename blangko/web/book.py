"""Buku: the stock card day by day, and each entry with its command, its reversal and its seal."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.card import Line, matching
from blangko.core.columns import KINDS
from blangko.core.workdays import ONE_DAY
from blangko.errors import BackwardsPeriod, BlangkoError
from blangko.reports.answer import identity_sides
from blangko.reports.entry import entry_pairs
from blangko.reports.ledger import kind_word, said
from blangko.reports.table import capital
from blangko.stockroom import look, papers, tasks
from blangko.web import desk, guard
from blangko.web.desk import Task
from blangko.words.language import _
from blangko.words.refusals import told
from blangko.words.typed import typed_date

pages = Blueprint("book", __name__)
USUAL_DAYS = 31
"""So many days are shown unless somebody asks for others."""
MOST_LINES = 1500
"""So many entries fit on one page; of a longer period the last ones are shown."""


class Asked(NamedTuple):
    """Which part of the book is to be shown."""

    first: date
    last: date
    kind: str | None = None
    text: str = ""


@pages.get("/book")
def home() -> ResponseReturnValue:
    try:
        asked, refused = _asked(), None
    except BlangkoError as error:
        asked, refused = _usual(config.today()), told(error)
    with desk.opened() as book, book.reading():
        listed = look.lines(book, asked.first, asked.last)
        total = look.balance_on(book, asked.last)
        entries, _seal = book.last()
    found = matching(listed, asked.kind, asked.text)
    return render_template(
        "book.html",
        asked=asked,
        days=_by_day(found[-MOST_LINES:]),
        left_out=max(len(found) - MOST_LINES, 0),
        kinds=[(kind, capital(kind_word(kind))) for kind in KINDS],
        identity=identity_sides(total),
        entries=entries,
        others=_ways(asked),
        refused=refused,
        said=said,
        card=_address(asked, "book.paper"),
        may_write=guard.may("write"),
    ), (400 if refused else 200)


def _asked() -> Asked:
    """What the address asks for.

    Raises:
        NotADate, BackwardsPeriod: The days are none.
    """
    first, last = (_day(name) for name in ("from", "to"))
    usual = _usual(last or config.today())
    asked = Asked(first or usual.first, usual.last, request.args.get("kind") or None, request.args.get("text", ""))
    if asked.last < asked.first:
        raise BackwardsPeriod(first=asked.first, last=asked.last)
    return asked._replace(kind=asked.kind if asked.kind in KINDS else None, text=asked.text.strip())


def _usual(last: date) -> Asked:
    return Asked(last - timedelta(days=USUAL_DAYS - 1), last)


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    return typed_date(text, config.today()) if text else None


def _by_day(listed: list[Line]) -> list[tuple[date, list[Line]]]:
    return [(day, list(lines)) for day, lines in groupby(listed, key=lambda each: each.entry.occurred_on)]


def _ways(asked: Asked) -> list[tuple[str, str]]:
    """The days before and after those that are shown, as addresses and what they are called."""
    length = asked.last - asked.first + ONE_DAY
    earlier = asked._replace(first=asked.first - length, last=asked.first - ONE_DAY)
    ways = [(_address(earlier), _("Earlier"))]
    if asked.last < config.today():
        later = asked._replace(first=asked.last + ONE_DAY, last=min(asked.last + length, config.today()))
        ways.append((_address(later), _("Later")))
    return ways


def _address(asked: Asked, endpoint: str = "book.home") -> str:
    days: dict[str, Any] = {"from": asked.first.isoformat(), "to": asked.last.isoformat()}
    return url_for(endpoint, **days, kind=asked.kind, text=asked.text or None)


@pages.get("/book/card.pdf")
def paper() -> ResponseReturnValue:
    """The stock card of the days shown, as a paper."""
    from blangko.reports.card_page import card_pdf

    asked = _asked()
    with desk.opened() as book:
        drawn = papers.stock_card(book, asked.first, asked.last, config.today())
    return Response(card_pdf(drawn), mimetype="application/pdf")


@pages.get("/book/<int:number>")
def entry(number: int) -> ResponseReturnValue:
    return _shown(number)


def _shown(number: int, refused: list[str] | None = None) -> str:
    with desk.opened() as book:
        line, command = look.entry_line(book, number)
    return render_template(
        "entry.html",
        line=line,
        entry=line.entry,
        pairs=entry_pairs(line.entry),
        command=command,
        typed=request.form,
        refused=refused,
        said=said,
        may_write=guard.may("write"),
    )


@pages.post("/book/<int:number>/undo")
def undo(number: int) -> ResponseReturnValue:
    return desk.write(lambda: _undo(number), lambda lines: _shown(number, lines), url_for("book.entry", number=number))


def _undo(number: int) -> Task:
    reason = desk.needed("reason", _("Reason"))
    return lambda book, who: tasks.undo(book, who, number, reason)

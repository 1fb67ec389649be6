"""Kalender: the office's year and the giver's; days are clicked, and said to be closed or open with a reason."""

from __future__ import annotations

from calendar import Calendar as Weeks
from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.calendar import (
    CLOSED,
    OPENED,
    PRINTING_STOPPED,
    SOURCE_CLOSED,
    days_stated,
    open_by_month,
)
from blangko.core.entry import Entry
from blangko.core.facts import Facts
from blangko.core.numbers import whole_number
from blangko.core.workdays import Calendar
from blangko.errors import BlangkoError
from blangko.reports.calendar import day_said, known_until
from blangko.reports.ledger import said
from blangko.stockroom import look
from blangko.stockroom.post import post
from blangko.web import desk, guard
from blangko.web.desk import Task, needed, typed
from blangko.words.language import N_, _
from blangko.words.refusals import told
from blangko.words.typed import YEARS, typed_date
from blangko.words.written import long_day, month, weekday

pages = Blueprint("calendar", __name__)
SUBJECTS = {
    CLOSED: N_("the office is closed"),
    OPENED: N_("the office is open"),
    SOURCE_CLOSED: N_("the giver is closed"),
    PRINTING_STOPPED: N_("nothing can be printed"),
}
"""What can be said of days."""
GIVER = "giver"


class Cell(NamedTuple):
    """A day of a month: its number, what it is called aloud, how it looks, and where a click on it leads."""

    number: int
    said: str
    look: str
    address: str


class Chosen(NamedTuple):
    """The year that is shown, whose it is, and the days that were clicked."""

    year: int
    whose: str
    first: date | None = None
    last: date | None = None

    @property
    def is_giver(self) -> bool:
        return self.whose == GIVER

    def clicked(self, day: date) -> Chosen:
        """The first click begins a period, the second ends it, and the next begins another."""
        if self.first is None or self.last is not None or day < self.first:
            return self._replace(first=day, last=None)
        return self._replace(last=day)

    def holds(self, day: date) -> bool:
        return self.first is not None and self.first <= day <= (self.last or self.first)


@pages.get("/calendar")
def home() -> ResponseReturnValue:
    return _shown()


@pages.post("/calendar")
def say() -> ResponseReturnValue:
    return desk.write(_said, _shown, url_for("calendar.home", year=request.args.get("year"), of=request.args.get("of")))


def _said() -> Task:
    subject = typed("subject")
    first = typed_date(needed("from", _("First day")), config.today(), ahead=True)
    draft = days_stated(
        config.today(),
        subject if subject in SUBJECTS else CLOSED,
        first,
        desk.day_ahead("until") or first,
        needed("reason", _("Reason")),
    )
    return lambda book, who: post(book, who, [draft])


def _shown(refused: list[str] | None = None) -> str:
    today = config.today()
    try:
        chosen = _chosen(today)
    except BlangkoError as error:
        chosen, refused = Chosen(today.year, ""), [*(refused or ()), *told(error)]
    with desk.opened() as book, book.reading():
        known = look.facts(book, today)
        statements = look.calendar_statements(book, today)
    calendar = known.source if chosen.is_giver else known.calendar
    counted = open_by_month(calendar, chosen.year)
    return render_template(
        "calendar.html",
        chosen=chosen,
        weekdays=[weekday(number) for number in range(7)],
        months=[
            (month(date(chosen.year, number, 1)), counted[number - 1], _weeks(known, calendar, chosen, number))
            for number in range(1, 13)
        ],
        open_days=sum(counted),
        known_until=known_until(calendar),
        statements=_of_year(statements, chosen.year),
        subjects=[(subject, _(word)) for subject, word in SUBJECTS.items()],
        subject=request.form.get("subject") or (SOURCE_CLOSED if chosen.is_giver else CLOSED),
        address=_address,
        said=said,
        typed=request.form,
        refused=refused,
        may_write=guard.may("write"),
    )


def _chosen(today: date) -> Chosen:
    """What the address asks for.

    Raises:
        NotWholeNumber, NotADate: It is none.
    """
    text = request.args.get("year", "").strip()
    year = whole_number(text) if text else today.year
    return Chosen(
        year if year in YEARS else today.year, request.args.get("of", ""), _clicked("from"), _clicked("until")
    )


def _clicked(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    return typed_date(text, config.today(), ahead=True) if text else None


def _of_year(statements: list[Entry], year: int) -> list[Entry]:
    """What was said of days of that year, the newest first."""
    return [
        each
        for each in reversed(statements)
        if each.subject in SUBJECTS and each.due_on and each.until_on and each.due_on.year <= year <= each.until_on.year
    ]


def _weeks(known: Facts, calendar: Calendar, chosen: Chosen, number: int) -> list[list[Cell | None]]:
    """A month as weeks from Monday to Sunday; None where a day belongs to another month."""
    return [
        [_cell(known, calendar, chosen, day) if day.month == number else None for day in week]
        for week in Weeks().monthdatescalendar(chosen.year, number)
    ]


def _cell(known: Facts, calendar: Calendar, chosen: Chosen, day: date) -> Cell:
    stopped = not chosen.is_giver and day in known.stopped
    words = [long_day(day), day_said(calendar, day), _(SUBJECTS[PRINTING_STOPPED]) if stopped else ""]
    looks = {
        "shut": not calendar.is_open(day),
        "told": day in calendar.office or stopped,
        "nation": day in calendar.national,
        "now": day == known.as_of,
        "picked": chosen.holds(day),
    }
    return Cell(
        day.day,
        ", ".join(filter(None, words)),
        " ".join(name for name, holds in looks.items() if holds),
        _address(chosen.clicked(day)),
    )


def _address(chosen: Chosen) -> str:
    clicked = (("from", chosen.first), ("until", chosen.last))
    days: dict[str, Any] = {name: day.isoformat() for name, day in clicked if day}
    return url_for("calendar.home", year=chosen.year, of=chosen.whose or None, **days)

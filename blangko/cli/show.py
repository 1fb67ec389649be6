"""The commands that answer. Each returns its answer in every form; only the one asked for is made."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli.colour import Headline, alert_headline
from blangko.cli.reading import Page, ReadingTask, forms
from blangko.cli.saving import MarkFile, NewMark, keep_mark, kept_mark
from blangko.cli.screen import is_plain
from blangko.cli.supposing import Supposing, SupposingTask
from blangko.core.answer import answer, forecast_days
from blangko.core.calendar import open_by_month
from blangko.core.contract import status_data
from blangko.core.facts import Facts
from blangko.core.numbers import whole_number
from blangko.core.seal import Mark
from blangko.core.status import Status
from blangko.errors import BackwardsPeriod, MissingWord, NotWholeNumber, TooManyWords
from blangko.reports.alert import Alert
from blangko.stockroom import look, open_book
from blangko.stockroom.desk import Desk
from blangko.words.language import N_, _
from blangko.words.typed import YEARS, typed_date
from blangko.words.written import short_day

commands = typer.Typer()


class DailyTask(SupposingTask):
    """An answer that is looked at every day, at once and whole."""

    is_short = True


@commands.command("status", cls=DailyTask)
def status(asking: Supposing) -> Page:
    from blangko.core.advice import advice
    from blangko.core.ration import ration
    from blangko.reports import machine
    from blangko.reports.advice import status_advice
    from blangko.reports.answer import status_screen

    with open_book(asking.place) as book:
        known = look.facts(book, config.today(), clock=config.time_of_day())
        usual = look.printed_for(book, known)
    if asking.supposed:
        from blangko.cli import supposed

        return supposed.status(known, asking.supposed, usual)
    whole = answer(known)
    shown, held = whole.status, ration(whole, printed_for=usual)
    codes = advice(whole, held)

    def data() -> dict[str, Any]:
        return machine.status_answer(shown, codes)

    return Page(
        lambda: status_screen(shown, status_advice(codes, shown, held)),
        data,
        lambda: (("name", "value"), machine.flat(data())),
        headline=Headline(shown.level),
    )


class CardTask(ReadingTask):
    """The stock card is a paper too."""

    more_forms = ("pdf",)


@commands.command("card", cls=CardTask)
def card(
    ctx: typer.Context,
    first: Annotated[str | None, Option("--from", metavar="DATE", help=N_("from this day on"))] = None,
    last: Annotated[str | None, Option("--to", metavar="DATE", help=N_("up to this day"))] = None,
) -> Page:
    from blangko.reports import machine
    from blangko.reports.ledger import card_screen
    from blangko.stockroom import papers

    today = config.today()
    begin = typed_date(first, today) if first is not None else None
    end = typed_date(last, today) if last is not None else None
    if begin and end and end < begin:
        raise BackwardsPeriod(first=begin, last=end)
    with open_book(ctx.obj) as book:
        drawn = papers.stock_card(book, begin, end, today)
    rows = drawn.rows
    return Page(
        lambda: card_screen(rows, drawn.total),
        lambda: machine.card_data(rows),
        lambda: (machine.CARD_COLUMNS, [[row[name] for name in machine.CARD_COLUMNS] for row in rows]),
        files=forms(drawn, {"pdf": "card_page.card_pdf", "xlsx": "card_workbook.card_workbook"}),
    )


@commands.command("forecast", cls=SupposingTask)
def forecast(
    asking: Supposing,
    explain: Annotated[bool, Option("--explain", help=N_("every number with the numbers it comes from"))] = False,
) -> Page:
    from blangko.core.explain import explanation
    from blangko.reports import machine
    from blangko.reports.explain import explained_data, explained_screen
    from blangko.reports.forecast import forecast_screen
    from blangko.reports.forecast_workbook import ForecastPaper

    with open_book(asking.place) as book:
        known = look.facts(book, config.today(), clock=config.time_of_day())
    if asking.supposed:
        from blangko.cli import supposed

        return supposed.forecast(known, asking.supposed, explain)
    whole = answer(known)
    rows = forecast_days(whole)
    steps = explanation(whole) if explain else []
    if explain:
        return Page(
            lambda: explained_screen(whole.status, steps),
            lambda: {**machine.forecast_data(whole.status, rows), "explanation": explained_data(steps)},
            lambda: (("what", "value"), [[step.what, step.value] for step in steps]),
        )
    return Page(
        lambda: forecast_screen(whole.status, rows, is_plain(sys.stdout)),
        lambda: machine.forecast_data(whole.status, rows),
        lambda: (machine.FORECAST_COLUMNS, machine.forecast_rows(rows)),
        files=forms(ForecastPaper(whole), {"xlsx": "forecast_workbook.forecast_workbook"}),
        headline=Headline(whole.status.level),
    )


@commands.command("alert", cls=DailyTask)
def alert(
    asking: Supposing,
    mark: MarkFile = None,
    new_mark: NewMark = False,
    quiet: Annotated[bool, Option("--quiet", help=N_("say nothing while all is well"))] = False,
    notify: Annotated[
        bool, Option("--notify", help=N_("tell every change to people, by mail, Telegram and others"))
    ] = False,
    repeat: Annotated[bool, Option("--repeat", help=N_("with --notify: tell it again though nothing changed"))] = False,
    test: Annotated[bool, Option("--test", help=N_("with --notify: send a trial, marked as one"))] = False,
    addresses: Annotated[
        str | None, Option("--addresses", metavar="FILE", help=N_("with --notify: the file that holds the addresses"))
    ] = None,
) -> Page | None:
    if (repeat or test or addresses) and not notify:
        raise MissingWord(missing="--notify")
    if asking.supposed and notify:
        # What is only supposed is told to nobody.
        raise TooManyWords(unexpected="--notify")
    if asking.supposed:
        return _supposed_alert(asking, mark, new_mark, quiet)

    def seen_now() -> Alert:
        return _alert_of(*_proved_facts(asking.place, mark, new_mark))

    if notify:
        from blangko.cli.notify import Asked, look_and_tell

        seen = look_and_tell(seen_now, asking.place, Asked(addresses, repeat, test, quiet))
    else:
        seen = seen_now()
    if quiet and seen.code == 0:
        return None

    def data() -> dict[str, Any]:

        assert seen.shown, "what could not be read has raised its error"
        return {**status_data(seen.shown), "line": seen.line, "exit_code": seen.code}

    def rows() -> tuple[Sequence[str], list[list[Any]]]:
        from blangko.reports import machine

        return ("name", "value"), machine.flat(data())

    return Page(lambda: [seen.line], data, rows, seen.code, headline=alert_headline(seen.code))


def _supposed_alert(asking: Supposing, mark: str | None, new_mark: bool, quiet: bool) -> Page | None:
    from blangko.cli import supposed
    from blangko.core.suppose import compared

    assert asking.supposed, "something is supposed"
    known, broken = _proved_facts(asking.place, mark, new_mark)
    seen = compared(known, asking.supposed)
    now, then = (_judged(each.status, broken) for each in (seen.before, seen.after))
    return None if quiet and then.code == 0 else supposed.alert(seen, now, then)


def _proved_facts(place: str, mark: str | None, new_mark: bool) -> tuple[Facts, str]:
    """What the book says, and which proof of it failed; nothing where all its seals are whole."""
    from blangko.stockroom.seals import proved_seals

    today = config.today()
    kept = kept_mark(mark, new_mark)
    with open_book(place) as book:
        proved = proved_seals(book, today, kept)
        known = look.facts(book, today, clock=config.time_of_day())
    keep_mark(mark, proved, place)
    return known, "" if proved else _broken_since(kept)


def _alert_of(known: Facts, broken: str) -> Alert:
    return _judged(answer(known).status, broken)


def _judged(shown: Status, broken: str) -> Alert:
    """The alert of an answer, unless a proof failed or the clock is wrong."""
    from blangko.reports.alert import known_alert, unknown_alert

    if broken:
        return unknown_alert(broken, "seal", shown)
    # A replay looks back on purpose; elsewhere a book that is ahead of the clock means that the clock is wrong.
    if shown.entries_after > 0 and not config.is_replay():
        return unknown_alert(_("entries are dated after today: is the clock right?"), "clock", shown)
    return known_alert(shown)


def _broken_since(kept: Mark | None) -> str:
    if kept is None:
        return _("a seal is broken: run blangko verify")
    return _("the book is not as it was proved on {day}: run blangko verify with this mark").format(
        day=short_day(kept.proved_on)
    )


class CalendarTask(ReadingTask):
    """The days to come also go into the calendar of a telephone or a mail program."""

    more_forms = ("ics",)


@commands.command("calendar", cls=CalendarTask)
def calendar(
    ctx: typer.Context,
    year: Annotated[
        str | None, Argument(metavar="YEAR", help=N_("this year unless given; in .ics its closed days too"))
    ] = None,
    refresh: Annotated[
        bool, Option("--refresh", help=N_("write into the book what the calendar library knows beyond it"))
    ] = False,
) -> Page | None:
    from blangko.reports import machine
    from blangko.reports.calendar import calendar_screen

    today = config.today()
    wanted = _year(year) if year is not None else today.year
    with open_book(ctx.obj) as book:
        if refresh:
            _refresh(book, today)
        known = look.calendar_on(book, today)
    months = open_by_month(known, wanted)
    rows = machine.calendar_rows(known, wanted)
    named = [dict(zip(machine.CALENDAR_COLUMNS, row, strict=True)) for row in rows]
    return Page(
        lambda: calendar_screen(known, wanted, months),
        lambda: {
            "schema": "blangko.calendar/1",
            "year": wanted,
            "known_until": known.known_until,
            "open_days": months,
            "rows": named,
        },
        lambda: (machine.CALENDAR_COLUMNS, rows),
        files={"ics": lambda: _days_to_come(ctx.obj, today, wanted if year is not None else None)},
    )


def _days_to_come(place: str, today: date, year: int | None) -> bytes:
    """The file for a calendar; the closed days of a year go in when that year was named."""
    from blangko.reports.ics import calendar_file

    with open_book(place) as book:
        whole = answer(look.facts(book, today))
    return calendar_file(whole, year)


def _year(text: str) -> int:
    number = whole_number(text)
    if number not in YEARS:
        raise NotWholeNumber(text=text)
    return number


def _refresh(book: Any, today: date) -> None:
    from blangko.stockroom.tasks import refresh_calendar
    from blangko.words.written import count

    posted = refresh_calendar(book, Desk(today, config.now_utc(), config.account(), yes=True))
    text = _("{n} days of the national calendar were written into the book.") if posted.entries else ""
    print(text.format(n=count(len(posted.entries))) or _("The book knows all that the library knows."), file=sys.stderr)

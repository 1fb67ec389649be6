"""Care of the book: begin it, choose for it, prove it, try it out."""

import os
import sys
from datetime import date
from typing import Annotated, Any

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli import commands as register
from blangko.cli.arguments import office_code, optional_cards
from blangko.cli.colour import Headline, coloured, shows_colour
from blangko.cli.reading import Page, ReadingTask
from blangko.cli.saving import MarkFile, NewMark, keep_mark, kept_mark
from blangko.cli.screen import say, somebody_is_there
from blangko.cli.task import Task
from blangko.cli.writing import Writing, WritingTask
from blangko.core.facts import Facts
from blangko.core.numbers import cards
from blangko.core.settings import setting_name
from blangko.errors import MissingWord, TooManyWords
from blangko.reports.table import paragraph
from blangko.stockroom import look, open_book, tasks
from blangko.store.address import shown, with_office
from blangko.words.language import N_, _, language, machine_language, was_chosen
from blangko.words.typed import one_of
from blangko.words.written import plain

commands = typer.Typer()
OpeningCards = Annotated[str | None, Option("--opening", metavar="N", help=N_("usable cards counted on that day"))]
SpoiledCards = Annotated[str | None, Option("--spoiled", metavar="N", help=N_("spoiled cards held on that day"))]


NO_CODE = "00.00"
"""The code of an office that has not said its own."""


class InitTask(WritingTask):
    """A book is begun once; nothing is written twice by a retry, with a key or without."""

    left_out = ("key",)


@commands.command("init", cls=InitTask)
def init(
    writing: Writing,
    office: Annotated[str, Option("--office", metavar="NAME", help=N_("the office's name"))],
    code: Annotated[str | None, Option("--code", metavar="CODE", help=N_("the district's code, such as 61.03"))] = None,
    opening: OpeningCards = None,
    spoiled: SpoiledCards = None,
    daily: Annotated[
        str | None, Option("--daily", metavar="N", help=N_("usual use of a working day, until the book knows better"))
    ] = None,
    shared: Annotated[bool, Option("--shared", help=N_("for several accounts of this computer"))] = False,
    desktop: Annotated[bool, Option("--desktop", help=N_("with an icon on the desktop that opens the menu"))] = False,
) -> None:
    if not office.strip():
        raise MissingWord(missing="--office")
    place = config.shared_place() if shared else writing.place
    if not writing.desk.yes:
        tasks.refuse_risky(place)
    code = code or writing.named_office()
    chosen = {"office_name": office, "language": _language_of_a_new_book()}
    if somebody_is_there() and not writing.desk.yes and not os.path.lexists(place):
        from blangko.cli.interview import interview

        code, opening, daily, papers = interview(code, opening, daily, office_code)
        chosen |= papers
    if daily is not None:
        chosen["typical_daily_use"] = str(cards(daily, least=1))
    drafts = []
    if opening is not None or spoiled is not None:
        drafts = tasks.opening_drafts(writing.on, optional_cards(opening) or 0, optional_cards(spoiled) or 0)
    code = office_code(code or NO_CODE)
    tasks.start(place, code, writing.desk, chosen, drafts, 0o660 if shared else 0o600)
    place = with_office(place, code)
    say(_("A new book was begun: {path}").format(path=plain(shown(place))))
    if not drafts:
        say(_("Write the cards on the shelf with: blangko opening NUMBER"))
    with open_book(place) as book:
        from blangko.core.answer import answer
        from blangko.reports.answer import follows

        say(follows(answer(look.facts(book, writing.desk.today)).status))
    if desktop:
        from blangko.cli.desktop import set_icon

        set_icon(place)


def _language_of_a_new_book() -> str:
    """What this command speaks when that was asked for, else what the machine speaks."""
    return language() if was_chosen() else machine_language()


@commands.command("opening", cls=WritingTask)
def opening(
    writing: Writing,
    number: Annotated[str, Argument(metavar="N", help=N_("usable cards counted on that day"))],
    spoiled: SpoiledCards = None,
) -> None:
    drafts = tasks.opening_drafts(writing.on, cards(number), optional_cards(spoiled) or 0)
    writing.record(lambda book, desk: tasks.reopen(book, desk, drafts))


class SettingsTask(ReadingTask, WritingTask):
    """Without a value it answers, with one it writes, and then there is nothing to show or to save."""

    def invoke(self, ctx: Any) -> None:
        asked = {"--format": ctx.params["form"], "--output": ctx.params["output"]}
        given = [option for option, value in asked.items() if value is not None]
        if given and ctx.params["value"] is not None:
            raise TooManyWords(unexpected=given[0])
        super().invoke(ctx)


@commands.command("settings", cls=SettingsTask)
def settings(
    writing: Writing,
    name: Annotated[str | None, Argument(metavar="NAME", help=N_("one setting; all unless given"))] = None,
    value: Annotated[str | None, Argument(metavar="VALUE", help=N_('the new value; "-" for none'))] = None,
) -> Page | None:
    from blangko.reports.settings import settings_rows, settings_screen

    meant = setting_name(name) if name is not None else None
    if meant and value is not None:
        typed = value
        writing.record(lambda book, desk: tasks.change_setting(book, desk, writing.on, meant, typed))
        return None
    writing.writes_nothing()
    with open_book(writing.place) as book:
        statements = look.setting_statements(book)
        known = look.facts(book, writing.desk.today) if meant in (None, "quota_cards") else None
    rows = [row for row in settings_rows(statements) if meant in (None, row[0])]
    shown = {name: text for name, text, *_said in rows}
    return Page(
        lambda: settings_screen(rows, _quota_marked(known) if known else None),
        lambda: {"schema": "blangko.settings/1", "settings": shown},
        lambda: (("name", "value", "stated_on", "stated_by"), rows),
    )


def _quota_marked(known: Facts) -> tuple[date, int] | None:
    """The last day that was printed under a quota, and the quota, where it is the one in force and not the setting."""
    last = max(((day.day, day.quota) for day in known.days if day.quota is not None), default=None)
    if last is None or not last[1] or any(day >= last[0] for day, _ in known.quotas):
        return None
    return last[0], last[1]


@commands.command("verify", cls=ReadingTask)
def verify(
    ctx: typer.Context,
    code: Annotated[str | None, Option(metavar="CODE", help=N_("compare with the check code of a paper"))] = None,
    mark: MarkFile = None,
    new_mark: NewMark = False,
) -> Page:
    from blangko.exchange.receipts import seen_beside
    from blangko.reports.audit import COLUMNS, anchors_data, audit_screen, rows
    from blangko.stockroom.proof import verified

    if code is not None:
        if mark is not None:
            # Each is a proof of its own; told together they would be taken for one.
            raise TooManyWords(unexpected="--mark")
        return _compared(ctx.obj, code)
    kept = kept_mark(mark, new_mark)
    with open_book(ctx.obj) as book:
        seen = verified(book, config.today(), kept, lambda: seen_beside(ctx.obj, book.office_code, config.local_day))
    if seen.ok:
        keep_mark(mark, seen.mark, ctx.obj)
    found = rows(seen.findings)
    data = {"schema": "blangko.verify/1", "ok": seen.ok, "entries": seen.entries, "findings": found}
    return Page(
        lambda: audit_screen(seen.findings, seen.balance, seen.entries, seen.anchored),
        lambda: {**data, "anchored": anchors_data(seen.anchored)},
        lambda: (COLUMNS, [list(each.values()) for each in found]),
        0 if seen.ok else 1,
    )


def _compared(place: str, code: str) -> Page:
    from blangko.reports.audit import agreed
    from blangko.stockroom.proof import agrees

    with open_book(place) as book:
        read, since = agrees(book, code)
    said = agreed(code, read, since)
    data = {"schema": "blangko.verify/1", "ok": True, "findings": [], "check_code": code, "entry_no": read.entry_no}
    return Page(
        lambda: [line for each in said for line in paragraph(each)],
        lambda: {**data, "entries_since": since, "is_weak": read.is_weak},
        lambda: (("entry_no", "entries_since", "is_weak"), [[read.entry_no, since, read.is_weak]]),
    )


@commands.command("demo", cls=Task)
def demo(
    keep: Annotated[
        str | None, Option("--keep", metavar="FILE", help=N_("keep the book in this file, to play with"))
    ] = None,
) -> None:
    from tempfile import TemporaryDirectory

    if keep is not None:
        _tell_the_story(keep)
        print()
        print(_("The book was kept. Look at it as on its last day:"))
        print(f"  BLANGKO_TODAY=2017-10-27 blangko --db {plain(keep)} {register.shown('card', language())}")
        return
    with TemporaryDirectory(prefix="blangko-demo-") as folder:
        _tell_the_story(os.path.join(folder, "demo.db"))


def _tell_the_story(place: str) -> None:
    from blangko.core.answer import answer, forecast_days
    from blangko.reports.alert import alert_line
    from blangko.reports.answer import status_screen
    from blangko.reports.demo import invented, lesson
    from blangko.reports.forecast import forecast_screen
    from blangko.stockroom.demo import make_demo

    spoken = language()
    name = _("Disdukcapil Sanggau, invented days")
    last = make_demo(place, name, spoken, _("invented"))
    with open_book(place) as book:
        whole = answer(look.facts(book, last))
    rows, level = forecast_days(whole), whole.status.level
    _show(invented())
    _show([f"$ blangko {register.shown('status', spoken)}", "", *status_screen(whole.status), ""], Headline(level, 2))
    ahead = forecast_screen(whole.status, rows, not sys.stdout.isatty())
    _show([f"$ blangko {register.shown('forecast', spoken)}", "", *ahead, ""], Headline(level, 2))
    _show([f"$ blangko {register.shown('alert', spoken)}", "", alert_line(whole.status), ""], Headline(level, 1))
    _show(lesson(whole.status, {name: stated.number for name, stated in whole.facts.population.items()}))


def _show(lines: list[str], headline: Headline | None = None) -> None:
    print("\n".join(coloured(lines, headline) if headline and shows_colour(sys.stdout) else lines))


_TOPICS = {"buku": "book", "perkiraan": "forecast", "program": "programs", "keamanan": "security"}


@commands.command("guide", cls=Task)
def guide(
    topic: Annotated[
        str | None, Argument(metavar="TOPIC", help=N_("forecast, programs or security; the book unless given"))
    ] = None,
) -> None:
    from blangko.cli import pager
    from blangko.reports.guide import TOPICS, guide_screen

    pager.show("\n".join(guide_screen(one_of("TOPIC", topic, tuple(TOPICS), _TOPICS) or "book")) + "\n")


def topic_words() -> tuple[str, ...]:
    """The topics of the guide as the language spoken calls them."""
    return tuple(_TOPICS if language() == "id" else _TOPICS.values())

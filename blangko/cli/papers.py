"""The papers that leave the office."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli.arguments import optional_cards
from blangko.cli.reading import Page, ReadingTask, form_asked, forms
from blangko.cli.writing import Writing, WritingTask
from blangko.core.answer import answer
from blangko.core.contract import status_data
from blangko.core.entry import Entry
from blangko.core.month import Month
from blangko.core.summary import Summary
from blangko.errors import TooManyWords
from blangko.stockroom import look, open_book, tasks
from blangko.words.language import N_
from blangko.words.typed import days_of_month, typed_period

commands = typer.Typer()
_FORMS = {
    "markdown": "summary_text.summary_markdown",
    "html": "rendered.summary_html",
    "pdf": "rendered.summary_pdf",
    "png": "rendered.summary_png",
    "xlsx": "summary_workbook.summary_workbook",
}
_MONTH_FORMS = {
    "markdown": "month.month_markdown",
    "html": "month.month_html",
    "pdf": "month.month_pdf",
    "png": "month.month_png",
    "xlsx": "month_workbook.month_workbook",
}
First = Annotated[str | None, Option("--from", metavar="DATE", help=N_("from this day on"))]
Last = Annotated[str | None, Option("--to", metavar="DATE", help=N_("up to this day"))]


class IssueTask(ReadingTask, WritingTask):
    """A paper is handed out today, and only once: the second --issue finds the first."""

    left_out = ("on", "key")
    more_forms = ("html", "pdf", "png")


class LetterTask(ReadingTask, WritingTask):
    """A letter and the request that it asks for bear one date, which is today's; only Word fills a template."""

    left_out = ("on",)
    more_forms = ("pdf", "docx")

    def invoke(self, ctx: Any) -> None:
        if ctx.params["template"] is not None and form_asked(ctx.params["form"], ctx.params["output"]) != "docx":
            raise TooManyWords(unexpected="--template")
        super().invoke(ctx)


class NoticeTask(ReadingTask):
    """A notice goes out as a line, or as a card for a phone."""

    more_forms = ("png",)


@commands.command("summary", cls=IssueTask)
def summary(
    writing: Writing,
    week: Annotated[
        str | None, Option(metavar="WEEK", help=N_("a week such as 2017-W43; this week unless given"))
    ] = None,
    first: First = None,
    last: Last = None,
    since_receipt: Annotated[bool, Option("--since-receipt", help=N_("since the last delivery"))] = False,
    issue: Annotated[bool, Option("--issue", help=N_("record that this paper is handed out"))] = False,
) -> Page:
    from blangko.stockroom import papers

    _refuse_two_periods({"--since-receipt": since_receipt or None, "--week": week, "--from": first or last})
    if not issue:
        writing.writes_nothing()
    today = writing.desk.today
    with open_book(writing.place) as book:
        begin = papers.last_receipt(book, today) if since_receipt else None
        begin, end = (begin, today) if begin else typed_period(week, first, last, today)
        drawn = papers.summary(book, begin, end, today)
    return _issued(writing, drawn, _page) if issue else _page(drawn)


def _refuse_two_periods(named: Mapping[str, object]) -> None:
    """Refuse a second way of naming the days, which would be passed over."""
    given = [option for option, value in named.items() if value is not None]
    if len(given) > 1:
        raise TooManyWords(unexpected=given[1])


def _issued(writing: Writing, drawn: Summary, page: Callable[[Summary], Page]) -> Page:
    """The page of a summary, or of a month, that is handed out; recorded once it is made, and only once."""
    from blangko.stockroom import papers

    def record() -> None:
        with open_book(writing.place) as book:
            papers.issue_summary(book, writing.desk, drawn)

    if drawn.issued:
        return page(drawn)
    return page(papers.as_issued(drawn, writing.desk.today))._replace(record=record)


def _page(drawn: Summary) -> Page:
    from blangko.reports.summary import ROW_COLUMNS, row_data, summary_data
    from blangko.reports.summary_text import summary_screen

    return Page(
        lambda: summary_screen(drawn),
        lambda: summary_data(drawn, status_data(drawn.answer)),
        lambda: (ROW_COLUMNS, [list(row_data(row).values()) for row in drawn.rows]),
        files=forms(drawn, _FORMS),
    )


@commands.command("report", cls=IssueTask)
def report(
    writing: Writing,
    month: Annotated[
        str | None, Option(metavar="MONTH", help=N_("a month such as 2017-10; this one unless given"))
    ] = None,
    issue: Annotated[bool, Option("--issue", help=N_("record that this paper is handed out"))] = False,
) -> Page:
    from blangko.stockroom import papers

    if not issue:
        writing.writes_nothing()
    today = writing.desk.today
    with open_book(writing.place) as book:
        drawn = papers.month(book, *days_of_month(month, today), today)

    def page(of_the_month: Summary) -> Page:
        return _report(drawn._replace(summary=of_the_month))

    return _issued(writing, drawn.summary, page) if issue else _report(drawn)


def _report(drawn: Month) -> Page:
    from blangko.reports.month import month_data, month_screen
    from blangko.reports.summary import ROW_COLUMNS, row_data

    return Page(
        lambda: month_screen(drawn),
        lambda: month_data(drawn, status_data(drawn.summary.answer)),
        lambda: (ROW_COLUMNS, [list(row_data(row).values()) for row in drawn.summary.rows]),
        files=forms(drawn, _MONTH_FORMS),
    )


@commands.command("letter", cls=LetterTask)
def letter(
    writing: Writing,
    number: Annotated[
        str | None, Argument(metavar="N", help=N_("cards asked for; what the status says unless given"))
    ] = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of the letter"))] = None,
    officer: Annotated[str | None, Option("--officer", metavar="NAME", help=N_("who will fetch the cards"))] = None,
    template: Annotated[
        str | None, Option("--template", metavar="FILE", help=N_("the office's own Word template"))
    ] = None,
    record: Annotated[bool, Option("--record", help=N_("write the request into the book as well"))] = False,
) -> Page:
    from blangko.reports.letter import letter_pdf, letter_screen, request_letter
    from blangko.reports.word import letter_docx
    from blangko.stockroom import papers

    if not record:
        writing.writes_nothing()
    today, wanted = writing.desk.today, optional_cards(number, least=1)
    with open_book(writing.place) as book:
        drawn, asked = papers.asked_in_letter(book, wanted, today)
        written = request_letter(drawn, asked, reference, officer)

    def request() -> None:
        if record:
            draft = Entry("request", writing.on, asked, reference=reference)
            writing.record(lambda book, desk: tasks.ask(book, desk, draft), request=True)

    return Page(
        lambda: letter_screen(written),
        lambda: {"schema": "blangko.letter/1", "asked_cards": asked, **written._asdict()},
        lambda: (("name", "value"), [list(pair) for pair in (*written.about, *written.figures, *written.annex)]),
        files={
            "docx": lambda: letter_docx(written, template),
            "pdf": lambda: letter_pdf(written, today),
        },
        record=request,
    )


@commands.command("notice", cls=NoticeTask)
def notice(ctx: typer.Context) -> Page:
    from blangko.core.demand import empty_stretches
    from blangko.reports.notice import notice_link, notice_of, notice_png

    today = config.today()
    with open_book(ctx.obj) as book:
        known = look.facts(book, today)
        whole = answer(known)
    moved = next((day for day in known.days if day.day == today), None)
    empty = next((each for each in empty_stretches(known.days, known.calendar, today) if each.goes_on), None)
    told = notice_of(whole.status, moved, empty, known.calendar.is_open(today))
    return Page(
        lambda: [told.line, notice_link(told.line)],
        lambda: {"schema": "blangko.notice/1", "level": told.level, "text": told.line, "link": notice_link(told.line)},
        lambda: (("text", "link"), [[told.line, notice_link(told.line)]]),
        files={"png": lambda: notice_png(told, today)},
    )

"""The replay of an office's own history: whether the answer is worth trusting."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

import typer
from typer import Option

from blangko import config
from blangko.cli.reading import Page, ReadingTask
from blangko.core.replay import Evening
from blangko.errors import BackwardsPeriod
from blangko.stockroom import look, open_book
from blangko.words.language import N_, _
from blangko.words.typed import typed_date

commands = typer.Typer()


class BacktestTask(ReadingTask):
    """A replay comes as a picture too."""

    more_forms = ("html", "pdf", "png")


@commands.command("backtest", cls=BacktestTask)
def backtest(
    ctx: typer.Context,
    first: Annotated[str | None, Option("--from", metavar="DATE", help=N_("from this day on"))] = None,
    last: Annotated[str | None, Option("--to", metavar="DATE", help=N_("up to this day"))] = None,
) -> Page:
    from blangko.reports.backtest import ROW_COLUMNS, backtest_data, backtest_rows, backtest_screen
    from blangko.reports.backtest_page import backtest_html, backtest_pdf, backtest_png
    from blangko.stockroom.backtest import replayed

    today = config.today()
    begin = typed_date(first, today) if first is not None else date.min
    end = typed_date(last, today) if last is not None else date.max
    if end < begin:
        raise BackwardsPeriod(first=begin, last=end)
    with open_book(ctx.obj) as book:
        office = look.settings_on(book, today).office_name
        shown = replayed(book, begin, end, today, _watched)
    return Page(
        lambda: backtest_screen(shown, office),
        lambda: backtest_data(shown),
        lambda: (ROW_COLUMNS, backtest_rows(shown)),
        files={
            "html": lambda: backtest_html(shown, office),
            "pdf": lambda: backtest_pdf(shown, office, today),
            "png": lambda: backtest_png(shown, office, today),
        },
    )


def _watched(evenings: Iterable[Evening], count: int) -> Iterator[Evening]:
    """The evenings, with a bar for whoever sits at a terminal and waits for them."""
    if not sys.stderr.isatty():
        yield from evenings
        return
    with typer.progressbar(evenings, length=count, label=_("Replaying"), file=sys.stderr) as shown:
        yield from shown

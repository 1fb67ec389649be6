"""Cards shared out among all offices of a database, or an office's own over its print points."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer
from typer import Argument, Option

from blangko.cli.reading import Page, ReadingTask, forms
from blangko.cli.writing import Writing, WritingTask
from blangko.core.sharing import LOT_CARDS, Terms, typed_bounds, typed_terms
from blangko.errors import TooManyWords
from blangko.reports.allocation import Told, how_far
from blangko.stockroom import open_book
from blangko.stockroom.allocation import (
    Grant,
    among_points,
    grants_recorded,
    is_of_offices,
    sends_of,
    shared_out,
    shares_to_write,
    usual_key,
)
from blangko.stockroom.look import settings_on
from blangko.stockroom.post import post
from blangko.words.language import N_, _
from blangko.words.written import plain

commands = typer.Typer()
LOT_OF_POINTS = 10
_FORMS = {
    "html": "allocation_page.allocation_html",
    "pdf": "allocation_page.allocation_pdf",
    "xlsx": "allocation_workbook.allocation_workbook",
}


class AllocateTask(ReadingTask, WritingTask):
    """An allocation is a page as well, and is written as of today where it is recorded."""

    left_out = ("on",)
    more_forms = ("html", "pdf")


@commands.command("allocate", cls=AllocateTask)
def allocate(
    writing: Writing,
    number: Annotated[str, Argument(metavar="N", help=N_("cards to be shared out"))],
    lot: Annotated[
        str | None,
        Option("--lot", metavar="N", help=N_("whole lots of so many; 500 among offices, 10 over print points")),
    ] = None,
    at_least: Annotated[
        str | None, Option("--or-nothing", metavar="N", help=N_("for each nothing, or at least so many"))
    ] = None,
    least: Annotated[
        list[str] | None, Option("--min", metavar="[WHO=]N", help=N_("the least that each must get, or one of them"))
    ] = None,
    most: Annotated[
        list[str] | None, Option("--max", metavar="[WHO=]N", help=N_("the most that each may get, or one of them"))
    ] = None,
    use: Annotated[
        list[str] | None, Option("--use", metavar="WHO=N", help=N_("what a print point uses on a working day"))
    ] = None,
    loans: Annotated[bool, Option("--loans", help=N_("offices lend to each other what is above their floor"))] = False,
    keep: Annotated[
        str | None, Option("--keep", metavar="N", help=N_("with --loans: who lends keeps at least so many"))
    ] = None,
    due: Annotated[str | None, Option("--due", metavar="DATE", help=N_("the day promised"))] = None,
    reference: Annotated[str | None, Option("--ref", metavar="DOC", help=N_("number of a document"))] = None,
    record: Annotated[
        bool, Option("--record", help=N_("write each part into its book, as a grant or as cards sent"))
    ] = False,
) -> Page:
    _refuse_ignored(writing, record, loans, keep)
    asked = typed_terms(number, lot, at_least, least or (), most or (), loans, keep)
    promised = writing.optional_day(due)
    if is_of_offices(writing.place):
        if use:
            raise TooManyWords(unexpected="--use")
        grant = Grant(writing.on, promised, reference, _("the province's own request: the office had none open"))
        return _among_offices(writing, asked._replace(lot_cards=asked.lot_cards or LOT_CARDS), grant, record)
    if loans or promised:
        raise TooManyWords(unexpected="--loans" if loans else "--due")
    asked = asked._replace(lot_cards=asked.lot_cards or LOT_OF_POINTS)
    return _over_points(writing, asked, typed_bounds(use or ()), reference, record)


def _refuse_ignored(writing: Writing, record: bool, loans: bool, keep: str | None) -> None:
    """Refuse what would change nothing: a name or a note where nothing is written, what stays where nobody lends."""
    # A key is heeded without --record too: what was written under it is shown.
    ignored = [] if record else [option for option in writing.said if option != "--key"]
    if keep is not None and not loans:
        ignored.append("--keep")
    if ignored:
        raise TooManyWords(unexpected=ignored[0])


def _among_offices(writing: Writing, asked: Terms, grant: Grant, record: bool) -> Page:
    key = writing.desk.key or usual_key(writing.on, asked)
    found = shared_out(writing.place, writing.on, asked, key)
    meant = len(shares_to_write(found))

    def write() -> None:
        desk = writing.desk._replace(key=key)
        done = 0
        try:
            for _share in grants_recorded(writing.place, desk, found, grant):
                done += 1
        finally:
            _say_how_far(done, meant, key)

    told = Told(found.shared, None, key, found.written, record, found.elsewhere)
    return _page(told, write if record else None)


def _say_how_far(done: int, meant: int, key: str) -> None:
    """Tell beside the answer what was written of it."""
    from blangko.reports.table import paragraph

    told = [how_far(done, meant)]
    if done < meant:
        text = _('The same command goes on where it stopped; on another day with --key "{key}".')
        told.append(text.format(key=plain(key)))
    print("\n".join(line for sentence in told for line in paragraph(sentence)), file=sys.stderr)


def _over_points(
    writing: Writing, asked: Terms, stated: dict[str, int], reference: str | None, record: bool
) -> Page:  # fmt: skip
    with open_book(writing.place) as book:
        shared = among_points(book, writing.on, asked, stated)
        office = settings_on(book, writing.on).office_name

    def write() -> None:
        drafts = sends_of(shared, writing.on, reference)
        if drafts:
            writing.record(lambda book, desk: post(book, desk, drafts))

    return _page(Told(shared, office, is_recorded=record), write if record else None)


def _page(told: Told, record: Callable[[], None] | None) -> Page:
    from blangko.reports.allocation import ROW_COLUMNS, allocation_data, allocation_rows, allocation_screen

    return Page(
        lambda: allocation_screen(told),
        lambda: allocation_data(told),
        lambda: (ROW_COLUMNS, allocation_rows(told)),
        files=forms(told, _FORMS),
        record=record or (lambda: None),
    )

"""A clerk's own sheet, taken into the book."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from typer import Argument, Option

from blangko.cli.screen import ask_yes
from blangko.cli.writing import Writing, WritingTask
from blangko.errors import BadRows, NoTable, NotAsked
from blangko.stockroom import open_book
from blangko.words.language import N_, _
from blangko.words.written import plain

commands = typer.Typer()
LONG_IMPORT = 2000


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
) -> None:
    from blangko.exchange.clerk import lines, understand
    from blangko.exchange.compare import compare, wanted
    from blangko.exchange.sheets import read_file, read_sheets
    from blangko.reports.imported import compared_told, import_screen
    from blangko.stockroom.files import import_entries, standing

    # Looked at first, so that a missing book is told before a long sheet is read.
    open_book(writing.place).close()
    content = read_file(path)
    read = understand(read_sheets(path, content), writing.desk.today, _watched)
    if read is None:
        raise NoTable(path=path)
    print("\n".join(import_screen(read)))
    if read.troubles:
        raise BadRows(path=path, rows=len(read.troubles))
    figures = lines(read.days)
    first = min((line.day for line in figures), default=None)
    with open_book(writing.place) as book:
        seen = compare(figures, *standing(book, first))
    print("\n".join(compared_told(seen)))
    agreed = seen if replace else None
    wanted(seen, path, agreed)
    if not writing.desk.yes and not ask_yes(_question(replace and bool(seen.differing))):
        raise NotAsked(what=path)
    reason = _("replaced by the sheet {name}").format(name=plain(os.path.basename(path)))
    digest = hashlib.sha256(content).hexdigest()
    writing.record(
        lambda book, desk: import_entries(
            book, desk, first, lambda *held: wanted(compare(figures, *held), path, agreed), digest, reason
        )
    )


def _question(replaces: bool) -> str:
    if replaces:
        return _("Take these entries back, and write the sheet's rows into the book? [y/N] ")
    return _("Write these rows into the book? [y/N] ")


def _watched(rows: Sequence[int]) -> Iterator[int]:
    """The rows one by one, with a bar on the terminal when they are many."""
    if len(rows) < LONG_IMPORT or not sys.stderr.isatty():
        yield from rows
        return
    with typer.progressbar(rows, label=_("Reading"), file=sys.stderr) as bar:
        yield from bar

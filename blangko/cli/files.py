"""Files in and out: an empty sheet, the open data, copies of the book."""

import os
import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli.saving import save
from blangko.cli.screen import ask_yes, say
from blangko.cli.task import Task
from blangko.cli.writing import Yes
from blangko.errors import CannotCreate, DamagedBook, UnknownFormat, reason_of
from blangko.errors.files import BadExport, NotAsked
from blangko.reports.table import paragraph
from blangko.stockroom import open_book
from blangko.stockroom.tasks import refuse_risky
from blangko.store.address import is_server, shown, with_office
from blangko.words.language import N_, _
from blangko.words.written import count, plain, share

commands = typer.Typer()
LARGE_BOOK = 5000
"""Pages from which on a copy shows how far it has come; 20 MB, a century of one office."""
Target = Annotated[str | None, Option("-o", "--output", metavar="FILE", help=N_("where to put it"))]


@commands.command("template", cls=Task)
def template(
    ctx: typer.Context,
    output: Annotated[str, Option("-o", "--output", metavar="FILE", help=N_("where to put it, .xlsx"))],
) -> None:
    from blangko.reports.imported import empty_sheet

    if os.path.splitext(output)[1].lower() != ".xlsx":
        raise UnknownFormat(ending=os.path.splitext(output)[1] or output, endings=(".xlsx",))
    save(output, empty_sheet(), ctx.obj)


@commands.command("export", cls=Task)
def export(
    ctx: typer.Context,
    output: Annotated[str, Option("-o", "--output", metavar="FOLDER", help=N_("the folder, made if need be"))],
    excel: Annotated[
        bool, Option("--excel-csv", help=N_("for an Indonesian Excel: semicolons, marked as UTF-8"))
    ] = False,
) -> None:
    from blangko.exchange.package import Package
    from blangko.stockroom.files import snapshot
    from blangko.stockroom.proof import examine

    with open_book(ctx.obj) as book:
        try:
            os.makedirs(output, mode=0o700, exist_ok=True)
        except (OSError, ValueError) as error:
            raise CannotCreate(path=output, reason=reason_of(error)) from None
        with book.reading():
            taken = snapshot(book)
            package = Package(taken[:3], taken.rows, excel)
            for name, pieces in package.files():
                save(os.path.join(output, name), pieces, ctx.obj, is_private=True)
        try:
            broken = examine(book, config.today()).first_error
        except DamagedBook as error:
            broken = error.reason
    if broken:
        text = _("The book is not whole ({reason}): what was taken out shows it, but does not come back as a book.")
        print("\n".join(paragraph(text.format(reason=broken))), file=sys.stderr)
        return
    say(_("{n} entries were taken out. Bring them back with: blangko restore {path}").format(
        n=count(package.entries), path=plain(output)))  # fmt: skip


@commands.command("backup", cls=Task)
def backup(ctx: typer.Context, output: Target = None) -> None:
    from blangko.stockroom.copies import backup as make_backup
    from blangko.stockroom.copies import backup_place, forget_old_backups

    today = config.today()
    with open_book(ctx.obj) as book:
        beside = book.copies_beside()
        target = output or backup_place(beside, config.now_utc())
        entries = make_backup(book, target, today, _pages_watched())
    say(_("Copied and proved: {n} entries in {path}").format(n=count(entries), path=plain(target)))
    if output is None and (gone := forget_old_backups(beside)):
        say(_("Old copies taken away: {n}.").format(n=count(len(gone))))


def _pages_watched() -> Callable[[int, int], None]:
    """Shows on the terminal how far the copy of a large book has come."""

    def watch(done: int, pages: int) -> None:
        if pages >= LARGE_BOOK and sys.stderr.isatty():
            print("\r" + _("Copying: {share}").format(share=share(done / pages)), end="", file=sys.stderr, flush=True)
            if done == pages:
                print("\n" + _("Proving the copy ..."), file=sys.stderr, flush=True)

    return watch


@commands.command("upgrade", cls=Task)
def upgrade(ctx: typer.Context) -> None:
    bring_up_to_date(ctx.obj)


def bring_up_to_date(place: str) -> None:
    """Upgrade the book at `place` and say what became of it."""
    from blangko.stockroom.copies import backup_place
    from blangko.stockroom.copies import upgrade as bring_up

    target = backup_place(place, config.now_utc())
    found = bring_up(place, target, config.today())
    if found is None:
        say(_("The book is up to date. Nothing was changed."))
        return
    say(_("Brought up to date and proved; no entry was changed. The book as it was: {path}").format(path=plain(target)))


@commands.command("restore", cls=Task)
def restore(
    ctx: typer.Context,
    source: Annotated[str, Argument(metavar="FILE", help=N_("a copy of the book, or a folder of an export"))],
    yes: Yes = False,
) -> None:
    from blangko.exchange.package import read_package
    from blangko.stockroom.copies import bring_to_server, compared
    from blangko.stockroom.copies import restore as bring_back
    from blangko.stockroom.files import Snapshot

    place = str(ctx.obj)
    if not os.path.exists(source):
        raise BadExport(path=source, reason="no such file or directory")
    taken = Snapshot(*read_package(source)) if os.path.isdir(source) else None
    if is_server(place):
        code, brought = bring_to_server(place, source, taken, config.today())
        _told_brought(brought, shown(with_office(place, code)))
        return
    if not yes:
        refuse_risky(place)
    if beside := compared(place, source, taken):
        for text in _told_before_a_restore(beside, plain(place)):
            print("\n".join(paragraph(text)), file=sys.stderr)
    if os.path.exists(place) and not yes:
        question = _("There is a book at {path}. Keep it aside and put the copy in its place? [y/N] ")
        if not ask_yes(question.format(path=plain(place))):
            raise NotAsked(what=place)
    entries, kept = bring_back(place, source, taken, config.today(), config.now_utc())
    _told_brought(entries, place)
    if kept:
        say(_("The book that was there is kept at {path}").format(path=plain(kept)))


def _told_brought(entries: int, place: str) -> None:
    say(_("Brought back and proved: {n} entries in {path}").format(n=count(entries), path=plain(place)))


def _told_before_a_restore(beside: Any, path: str) -> Iterator[str]:
    """What somebody should know who is about to put a copy in the place of a book."""
    if beside.copied_code != beside.own_code:
        text = _("The copy is of office {copied}, the book at {path} of office {own}.")
        yield text.format(copied=plain(beside.copied_code), path=path, own=plain(beside.own_code))
    elif not beside.is_its_past:
        yield _("The book at {path} does not go on from the copy: one of them was written anew.").format(path=path)
    elif beside.lacking_entries:
        text = _(
            "The book at {path} has {n} entries that are not in the copy; they stay in the book that is kept aside."
        )
        yield text.format(path=path, n=count(beside.lacking_entries))

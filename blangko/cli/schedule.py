"""Recipes for whatever runs a command by itself. Nothing is installed: somebody reads them and puts them in place."""

import getpass
import os
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import time
from typing import Annotated

import typer
from typer import Option

from blangko import config
from blangko.cli.saving import save
from blangko.cli.task import Task
from blangko.errors import UnknownFormat
from blangko.errors.files import NotATime
from blangko.reports.schedule import (
    Errand,
    crontab_lines,
    page_crontab,
    page_service,
    page_task_xml,
    systemd_units,
    task_file,
    task_xml,
)
from blangko.stockroom import look, open_book
from blangko.store.address import lasting
from blangko.words.language import N_, _, language
from blangko.words.typed import one_of
from blangko.words.written import plain

commands = typer.Typer()
KINDS = ("systemd", "cron", "windows")
SYSTEMD_ENDINGS = (".service", ".timer")
UNIT, PAGE_UNIT = "blangko-alert", "blangko"


@commands.command("schedule", cls=Task)
def schedule(
    ctx: typer.Context,
    kind: Annotated[str, Option("--print", metavar="systemd|cron|windows", help=N_("for which scheduler"))],
    at: Annotated[
        str, Option("--at", metavar="TIME", help=N_("time of the working day; 16:30 unless given"))
    ] = "16:30",
    page: Annotated[
        bool, Option("--serve", help=N_("instead of the alert the page in a browser, from when the machine starts"))
    ] = False,
    notify: Annotated[bool, Option("--notify", help=N_("so that every change is told to people as well"))] = False,
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", help=N_("into a file; for systemd both of them"))
    ] = None,
) -> None:
    chosen = one_of("--print", kind, KINDS, {"crontab": "cron", "schtasks": "windows"}) or KINDS[0]
    if page:
        _page(chosen, ctx.obj, output)
        return
    # Cron mails whatever is said, which is to be trouble only.
    options = [*(["--quiet"] if chosen == "cron" else []), *(_telling() if notify else [])]
    errand = _errand(ctx.obj, _time(at), options)
    {"systemd": _systemd, "cron": _cron, "windows": _windows}[chosen](errand, output, ctx.obj)


def _telling() -> list[str]:
    """The options that tell people; a scheduler knows nothing of the surroundings in which this was asked."""
    return ["--notify", "--addresses", os.path.abspath(config.addresses_place(None))]


def _errand(place: str, at: time, options: Sequence[str]) -> Errand:
    """The daily alert of the book at `place`, on the days that its office works."""
    with open_book(place) as book:
        week = look.settings_on(book).work_week
    return Errand(_words(place, "alert", *options), at, week, config.today())


def _words(place: str, *command: str) -> list[str]:
    """A command on the book at `place`, as another program gives it."""
    return [*own_command(sys.argv[0]), "--db", lasting(place), "--lang", language(), *command]


def own_command(called: str) -> list[str]:
    """The words that start this installation from any folder, for a program that was called so."""
    # On Windows a program is called without the ending of its file.
    script = next(filter(None, map(shutil.which, (called, f"{called}.exe"))), None)
    if script and os.path.splitext(os.path.basename(script))[0].lower() == "blangko":
        return [os.path.abspath(script)]
    # Never from the folder in which a scheduler happens to start it.
    return [sys.executable, "-P", "-m", "blangko"]


def _time(text: str) -> time:
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", text.strip(), re.ASCII)
    if match is None:
        raise NotATime(text=text)
    return time(int(match[1]), int(match[2]))


def _systemd(errand: Errand, output: str | None, place: str) -> None:
    units = systemd_units(errand)
    if output is None:
        for ending, text in zip(SYSTEMD_ENDINGS, units, strict=True):
            print(f"# ~/.config/systemd/user/{UNIT}{ending}\n{text}")
        stem = UNIT
    else:
        stem, ending = os.path.splitext(output)
        if ending not in SYSTEMD_ENDINGS:
            raise UnknownFormat(ending=ending or output, endings=SYSTEMD_ENDINGS)
        for ending, text in zip(SYSTEMD_ENDINGS, units, strict=True):
            save(stem + ending, text.encode(), place)
    timer = plain(os.path.basename(stem)) + SYSTEMD_ENDINGS[1]
    _hint(_("With both in ~/.config/systemd/user:"), f"systemctl --user enable --now {timer}")
    _hint(_("So that they run while nobody is logged in:"), "loginctl enable-linger")


def _cron(errand: Errand, output: str | None, place: str) -> None:
    _put(crontab_lines(errand), output, place)
    _hint(_("Add it with:"), "crontab -e")


def _windows(errand: Errand, output: str | None, place: str) -> None:
    _put_task(task_xml(errand), "blangko", output, place)


def _put_task(task: str, name: str, output: str | None, place: str) -> None:
    if output is None:
        sys.stdout.write(task)
    else:
        save(output, task_file(task), place)
    file = plain(output or f"{name}.xml")
    _hint(_("Put it in place with:"), f'schtasks /create /tn {name} /xml "{file}"')


def _page(kind: str, place: str, output: str | None) -> None:
    """The recipe that serves the book at `place` from when the machine starts."""
    from blangko.stockroom.allocation import open_offices
    from blangko.stockroom.offices import is_many

    # Whatever is wrong with the book is told here, and not by a service that nobody sees.
    (open_offices if is_many(place) else open_book)(place).close()
    words = _words(place, "serve")
    if kind == "windows":
        _put_task(page_task_xml(words), "blangko-page", output, place)
    elif kind == "cron":
        _put(page_crontab(words), output, place)
        _hint(_("Add it with:"), "crontab -e")
    else:
        _put(page_service(words, getpass.getuser(), _folder(place)), output, place)
        unit = f"{PAGE_UNIT}.service"
        _hint(_("As /etc/systemd/system/{unit}:").format(unit=unit), f"sudo systemctl enable --now {unit}")


def _folder(place: str) -> str | None:
    """The folder of a book in a file."""
    return None if "://" in place else os.path.dirname(os.path.abspath(place))


def _put(text: str, output: str | None, place: str) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        save(output, text.encode(), place)


def _hint(text: str, command: str) -> None:
    """What to do with a recipe, told beside it, so that it can be piped on; the command stays on one line."""
    print(f"{text}\n  {command}", file=sys.stderr)

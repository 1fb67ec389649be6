"""`serve`: the book as a page in a browser."""

from __future__ import annotations

import socket
import sys
from typing import Annotated

import typer
from typer import Option

from blangko import config
from blangko.cli import receipts
from blangko.cli.screen import say
from blangko.cli.task import Task
from blangko.core.numbers import whole_number
from blangko.errors import NumberOutOfRange, reason_of
from blangko.errors.files import MissingExtra
from blangko.errors.web import PortTaken
from blangko.stockroom import open_book
from blangko.stockroom.allocation import open_offices
from blangko.stockroom.offices import is_many
from blangko.stockroom.province import unsigned
from blangko.words.language import N_, _

commands = typer.Typer()
PORT = 8061
LOOPBACK = "127.0.0.1"


@commands.command("serve", cls=Task)
def serve(
    ctx: typer.Context,
    port: Annotated[str, Option("--port", metavar="N", help=N_("the port; 8061 unless given"))] = str(PORT),
    host: Annotated[
        str, Option("--host", metavar="ADDRESS", help=N_("where it listens; this machine alone unless given"))
    ] = LOOPBACK,
    open_it: Annotated[bool, Option("--open", help=N_("open it in the browser"))] = False,
    read_only: Annotated[bool, Option("--read-only", help=N_("show the book, write nothing"))] = False,
) -> None:
    # Whatever is wrong with the book is told here, and not on every page.
    is_province = is_many(ctx.obj)
    (open_offices(ctx.obj) if is_province else open_book(ctx.obj)).close()
    try:
        from blangko.web.serve import serve as run
    except ImportError:
        raise MissingExtra(extra="web", what=_("the page in a browser")) from None
    from blangko.web.options import Person, WebOptions
    from blangko.web.secret import kept_secret

    number = whole_number(port)
    if not 1 <= number <= 65_535:
        raise NumberOutOfRange(number=port, low=1, high=65_535)
    listening = _listening(host, number)
    options = WebOptions(
        place=ctx.obj,
        hosts=tuple(f"{name}:{number}" for name in ("127.0.0.1", "localhost")),
        secret=kept_secret(config.page_key_place()),
        alone=Person("", config.account(), "clerk"),
        read_only=read_only,
        sign=receipts.signer() if is_province else unsigned,
    )
    address = f"http://{LOOPBACK}:{number}/"

    def ready() -> None:
        say(_("The book is shown at {address}. Ctrl-C ends it.").format(address=address))
        sys.stdout.flush()
        if open_it:
            import webbrowser

            webbrowser.open(address)

    run(options, listening, ready)
    say(_("Ended."))


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        PortTaken: Somebody else does, or nobody may.
    """
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        raise PortTaken(port=port, reason=reason_of(error)) from None

"""`serve`: the book as a page in a browser."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from ipaddress import ip_address
from typing import Annotated, NamedTuple

import typer
from typer import Option

from blangko import config
from blangko.cli.screen import say
from blangko.cli.task import Task
from blangko.core.numbers import whole_number
from blangko.core.receipt import Receipt
from blangko.errors import NumberOutOfRange, reason_of
from blangko.errors.files import MissingExtra
from blangko.errors.web import NoAccounts, NotEncrypted, PortTaken
from blangko.stockroom import open_book
from blangko.stockroom.accounts import Keeping
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
    names: Annotated[
        list[str] | None, Option("--name", metavar="NAME", help=N_("by which browsers call it; may be given again"))
    ] = None,
    tls_cert: Annotated[
        str | None, Option("--tls-cert", metavar="FILE", help=N_("the certificate, for whoever calls from elsewhere"))
    ] = None,
    tls_key: Annotated[
        str | None, Option("--tls-key", metavar="FILE", help=N_("its key, where that lies in another file"))
    ] = None,
    behind_proxy: Annotated[
        bool, Option("--behind-proxy", help=N_("a web server on this machine stands in front, with the certificate"))
    ] = False,
) -> None:
    # Whatever is wrong with the book is told here, and not on every page.
    is_province = is_many(ctx.obj)
    with open_offices(ctx.obj) if is_province else open_book(ctx.obj) as opened:
        served = getattr(opened, "office_code", None)
    try:
        from blangko.web.serve import serve as run
    except ImportError:
        raise MissingExtra(extra="web", what=_("the page in a browser")) from None
    from blangko.web.accounts import Accounts
    from blangko.web.options import Person, WebOptions
    from blangko.web.secret import kept_secret
    from blangko.web.tls import certificate

    at = _At(host, _port(port), bool(tls_cert) or behind_proxy, behind_proxy, tuple(names or ()))
    tls = certificate(tls_cert, tls_key) if tls_cert else None
    known = Accounts(Keeping(str(ctx.obj), config.accounts_place()), served, config.clock)
    if at.is_open_to_others():
        _refuse_unguarded(at, bool(known.all()))
    listening = _listening(host, at.port)
    options = WebOptions(
        place=ctx.obj,
        hosts=at.called(),
        secret=kept_secret(config.page_key_place()),
        alone=None if at.is_open_to_others() else Person("", config.account(), "clerk"),
        read_only=read_only,
        is_secure=at.is_secure,
        behind_proxy=behind_proxy,
        find_person=known.person,
        let_in=known.let_in,
        sign=_signer() if is_province else unsigned,
    )
    province_waits = not read_only and _has_a_door(str(ctx.obj))
    run(options, listening, lambda: _ready(at.address(), open_it, str(ctx.obj) if province_waits else None), tls)
    say(_("Ended."))


class _At(NamedTuple):
    """Where the page is served, and by which names it is called there."""

    host: str
    port: int
    is_secure: bool
    behind_proxy: bool
    names: tuple[str, ...]

    def is_open_to_others(self) -> bool:
        """Whether somebody calls from another machine, past this one's own walls or through a web server."""
        return self.behind_proxy or not _is_loopback(self.host)

    def called(self) -> tuple[str, ...]:
        """What browsers may say whom they call; anything else is a name that somebody lets lead here."""
        own = ["localhost", "127.0.0.1", "[::1]"]
        if not _is_loopback(self.host):
            own += [_in_address(self.host), socket.gethostname(), socket.getfqdn()]
        told = [each.strip().lower() for each in self.names]
        with_port = [f"{name}:{self.port}" for name in (*own, *told)]
        # The usual port is not said, and a web server in front has one of its own.
        usual = 443 if self.is_secure else 80
        return tuple(dict.fromkeys(with_port + (told if self.behind_proxy or self.port == usual else [])))

    def address(self) -> str:
        """Where somebody who sits here finds it, or whoever calls by the first of its names."""
        if self.behind_proxy and self.names:
            return f"https://{self.names[0]}/"
        host = self.names[0] if self.names else LOOPBACK if self.host in ("", "0.0.0.0", "::") else self.host
        return f"{'https' if self.is_secure and not self.behind_proxy else 'http'}://{_in_address(host)}:{self.port}/"


def _port(text: str) -> int:
    number = whole_number(text)
    if not 1 <= number <= 65_535:
        raise NumberOutOfRange(number=number, low=1, high=65_535)
    return number


def _refuse_unguarded(at: _At, has_accounts: bool) -> None:
    """Refuse to open the page to others without anybody who may log in, or over a line that all can read.

    Raises:
        NoAccounts, NotEncrypted: It would be so.
    """
    if not at.is_secure:
        raise NotEncrypted()
    if not has_accounts:
        raise NoAccounts()


def _is_loopback(host: str) -> bool:
    """Whether only this machine reaches it there; a name is what the machine takes it for."""
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, None)} if host else set()
        return bool(found) and all(ip_address(each.partition("%")[0]).is_loopback for each in found)
    except (OSError, ValueError):
        return False


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _signer() -> Callable[[Receipt], Receipt]:
    from blangko.cli import receipts

    return receipts.signer()


def _has_a_door(place: str) -> bool:
    """Whether what is written has where to go; what pushes takes longer to import than a page to draw."""
    if not config.token():
        return False
    from blangko.cli import pushing

    return pushing.is_possible(place)


def _ready(address: str, open_it: bool, pushed: str | None) -> None:
    """Say where the page is; from now on what is written is `pushed` from the book at that place, if any."""
    say(_("The book is shown at {address}. Ctrl-C ends it.").format(address=address))
    if pushed is not None:
        from blangko.cli import pushing

        pushing.begin(pushed)
        say(_("The province hears by itself of what is written."))
    sys.stdout.flush()
    if open_it:
        import webbrowser

        webbrowser.open(address)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        PortTaken: Somebody else does, or nobody may.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise PortTaken(port=port, reason=reason_of(error)) from None

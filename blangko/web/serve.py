"""The server: waitress over the application, ended by Ctrl-C or SIGTERM when what is under way is done."""

from __future__ import annotations

import gc
import select
import signal
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from blangko.web.app import create_app
from blangko.web.lines import LINES, SPARE, Counters, Line, quiet
from blangko.web.options import MAX_UPLOAD_BYTES, WebOptions
from blangko.web.tls import SecureLine, listening_over

ROOM_FOR_FIELDS_BYTES = 1 << 20
"""What stands in a form beside the file, so that the page itself can say that the file is too large."""
PATIENCE_SECONDS = 30
"""How long a client may say nothing before its line is cut, and an entry under way may take at the end."""


TURN_SECONDS = 0.05


def serve(
    options: WebOptions, listening: socket.socket, ready: Callable[[], None], tls: ssl.SSLContext | None = None
) -> None:
    """Serve the page on a socket that listens already, until somebody stops it by Ctrl-C or SIGTERM.

    Requests under way are answered before this returns; new ones are not taken any more. A second signal waits for
    nothing.
    """
    # A command ends before rubbish matters, and goes without collecting it; a server would grow with every page.
    gc.enable()
    lines: dict[int, Any] = {}
    server = _server(options, listening_over(listening, tls) if tls else listening, lines, tls is not None)
    with _told_to_end(server.pull_trigger) as is_over:
        ready()
        try:
            while not is_over():
                _turn(server, lines, wait_seconds=1)
            _finish(server, lines)
            # What only waits is not begun any more.
            server.task_dispatcher.shutdown(cancel_pending=True, timeout=PATIENCE_SECONDS)
        finally:
            server.close()


def _server(options: WebOptions, listening: socket.socket, lines: dict[int, Any], is_secure: bool) -> Any:
    from waitress.server import create_server

    quiet()
    trusted = {"trusted_proxy": "127.0.0.1", "trusted_proxy_count": 1,
               "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}  # fmt: skip
    server = create_server(
        create_app(options),
        map=lines,
        sockets=[listening],
        _dispatcher=Counters(),
        ident=None,
        url_scheme="https" if is_secure else "http",
        channel_timeout=PATIENCE_SECONDS,
        connection_limit=LINES + SPARE,
        asyncore_use_poll=hasattr(select, "poll"),
        log_socket_errors=False,
        max_request_body_size=MAX_UPLOAD_BYTES + ROOM_FOR_FIELDS_BYTES,
        # Whoever calls past the web server in front must not say who he is, or that he came by HTTPS.
        clear_untrusted_proxy_headers=True,
        **(trusted if options.behind_proxy else {}),
    )
    server.channel_class = SecureLine if is_secure else Line
    return server


@contextmanager
def _told_to_end(wake: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Whether somebody said that it is to end; `wake` ends the waiting for the next call.

    A KeyboardInterrupt would come between any two steps of the server, in the midst of an answer too.
    """
    told: list[int] = []

    def tell(signal_number: int, _frame: FrameType | None) -> None:
        if told:
            raise KeyboardInterrupt
        told.append(signal_number)
        wake()

    before = {each: signal.signal(each, tell) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(told)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _turn(server: Any, lines: dict[int, Any], wait_seconds: float) -> None:
    """Look once at all lines: take up what was asked, send what was answered."""
    server.asyncore.loop(timeout=wait_seconds, use_poll=server.adj.asyncore_use_poll, map=lines, count=1)


def _finish(server: Any, lines: dict[int, Any]) -> None:
    """Take no new calls, and answer those that are there, for as long as the patience lasts.

    Turns are counted, since a clock that somebody holds still would never come to the end.
    """
    server.asyncore.dispatcher.close(server)
    for _ in range(round(PATIENCE_SECONDS / TURN_SECONDS)):
        for line in list(server.active_channels.values()):
            if line.request is None and line.says_nothing_yet():
                line.will_close = True
        if not server.active_channels:
            break
        _turn(server, lines, wait_seconds=0)
        time.sleep(TURN_SECONDS)

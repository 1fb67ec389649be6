"""The server: waitress over the application, ended by Ctrl-C or SIGTERM when what is under way is done."""

from __future__ import annotations

import select
import signal
import socket
from collections.abc import Callable
from types import FrameType

from blangko.web.app import create_app
from blangko.web.lines import LINES, SPARE, Counters, Line, quiet
from blangko.web.options import MAX_UPLOAD_BYTES, WebOptions

ROOM_FOR_FIELDS_BYTES = 1 << 20
"""What stands in a form beside the file, so that the page itself can say that the file is too large."""
PATIENCE_SECONDS = 30
"""How long a client may say nothing before its line is cut, and an entry under way may take at the end."""


def serve(options: WebOptions, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve the page on a socket that listens already, until somebody stops it.

    Requests under way are answered before this returns; new ones are not taken any more.
    """
    from waitress.server import create_server

    quiet()
    server = create_server(
        create_app(options),
        sockets=[listening],
        _dispatcher=Counters(),
        ident=None,
        channel_timeout=PATIENCE_SECONDS,
        connection_limit=LINES + SPARE,
        asyncore_use_poll=hasattr(select, "poll"),
        max_request_body_size=MAX_UPLOAD_BYTES + ROOM_FOR_FIELDS_BYTES,
        clear_untrusted_proxy_headers=not options.behind_proxy,
        **({"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            "trusted_proxy_count": 1} if options.behind_proxy else {}),
    )  # fmt: skip

    server.channel_class = Line

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    ready()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        # Whatever a worker has taken up is finished; it is at most one command each.
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=PATIENCE_SECONDS)
        server.close()

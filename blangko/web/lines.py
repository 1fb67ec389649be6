"""The lines on which browsers call, and the two counters at which they are served.

Whoever dribbles a request must not hold a line for ever, more callers than there are lines must not keep a clerk out,
and whoever reads must not stand behind those who write and wait for the book.
"""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher

LINES = 100
"""More than a page for an office has callers, and within what every system lets a program open."""
SPARE = 10
"""Lines that are being closed, and those of the server itself."""
GRACE_SECONDS = 10
SLOWEST_BYTES_PER_SECOND = 2_048
"""A request that comes slower than this, over all and beyond the grace, comes from no line that an office has."""
READERS, WRITERS = 6, 4


class Counters:
    """Two rows of threads, one for whoever reads and one for whoever writes, so that neither waits for the other.

    It stands where the server expects its one row of threads.
    """

    def __init__(self, readers: int = READERS, writers: int = WRITERS) -> None:
        self._reading, self._writing = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self._reading.set_thread_count(readers)
        self._writing.set_thread_count(writers)

    def add_task(self, channel: Any) -> None:
        """Take up the request that came first on this line."""
        first = channel.requests[0]
        is_reading = first.error or first.command in ("GET", "HEAD", "OPTIONS")
        (self._reading if is_reading else self._writing).add_task(channel)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """Finish what is under way, the entries before the pages; what waits is not begun any more."""
        ended = [row.shutdown(cancel_pending, timeout) for row in (self._writing, self._reading)]
        return all(ended)


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in, which knows since when."""

    def __init__(self, adjustments: Any) -> None:
        super().__init__(adjustments)
        self.begun = monotonic()

    def is_too_slow(self) -> bool:
        """Whether it comes slower than any browser sends."""
        seconds = monotonic() - self.begun - GRACE_SECONDS
        came_bytes = self.header_bytes_received + self.body_bytes_received
        return seconds > 0 and came_bytes < seconds * SLOWEST_BYTES_PER_SECOND


class Line(HTTPChannel):  # type: ignore[misc]
    """One caller's line; it makes room for itself when all are taken."""

    parser_class = Request

    def __init__(self, server: Any, *others: Any, **more: Any) -> None:
        super().__init__(server, *others, **more)
        self.waits_since = monotonic()
        waiting = [line for line in server.active_channels.values() if line.says_nothing_yet()]
        if len(server.active_channels) > LINES and waiting:
            min(waiting, key=lambda line: line.waits_since).will_close = True

    def says_nothing_yet(self) -> bool:
        """Whether nothing was asked here that is not answered."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    def readable(self) -> bool:
        if self.request is not None and self.request.is_too_slow():
            self.will_close = True
        return bool(super().readable())

    def service(self) -> None:
        super().service()
        self.waits_since = monotonic()


def quiet() -> None:
    """A queue is told nowhere: that it is there is what queues are for."""
    for name in ("waitress.queue", "waitress"):
        logging.getLogger(name).setLevel(logging.ERROR)

"""While the page of an office is served, its province hears by itself of what is written.

The book is the queue: nothing is lost while there is no line, and the next try takes all of it along.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import copy_context
from threading import Thread
from time import sleep

from blangko import config
from blangko.cli.push import to_door
from blangko.cli.screen import complain
from blangko.errors import BlangkoError
from blangko.exchange import door
from blangko.exchange.receipts import read_receipts
from blangko.stockroom import open_book
from blangko.store.address import is_server

LOOK_SECONDS = 20
"""So often is looked whether anything new was written."""
LONGEST_PAUSE_SECONDS = 900
"""Between two tries, however long the province has not been reached."""


def is_possible(place: str) -> bool:
    """Whether the book at `place` has where to go: it was pushed to a door once, and its token is in BLANGKO_TOKEN."""
    return bool(not is_server(place) and config.token() and door.is_door(read_receipts(place).target))


def begin(place: str) -> None:
    """Push from now on what is written in the book at `place`, in a thread of its own."""
    # A new thread would speak English, whatever the office speaks.
    Thread(target=copy_context().run, args=(Pushing(place).on,), daemon=True).start()


class Pushing:
    """The pushes of one book; `pause_seconds` is how long is waited before the next look."""

    def __init__(self, place: str) -> None:
        self.pause_seconds: float = LOOK_SECONDS
        self._place = place
        self._brought_no = max((each.entry_no for each in read_receipts(place).receipts), default=0)
        self._trouble = ""

    def on(self, wait: Callable[[float], None] = sleep) -> None:
        """Look and push for as long as the program runs."""
        while True:
            wait(self.pause_seconds)
            self.look()
            sys.stdout.flush()

    def look(self) -> None:
        """Push what is new; a trouble is told once, and the more patience is had the longer it lasts."""
        try:
            with open_book(self._place) as book:
                last_no, _seal = book.last()
                if last_no > self._brought_no:
                    to_door(book, read_receipts(self._place).target)
                    self._brought_no = last_no
            self.pause_seconds, self._trouble = LOOK_SECONDS, ""
        except BlangkoError as error:
            self.pause_seconds = min(2 * self.pause_seconds, LONGEST_PAUSE_SECONDS)
            if str(type(error)) != self._trouble:
                self._trouble = str(type(error))
                complain(error)

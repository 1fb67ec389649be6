"""A line to a server that is cut after so many bytes: a door in the middle, which lets through what it was told to."""

from __future__ import annotations

import selectors
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import parse_qs, urlsplit

_SOCKET = ".s.PGSQL.5432"
TO_SERVER, TO_CLIENT = "to the server", "to the client"


class Line:
    """What goes over a line: `passed` says how many bytes went either way; it is cut after `most` of them one `way`."""

    def __init__(self, way: str, most: int | None) -> None:
        self.way, self.most = way, most
        self.passed = {TO_SERVER: 0, TO_CLIENT: 0}

    @property
    def was_cut(self) -> bool:
        return self.most is not None and self.passed[self.way] >= self.most

    def let_through(self, way: str, given: bytes) -> bytes:
        """What of the bytes still goes through."""
        if way == self.way and self.most is not None:
            given = given[: self.most - self.passed[way]]
        self.passed[way] += len(given)
        return given


@contextmanager
def line(place: str, way: str = TO_SERVER, most: int | None = None) -> Iterator[tuple[str, Line]]:
    """Another place of the same database, whose line is cut after so many bytes; without a number never.

    The server is one on a socket in a folder, as those of the tests are.
    """
    address = urlsplit(place)
    folder = parse_qs(address.query)["host"][0]
    with tempfile.TemporaryDirectory(prefix="line-") as door, ExitStack() as stack:
        listening = stack.enter_context(socket.socket(socket.AF_UNIX))
        listening.bind(f"{door}/{_SOCKET}")
        listening.listen(1)
        each = Line(way, most)
        carrier = threading.Thread(target=_carry_all, args=(listening, f"{folder}/{_SOCKET}", each))
        carrier.start()
        try:
            yield place.replace(folder, door), each
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            carrier.join()


def _carry_all(listening: socket.socket, server: str, each: Line) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        with client, socket.socket(socket.AF_UNIX) as behind:
            if each.was_cut:
                continue
            behind.connect(server)
            _carry(client, behind, each)


def _carry(client: socket.socket, server: socket.socket, each: Line) -> None:
    ways = {client: (server, TO_SERVER), server: (client, TO_CLIENT)}
    with selectors.DefaultSelector() as ready:
        for end in ways:
            ready.register(end, selectors.EVENT_READ)
        while not each.was_cut:
            for key, _ in ready.select():
                other, way = ways[key.fileobj]
                given = key.fileobj.recv(65_536)
                if not given:
                    return
                other.sendall(each.let_through(way, given))
                if each.was_cut:
                    return

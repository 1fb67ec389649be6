"""The page as it is served in earnest, by a process of its own, and callers of it who keep to its forms."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests import PATIENCE_SECONDS
from tests.conftest import DAY
from tests.web.conftest import Visitor


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Server:
    """`blangko serve` on a port of its own, which it keeps when it is started anew."""

    def __init__(self, place: str, folder: Path, *words: str, today: str = DAY) -> None:
        self.port, self._words = free_port(), words
        # The key of its sessions lies in a folder of its own, which outlives the process.
        self._env = {**os.environ, "BLANGKO_DB": place, "BLANGKO_TODAY": today, "BLANGKO_LANG": "en",
                     "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}  # fmt: skip
        self.process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait until it says that it is there."""
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "blangko", "serve", "--port", str(self.port), *self._words],
            env=self._env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self.process.stdout
        said = ""
        # A province's first start tells of its new key before.
        while "://" not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line

    def end(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        """End it by a signal; its exit code, and what it said since it was there."""
        assert self.process
        self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said


@contextmanager
def serving(place: str, folder: Path, *words: str, today: str = DAY) -> Iterator[Server]:
    """The page over the book at `place`, until the end of the block."""
    server = Server(place, folder, *words, today=today)
    try:
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.end()


class Caller:
    """Somebody who calls a served page as a browser does, on one connection that is opened again when it was cut.

    `text` is the page last shown, `code` its status, `seconds` how long it took.
    """

    hidden = Visitor.hidden

    def __init__(self, port: int) -> None:
        self.port, self.text, self.code, self.seconds = port, "", 0, 0.0
        self._cookies: dict[str, str] = {}
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self._origin = f"http://127.0.0.1:{port}"

    def call(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> str:
        """Ask for a page; where it leads on to another one, that is not followed.

        Raises:
            OSError, http.client.HTTPException: There was no whole answer.
        """
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()), **(headers or {})}
        begun = time.monotonic()
        try:
            self._line.request(method, path, body, sent)
            answer = self._line.getresponse()
            self.text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self._line.close()
            raise
        self.seconds, self.code = time.monotonic() - begun, answer.status
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: part.value for name, part in SimpleCookie(line).items()}
        return self.text

    def get(self, path: str = "/") -> str:
        return self.call("GET", path)

    def post(self, path: str, fields: Mapping[str, Any]) -> str:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin}
        return self.call("POST", path, urlencode(fields), form)

    def send(self, action: str, **typed: Any) -> str:
        return self.post(action, {**self.hidden(action), **typed})

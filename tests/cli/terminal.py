"""A real terminal before the program: what is typed into it, and what its screen shows."""

import os
import pty
import re
import select
import signal
import sys
import time

from tests import PATIENCE_SECONDS

CTRL_C, CTRL_D = "\x03", "\x04"
_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """`blangko` with those words at a terminal of 80 columns and 24 rows."""

    def __init__(self, *words: object) -> None:
        self.screen = ""
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            # Whoever runs the tests in the background has Ctrl-C ignored, and so would the program.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.environ.update(TERM="xterm", COLUMNS="80", LINES="24")
            os.execv(sys.executable, [sys.executable, "-m", "blangko", *map(str, words)])

    def sees(self, text: str) -> str:
        """Wait until the screen shows the text behind what was seen before; what it showed up to there."""
        end = time.monotonic() + PATIENCE_SECONDS
        while text not in self._unseen:
            assert time.monotonic() < end and self._reads(), f"{text!r} did not come: {self._unseen}"
        seen, _, rest = self._unseen.partition(text)
        self._seen_before = len(self.screen) - len(rest)
        return seen + text

    def types(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def ends(self) -> tuple[int, str]:
        """The exit code, and what was shown since the last that was seen."""
        while self._reads():
            pass
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1]), self._unseen

    _seen_before = 0

    @property
    def _unseen(self) -> str:
        return self.screen[self._seen_before :]

    def _reads(self) -> bool:
        """Take in what comes next; False at the end."""
        ready, _, _ = select.select([self._terminal], [], [], PATIENCE_SECONDS)
        try:
            came = os.read(self._terminal, 4096) if ready else b""
        except OSError:
            # Linux says so, and not with nothing, when the program has ended.
            came = b""
        self.screen += _STEERING.sub("", came.decode()).replace("\r\n", "\n")
        return bool(came)

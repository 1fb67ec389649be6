"""A long answer page by page, for whoever sits at a terminal; nobody else ever meets a pager."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence

from blangko.cli.screen import somebody_is_there
from blangko.words.language import _


def show(text: str) -> None:
    """Write the text, through the reader's pager where it is longer than the window."""
    command = _pager() if somebody_is_there() and _is_longer_than_the_window(text) else []
    sys.stdout.flush()
    if not (command and _paged(text, command)):
        sys.stdout.write(text)


def _pager() -> Sequence[str]:
    """The words of the pager's command; none where the reader wants none, or has none."""
    for name in ("BLANGKO_PAGER", "PAGER"):
        if name in os.environ:
            chosen = shlex.split(os.environ[name], posix=os.name != "nt")
            return [] if chosen == ["cat"] else chosen
    if os.environ.get("TERM") == "dumb":
        return []
    # That of Windows knows neither colours nor letters beyond its code page, and its console scrolls.
    found = shutil.which("less") or (shutil.which("more") if os.name != "nt" else None)
    return [found] if found else []


def _is_longer_than_the_window(text: str) -> bool:
    columns, rows = shutil.get_terminal_size()
    # One row is left for the prompt.
    return sum(max(1, -(-len(line) // columns)) for line in text.splitlines()) >= rows


def _paged(text: str, command: Sequence[str]) -> bool:
    """Whether the pager could be started; when it ends, the reader has seen what he wanted."""
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=_with_habits_of_less())
    except OSError:
        return False
    try:
        pager.communicate(text.encode())
    except (BrokenPipeError, KeyboardInterrupt):
        # It was left before the end of the text, or by Ctrl-C, which reaches both of us.
        pager.wait()
    return True


def _with_habits_of_less() -> dict[str, str]:
    """The surroundings of the pager: less shows colours, leaves the answer on the screen, and says how to go on.

    It leaves at Ctrl-C, and by itself when the text fits. Who has habits of his own keeps them.
    """
    keys = _("space = next page, q = back")
    return {"LESS": f"FRXKPs{keys}$", "LESSCHARSET": "utf-8", **os.environ}

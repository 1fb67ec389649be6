"""Colour at a terminal: an answer's headline by how urgent it is, and what a supposition changes.

The codes are added to finished lines just before they are written, so that no value and no file ever holds one; and
every colour only repeats what the words say.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

_PLAIN = "\x1b[0m"
_DIM = "\x1b[2m"
_OF_LEVEL = {
    "ok": "\x1b[32m",
    "soon": "\x1b[1;33m",
    "now": "\x1b[1;31m",
    "empty": "\x1b[1;31m",
    "unknown": "\x1b[1;35m",
}
"""Green, yellow, red and magenta, the urgent ones bold: they are told apart without seeing red and green, too."""
_OF_CODE = ("ok", "soon", "now", "unknown")


class Headline(NamedTuple):
    """How urgent an answer is, and which of its paragraphs, counted from 0, says so."""

    level: str
    paragraph: int = 1
    is_compared: bool = False
    """Whether the lines compare two states: those that end in an equals sign say that nothing changes."""


def alert_headline(code: int) -> Headline:
    """The line of an alert with this exit code."""
    return Headline(_OF_CODE[code], 0)


def supposed_headline(level: str) -> Headline:
    """What would follow from what is supposed: it stands below the comparison."""
    return Headline(level, 4, is_compared=True)


def shows_colour(stream: TextIO) -> bool:
    """Whether the stream is a terminal that understands colours, and nobody asked for none (no-color.org)."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.platform != "win32" or _understands_on_windows()


def coloured(lines: Sequence[str], headline: Headline) -> list[str]:
    """The lines of an answer with its headline in the colour of its level."""
    return list(_painted(lines, headline))


def urgent(text: str, level: str) -> str:
    """A whole text in the colour of a level, line by line, so that no pager loses it."""
    return "\n".join(_in(_OF_LEVEL[level], line) for line in text.split("\n"))


def _painted(lines: Sequence[str], headline: Headline) -> Iterator[str]:
    number = 0
    for line in lines:
        if not line:
            number += 1
            yield line
        elif number == headline.paragraph:
            yield urgent(line, headline.level)
        elif headline.is_compared and line.endswith(" ="):
            yield _in(_DIM, line)
        else:
            yield line


def _in(colour: str, line: str) -> str:
    return f"{colour}{line}{_PLAIN}"


def _understands_on_windows() -> bool:
    """Switch on the console's own reading of the codes (Windows 10 and later); False where there is none."""
    if sys.platform != "win32":
        return False
    import ctypes

    standard_output, read_codes = -11, 0x0004
    console = ctypes.windll.kernel32
    handle = console.GetStdHandle(standard_output)
    mode = ctypes.c_ulong()
    if not console.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(console.SetConsoleMode(handle, mode.value | read_codes))

"""The pictures of the README, made by the program itself: a terminal with its answer, and the page of the week.

Both show the book of the demonstration on its last day. After a change that is meant, `python -m tests.pictures` makes
them anew; look at what it changed.
"""

import fcntl
import io
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests import PATIENCE_SECONDS

FOLDER = Path(__file__).parent
LAST_DAY = "2017-10-27"
ROWS, COLUMNS = 40, 80


def pictures(folder: Path) -> dict[str, bytes]:
    """Each picture by its file's name; the book that they show is made in `folder`."""
    book = str(folder / "demo.db")
    _told("demo", "--keep", book)
    page = folder / "page.png"
    _told("--db", book, "summary", "-o", str(page))
    return {"terminal.svg": _drawn(shown_at_terminal("--db", book, "status")), "page.png": page.read_bytes()}


def _told(*words: str) -> None:
    subprocess.run(_command(words), env=_surroundings(), capture_output=True, check=True, timeout=PATIENCE_SECONDS)


def _command(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "blangko", *words]


def _surroundings(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PAGER", "LESS")}
    return {**kept, "BLANGKO_LANG": "en", "BLANGKO_TODAY": LAST_DAY, "TERM": "xterm-256color", **more}


def shown_at_terminal(*words: str, rows: int = ROWS, **surroundings: str) -> str:
    """What a command writes to a terminal of 80 columns, with its colours, while nobody can be asked."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", rows, COLUMNS, 0, 0))
    with subprocess.Popen(
        _command(words), env=_surroundings(**surroundings), stdin=subprocess.DEVNULL, stdout=its, stderr=its
    ):
        os.close(its)
        written = b"".join(iter(lambda: _next_of(ours), b""))
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def _next_of(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # Linux tells the end of a terminal so: nobody holds its other side any more.
        return b""


def _drawn(written: str) -> bytes:
    """A terminal that shows a command and its answer."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False)
    console.print(Text("$ blangko status"))
    console.print(Text.from_ansi(written))
    return console.export_svg(title="blangko", code_format=_SVG, unique_id="blangko").encode()


# That of rich, without the font that it would fetch from elsewhere.
_SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; line-height: {line_height}px }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""

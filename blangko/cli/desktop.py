"""An icon on the desktop that opens the book: a batch file for Windows, a .desktop file for Linux."""

import os
import shlex
import sys
from itertools import chain, count
from pathlib import Path

from blangko.cli.schedule import own_command
from blangko.cli.screen import complain, say
from blangko.errors import CannotCreate, NotConfirmed, reason_of
from blangko.store.address import lasting
from blangko.store.saved import being_made, put_where_nothing_is
from blangko.words.language import _
from blangko.words.written import plain

MAY_START = 0o755


def set_icon(place: str) -> None:
    """Put the icon of the book at `place` onto the desktop and say where; a desktop that takes none spoils no book."""
    from platformdirs import user_desktop_dir

    desktop = Path(user_desktop_dir())
    folder = desktop if desktop.is_dir() else Path.home()
    try:
        say(_("An icon that opens it: {path}").format(path=plain(put_icon(folder, place))))
    except NotConfirmed as error:
        complain(error)
    except OSError as error:
        complain(CannotCreate(path=str(folder), reason=reason_of(error)))


def put_icon(folder: Path, place: str) -> str:
    """Write the icon of the book at `place` into the folder.

    Returns:
        The file: one that says the same already, else a new one; nothing that stands there is written over.

    Raises:
        OSError: The folder does not take it.
        NotConfirmed: The disk does not say that it keeps it.
    """
    command, book = own_command(sys.argv[0]), lasting(place)
    if sys.platform == "win32":
        return _put(folder, ".bat", batch_file(command, book).encode())
    return _put(folder, ".desktop", desktop_file(command, book).encode())


def batch_file(command: list[str], book: str) -> str:
    """What the Windows desktop runs: the menu of the book, in UTF-8, in a window that stays to be read."""
    set_book = f'set "BLANGKO_DB={_percents(book)}"'
    start = " ".join(f'"{_percents(word)}"' for word in command)
    # From chcp on cmd reads the file itself as UTF-8, so that a name with an accent is found. Between quotation marks
    # only the percent sign means something, and the exclamation mark where somebody switched that on.
    lines = ["@echo off", "setlocal DisableDelayedExpansion", "chcp 65001 >nul", "title blangko", set_book, start]
    return "".join(f"{line}\r\n" for line in [*lines, "echo.", "pause"])


def _percents(text: str) -> str:
    return text.replace("%", "%%")


def desktop_file(command: list[str], book: str) -> str:
    """What the Linux desktop runs, by the Desktop Entry Specification: the menu, in a window that stays to be read."""
    close, comment = shlex.quote(_("Press Enter to close.")), _("The stock book of blank KTP-el cards")
    # The shell outlives a Ctrl-C that leaves the menu, so that what was said can still be read.
    start = f"trap : INT; BLANGKO_DB={shlex.quote(book)} {shlex.join(command)}"
    stay = f"printf '\\n%s ' {close}; read -r _"
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            "Name=blangko",
            f"Comment={comment}",
            f"Exec=sh -c {_argument(f'{start}; {stay}')}",
            "Terminal=true",
            "Categories=Office;",
            "",
        ]
    )


def _argument(text: str) -> str:
    """One argument of an Exec line: quoted for the launcher, then escaped once more as any string of the file is."""
    for sign in '\\"`$':
        text = text.replace(sign, f"\\{sign}")
    return f'"{text}"'.replace("\\", "\\\\").replace("%", "%%")


def _put(folder: Path, ending: str, content: bytes) -> str:
    names = chain(["blangko"], (f"blangko-{number}" for number in count(2)))
    for target in (folder / f"{name}{ending}" for name in names):
        if not os.path.lexists(target):
            with being_made(str(target), MAY_START) as building:
                Path(building).write_bytes(content)
                put_where_nothing_is(building, str(target))
            return str(target)
        if target.is_file() and target.read_bytes() == content:
            return str(target)
    raise AssertionError("the numbers have no end")

"""The one way in which a file comes into being: whole and lasting before it gets its name, or not at all.

Whoever reads a folder meanwhile, and whoever turns the machine off, finds the old file or the new one and nothing in
between. A book that is begun, a copy, an export, a paper and a mark are all made here.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from blangko.errors import CannotCreate, NotConfirmed, reason_of
from blangko.store.beside import COMPANIONS, is_empty_file

PRIVATE = 0o600


@contextmanager
def being_made(target: str, mode: int = PRIVATE) -> Iterator[str]:
    """An empty file near `target` to fill, and to put in its place in the end; what is left there is taken away.

    It lies in a folder of its own inside the target's, which nobody else can reach, so that nobody plants a journal
    beside what is built; and within one file system, since only there is a file renamed at a stroke.

    Args:
        target: The name that the file is to get.
        mode: Who may read and write it, and then the file of that name.

    Raises:
        OSError: The folder does not take it.
    """
    folder = f"{target}.{os.urandom(4).hex()}.new"
    os.mkdir(folder, 0o700)
    building = os.path.join(folder, "made")
    try:
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))
        # Not asked of open, which takes the account's mask off.
        os.chmod(building, mode)
        yield building
    finally:
        _take_away(folder)


def _take_away(folder: str) -> None:
    with suppress(OSError):
        for name in os.listdir(folder):
            with suppress(OSError):
                os.unlink(os.path.join(folder, name))
        os.rmdir(folder)


@contextmanager
def one_at_a_time(target: str, wait_seconds: float) -> Iterator[None]:
    """Let no two programs do the same about `target` at once; the second waits for the first.

    The lock is that of an empty SQLite file beside it, which every system lets go when a program ends. Where it cannot
    be had, or not in time, the block runs all the same.
    """
    lock = None
    try:
        lock = sqlite3.connect(f"{target}.lock", timeout=wait_seconds, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        # A folder that takes no file, or somebody who takes too long: what is to be done is not left undone for that.
        pass
    try:
        yield
    finally:
        if lock is not None:
            lock.close()


def put_in_place(building: str, target: str) -> None:
    """Give a finished file its name, instead of whatever stands there.

    Raises:
        OSError: It cannot have the name; what stood there stands.
        NotConfirmed: It has the name, but the disk does not say that it keeps it.
    """
    _make_last(building)
    os.replace(building, target)
    sync_folder(target)


def put_where_nothing_is(building: str, target: str) -> None:
    """Give a finished file its name, never over another file.

    Raises:
        FileExistsError: There is one.
        OSError, NotConfirmed: As `put_in_place`.
    """
    _make_last(building)
    if os.name == "nt":
        # There a rename refuses a name that is taken.
        os.rename(building, target)
        return
    try:
        os.link(building, target)
    except FileExistsError:
        raise
    except OSError:
        # Some network shares know no hard links; there a rename is the best there is.
        os.rename(building, target)
    else:
        # A book that came out of a power cut under two names would take no entries.
        os.unlink(building)
        sync_folder(building)
    sync_folder(target)


def set_companions_aside(target: str, kept: str | None = None) -> None:
    """Take away from beside `target` what SQLite would take for a part of the book that is to get this name.

    It may be all that mends a book that somebody moved away by hand, so it is kept: as `target-journal.old`, or beside
    the file `kept`, to which it belongs.

    Raises:
        OSError: It cannot be moved.
    """
    for suffix in COMPANIONS:
        beside = target + suffix
        if os.path.lexists(beside) and not is_empty_file(beside):
            os.rename(beside, kept + suffix if kept else free_name(beside))


def free_name(stem: str) -> str:
    """The first name that nothing has, of `stem.old`, `stem.2.old` and so on."""
    names = chain([f"{stem}.old"], (f"{stem}.{number}.old" for number in count(2)))
    return next(name for name in names if not os.path.lexists(name))


@contextmanager
def put_back_unless_proved(target: str, made: os.stat_result, kept: str | None) -> Iterator[None]:
    """Put back what stood at `target` when the block fails, which gives the name to a new file and proves it there.

    Args:
        target: The name.
        made: The new file.
        kept: A second name of the file that stood there; None where there was none.
    """
    try:
        yield
    except NotConfirmed:
        # The new file has the name, which is what the error is about.
        raise
    except BaseException:
        has_come = os.path.exists(target) and os.path.samestat(os.stat(target), made)
        if kept and has_come:
            os.replace(kept, target)
        elif kept:
            # The old file stands, and a book must not go by two names.
            os.unlink(kept)
        elif has_come:
            os.unlink(target)
        raise


def save(
    output: str,
    made: bytes | Iterable[bytes],
    book: str,
    then: Callable[[], object] = lambda: None,
    is_private: bool = False,
) -> None:
    """Write a whole file or none of it, never over the book; it may be read by whoever could read the one before.

    Args:
        output: The file. Of a link the file that it names is replaced; a printer or a pipe is written to.
        made: What it is to hold, whole or piece by piece.
        book: The place of the book that is open.
        then: Called when the file lies ready and only its name is missing: what it writes stands with the file.
        is_private: For the owner of the file alone.

    Raises:
        CannotCreate: The file cannot be written, or is the book.
        NotConfirmed: As `put_in_place`.
    """
    try:
        refuse_the_book(output, book)
        target = os.path.realpath(output)
        if os.path.isdir(target):
            raise CannotCreate(path=output, reason="is a directory")
        if os.path.exists(target) and not os.path.isfile(target):
            then()
            _fill(target, made)
            return
        with being_made(target, PRIVATE if is_private else _mode_of(target)) as building:
            _fill(building, made)
            # A full disk is found here, before anybody writes down that the file was handed out.
            _make_last(building)
            then()
            put_in_place(building, target)
    except (OSError, ValueError) as error:
        raise CannotCreate(path=output, reason=reason_of(error)) from None


def _fill(name: str, made: bytes | Iterable[bytes]) -> None:
    with open(name, "wb") as file:
        file.writelines([made] if isinstance(made, bytes) else made)


def refuse_the_book(output: str, book: str) -> None:
    """Refuse to write over the book, or over the journal that it needs after a crash.

    Raises:
        CannotCreate: The output is one of them, or no name of a file.
    """
    try:
        target, kept = os.path.realpath(output), os.path.realpath(book)
    except ValueError as error:
        raise CannotCreate(path=output, reason=reason_of(error)) from None
    # Where large and small letters are the same, one file has many names.
    is_same = os.path.exists(target) and os.path.exists(kept) and os.path.samefile(target, kept)
    if is_same or target in (kept, *(kept + suffix for suffix in COMPANIONS)):
        raise CannotCreate(path=output, reason="that is the book itself")


def _mode_of(target: str) -> int:
    """Who may read and write the file that stands at `target`; without one, what the account gives its new files."""
    with suppress(OSError):
        return os.stat(target).st_mode & 0o777
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _make_last(building: str) -> None:
    """Wait until the disk keeps what was written into the file."""
    # Opened to be written, since Windows makes nothing else last.
    with open(building, "r+b") as file:
        os.fsync(file.fileno())


def make_folder(place: str, mode: int) -> None:
    """Make the folder of the file at `place` where there is none: for its owner alone, or for the file's group too."""
    folder = Path(place).absolute().parent
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        if mode & 0o060:
            # Not asked of mkdir, which takes the account's mask off and knows no mark of the group.
            folder.chmod(0o2770)


def sync_folder(place: str) -> None:
    """Make the name of the file at `place` last through a power cut.

    Raises:
        NotConfirmed: The disk does not say that it will.
    """
    if os.name == "nt":
        return
    try:
        folder = os.open(Path(place).absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise NotConfirmed(path=place, reason=reason_of(error)) from None

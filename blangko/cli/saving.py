"""Files that a command leaves: whatever -o names, and the mark of a proved book."""

import sys
from collections.abc import Callable, Iterable
from typing import Annotated

import typer

from blangko.cli.screen import complain
from blangko.core.seal import Mark
from blangko.errors import CannotCreate, MissingMark, MissingWord
from blangko.words.language import N_, _
from blangko.words.written import plain

MarkFile = Annotated[
    str | None,
    typer.Option("--mark", metavar="FILE", help=N_("a file outside the book that keeps the last proved seal")),
]

NewMark = Annotated[bool, typer.Option("--new-mark", help=N_("begin a mark where none is kept yet"))]


def save(
    output: str,
    made: bytes | Iterable[bytes],
    book_place: str,
    record: Callable[[], object] = lambda: None,
    is_private: bool = False,
    is_told: bool = True,
) -> None:
    """Save the file as `store.saved.save` does, and say where."""
    from blangko.store import saved

    saved.save(output, made, book_place, record, is_private)
    if is_told:
        print(_("Saved: {path}").format(path=plain(output)), file=sys.stderr)


def kept_mark(path: str | None, begin: bool) -> Mark | None:
    """The mark that was kept at `path`; None when none is asked for, or the first one is to `begin`.

    Raises:
        MissingMark: There is none: whoever took it away would have its proof pass.
        MissingWord: One is to begin, and nobody says where.
    """
    if path is None:
        if begin:
            raise MissingWord(missing="--mark")
        return None
    from blangko.exchange.mark import read_mark

    mark = read_mark(path)
    if mark is None and not begin:
        raise MissingMark(path=path)
    return mark


def keep_mark(path: str | None, mark: Mark | None, book_place: str) -> None:
    """Keep the mark of a book that was just proved, when that is asked for."""
    if path is None or mark is None:
        return
    from blangko.exchange.mark import mark_file

    try:
        save(path, mark_file(mark), book_place, is_private=True, is_told=False)
    except CannotCreate as error:
        # What was proved is proved; the next proof begins at the old mark.
        complain(error)

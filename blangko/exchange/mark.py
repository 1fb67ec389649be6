"""A mark kept outside the book: the last seal that was proved, in a file that the book's own clerk need not own.

Whoever changes an entry and seals the whole book anew, or takes away its last entries, leaves a chain that is whole in
itself; only what was written down elsewhere tells of it.
"""

from __future__ import annotations

import json
from datetime import date

from blangko.core.seal import Mark
from blangko.elsewhere import read_whole
from blangko.errors import reason_of
from blangko.errors.files import BadMark

_SCHEMA = "blangko.mark/1"
LARGEST_FILE_BYTES = 10_000
LARGEST_NUMBER = 2**63
"""No database counts further."""


def read_mark(path: str) -> Mark | None:
    """The mark in the file at `path`; None where there is no file yet.

    Raises:
        BadMark: The file cannot be read, or holds something else.
    """
    try:
        return mark_in(read_whole(path, LARGEST_FILE_BYTES), path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadMark(path=path, reason=reason_of(error)) from None


def mark_in(text: str | bytes, name: str) -> Mark:
    """The mark in what was read from a file of that name.

    Raises:
        BadMark: It holds something else.
    """
    try:
        held = json.loads(text)
        if held["schema"] != _SCHEMA:
            raise ValueError(held["schema"])
        # The file lies where others may write; what it holds goes into a statement of the database.
        if not 0 <= int(held["entry_no"]) < LARGEST_NUMBER:
            raise ValueError(held["entry_no"])
        proved_on = date.fromisoformat(held["proved_on"])
        return Mark(str(held["office_code"]), int(held["entry_no"]), str(held["seal"]), proved_on)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        raise BadMark(path=name, reason="it holds no mark") from None


def mark_file(mark: Mark) -> bytes:
    """What the file of a mark holds."""
    return (json.dumps({"schema": _SCHEMA, **mark._asdict()}, default=date.isoformat) + "\n").encode()

"""The message of an office's entries as bytes: lines of JSON, gzip; made the same every time, and read within bounds.

The first line says whose entries follow, from which number on, after which seal, how many, and with which seal they
end. Then comes one line for each entry: the JSON over which its seal is made. Ten kibibytes hold an office-year.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any

from blangko.core.columns import SEALED
from blangko.core.message import MOST_ENTRIES, Message, Row, row_of, sealed_message
from blangko.core.seal import canonical_json
from blangko.elsewhere import read_whole
from blangko.errors import reason_of
from blangko.errors.province import BadMessage, MessageTooLarge

SCHEMA = "blangko.push/1"
LARGEST_MESSAGE_BYTES = 50_000_000
LARGEST_UNPACKED_BYTES = 200_000_000
LONGEST_LINE_BYTES = 200_000
"""Six texts of 2,000 letters, each written as six, are half of it."""
PIECE_BYTES = 1 << 16
GZIP = b"\x1f\x8b"
"""How a message begins."""
CUT_OFF = "it was cut off"
CHANGED = "it was changed after it was written"
TOO_LARGE = "it is too large"
NEWER = "a newer blangko wrote it"
_AS_GZIP = 16 + zlib.MAX_WBITS


def message_bytes(message: Message) -> bytes:
    """The message, packed; the same entries give the same bytes.

    Raises:
        MessageTooLarge: It holds more entries than a message may.
    """
    if len(message.rows) > MOST_ENTRIES:
        raise MessageTooLarge(entries=len(message.rows), most=MOST_ENTRIES)
    head = {
        "schema": SCHEMA,
        "office_code": message.office_code,
        "from_no": message.from_no,
        "previous_seal": message.previous_seal,
        "entries": len(message.rows),
        "last_seal": message.last_seal,
    }
    lines = [json.dumps(head, ensure_ascii=False), *(canonical_json(SEALED, row) for row in message.rows)]
    # The instant of packing is left out, which would make each message another one.
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)


def read_file(path: str) -> bytes:
    """What a file holds that may be a message.

    Raises:
        BadMessage: It cannot be read, or is larger than any message.
    """
    try:
        return read_whole(path, LARGEST_MESSAGE_BYTES)
    except (OSError, ValueError) as error:
        raise BadMessage(path=path, reason=reason_of(error)) from None


def read_message(packed: bytes, called: str) -> Message:
    """The message in those bytes, every seal computed anew; `called` is what people are told of.

    Raises:
        BadMessage: It is no message, was cut off or changed, or unpacks into too much.
    """
    try:
        return _message(_lines(packed))
    except _Refused as error:
        raise BadMessage(path=called, reason=str(error)) from None
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError, zlib.error) as error:
        reason = NEWER if str(error) == NEWER else CHANGED
        raise BadMessage(path=called, reason=reason if packed[:2] == GZIP else "it holds no message") from None


class _Refused(Exception):
    """A message that cannot be used, for the reason in its words."""


def _message(lines: Iterator[bytes]) -> Message:
    head: dict[str, Any] = json.loads(next(lines, b""))
    if head["schema"] != SCHEMA:
        raise _Refused(NEWER if str(head["schema"]).startswith("blangko.push/") else "it holds no message")
    code, from_no, previous_seal = head["office_code"], head["from_no"], head["previous_seal"]
    if not (isinstance(code, str) and 0 < len(code) <= 40 and type(from_no) is int and _is_seal(previous_seal)):
        raise ValueError(CHANGED)
    message = sealed_message(code, from_no, previous_seal, _rows(lines))
    if (len(message.rows), message.last_seal) != (head["entries"], head["last_seal"]):
        raise _Refused(CHANGED)
    return message


def _is_seal(text: object) -> bool:
    return isinstance(text, str) and len(text) == 64 and set(text) <= set("0123456789abcdef")


def _rows(lines: Iterator[bytes]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if number > MOST_ENTRIES:
            raise _Refused(TOO_LARGE)
        told = json.loads(line.decode())
        if not isinstance(told, dict):
            raise ValueError(CHANGED)
        yield row_of(told)


def _lines(packed: bytes) -> Iterator[bytes]:
    """The lines as they are unpacked, never more at once than a piece and a line."""
    unfinished = b""
    for piece in _unpacked(packed):
        *whole, unfinished = (unfinished + piece).split(b"\n")
        if len(unfinished) > LONGEST_LINE_BYTES or any(len(line) > LONGEST_LINE_BYTES for line in whole):
            raise _Refused(TOO_LARGE)
        yield from whole
    if unfinished:
        raise _Refused(CUT_OFF)


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_AS_GZIP)
    left, size_bytes = packed, 0
    while not unpacker.eof:
        piece = unpacker.decompress(left, PIECE_BYTES)
        left = unpacker.unconsumed_tail
        if not piece and not left:
            # All was taken in, nothing more comes out, and it is not at its end.
            break
        size_bytes += len(piece)
        if size_bytes > LARGEST_UNPACKED_BYTES:
            raise _Refused(TOO_LARGE)
        yield piece
    if not unpacker.eof:
        raise _Refused(CUT_OFF)
    if unpacker.unused_data:
        raise _Refused(CHANGED)

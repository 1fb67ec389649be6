"""What a workbook of the older binary kind (.xls, BIFF8) shows beside its values: what is hidden, formulas, errors.

The file is a small file system (compound file) that holds one stream of records; of those few are looked at. Sources:
[MS-CFB] and [MS-XLS] of Microsoft's open specifications; the numbers in comments are their sections.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from blangko.exchange.seen import SeenSheet

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
"""From here on a sector's number is none, but the end of a chain or a free place."""
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOUNDSHEET, _EOF, _ROW, _COLINFO, _BOOLERR, _FORMULA = 0x85, 0x0A, 0x0208, 0x7D, 0x0205, 0x06


def seen_in_xls(content: bytes) -> dict[str, SeenSheet]:
    """The sheets by name; none when the file is of another kind, or broken: then nothing was seen."""
    try:
        stream = _stream(content) if content.startswith(_MAGIC) else b""
        return _sheets(stream)
    except (struct.error, IndexError, ValueError):
        return {}


# --- The file system ------------------------------------------------------------------------------------------


def _stream(content: bytes) -> bytes:
    """The stream of a workbook; empty when the file has none. [MS-CFB] 2.2, 2.6"""
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    directory, cutoff, mini_table = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    size = 1 << shift
    table = _numbers(b"".join(content[(at + 1) * size : (at + 2) * size] for at in _table_sectors(content, size)))

    def whole(start: int) -> bytes:
        return b"".join(content[(at + 1) * size : (at + 2) * size] for at in _chain(table, start))

    entries = whole(directory)
    small = b""
    for at in range(0, len(entries), 128):
        name = entries[at : at + 64].decode("utf-16-le", "replace")[: entries[at + 64] // 2 - 1]
        start, length = struct.unpack_from("<II", entries, at + 116)
        # The root holds the small streams, in small sectors of their own.
        if entries[at + 66] == 5:
            small = whole(start)
        elif name == "Workbook":
            if length >= cutoff:
                return whole(start)[:length]
            mini, step = _numbers(whole(mini_table)), 1 << mini_shift
            return b"".join(small[each * step : (each + 1) * step] for each in _chain(mini, start))[:length]
    return b""


def _table_sectors(content: bytes, size: int) -> list[int]:
    """The sectors that hold the table of sectors: the first 109 are named in the head, the others in a chain."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    while following < _LAST_SECTOR and len(sectors) <= len(content) // size:
        named = _numbers(content[(following + 1) * size : (following + 2) * size])
        sectors += named[:-1]
        following = named[-1]
    return [sector for sector in sectors if sector < _LAST_SECTOR]


def _numbers(part: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])


def _chain(table: Sequence[int], start: int) -> Iterator[int]:
    left = len(table)
    # One that leads back to itself would never end.
    while start < _LAST_SECTOR and left:
        yield start
        start, left = table[start], left - 1


# --- The records ----------------------------------------------------------------------------------------------


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records up to the end of a part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _EOF:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(stream: bytes) -> dict[str, SeenSheet]:
    found: dict[str, SeenSheet] = {}
    is_calculated = False
    blank: list[tuple[SeenSheet, tuple[int, int]]] = []
    for kind, record in _records(stream, 0):
        if kind == _BOUNDSHEET:
            sheet = found[_name(record)] = SeenSheet()
            for inner, told in _records(stream, struct.unpack_from("<I", record)[0]):
                if inner == _FORMULA and _is_blank(told):
                    blank.append((sheet, _place(told)))
                else:
                    is_calculated |= inner == _FORMULA
                    _look(sheet, inner, told)
    # Of a formula that comes to an empty text the same is written as of one that was never calculated: a program that
    # cannot calculate leaves no other result in the whole workbook.
    for sheet, place in blank if not is_calculated else ():
        sheet.unsaved.append(place)
    return found


def _name(record: bytes) -> str:
    """[MS-XLS] 2.4.28"""
    signs, is_wide = record[6], record[7] & 1
    return record[8 : 8 + signs * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1")


def _place(record: bytes) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", record)
    return row, column


def _is_other(record: bytes) -> bool:
    """Whether the result of a formula is no number. [MS-XLS] 2.5.133"""
    return record[12:14] == b"\xff\xff"


def _is_blank(record: bytes) -> bool:
    return _is_other(record) and record[6] == 3


def _look(sheet: SeenSheet, kind: int, record: bytes) -> None:
    """[MS-XLS] 2.4.221, 2.4.53, 2.4.24, 2.4.127"""
    if kind == _ROW:
        row, options = struct.unpack_from("<H", record)[0], record[12]
        if options & 0x20:
            sheet.hidden_rows.append((row, row))
    elif kind == _COLINFO:
        first, last, _width, _format, options = struct.unpack_from("<5H", record)
        if options & 1:
            sheet.hidden_columns.append((first, last))
    elif kind == _BOOLERR and record[7]:
        sheet.errors[_place(record)] = _ERRORS.get(record[6], "#")
    elif kind == _FORMULA and _is_other(record) and record[6] == 2:
        sheet.errors[_place(record)] = _ERRORS.get(record[8], "#")

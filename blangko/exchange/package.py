"""The book as open data: a folder of CSV files with a Frictionless `datapackage.json`, and the way back.

The format: https://datapackage.org. A text that a spreadsheet would run as a formula carries an apostrophe in front,
which the way back takes off again, so that every column and seal comes back as it was.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from blangko.core.columns import COLUMNS, DAY, INSTANT, NAMES, TEXT, WHOLE, Column
from blangko.elsewhere import read_whole
from blangko.errors import reason_of
from blangko.errors.files import BadExport

ENTRIES, OFFICE, DESCRIPTION = "entries.csv", "office.csv", "datapackage.json"
LARGEST_DESCRIPTION_BYTES = 1_000_000
LARGEST_TABLE_BYTES = 400_000_000
"""Two and a half million entries, three centuries of a busy office."""
PIECE = 1 << 16
"""Letters that are written at once."""
# The apostrophe itself is among them, so that a text which really begins with one comes back with it.
_RISKY = "=+-@\t\r\n'"
OFFICE_COLUMNS = (
    COLUMNS[0],
    Column("last_entry_no", WHOLE, "number of the last entry"),
    Column("last_seal", TEXT, "seal of the last entry"),
)
_COLUMNS = {column.name: column for column in (*OFFICE_COLUMNS, *COLUMNS)}
_TYPES = {WHOLE: "integer", TEXT: "string", DAY: "date", INSTANT: "datetime"}
"""What Frictionless calls them."""


class Taken(NamedTuple):
    """A book read back: as `stockroom.files.Snapshot`."""

    office_code: str
    last_entry_no: int
    last_seal: str
    rows: list[list[Any]]


class Package:
    """A data package on its way out, piece by piece: the book of a large office is never in memory as a whole.

    Args:
        office: Code, last number and last seal.
        rows: The entries, under `core.columns.NAMES`.
        excel: Parted by semicolons and marked as UTF-8, as an Indonesian Excel opens them by a double click.
    """

    def __init__(self, office: Sequence[Any], rows: Iterable[Sequence[Any]], excel: bool = False) -> None:
        self.entries = 0
        """How many were taken out so far."""
        self._office = office
        self._rows = rows
        self._excel = excel

    def files(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """The files by their names; of each all pieces have to be taken before the next, which speaks of them."""
        office = _Pieces(_written(OFFICE_COLUMNS, [self._office], self._excel))
        yield OFFICE, office
        entries = _Pieces(_written(COLUMNS, self._counted(), self._excel))
        yield ENTRIES, entries
        described = [
            _resource(OFFICE, OFFICE_COLUMNS, ["office_code"], office, self._excel),
            _resource(ENTRIES, COLUMNS, ["office_code", "entry_no"], entries, self._excel),
        ]
        yield DESCRIPTION, [_description(str(self._office[0]), described)]

    def _counted(self) -> Iterator[Sequence[Any]]:
        for row in self._rows:
            self.entries += 1
            yield row


class _Pieces:
    """The pieces of one file, measured as they pass."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.size_bytes = 0
        self.digest = hashlib.sha256()
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size_bytes += len(piece)
            self.digest.update(piece)
            yield piece


def _description(office_code: str, resources: Sequence[dict[str, Any]]) -> bytes:
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "blangko-book",
        "title": f"Stock book of blank KTP-el cards, office {office_code}",
        "resources": resources,
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _written(columns: Sequence[Column], rows: Iterable[Sequence[Any]], excel: bool) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=";" if excel else ",")
    if excel:
        out.write("\ufeff")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _guarded(cell: Any) -> Any:
    if cell == "":
        # An empty text is something else than nothing.
        return "'"
    return f"'{cell}" if isinstance(cell, str) and cell[0] in _RISKY else cell


def _unguarded(text: str) -> str | None:
    if text == "":
        return None
    return text[1:] if text[0] == "'" else text


def _resource(name: str, columns: Sequence[Column], key: list[str], content: _Pieces, excel: bool) -> dict[str, Any]:
    fields = [{"name": column.name, "type": _TYPES[column.holds], "description": column.meaning} for column in columns]
    return {
        "name": name.removesuffix(".csv"),
        "path": name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";" if excel else ","},
        "bytes": content.size_bytes,
        "hash": "sha256:" + content.digest.hexdigest(),
        "schema": {"fields": fields, "primaryKey": key, "missingValues": [""]},
    }


def read_package(folder: str) -> Taken:
    """A book from the folder that an export made.

    Raises:
        BadExport: The folder is no export, or its files are not as they were written.
    """
    try:
        described = json.loads(read_whole(os.path.join(folder, DESCRIPTION), LARGEST_DESCRIPTION_BYTES))
        resources = {each["path"]: each for each in described["resources"]}
        ((code, last_no, seal),) = _read(folder, resources[OFFICE], [column.name for column in OFFICE_COLUMNS])
        return Taken(code, int(last_no), seal, _read(folder, resources[ENTRIES], NAMES))
    except FileNotFoundError:
        raise BadExport(path=folder, reason="it holds no export") from None
    except OSError as error:
        raise BadExport(path=folder, reason=reason_of(error)) from None
    except (KeyError, TypeError, ValueError, RecursionError, csv.Error) as error:
        # Lists within lists, a thousand deep, are more than can be read; no export has them.
        raise BadExport(path=folder, reason="it was changed after it was written") from error


def _read(folder: str, resource: dict[str, Any], names: Sequence[str]) -> list[list[Any]]:
    """The rows of one file under `names`, whatever the order in which the file has them.

    A column that an older blangko did not know is empty. One that a newer blangko added is left out: where it holds
    something, the entry's seal covers it, and the proof of the copy finds that it is missing.
    """
    # The name alone: a description from elsewhere must not lead out of its folder.
    content = read_whole(os.path.join(folder, os.path.basename(resource["path"])), LARGEST_TABLE_BYTES)
    if "sha256:" + hashlib.sha256(content).hexdigest() != resource["hash"]:
        raise ValueError(f"{resource['path']} was changed after it was written")
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    lines = csv.reader(text, delimiter=resource["dialect"]["delimiter"])
    written = next(lines, [])
    read = ({name: _value(name, cell) for name, cell in zip(written, line, strict=True)} for line in lines)
    return [[row.get(name) for name in names] for row in read]


def _value(name: str, text: str) -> Any:
    value = _unguarded(text)
    is_number = name in _COLUMNS and _COLUMNS[name].holds == WHOLE
    return int(value) if value is not None and is_number else value

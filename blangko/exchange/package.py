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
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from blangko.errors import BadExport, reason_of

ENTRIES, OFFICE, DESCRIPTION = "entries.csv", "office.csv", "datapackage.json"
_RISKY = "=+-@\t\r\n'"
_WHOLE = ("entry_no", "cards", "quota_cards", "request_no", "reverses_no", "batch_no", "last_entry_no")
_DATES = ("occurred_on", "due_on", "until_on")
OFFICE_COLUMNS = ("office_code", "last_entry_no", "last_seal")
_MEANINGS = {
    "entry_no": "number of the entry, counted from 1 without gaps",
    "occurred_on": "the day in the office on which it happened",
    "recorded_at": "when it was written down, in UTC",
    "recorded_by": "who wrote it down",
    "cards": "whole cards",
    "seal": "SHA-256 over the seal before and this entry",
}


class Taken(NamedTuple):
    """A book read back: as `stockroom.files.Snapshot`."""

    office_code: str
    last_entry_no: int
    last_seal: str
    rows: list[list[Any]]


def package_files(
    columns: Sequence[str], office: Sequence[Any], rows: Iterable[Sequence[Any]], excel: bool = False
) -> dict[str, bytes]:
    """The files of a data package by their names.

    Args:
        columns: Names of the entries' columns.
        office: Code, last number and last seal.
        rows: The entries.
        excel: Parted by semicolons and marked as UTF-8, as an Indonesian Excel opens them by a double click.
    """
    made = {
        OFFICE: _written(OFFICE_COLUMNS, [office], excel),
        ENTRIES: _written(columns, rows, excel),
    }
    resources = [
        _resource(OFFICE, OFFICE_COLUMNS, ["office_code"], made[OFFICE], excel),
        _resource(ENTRIES, columns, ["office_code", "entry_no"], made[ENTRIES], excel),
    ]
    description = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "blangko-book",
        "title": f"Stock book of blank KTP-el cards, office {office[0]}",
        "resources": resources,
    }
    made[DESCRIPTION] = (json.dumps(description, ensure_ascii=False, indent=1) + "\n").encode()
    return made


def _written(columns: Sequence[str], rows: Iterable[Sequence[Any]], excel: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=";" if excel else ",")
    writer.writerow(columns)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _guarded(cell: Any) -> Any:
    if cell == "":
        # An empty text is something else than nothing.
        return "'"
    return f"'{cell}" if isinstance(cell, str) and cell[0] in _RISKY else cell


def _unguarded(text: str) -> str | None:
    if text == "":
        return None
    return text[1:] if text[0] == "'" else text


def _resource(name: str, columns: Sequence[str], key: list[str], content: bytes, excel: bool) -> dict[str, Any]:
    fields = [{"name": column, "type": _type(column), **_meaning(column)} for column in columns]
    return {
        "name": name.removesuffix(".csv"),
        "path": name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";" if excel else ","},
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "schema": {"fields": fields, "primaryKey": key, "missingValues": [""]},
    }


def _type(column: str) -> str:
    if column in _WHOLE:
        return "integer"
    if column in _DATES:
        return "date"
    return "datetime" if column == "recorded_at" else "string"


def _meaning(column: str) -> dict[str, str]:
    return {"description": _MEANINGS[column]} if column in _MEANINGS else {}


def read_package(folder: str) -> Taken:
    """A book from the folder that an export made.

    Raises:
        BadExport: The folder is no export, or its files are not as they were written.
    """
    try:
        with open(os.path.join(folder, DESCRIPTION), encoding="utf-8") as file:
            resources = {each["path"]: each for each in json.load(file)["resources"]}
        ((code, last_no, seal),) = _read(folder, resources[OFFICE])
        rows = _read(folder, resources[ENTRIES])
        return Taken(code, int(last_no), seal, rows)
    except FileNotFoundError:
        raise BadExport(path=folder, reason="it holds no export") from None
    except OSError as error:
        raise BadExport(path=folder, reason=reason_of(error)) from None
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise BadExport(path=folder, reason="it was changed after it was written") from error


def _read(folder: str, resource: dict[str, Any]) -> list[list[Any]]:
    with open(os.path.join(folder, os.path.basename(resource["path"])), "rb") as file:
        content = file.read()
    if "sha256:" + hashlib.sha256(content).hexdigest() != resource["hash"]:
        raise ValueError(f"{resource['path']} was changed after it was written")
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    lines = csv.reader(text, delimiter=resource["dialect"]["delimiter"])
    columns = next(lines, [])
    return [[_value(name, cell) for name, cell in zip(columns, line, strict=True)] for line in lines]


def _value(column: str, text: str) -> Any:
    value = _unguarded(text)
    return int(value) if value is not None and column in _WHOLE else value

"""A clerk's workbook as rows of cells, and what its values alone do not show. Extra: `excel`.

The library that reads workbooks makes room for the whole area between the first cell and the last, so one cell in the
far corner of a small file would take all the memory there is. The area is measured first, in the file's own XML, and
what is read is read in a process of its own, within limits. Run as a program, this module is that process: the workbook
comes in, its sheets go out as JSON.

The library tells values only. What is hidden, which formulas hold no value and which hold an error is seen in the same
pass over the XML, in .xls in a few records of the file. A sheet in which it cannot be seen, of .xlsb, is not read.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from blangko.elsewhere import TOO_LARGE, limit_myself, made_apart
from blangko.exchange.seen import FAR_APART, MOST_CELLS, seen_in
from blangko.exchange.seen_xls import seen_in_xls

LARGEST_MEMORY_BYTES = 800_000_000
LONGEST_SECONDS = 60
PASSWORD = "protected by a password"
BROKEN = "not a workbook, or broken"
SAVE_AGAIN = "what is hidden and what was not calculated cannot be seen in it: save it as .xlsx"


def workbook_sheets(content: bytes) -> list[dict[str, Any]]:
    """The sheets of a workbook in their order, each as the fields of a `Grid`.

    Raises:
        OSError: It is none, is protected, or takes too much; its words are the reason.
    """
    made = json.loads(made_apart("blangko.exchange.workbook", content, LONGEST_SECONDS))
    return [fields | {"rows": [[cell_back(cell) for cell in row] for row in fields["rows"]]} for fields in made]


def cell_back(told: Any) -> Any:
    """What `told_cell` made, back as it was."""
    if not isinstance(told, dict):
        return told
    ((kind, text),) = told.items()
    return date.fromisoformat(text) if kind == "day" else datetime.fromisoformat(text)


def told_cell(cell: Any) -> Any:
    """A cell as JSON can say it."""
    if isinstance(cell, datetime):
        return {"instant": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _sheets(content: bytes) -> Iterator[dict[str, Any]]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    seen = seen_in(content) if zipfile.is_zipfile(io.BytesIO(content)) else seen_in_xls(content)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = 0
    for about in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(about.name)
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise ValueError(FAR_APART)
        rows = [[told_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        # A formula that was never calculated would be read as nothing, and nobody would know.
        if about.name not in seen:
            raise ValueError(SAVE_AGAIN)
        told = seen[about.name].beside(rows)
        # Of files that are no XML the library tells what is merged.
        merged = told.get("merged") or [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        is_hidden = about.visible != SheetVisibleEnum.Visible
        yield {"name": about.name, "rows": rows, "is_hidden": is_hidden, **told, "merged": merged}


def _reason(content: bytes, error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return TOO_LARGE
    if str(error) in (FAR_APART, TOO_LARGE, SAVE_AGAIN):
        return str(error)
    # A workbook under a password is wrapped in a file of the older kind.
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content or "password" in str(error).lower():
        return PASSWORD
    return BROKEN


def answered(content: bytes) -> tuple[int, str]:
    """An exit code and what goes with it: 0 and the sheets as JSON, or 1 and the reason why there are none."""
    try:
        return 0, json.dumps(list(_sheets(content)))
    except BaseException as error:
        # calamine has an error of its own for every way in which a workbook can be broken, and where it falls over
        # itself what comes is no Exception; all mean the same here.
        return 1, _reason(content, error)


def main() -> int:
    """Read what comes in; the exit code."""
    limit_myself(LARGEST_MEMORY_BYTES, LONGEST_SECONDS)
    code, told = answered(sys.stdin.buffer.read())
    sys.stdout.write(told)
    return code


if __name__ == "__main__":
    sys.exit(main())

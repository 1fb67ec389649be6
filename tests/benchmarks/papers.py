"""How long the papers and an import take: `python -m tests.benchmarks.papers`.

The summary as text as a ratio to an interpreter that does nothing, on ten years of one office; the page as PDF in
seconds more than the text; an import of 20,000 rows as a ratio to parsing the same file and handing its rows to a bare
table.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from blangko.core.entry import Entry
from blangko.exchange.blocks import Hints
from blangko.exchange.compare import compare, wanted
from blangko.exchange.reading import Reading, read
from blangko.exchange.sheets import read_file, read_sheets
from blangko.stockroom import open_book, tasks
from blangko.stockroom.desk import Desk
from blangko.stockroom.files import import_entries, standing
from blangko.stockroom.look import calendar_on
from tests.benchmarks.measure import BARE, REPETITIONS, Figure, blangko, medians, run, shown, surroundings
from tests.benchmarks.office import make_book

TEN_YEARS = 7_500
ROWS = 20_000
IMPORT_REPETITIONS = 9
FIRST, LAST = date(1950, 1, 1), date(2017, 10, 27)
DESK = Desk(LAST, f"{LAST}T09:00:00Z", "siti", yes=True)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "book.db")
        make_book(book, TEN_YEARS)
        program, env, page = blangko(), surroundings(book), str(Path(folder, "page.pdf"))
        tasks: dict[str, Callable[[], object]] = {
            "bare": lambda: run(BARE),
            "text": lambda: run([program, "summary"], env),
            "pdf": lambda: run([program, "summary", "-o", page], env),
        }
        seconds = medians(tasks)
        imported = medians(import_tasks(Path(folder)), IMPORT_REPETITIONS)
    print(f"medians of {REPETITIONS} runs in turn; a bare interpreter takes {1000 * seconds['bare']:.1f} ms\n")
    return shown(
        [
            Figure("summary as text, ten years, × bare", seconds["text"] / seconds["bare"], 15.0),
            Figure("summary as PDF, seconds more than text", seconds["pdf"] - seconds["text"], 0.5),
            Figure(f"import of {ROWS:,} rows, × parse + executemany", imported["import"] / imported["raw"], 2.5),
        ]
    )


def import_tasks(folder: Path) -> dict[str, Callable[[], object]]:
    sheet = folder / "days.csv"
    write_sheet(sheet)
    opening = tasks.opening_drafts(FIRST, 9_000_000, 0)
    tasks.start(str(folder / "begun.db"), "61.03", DESK._replace(today=FIRST), {}, opening, 0o600)
    return {"raw": lambda: raw(sheet, folder), "import": lambda: imported(sheet, folder)}


def write_sheet(path: Path) -> None:
    """So many days, each with a delivery that covers its prints."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Tanggal", "Masuk", "Cetak", "Ket"])
        for number in range(ROWS):
            day = FIRST + timedelta(days=number)
            writer.writerow([f"{day:%d/%m/%Y}", "", 180 + number % 20, ""])


def sheet_read(sheet: Path, is_open: Callable[[date], bool]) -> Reading:
    """Every row of the file, none of which is in doubt."""
    reading = read(read_sheets(str(sheet), read_file(str(sheet))), Hints(), LAST, is_open)
    assert len(reading.lines) == ROWS and not reading.guesses and not reading.troubles
    return reading


def raw(sheet: Path, folder: Path) -> None:
    """The same file parsed, and the same rows handed to a table without rules in one transaction."""
    figures = sheet_read(sheet, lambda day: True).lines
    place = folder / "raw.db"
    place.unlink(missing_ok=True)
    connection = sqlite3.connect(place)
    connection.execute(f"CREATE TABLE entry ({', '.join(Entry._fields)}, PRIMARY KEY (office_code, entry_no))")
    rows = [
        [value.isoformat() if isinstance(value, date) else value for value in draft._replace(entry_no=number)]
        for number, draft in enumerate(wanted(compare(figures, (), None), "", None).drafts, 1)
    ]
    connection.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * len(Entry._fields))})", rows)
    connection.commit()
    connection.close()


def imported(sheet: Path, folder: Path) -> None:
    """The same file, read and written into a book with all its rules and seals."""
    place = folder / "import.db"
    shutil.copy(folder / "begun.db", place)
    with open_book(str(place)) as book:
        figures = sheet_read(sheet, calendar_on(book, LAST).is_open).lines
        compare(figures, *standing(book, FIRST))
        import_entries(book, DESK, FIRST, lambda *held: wanted(compare(figures, *held), "", None), "0" * 64)


if __name__ == "__main__":
    sys.exit(main())

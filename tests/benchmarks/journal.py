"""Ten years of a book against an hledger journal of the same length: `python -m tests.benchmarks.journal`.

Both write down the day's prints and show what is left. hledger is not installed by this benchmark; without it there
is nothing to compare with.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import count, islice
from pathlib import Path

from blangko.core.entry import Entry
from tests.benchmarks.commands import FIRST_PRINTED
from tests.benchmarks.measure import REPETITIONS, Figure, blangko, medians, run, shown, surroundings
from tests.benchmarks.office import ENTRIES_A_FORTNIGHT, TODAY, commands, make_book

ENTRIES = 7_500
_TRANSACTION = "{day} {kind}\n    {target}  {cards} cards\n    {source}\n\n"


def main() -> int:
    hledger = shutil.which("hledger")
    if hledger is None:
        print("hledger is not installed here, so print is compared with nothing.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        book, journal = Path(folder, "book.db"), Path(folder, "book.journal")
        make_book(book, ENTRIES)
        journal.write_text("".join(map(transaction, movements(ENTRIES))), encoding="utf-8")
        seconds = medians({"print": printing(book), "hledger": adding(hledger, journal)})
    print(f"medians of {REPETITIONS} runs in turn: print {1000 * seconds['print']:.0f} ms,", end=" ")
    print(f"hledger {1000 * seconds['hledger']:.0f} ms\n")
    return shown([Figure(f"print, {ENTRIES:,} entries, × hledger", seconds["print"] / seconds["hledger"], 1.0)])


def movements(wanted: int) -> Iterable[Entry]:
    """So many movements of the office; a journal knows no statements."""
    entries = (entry for batch in commands(2 * wanted // ENTRIES_A_FORTNIGHT) for entry in batch)
    return islice((entry for entry in entries if entry.is_movement), wanted)


def transaction(entry: Entry) -> str:
    return _TRANSACTION.format(
        day=entry.occurred_on, kind=entry.kind, target=entry.to_place, cards=entry.cards, source=entry.from_place
    )


def printing(book: Path) -> Callable[[], object]:
    program, env, printed = blangko(), surroundings(book), count(FIRST_PRINTED)
    return lambda: run([program, "print", str(next(printed)), "--yes"], env)


def adding(hledger: str, journal: Path) -> Callable[[], object]:
    """Add a transaction by hand and show the balance, as a clerk with a journal would."""
    printed = count(FIRST_PRINTED)
    entry = f"{TODAY} print\\n    issued  %s cards\\n    shelf\\n\\n"
    script = f"""printf '{entry}' "$1" >> "$2" && "$0" -f "$2" balance"""
    return lambda: run(["sh", "-c", script, hledger, str(next(printed)), str(journal)])


if __name__ == "__main__":
    sys.exit(main())

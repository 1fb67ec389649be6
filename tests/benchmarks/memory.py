"""The most memory that commands hold: `python -m tests.benchmarks.memory`.

`alert` on a year and on a century of an office; `verify` and `export`, which walk the whole book, on a century of a
busy one. Making that book takes some minutes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.commands import CENTURY, YEAR
from tests.benchmarks.measure import Figure, blangko, shown, surroundings
from tests.benchmarks.office import make_book, make_busy_book

ALLOWED_MIB = 45.0
REPETITIONS = 9
BUSY_CENTURY = 750_000
ALLOWED_WHOLE_BOOK_MIB = 114.0
"""120 million bytes."""
# A process of its own starts the command: the peak of a child counts that of the process that it was split off from.
_PEAK = """
import os, sys
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


def main() -> int:
    if sys.platform == "win32":
        print("Windows does not tell what a finished process used.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        figures = []
        for entries in (YEAR, CENTURY):
            book = Path(folder, f"{entries}.db")
            make_book(book, entries)
            peak = median(peak_mib(book, "alert") for _ in range(REPETITIONS))
            figures.append(Figure(f"alert, {entries:,} entries, peak MiB", peak, ALLOWED_MIB))
        busy = Path(folder, "busy.db")
        make_busy_book(busy, BUSY_CENTURY)
        for words in (["verify"], ["export", "-o", f"{folder}/out"]):
            name = f"{words[0]}, {BUSY_CENTURY:,} entries, peak MiB"
            figures.append(Figure(name, peak_mib(busy, *words), ALLOWED_WHOLE_BOOK_MIB))
    return shown(figures)


def peak_mib(book: Path, *command: str) -> float:
    """The most memory that one run of the command held.

    Raises:
        RuntimeError: It gave no answer; a figure of a failure would mean nothing.
    """
    words = [sys.executable, "-I", "-S", "-c", _PEAK, blangko(), *command]
    done = subprocess.run(words, env=surroundings(book), capture_output=True, check=True)
    code, peak_bytes = map(int, done.stdout.split())
    # Of `alert` 1 and 2 are answers too.
    if code not in ((0, 1, 2) if command[0] == "alert" else (0,)):
        raise RuntimeError(f"{command[0]} ended with {code}")
    return peak_bytes / 2**20


if __name__ == "__main__":
    sys.exit(main())

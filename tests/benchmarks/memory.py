"""The most memory that `alert` holds, on a year and on a century: `python -m tests.benchmarks.memory`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.commands import CENTURY, YEAR
from tests.benchmarks.measure import Figure, blangko, shown, surroundings
from tests.benchmarks.office import make_book

ALLOWED_MIB = 45.0
REPETITIONS = 9
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
            peak = median(peak_mib(book) for _ in range(REPETITIONS))
            figures.append(Figure(f"alert, {entries:,} entries, peak MiB", peak, ALLOWED_MIB))
    return shown(figures)


def peak_mib(book: Path) -> float:
    """The most memory that one `alert` held.

    Raises:
        RuntimeError: It gave no answer; a figure of a failure would mean nothing.
    """
    words = [sys.executable, "-I", "-S", "-c", _PEAK, blangko(), "alert"]
    done = subprocess.run(words, env=surroundings(book), capture_output=True, check=True)
    code, peak_bytes = map(int, done.stdout.split())
    if code not in (0, 1, 2):
        raise RuntimeError(f"alert ended with {code}")
    return peak_bytes / 2**20


if __name__ == "__main__":
    sys.exit(main())

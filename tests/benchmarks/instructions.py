"""How much the daily commands compute: `python -m tests.benchmarks.instructions [PYTHON]`.

Instructions are counted by valgrind, so that the figures do not depend on how busy the machine is. The measure is an
interpreter that imports what every such program would. PYTHON is the interpreter of an environment in which the wheel
is installed: the import finder of an editable install doubles a bare start.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.measure import Figure, blangko, shown, surroundings
from tests.benchmarks.office import make_book, make_busy_book

WEEK = ["card", "--from", "2017-10-23", "--to", "2017-10-27"]
YEAR, TEN_YEARS, BUSY = 750, 7_500, 75_000
PYTHON = sys.argv[1] if len(sys.argv) > 1 else sys.executable
MEASURE = [PYTHON, "-I", "-c", "import gc; gc.disable(); import typer, sqlite3, hashlib, json, datetime"]
COMMANDS = {"print": ["print", "187", "--yes"], "alert": ["alert"]}
ALLOWED = {"print": 1.72, "alert": 1.78}
ALLOWED_BUSY = 1.25
ALLOWED_WEEK = 1.3
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


def main() -> int:
    measure = instructions(MEASURE)
    print(f"the measure: {measure / 1e6:.1f} million instructions\n")
    with tempfile.TemporaryDirectory() as folder:
        places = {name: Path(folder, f"{name}.db") for name in ("year", "ten years", "busy")}
        make_book(places["year"], YEAR)
        make_book(places["ten years"], TEN_YEARS)
        make_busy_book(places["busy"], BUSY)
        counted = {
            (command, name): instructions_on(place, words)
            for command, words in COMMANDS.items()
            for name, place in places.items()
        }
        week = instructions_on(places["busy"], WEEK) / instructions_on(places["year"], WEEK)
    card = Figure(f"a week's card, {BUSY:,} entries in ten years, × {YEAR}", week, ALLOWED_WEEK)
    return shown([*against_measure(counted, measure), *busy_against_quiet(counted), card])


def against_measure(counted: Mapping[tuple[str, str], int], measure: int) -> list[Figure]:
    return [
        Figure(f"{command}, {YEAR} entries, × the measure", counted[command, "year"] / measure, allowed)
        for command, allowed in ALLOWED.items()
    ]


def busy_against_quiet(counted: Mapping[tuple[str, str], int]) -> list[Figure]:
    """Ten years of an office that writes thirty entries a day, beside one that writes three."""
    return [
        Figure(
            f"{command}, {BUSY:,} entries in ten years, × {TEN_YEARS:,}",
            counted[command, "busy"] / counted[command, "ten years"],
            ALLOWED_BUSY,
        )
        for command in COMMANDS
    ]


def instructions_on(book: Path, words: Sequence[str]) -> int:
    """The instructions of one command on a copy of the book, so that every command finds the same."""
    copy = book.with_suffix(".copy")
    shutil.copy(book, copy)
    return instructions([blangko(PYTHON), *words], {**surroundings(copy), "PYTHONHASHSEED": "0"})


def instructions(words: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """The instructions of one process from its start to its end.

    Raises:
        RuntimeError: valgrind counted none.
    """
    counter = ["valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={os.devnull}"]
    done = subprocess.run([*counter, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    found = _COUNTED.search(done.stderr.decode())
    if found is None:
        raise RuntimeError(f"valgrind counted nothing: {done.stderr.decode()}")
    return int(found[1].replace(",", ""))


if __name__ == "__main__":
    sys.exit(main())

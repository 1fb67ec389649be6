"""How long the daily commands take, from Enter to prompt: `python -m tests.benchmarks.commands`.

First as a ratio to an interpreter that does nothing, on a year of one office; then on a century of it as a ratio to
the year; at last the plan of a queue and a target, and what would be if, as a ratio to the alert. All are run in turn,
and the medians are compared.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.benchmarks.measure import BARE, REPETITIONS, Figure, blangko, medians, run, shown, surroundings
from tests.benchmarks.office import make_book

YEAR, CENTURY = 750, 75_000
ALLOWED = {"print": 8.0, "alert": 8.0, "status": 12.0, "--help": 8.0}
ALLOWED_GROWTH = 1.25
ALLOWED_PLAN = 2.0
ALLOWED_WHAT_IF = 2.0
WHAT_IF = [
    "--if-receive",
    "500@tomorrow",
    "--if-quota",
    "100",
    "--if-extra",
    "50@tomorrow..tomorrow",
    "--if-request",
    "tomorrow",
]
TARGET = ["--coverage", "80", "--by", "2030-11-30"]
FIRST_PRINTED = 187
"""Every print has a number of its own: the same number twice on a day is a question of the book's."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        tasks: dict[str, Callable[[], object]] = {"bare": lambda: run(BARE)}
        for entries in (YEAR, CENTURY):
            book = Path(folder, f"{entries}.db")
            make_book(book, entries)
            tasks |= {f"{command} {entries}": task for command, task in commands_on(book).items()}
        waiting = Path(folder, "waiting.db")
        make_book(waiting, YEAR)
        tasks["plan"] = plan_on(waiting)
        seconds = medians(tasks)
    print(f"medians of {REPETITIONS} runs in turn; a bare interpreter takes {1000 * seconds['bare']:.1f} ms\n")
    planned = Figure(f"plan, {YEAR} entries, × alert", seconds["plan"] / seconds[f"alert {YEAR}"], ALLOWED_PLAN)
    return shown([*against_bare(seconds), *growth(seconds), planned, *what_if(seconds)])


def commands_on(book: Path) -> dict[str, Callable[[], object]]:
    """Each command as a task; `print` makes the book one entry longer every time."""
    program, env, printed = blangko(), surroundings(book), count(FIRST_PRINTED)
    return {
        "print": lambda: run([program, "print", str(next(printed)), "--yes"], env),
        "alert": lambda: run([program, "alert"], env, accept=(0, 1, 2)),
        "status": lambda: run([program, "status"], env),
        "--help": lambda: run([program, "--help"], env),
        "alert, what if": lambda: run([program, "alert", *WHAT_IF], env, accept=(0, 1, 2)),
        "status, what if": lambda: run([program, "status", *WHAT_IF], env),
    }


def what_if(seconds: dict[str, float]) -> list[Figure]:
    """Two answers in one run take no more than two alerts."""
    return [
        Figure(
            f"{command}, what if, {YEAR} entries, × alert",
            seconds[f"{command}, what if {YEAR}"] / seconds[f"alert {YEAR}"],
            ALLOWED_WHAT_IF,
        )
        for command in ("alert", "status")
    ]


def plan_on(book: Path) -> Callable[[], object]:
    """The plan of an office where people wait and that has a target to reach."""
    program, env = blangko(), surroundings(book)
    run([program, "population", "--eligible", "354753", "--recorded", "254635", "--printed", "217989"], env)
    run([program, "backlog", "--prr", "36646"], env)
    run([program, "settings", "capacity", "250"], env)
    return lambda: run([program, "plan", *TARGET], env)


def against_bare(seconds: dict[str, float]) -> list[Figure]:
    return [
        Figure(f"{command}, {YEAR} entries, × bare", seconds[f"{command} {YEAR}"] / seconds["bare"], allowed)
        for command, allowed in ALLOWED.items()
    ]


def growth(seconds: dict[str, float]) -> list[Figure]:
    return [
        Figure(
            f"{command}, {CENTURY:,} entries, × {YEAR}",
            seconds[f"{command} {CENTURY}"] / seconds[f"{command} {YEAR}"],
            ALLOWED_GROWTH,
        )
        for command in ALLOWED
    ]


if __name__ == "__main__":
    sys.exit(main())

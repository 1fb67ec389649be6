"""What the benchmarks share: commands timed in turn, and the table of figures."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from tests.benchmarks.office import TODAY

REPETITIONS = 15
BARE = [sys.executable, "-I", "-c", "pass"]
"""The interpreter that runs the program, doing nothing."""


class Figure(NamedTuple):
    """One line of the table; `measured` and `allowed` in the unit that the name says."""

    name: str
    measured: float
    allowed: float

    @property
    def holds(self) -> bool:
        return self.measured <= self.allowed


def shown(figures: Sequence[Figure]) -> int:
    """Print the table; the exit code, 1 when a figure is over what is allowed."""
    width = max(len(figure.name) for figure in figures)
    print(f"{'figure':{width}}  measured  allowed")
    for figure in figures:
        print(f"{figure.name:{width}}  {figure.measured:8.2f}  {figure.allowed:7.2f}{'' if figure.holds else '  over'}")
    return 0 if all(figure.holds for figure in figures) else 1


def medians(tasks: Mapping[str, Callable[[], object]], repetitions: int = REPETITIONS) -> dict[str, float]:
    """The median seconds of each task, all of them in turn in every repetition; a first round is not counted."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for repetition in range(repetitions + 1):
        for name, task in tasks.items():
            begun = perf_counter()
            task()
            if repetition:
                times[name].append(perf_counter() - begun)
    return {name: median(each) for name, each in times.items()}


def blangko(python: str = sys.executable) -> str:
    """The console script that stands next to an interpreter, this one unless told otherwise.

    Raises:
        FileNotFoundError: The program is not installed there.
    """
    found = shutil.which("blangko", path=str(Path(python).parent))
    if found is None:
        raise FileNotFoundError("blangko is not installed next to the interpreter")
    return found


def surroundings(book: Path) -> dict[str, str]:
    """The environment in which the program speaks of `book`, on the benchmark's day."""
    return {**os.environ, "BLANGKO_DB": str(book), "BLANGKO_TODAY": TODAY.isoformat(), "BLANGKO_LANG": "en"}


def run(words: Sequence[str], env: Mapping[str, str] | None = None, accept: Sequence[int] = (0,)) -> None:
    """Run one command to its end, its output thrown away.

    Raises:
        RuntimeError: It ended with another code than those accepted; a figure of a failure would mean nothing.
    """
    done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode not in accept:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.decode()}")

"""Every fault in full: `python -m tests.faults [SEED]`. Needs Linux with strace, and its administrator for the disks.

Prints the seed, which replays the same faults, and a table; ends with 1 when anything was lost, damaged, doubled, told
wrong or hidden. The tests of `tests/faults` run afterwards with many more inputs than in everyday life.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests import postgres
from tests.faults import calls, changed_bytes, kills, moved, power, server_lines, server_pushes
from tests.faults.office import begun, clerk, command, entries
from tests.faults.server import a_server
from tests.faults.tally import Tally, heading, line, summed

POWER_CUTS, KILLS, BYTES, WRITTEN = 500, 500, 50_000, 1000
LINES, RESTARTS, PUSHES, CUT_MESSAGES, FORGED, DEEPEST_FORK = 300, 100, 100, 20_000, 10_000, 1000
MOVED = ("print", "undo", "count --adjust")
MORE = {"MODEL_RUNS": "5000", "WRITTEN": "1000", "FUZZ": "10000", "POWER_CUTS": "1", "CALLS": "1", "KILLS": "20",
        "MOVES": "1", "LINES_CUT": "100", "RESTARTS": "20", "PUSHES": "40", "FULL_DISKS": "20"}  # fmt: skip


def tallies(seed: int) -> Iterator[Tally]:
    for each in power.COMMANDS:
        yield power.judged(each, POWER_CUTS, seed)
    with tempfile.TemporaryDirectory() as folder:
        for index, each in enumerate(calls.COMMANDS):
            office = calls.Office(each, Path(folder, str(index)))
            yield summed(f"failing call, {each}", [calls.judged(office, fault) for fault in calls.faults([office])])
            if each in MOVED:
                points = moved.points(office)
                yield summed(f"file moved, {each}", [moved.judged(office, point) for point in points])
    with tempfile.TemporaryDirectory() as folder:
        yield kills.judged(Path(folder), KILLS, seed)
    for clerks in (2, 4, 8):
        yield _at_once(clerks)
    yield _changed(seed)
    if postgres.is_installed():
        yield from _on_a_server(seed)
    else:
        print(postgres.ABSENT, flush=True)


def _on_a_server(seed: int) -> Iterator[Tally]:
    with a_server() as server:
        yield from server_lines.cut_lines(server, LINES)
        yield server_lines.restarts(server, RESTARTS, seed)
        yield server_lines.ended_sessions(server, 4 * RESTARTS, seed)
        yield server_lines.slow_statements(server, RESTARTS // 4)
        yield server_pushes.twice_at_once(server, PUSHES)
        yield from server_pushes.cut_lines(server, LINES)
        yield server_pushes.cut_messages(server, CUT_MESSAGES)
        yield server_pushes.forged(server, FORGED, seed)
        yield server_pushes.forks(server, range(1, DEEPEST_FORK + 1), DEEPEST_FORK)


def _at_once(clerks: int) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        place = begun(Path(folder, "book.db"))
        working = [clerk(place, f"clerk {number}", WRITTEN // clerks) for number in range(clerks)]
        told = sum(one.communicate()[0].decode().count("written") for one in working)
        return Tally(f"{clerks} clerks at once", WRITTEN, told, lost=told - (entries(place) - 1) // 2)


def _changed(seed: int) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(begun(Path(folder, "book.db")))
        for cards in range(5, 25):
            assert command(str(place), "print", str(cards), "--spoiled", "1", "--yes").wait() == 0
        return changed_bytes.judged(place, BYTES, random.Random(seed))


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randint(0, 10**6)
    print(f"seed {seed}\n\n{heading()}", flush=True)
    clean = True
    for tally in tallies(seed):
        clean &= tally.is_clean
        print(line(tally), flush=True)
    print(f"\nand the tests with {', '.join(f'{name}={value}' for name, value in MORE.items())}", flush=True)
    more = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "", f"--hypothesis-seed={seed}", str(Path(__file__).parent)],
        env={**os.environ, **MORE, "FUZZ_SEED": str(seed), "FAULT_SEED": str(seed)},
        check=False,
    )
    return 0 if clean and more.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

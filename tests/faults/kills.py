"""Commands that are killed in the middle: what stands afterwards, and what a second try makes of it."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.faults.office import begun, command, entries
from tests.faults.tally import Tally, summed


def judged(folder: Path, kills: int, seed: int) -> Tally:
    """Kill a command of two entries so many times, and give it again under the same key each time."""
    place, chance = begun(folder / "book.db", opening=5 * kills + 100), random.Random(seed)
    begin = time.monotonic()
    assert command(place, "print", "1", "--yes").wait(timeout=60) == 0
    whole = time.monotonic() - begin
    return summed(
        "kill -9, print",
        [_killed(place, f"k{number}", chance.uniform(0.3, 1.3) * whole) for number in range(kills)],
    )


def _killed(place: str, key: str, after: float) -> Tally:
    before = entries(place)
    words = ("print", "3", "--spoiled", "2", "--yes", "--key", key)
    killed = command(place, *words)
    time.sleep(after)
    killed.kill()
    told = b"Written" in killed.communicate()[0]
    stands = entries(place) - before
    again = command(place, *words).wait(timeout=60)
    return Tally(
        "kill -9, print",
        1,
        acknowledged=int(told),
        lost=int(told and stands != 2),
        damaged=int(stands not in (0, 2)),
        doubled=int(again != 0 or entries(place) != before + 2),
    )

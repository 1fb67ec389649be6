"""Commands that are killed in the middle: what stands afterwards, and what a second try makes of it."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests import PATIENCE_SECONDS
from tests.faults.office import begun, command, entries
from tests.faults.tally import Tally, summed


def judged(folder: Path, kills: int, seed: int) -> Tally:
    """Kill a command of two entries so many times, and give it again under the same key each time.

    When it is killed follows from how long the last one took that was left alone, so that a machine on which others
    work, too, has its commands killed in the middle as well.
    """
    place, chance = begun(folder / "book.db", opening=5 * kills + 100), random.Random(seed)
    ended, seconds = _left_alone(place, "print", "1", "--yes")
    assert ended == 0
    tallies = []
    for number in range(kills):
        tally, seconds = _killed(place, f"k{number}", chance.uniform(0.3, 1.3) * seconds)
        tallies.append(tally)
    return summed("kill -9, print", tallies)


def _left_alone(place: str, *words: str) -> tuple[int, float]:
    """How a command ends, and how many seconds it takes."""
    begin = time.monotonic()
    ended = command(place, *words).wait(timeout=PATIENCE_SECONDS)
    return ended, time.monotonic() - begin


def _killed(place: str, key: str, after: float) -> tuple[Tally, float]:
    """What came of a command that was killed so many seconds after its begin, and how long its second try took."""
    before = entries(place)
    words = ("print", "3", "--spoiled", "2", "--yes", "--key", key)
    killed = command(place, *words)
    time.sleep(after)
    killed.kill()
    told = b"Written" in killed.communicate()[0]
    stands = entries(place) - before
    again, seconds = _left_alone(place, *words)
    tally = Tally(
        "kill -9, print",
        1,
        acknowledged=int(told),
        lost=int(told and stands != 2),
        damaged=int(stands not in (0, 2)),
        doubled=int(again != 0 or entries(place) != before + 2),
    )
    return tally, seconds

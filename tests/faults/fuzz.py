"""What the fuzzing tests share: how many inputs, which ones, and how a file is spoiled.

FUZZ says how many inputs of each kind are tried, FUZZ_SEED which ones, so that a find can be looked at again.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager

TRIES = int(os.environ.get("FUZZ", "150"))
SEED = int(os.environ.get("FUZZ_SEED", "0"))
LONGEST_SECONDS = 60
"""Of the processor's time, so that nothing is a hang only because the machine is busy."""
WORDS = [
    "-1", "0", "5", "2.000", "1,5", "1e9", "99999999999999999999", "", " ", "-", "--", "-x", "--on", "--on=kemarin",
    "31/02/2017", "2017-13-01", "senin", "--spoiled", "3", "--reason", "x", "--ref", "BA 1", "--to", "Kec", "--yes",
    "--key", "k", "--by", "", "--note", "=1+1", "\x1b[31m", "\u202e", "\udc80", "6103012345678901", "-f", "json", "csv",
    "xml", "-o", "/nowhere/x", ".", "--week", "2017-W43", "--from", "--to", "--request", "--due", "--help", "-h",
    "--cause", "server", "--for", "--quota", "daily", "risk", "5%", "--adjust", "--more", "--code", "--lang", "id", "'",
    '"', "%s", "{x}", "{0}", "a" * 3000, "null", "true", "🙂", "--template", "--excel-csv", "--month", "--until",
]  # fmt: skip


def chance(part: str) -> random.Random:
    """Chance for one part of the fuzzing; the same seed gives the same inputs."""
    return random.Random(f"{SEED} {part}")


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """A file with a few bytes changed, cut off, repeated or filled with noise."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        kind, at = chance.randint(0, 3), chance.randrange(max(len(damaged), 1))
        if kind == 0 and damaged:
            damaged[at] = chance.randrange(256)
        elif kind == 1:
            del damaged[at:]
        elif kind == 2:
            damaged[at:at] = damaged[at : at + 50]
        else:
            damaged[at : at + 60] = chance.randbytes(min(60, len(damaged) - at))
    return bytes(damaged)


@contextmanager
def no_hang() -> Iterator[None]:
    """What the processor works on for longer than a minute is a find."""
    if not hasattr(signal, "SIGPROF"):
        yield
        return

    def give_up(*_: object) -> None:
        raise AssertionError(f"longer than {LONGEST_SECONDS} seconds")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

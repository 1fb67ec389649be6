"""What became of many tries of one fault, as one line of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Tally(NamedTuple):
    """How often a fault was tried, how often the command said that it was done or refused, and what was wrong then.

    `lost`: said to be done, and not there. `damaged`: a book that does not prove whole, or is neither as before nor as
    after. `found`: changes of what a book says that `verify` told of; `hidden` those that it did not.
    """

    fault: str
    tries: int = 0
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    refused: int = 0
    doubled: int = 0
    misleading: int = 0
    found: int = 0
    hidden: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.damaged or self.doubled or self.misleading or self.hidden)


COLUMNS = [name for name in Tally._fields if name != "fault"]


def summed(fault: str, tallies: Iterable[Tally]) -> Tally:
    """One line for several."""
    return Tally(fault, *map(sum, zip(*(each[1:] for each in tallies), strict=True)))


def heading() -> str:
    return f"{'fault':28}" + "".join(f" {name:>{max(len(name), 6)}}" for name in COLUMNS)


def line(tally: Tally) -> str:
    figures = "".join(f" {getattr(tally, name):>{max(len(name), 6)}}" for name in COLUMNS)
    return f"{tally.fault:28}{figures}"

"""What the population figures say: who is not recorded yet, who is recorded and has no card, and what cannot be."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from blangko.core.columns import POPULATION
from blangko.core.facts import Stated


class Gap(NamedTuple):
    """How many people of one figure are not among those of the next; `stated_on` is the day of the newer of the two."""

    whole: int
    part: int
    stated_on: date

    @property
    def people(self) -> int:
        """The difference."""
        return self.whole - self.part


def not_recorded(levels: Mapping[str, Stated]) -> Gap | None:
    """Those who must have a card and are not recorded; None while a figure is missing, or the two cannot both be."""
    return _gap(levels, "eligible", "recorded")


def not_printed(levels: Mapping[str, Stated]) -> Gap | None:
    """Those who are recorded and have no card, which is what offices call PRR; None as for `not_recorded`."""
    return _gap(levels, "recorded", "printed")


def _gap(levels: Mapping[str, Stated], whole: str, part: str) -> Gap | None:
    if whole not in levels or part not in levels:
        return None
    of, less = levels[whole], levels[part]
    gap = Gap(of.number, less.number, max(of.occurred_on, less.occurred_on))
    return gap if gap.people >= 0 else None


def prr_to_state(population: Mapping[str, Stated], prr: Stated | None) -> Gap | None:
    """The gap that could be stated as PRR; None where none is known, or the book says as much, or something newer."""
    gap = not_printed(population)
    if gap is None or (prr and (prr.occurred_on > gap.stated_on or prr == (gap.stated_on, gap.people))):
        return None
    return gap


def contradictions(figures: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Each part that is larger than its whole, with that whole, among the figures known."""
    # Not every figure is always stated: one is compared with the next larger one that is.
    known = [name for name in POPULATION if name in figures]
    for whole, part in pairwise(known):
        if figures[part] > figures[whole]:
            yield part, whole

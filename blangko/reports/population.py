"""The ground for a number of cards in words: who is not recorded, who is recorded without a card, and who waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.entry import Entry
from blangko.core.facts import Stated
from blangko.core.population import Gap, not_printed, not_recorded
from blangko.core.waiting import Waiting
from blangko.reports.table import capital
from blangko.words.language import _
from blangko.words.written import count, plural, written_day


class Ground(NamedTuple):
    """A level that gives the reason for a number of cards: its name, how many people, on which day, and its sum."""

    name: str
    people: int
    stated_on: date
    sum: str = ""


def grounds(population: Mapping[str, Stated], waiting: Mapping[str, Waiting]) -> list[Ground]:
    """The levels that the book knows, each once: a PRR that is just the difference of two figures is that line."""
    unrecorded, unprinted = not_recorded(population), not_printed(population)
    found = [_of_gap(_("Not recorded yet"), unrecorded)] if unrecorded else []
    prr = waiting.get("prr")
    is_prr = bool(prr and unprinted and (prr.cards, prr.stated_on) == (unprinted.people, unprinted.stated_on))
    if unprinted:
        name = _("Recorded, not printed yet (PRR)") if is_prr else _("Recorded, not printed yet")
        found.append(_of_gap(name, unprinted))
    return found + [
        Ground(waiting_word(name), each.cards, each.stated_on)
        for name, each in waiting.items()
        if name != "prr" or not is_prr
    ]


def waiting_word(name: str) -> str:
    """What a level of people who wait is called: PRR, suket."""
    return name.upper() if name == "prr" else name


def _of_gap(name: str, gap: Gap) -> Ground:
    return Ground(name, gap.people, gap.stated_on, f"{count(gap.whole)} \u2212 {count(gap.part)}")


def ground_rows(found: Sequence[Ground]) -> list[tuple[str, str]]:
    """The levels as named rows, each with its day."""
    return [(ground_name(each), people(each.people)) for each in found]


def people(number: int) -> str:
    """A number of people, with the word for them."""
    return plural("{n} person", "{n} people", number)


def ground_name(ground: Ground) -> str:
    """What a level is called, and the day for which it was stated."""
    return _("{name} on {day}").format(name=capital(ground.name), day=written_day(ground.stated_on))


def grounds_told(
    entries: Sequence[Entry], population: Mapping[str, Stated], waiting: Mapping[str, Waiting]
) -> list[str]:
    """What an answer says of the levels: after figures what follows from them, after a request what it rests on."""
    kinds = {entry.kind for entry in entries}
    if "population" in kinds:
        return [f"{each.name}: {each.sum} = {count(each.people)}." for each in grounds(population, {})]
    return grounds_said(grounds(population, waiting)) if "request" in kinds else []


def grounds_said(found: Sequence[Ground]) -> list[str]:
    """The levels as one sentence; none without any."""
    if not found:
        return []
    said = "; ".join(f"{_inside(each.name)} {count(each.people)} ({written_day(each.stated_on)})" for each in found)
    return [_("The ground for the number: {levels}.").format(levels=said)]


def _inside(name: str) -> str:
    """A name within a sentence; PRR stays as it is."""
    return name if name.isupper() else name[:1].lower() + name[1:]


def prr_question(gap: Gap) -> str:
    """Whether those who are recorded and have no card are to be stated as PRR."""
    return _("Write {n} as PRR on {day}? [y/N] ").format(n=count(gap.people), day=written_day(gap.stated_on))


def prr_hint(gap: Gap, today: date) -> str:
    """The command that states them as PRR."""
    if gap.stated_on == today:
        return _("To count them as waiting: blangko backlog --prr {n}").format(n=gap.people)
    return _("To count them as waiting: blangko backlog --prr {n} --on {day}").format(
        n=gap.people, day=gap.stated_on.isoformat()
    )

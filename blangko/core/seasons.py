"""Known seasons: how the feast and the votes of the calendar move what an open day is expected to use.

After Lebaran people come who came home, or who put it off; before a vote everybody who has no card yet. Offices
report + 27 % to + 50 % after Lebaran and peaks before elections, so the seasons are begun with as known effects, and
pulled to what the office itself has seen once it has seen two of a kind.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from blangko.core.workdays import Calendar

LEBARAN, VOTE = KINDS = ("lebaran", "vote")
LEBARAN_NAME = "Idul Fitri"
VOTE_WORDS = ("pemilihan", "pemilu", "pilkada", "pilpres", "pileg", "election")
"""How the national days and the offices' own reasons speak of a day of voting."""

BEFORE_LEBARAN_DAYS, BEFORE_LEBARAN = 14, -0.10
AFTER_LEBARAN_WORKDAYS, AFTER_LEBARAN_FADED, AFTER_LEBARAN = 10, 20, 0.30
BEFORE_VOTE_DAYS, BEFORE_VOTE = 45, 0.25
AFTER_VOTE_DAYS, AFTER_VOTE = 28, -0.10

LOOK_BACK, LOOK_AHEAD = timedelta(days=700), timedelta(days=450)
"""As far as 400 open days of history reach, and 250 open days ahead with the weeks before a vote after them."""
SAME_FEAST_DAYS = 7
NEAR_LEBARAN = (-45, 60)
A_YEAR = timedelta(days=364)
"""The same weekday of the year before."""

SEASONS_TO_LEARN = 2
PRIOR_WEIGHT = 1.0
"""The known effect weighs as much as one season of the office's own: ten days of .3 and their tail, squared."""
STRENGTHS = (0.0, 3.0)


class Season(NamedTuple):
    """One season: by which share it moves the use of each of its days."""

    kind: str
    effects: Mapping[date, float]

    @property
    def first(self) -> date:
        """The first day that it moves."""
        return min(self.effects)

    @property
    def last(self) -> date:
        """The last day that it moves."""
        return max(self.effects)


class Seasons(NamedTuple):
    """All that a calendar says of the days beyond the weekday.

    `moved` holds, for each day that a season moves, by how much it multiplies the use; `alike`, for the days around
    Lebaran, the day as far from the Lebaran before. `strengths` are the multiples of the known effects, by kind.
    """

    calendar: Calendar
    lebarans: tuple[date, ...]
    seasons: tuple[Season, ...]
    moved: Mapping[date, float]
    alike: Mapping[date, date]
    strengths: Mapping[str, float] = dict.fromkeys(KINDS, 1.0)

    def factor(self, day: date) -> float:
        """By how much the seasons multiply the use of this day."""
        return self.moved.get(day, 1.0)

    def year_before(self, day: date) -> date:
        """The day of the year before that was like this one: around Lebaran counted from Lebaran, else 364 days ago."""
        return self.alike.get(day) or day - A_YEAR

    def learnt(self, first: date, last: date, ratios: Mapping[date, float]) -> "Seasons":
        """The seasons with their effects as strong as an office's own days show them to be.

        Args:
            first: The first day learnt from.
            last: The last day learnt from.
            ratios: Of the days that show demand, the use as a share of what was expected without a season.
        """
        whole = [season for season in self.seasons if first <= season.first and season.last <= last]
        if len(whole) < SEASONS_TO_LEARN:
            return self
        return self.as_strong({kind: _strength([s.effects for s in whole if s.kind == kind], ratios) for kind in KINDS})

    def as_strong(self, strengths: Mapping[str, float]) -> "Seasons":
        """The seasons with such multiples of their known effects."""
        return self._replace(moved=_moved(self.seasons, strengths), strengths=strengths)


def known_seasons(calendar: Calendar, as_of: date) -> "Seasons":
    """The seasons of the years around `as_of`, with their known effects."""
    first, last = as_of - LOOK_BACK, as_of + LOOK_AHEAD
    near = [calendar.national[day] for day in calendar.national if first <= day <= last]
    lebarans = _first_of_each(
        day.day for day in near if LEBARAN_NAME in day.name_id and not day.is_joint_leave
    )  # fmt: skip
    votes = _first_of_each(
        [
            *(day.day for day in near if _is_vote(day.name_id)),
            *(day for day, said in calendar.office.items() if _is_vote(said.reason)),
        ]
    )
    seasons = (*(_lebaran(day, calendar) for day in lebarans), *map(_vote, votes))
    return Seasons(calendar, tuple(lebarans), seasons, _moved(seasons, dict.fromkeys(KINDS, 1.0)), _alike(lebarans))


def _alike(lebarans: Sequence[date]) -> dict[date, date]:
    first, last = NEAR_LEBARAN
    return {
        day: like
        for before, this in pairwise(lebarans)
        for day, like in zip(_days(this, first, last), _days(before, first, last), strict=True)
    }


def _moved(seasons: Iterable[Season], strengths: Mapping[str, float]) -> dict[date, float]:
    moved: dict[date, float] = {}
    for season in seasons:
        for day, effect in season.effects.items():
            moved[day] = moved.get(day, 1.0) * (1 + strengths[season.kind] * effect)
    return moved


def _strength(seen: Sequence[Mapping[date, float]], ratios: Mapping[date, float]) -> float:
    """The least-squares multiple of the known effects, with the known one seen `PRIOR_WEIGHT` times beforehand."""
    if len(seen) < SEASONS_TO_LEARN:
        return 1.0
    moved = squares = PRIOR_WEIGHT
    for day, effect in (pair for effects in seen for pair in effects.items()):
        if day in ratios:
            moved += effect * (ratios[day] - 1)
            squares += effect * effect
    return min(max(moved / squares, STRENGTHS[0]), STRENGTHS[1])


def _is_vote(name: str) -> bool:
    lowered = name.lower()
    return any(word in lowered for word in VOTE_WORDS)


def _first_of_each(days: Iterable[date]) -> list[date]:
    """The days in order, of those within a week of each other only the first."""
    found: list[date] = []
    for day in sorted(days):
        if not found or (day - found[-1]).days > SAME_FEAST_DAYS:
            found.append(day)
    return found


def _lebaran(feast: date, calendar: Calendar) -> Season:
    effects = dict.fromkeys(_days(feast, -BEFORE_LEBARAN_DAYS, -1), BEFORE_LEBARAN)
    fading = AFTER_LEBARAN_FADED - AFTER_LEBARAN_WORKDAYS
    after = calendar.next_open_days(feast, AFTER_LEBARAN_FADED - 1)
    for number, day in enumerate(after, start=1):
        effects[day] = AFTER_LEBARAN * min(AFTER_LEBARAN_FADED - number, fading) / fading
    return Season(LEBARAN, effects)


def _vote(day: date) -> Season:
    """More and more people until the day, fewer for four weeks after it."""
    before = enumerate(_days(day, -BEFORE_VOTE_DAYS, -1), start=1)
    effects = {each: BEFORE_VOTE * number / BEFORE_VOTE_DAYS for number, each in before}
    return Season(VOTE, effects | dict.fromkeys(_days(day, 1, AFTER_VOTE_DAYS), AFTER_VOTE))


def _days(around: date, first: int, last: int) -> list[date]:
    """The calendar days from so many days after `around` (before it, where negative) to so many."""
    number = around.toordinal()
    return list(map(date.fromordinal, range(number + first, number + last + 1)))

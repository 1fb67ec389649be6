"""The world around one office: its people, its server, its clerk's habits and the giver of the cards.

Nothing here depends on what the office does, so that all rules meet the same world: the people of a day, and the
answer to a request made on a day, are drawn from a seed that names the office and that day.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.settings import Settings
from blangko.core.workdays import Calendar, NationalDays

LOT_CARDS = 500
"""Grants come in whole lots: 55 of 58 receipts in the press."""
MOST_WORKDAYS, LEAST_CEILING_CARDS = 22, 2_000

Period = tuple[date, date]

DROUGHTS: tuple[Period, ...] = (
    (date(2016, 10, 1), date(2017, 4, 30)),
    (date(2018, 12, 1), date(2019, 1, 31)),
    (date(2019, 5, 1), date(2019, 12, 31)),
    (date(2022, 8, 1), date(2022, 9, 30)),
    (date(2023, 6, 1), date(2023, 7, 31)),
    (date(2024, 11, 1), date(2025, 2, 28)),
)
"""The national droughts of blank cards, as far as the press tells of them."""
BEGINNINGS = (date(2016, 7, 11), date(2018, 7, 2), date(2022, 1, 3), date(2023, 3, 6))
"""Two years from each of these days hold all of the droughts: from a sixth to two fifths of the time."""
VOTES = (
    date(2017, 2, 15), date(2018, 6, 27), date(2019, 4, 17), date(2020, 12, 9), date(2024, 2, 14), date(2024, 11, 27),
)  # fmt: skip

WEEKDAY_PATTERN = (1.22, 1.08, 1.0, 0.95, 0.75, 1.0, 1.0)
USUAL_LEADS = ((1, 3), (2, 12), (3, 20), (4, 22), (5, 18), (6, 12), (7, 8))
"""Open days of the giver and their weights: three to ten calendar days, with a quick one now and then."""
RARE_LONG_LEAD = 0.05
LONGEST_LEAD = timedelta(days=150)


class Profile(NamedTuple):
    """What kind of office it is; `rate` is its demand on an average open day at the beginning, in cards."""

    number: int
    begins: date
    ends: date
    rate: float
    weekdays: tuple[float, ...]
    variation: float
    growth_a_year: float
    shifts: tuple[tuple[date, float], ...]
    after_lebaran: float
    before_votes: float
    capacity: int
    rations: bool
    typical_daily_use: int


class WorldDay(NamedTuple):
    """One open day: who comes, how much of the day the server is down, and what the clerk does about the book.

    `written_after` are the days after which the clerk writes the day down, None if never; `chance` is a random number
    for what else may happen on the day.
    """

    day: date
    new_people: int
    expected_people: float
    down: float
    written_after: int | None
    flags_quota: bool
    chance: float


class Part(NamedTuple):
    """Cards that are handed over together."""

    arrives_on: date
    cards: int


class Reply(NamedTuple):
    """What comes of a request; `told_on` is the day on which the office hears how many, None if with the cards."""

    parts: tuple[Part, ...]
    told_on: date | None
    due_on: date | None


class World(NamedTuple):
    """An office's world from its first day to its last."""

    seed: str
    profile: Profile
    days: Sequence[WorldDay]
    source: Sequence[date]
    droughts: Sequence[Period]

    def reply(self, requested_on: date, asked_cards: int) -> Reply:
        """What the giver does about a request of this day."""
        draw = random.Random(f"{self.seed} request {requested_on}")
        arrives, in_drought = self._arrival(requested_on, draw)
        granted = self._granted(asked_cards, in_drought, draw)
        parts = self._parts(granted, arrives, draw)
        told = self._told(requested_on, arrives, draw)
        if len(parts) > 1 and told is None:
            told = arrives
        due = None
        if told is not None and told < arrives and draw.random() < 0.5:
            # One promise in five is broken by some days.
            due = self._later(arrives, -draw.choice((0, 0, 0, 0, draw.randint(1, 4))))
            due = max(due, told)
        return Reply(parts, told, due)

    def _arrival(self, requested_on: date, draw: random.Random) -> tuple[date, bool]:
        days, weights = zip(*USUAL_LEADS, strict=True)
        usual = draw.choices(days, weights)[0]
        if draw.random() < RARE_LONG_LEAD:
            usual = min(7 + math.ceil(draw.expovariate(1 / 8)), 40)
        extra = draw.lognormvariate(math.log(20), 0.7)
        arrives = self._later(requested_on, usual)
        for first, last in self.droughts:
            if first <= arrives and requested_on <= last:
                late = self._later(max(requested_on, first), usual + round(extra))
                arrives = min(late, self._later(last, usual), requested_on + LONGEST_LEAD)
                return self._later(arrives, 0), arrives <= last
        return arrives, False

    def _granted(self, asked_cards: int, in_drought: bool, draw: random.Random) -> int:
        """In lots of 500, never more than a month's use of the office: nobody may hoard.

        In a drought one in three gets a single lot whatever it asks for, the others a tenth to four tenths.
        """
        luck, share = draw.random(), draw.random()
        most = max(MOST_WORKDAYS * self.profile.rate, LEAST_CEILING_CARDS)
        if in_drought:
            share = 0.1 + 0.3 * share
            most = LOT_CARDS if luck < 1 / 3 else most
        else:
            share = 1.0 if luck < 0.45 else 0.5 + 0.4 * share if luck < 0.85 else 0.1 + 0.4 * share
        lots = round(min(asked_cards * share, most) / LOT_CARDS)
        return min(max(lots, 1) * LOT_CARDS, asked_cards)

    def _parts(self, granted: int, arrives: date, draw: random.Random) -> tuple[Part, ...]:
        """One grant in ten is handed over on two days."""
        split, later = draw.random() < 0.1, self._later(arrives, draw.randint(2, 8))
        first = granted // (2 * LOT_CARDS) * LOT_CARDS
        if not split or not first:
            return (Part(arrives, granted),)
        return Part(arrives, first), Part(later, granted - first)

    def _told(self, requested_on: date, arrives: date, draw: random.Random) -> date | None:
        """One office in two hears how many it gets before they come."""
        heard, part = draw.random() < 0.5, draw.random()
        return requested_on + timedelta(days=math.ceil((arrives - requested_on).days * part)) if heard else None

    def _later(self, day: date, open_days: int) -> date:
        """So many open days of the giver after this day; with 0 the day itself, or the next open one."""
        number = bisect_left(self.source, day) if open_days <= 0 else bisect_right(self.source, day) - 1
        return self.source[min(max(number + open_days, 0), len(self.source) - 1)]


def world(
    seed: int, number: int, national: NationalDays, days: int = 730, droughts: Sequence[Period] = ()
) -> World:  # fmt: skip
    """The world of office `number`; offices of one seed differ in everything but the ranges they are drawn from."""
    name = f"{seed} office {number}"
    calendar = Calendar(Settings().work_week, national.days, {}, national.known_until)
    profile = _profile(name, number, days)
    source = calendar.open_days(profile.begins - timedelta(days=31), profile.ends + 2 * LONGEST_LEAD)
    open_days = calendar.open_days(profile.begins, profile.ends)
    return World(name, profile, _days(name, profile, open_days, national), source, droughts)


def _profile(name: str, number: int, days: int) -> Profile:
    draw = random.Random(name)
    begins = BEGINNINGS[number % len(BEGINNINGS)]
    rate = math.exp(draw.uniform(math.log(60), math.log(600)))
    shifts = sorted(
        (begins + timedelta(days=draw.randrange(60, 730)), math.exp(draw.gauss(0, 0.25)))
        for _ in range(draw.choice((0, 1, 1, 2)))
    )
    return Profile(
        number,
        begins,
        begins + timedelta(days=days),
        rate,
        tuple(factor * math.exp(draw.gauss(0, 0.08)) for factor in WEEKDAY_PATTERN),
        draw.uniform(0.01, 0.06),
        draw.gauss(0.05, 0.12),
        tuple(shifts),
        draw.uniform(0.2, 0.5),
        draw.uniform(0.0, 0.3),
        capacity=round(rate * draw.uniform(1.6, 2.6)),
        rations=draw.random() < 0.5,
        # A round figure that somebody remembered.
        typical_daily_use=max(round(rate * math.exp(draw.gauss(0, 0.2)) / 10) * 10, 10),
    )


def _days(name: str, profile: Profile, open_days: Sequence[date], national: NationalDays) -> list[WorldDay]:
    draw = random.Random(f"{name} days")
    lebaran = lebaran_numbers(open_days, national)
    found, wander, down_for, away_for = [], 0.0, 0, 0
    for day in open_days:
        # Slow ups and downs that nobody can name, and days that differ.
        wander = 0.97 * wander + draw.gauss(0, 0.02)
        expected = _level(profile, day) * profile.weekdays[day.weekday()] * math.exp(wander)
        expected *= _season(profile, day, lebaran.get(day, 0))
        down_for = down_for - 1 if down_for else draw.choice((1, 1, 2, 3)) if draw.random() < 0.02 else 0
        away_for = away_for - 1 if away_for else draw.randint(3, 6) if draw.random() < 0.004 else 0
        found.append(
            WorldDay(
                day,
                _people(draw, expected, profile.variation),
                expected,
                draw.choice((1.0, 1.0, 0.5)) if down_for else 0.0,
                _written_after(draw, away_for),
                flags_quota=draw.random() < 0.8,
                chance=draw.random(),
            )
        )
    return found


def _level(profile: Profile, day: date) -> float:
    level = profile.rate * (1 + profile.growth_a_year) ** ((day - profile.begins).days / 365)
    for since, factor in profile.shifts:
        level *= factor if day >= since else 1
    return level


def _season(profile: Profile, day: date, from_lebaran: int) -> float:
    """The factor of Lebaran and of votes; `from_lebaran` is the number of the open day after it, or before it (< 0)."""
    factor = 1.0
    if 0 < from_lebaran <= 10:
        factor += profile.after_lebaran
    elif 10 < from_lebaran < 20:
        factor += profile.after_lebaran * (20 - from_lebaran) / 10
    elif -10 <= from_lebaran < 0:
        factor -= 0.1
    for vote in VOTES:
        ahead = (vote - day).days
        if 0 < ahead <= 45:
            factor *= 1 + profile.before_votes * (1 - ahead / 45)
        elif -28 <= ahead < 0:
            factor *= 0.9
    return factor


def lebaran_numbers(open_days: Sequence[date], national: NationalDays) -> dict[date, int]:
    """The number of each open day after (1, 2 …) or before (−1, −2 …) the nearest Lebaran, within twenty."""
    numbers: dict[date, int] = {}
    for feast in (day for day, known in national.days.items() if known.name_en == "Eid al-Fitr"):
        before = [day for day in open_days if day < feast][-20:]
        after = [day for day in open_days if day > feast][:20]
        if before and (feast - before[-1]).days < 31:
            numbers |= {day: number - len(before) for number, day in enumerate(before)}
        if after and (after[0] - feast).days < 31:
            numbers |= {day: number for number, day in enumerate(after, start=1)}
    return numbers


def _people(draw: random.Random, expected: float, variation: float) -> int:
    """A negative binomial number of people, the Poisson part by its normal approximation."""
    mean = draw.gammavariate(1 / variation, variation * expected)
    return max(round(draw.gauss(mean, math.sqrt(mean))), 0)


def _written_after(draw: random.Random, away_for: int) -> int | None:
    """Most days are written down in the evening; a few later, and some never, mostly while the clerk is away."""
    luck, later = draw.random(), draw.randint(1, 5)
    if away_for:
        return None if luck < 0.7 else later
    return 0 if luck < 0.96 else later if luck < 0.985 else None

"""How well scarce cards are shared out: `python -m tests.benchmarks.rationing [FOLDER]`.

Five real series of office work (a file of `date,count` each) stand for the people of an office. On some day the shelf
holds nine average days, and the delivery comes after 8 to 24 open days, each as likely: so late that without any rule
hardly anybody is served at the end. 300 shelves of each series; every rule meets the same people and deliveries.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from math import ceil, sqrt
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from blangko.core.demand import DayUse
from blangko.core.level import fit
from blangko.core.ration import DayUses, fixed_quota, share_of_day
from tests.benchmarks.measure import Figure, shown

BESIDE = Path(__file__).parents[2].parent / "shared" / "series"
SERIES = tuple(f"my_pekab40_{state}" for state in ("kedah", "negeri_sembilan", "sabah", "sarawak", "terengganu"))
RUNS, SEED = 300, 1
SHELF_DAYS, LEADS = 9, range(8, 25)
LEARNT_FROM, RISK = 60, 0.05
HORIZON = max(LEADS) + 1


class Morning(NamedTuple):
    """What a rule knows on a morning: the shelf, who stands at the door, the days ahead, and what it said before."""

    shelf: int
    people: int
    uses: DayUses
    lasted: Sequence[tuple[int, float]]
    before: float | None


Rule = Callable[[Morning], tuple[int, float | None]]
"""The cards given out on a day, as far as people and shelf go, and what the rule remembers of it."""


class Outcome(NamedTuple):
    """The share served on the worst day, the days that began with an empty shelf, the share of the shelf left over."""

    worst: float
    empty_days: float
    left: float


class Office:
    """One series, with the forecast of every morning; it is the same for all rules."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        self.days = [date.fromisoformat(row["date"]) for row in rows]
        self.people = [int(row["count"]) for row in rows]
        self.uses = cache(self._uses)

    def _uses(self, today: int) -> DayUses:
        known = slice(max(today - 400, 0), today)
        model = fit([DayUse(day, cards) for day, cards in zip(self.days[known], self.people[known], strict=True)])
        sums = model.cumulative(self.days[today : today + HORIZON])
        means = [after - before for before, after in pairwise((0.0, *sums.mean))]
        noise = accumulate(each + model.dispersion * each * each for each in means)
        doubts = [
            sqrt(max(variance - own, 0)) / whole
            for variance, own, whole in zip(sums.variance, noise, sums.mean, strict=True)
        ]
        return DayUses(means, model.dispersion, doubts)

    def runs(self, name: str) -> Iterator[tuple[int, int, int]]:
        """The first day, the days to be lasted and the shelf of each run."""
        dice = random.Random(f"{name}{SEED}")
        for _ in range(RUNS):
            first = dice.randrange(LEARNT_FROM, len(self.days) - HORIZON - 5)
            usual = mean(self.people[first - LEARNT_FROM : first])
            yield first, dice.choice(LEADS), max(round(SHELF_DAYS * usual), 1)

    def outcome(self, rule: Rule, first: int, days: int, shelf: int) -> Outcome:
        left, worst, empty, before = shelf, 1.0, 0, None
        for passed in range(days):
            people = self.people[first + passed]
            empty += left <= 0
            later = [lead - passed for lead in LEADS if lead > passed]
            lasted = [(lead, 1 / len(later)) for lead in later]
            wanted, before = rule(Morning(left, people, self.uses(first + passed), lasted, before))
            served = min(wanted, people, left)
            worst = min(worst, served / people) if people else worst
            left -= served
        return Outcome(worst, empty, left / shelf)


def no_rule(morning: Morning) -> tuple[int, float | None]:
    return morning.people, None


def one_quota(morning: Morning) -> tuple[int, float | None]:
    """The quota that is found on the first morning, to the end."""
    if morning.before is not None:
        return int(morning.before), morning.before
    quota = fixed_quota(morning.shelf, morning.uses, morning.lasted, RISK)
    return (morning.people, None) if quota is None else (quota, float(quota))


def plain_share(morning: Morning) -> tuple[int, float | None]:
    """The shelf's share of the people and of the use that a plain mean of the leads lets expect; anew every day."""
    later = sum(chance * sum(morning.uses.means[1:days]) for days, chance in morning.lasted)
    wanted = morning.people + later
    return (ceil(morning.people * min(morning.shelf / wanted, 1)) if wanted else 0), None


def share_at_the_door(morning: Morning) -> tuple[int, float | None]:
    """The rule of `core.ration` once the people are counted."""
    if not morning.people:
        return 0, morning.before
    ahead = [morning.people, *morning.uses.means[1:]]
    share = share_of_day(morning.shelf, ahead, morning.lasted, morning.before)
    # The margin keeps a product that is whole from being one card more by a rounding error.
    return ceil(morning.people * share - 1e-9), share


def share_of_the_evening(morning: Morning) -> tuple[int, float | None]:
    """The rule of `core.ration` on the evening before: a number of cards, whoever comes."""
    share = share_of_day(morning.shelf, morning.uses.means, morning.lasted, morning.before)
    return int(share * morning.uses.means[0]), share


RULES: dict[str, Rule] = {
    "no rule": no_rule,
    "one fixed quota": one_quota,
    "a share, plain mean, ceil": plain_share,
    "ration, people counted": share_at_the_door,
    "ration, number of the evening": share_of_the_evening,
}


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE
    offices = {name: Office(folder / f"{name}.csv") for name in SERIES}
    print(f"{len(SERIES)} series, {RUNS} runs each; worst day served, empty days, left at the delivery")
    found = {}
    for title, rule in RULES.items():
        outcomes = [office.outcome(rule, *run) for name, office in offices.items() for run in office.runs(name)]
        found[title] = Outcome(*(mean(each) for each in zip(*outcomes, strict=True)))
        worst, empty, left = found[title]
        print(f"{title:30} {100 * worst:5.1f} %  {empty:6.3f}  {100 * left:5.1f} %")
    ours = found["ration, people counted"]
    print()
    return shown(
        [
            Figure("people turned away on the worst day, %", 100 * (1 - ours.worst), 70),
            Figure("empty days", ours.empty_days, 0.05),
            Figure("left at the delivery, % of the shelf", 100 * ours.left, 18),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

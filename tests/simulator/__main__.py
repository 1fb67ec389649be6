"""Replay the offices and print what became of them: `python -m tests.simulator [--offices N] [--days N] [RULE ...]`."""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from itertools import product

from tests.simulator.offices import Life
from tests.simulator.replay import SCENARIOS, SEED, figures, lives, table
from tests.simulator.rules import RULES


def _one(task: tuple[str, str, int, int, int]) -> Life:
    scenario, rule, number, days, seed = task
    (found,) = lives(rule, SCENARIOS[scenario], [number], days, seed)
    return found._replace(book=None)


def main() -> None:
    """Replay and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator")
    parser.add_argument("rules", nargs="*", metavar="RULE", help=f"of {', '.join(RULES)}; all unless given")
    parser.add_argument("--scenario", choices=SCENARIOS, action="append")
    parser.add_argument("--offices", type=int, default=20)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    scenarios, rules = asked.scenario or list(SCENARIOS), asked.rules or list(RULES)
    tasks = [
        (scenario, rule, number, asked.days, asked.seed)
        for scenario, rule, number in product(scenarios, rules, range(asked.offices))
    ]
    with ProcessPoolExecutor(asked.jobs) as workers:
        done = dict(zip(tasks, workers.map(_one, tasks), strict=True))
    for scenario in scenarios:
        found = {rule: figures([done[task] for task in tasks if task[:2] == (scenario, rule)]) for rule in rules}
        print(f"{scenario}, {asked.offices} offices, {asked.days} days\n{table(found)}\n")


if __name__ == "__main__":
    main()

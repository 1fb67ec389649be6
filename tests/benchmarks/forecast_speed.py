"""How long the forecast takes, from 400 days of history to all answers: `python -m tests.benchmarks.forecast_speed`."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from blangko.core.demand import DayUse
from blangko.core.forecast import forecast_rows, run_out
from blangko.core.level import fit
from blangko.core.reorder import cards_to_request, latest_request_day, lead_time
from tests.benchmarks.measure import Figure, shown

TARGET_MS = 20.0
RUNS = 15
CORE_MODULES = "blangko.core.level, blangko.core.forecast, blangko.core.reorder"


def main() -> int:
    history, horizon = example(history_days=400, horizon_days=250)
    took = milliseconds(lambda: all_answers(history, horizon))
    print(f"medians of {RUNS} runs; of this the fit takes {milliseconds(lambda: fit(history)):.1f} ms\n")
    return shown(
        [
            Figure("400 days of history to all answers, ms", took, TARGET_MS),
            Figure("numpy loaded by the forecast", float(loads_numpy()), 0.0),
        ]
    )


def example(history_days: int, horizon_days: int) -> tuple[list[DayUse], list[date]]:
    """An invented office: about 200 cards a day, busy on Mondays, rationed now and then."""
    chance = random.Random(20171028)
    days = open_days(date(2016, 3, 1), history_days + horizon_days)
    history = [
        DayUse(day, max(0, round(chance.gauss(240 if day.weekday() == 0 else 190, 40))), chance.random() < 0.04)
        for day in days[:history_days]
    ]
    return history, days[history_days:]


def open_days(first: date, count: int) -> list[date]:
    every = (first + timedelta(days=number) for number in range(count * 2))
    return [day for day in every if day.weekday() < 5][:count]


def all_answers(history: list[DayUse], horizon: list[date]) -> tuple[object, ...]:
    on_hand, risk, lead = 4_300, 0.05, lead_time(3, 10, [4, 7, 12])
    model = fit(history)
    demand = model.cumulative(horizon)
    candidates = [use.day for use in history[-30:]] + horizon
    asked_on = latest_request_day(demand, on_hand, lead, risk, candidates) or candidates[-1]
    cards = cards_to_request(demand, on_hand, lead, risk, candidates, asked_on, 2_000)
    return run_out(demand, on_hand), asked_on, cards, forecast_rows(model, demand, on_hand, 40)


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of several runs."""
    times = []
    for _ in range(RUNS):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return 1000 * median(times)


def loads_numpy() -> bool:
    """Whether a fresh interpreter that imports the forecast has numpy loaded afterwards."""
    code = f"import sys, {CORE_MODULES}; sys.exit('numpy' in sys.modules)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode != 0


if __name__ == "__main__":
    sys.exit(main())

"""The forecast behind the interface of the evaluation kit, which scores it side by side with other methods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from blangko.core.demand import DayUse
from blangko.core.level import fit

LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995)


def forecast(history: Sequence[tuple[Any, ...]], stock: int, horizon_open_days: Sequence[date]) -> dict[str, Any]:
    """Quantiles of the cumulative use over the coming open days.

    Args:
        history: (day, count) or (day, count, flag); the flag "C" marks a lower bound.
        stock: Cards on hand; the quantiles do not depend on it.
        horizon_open_days: The coming open days.

    Returns:
        "q", the levels, and "cum", for each coming day the quantile at each level.
    """
    model = fit([DayUse(day, cards, "C" in flag) for day, cards, *flag in history])
    demand = model.cumulative(horizon_open_days)
    days = range(1, len(horizon_open_days) + 1)
    return {"q": list(LEVELS), "cum": [[demand.quantile(day, level) for level in LEVELS] for day in days]}

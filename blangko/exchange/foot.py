"""The foot of a table: what stands below its last day or sum, such as signatures and footnotes, is no error."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from blangko.exchange.cells import is_date_like
from blangko.exchange.found import RowRead

_OF_DAYS = (
    *(
        "day_weekday",
        "closed_with_cards",
        "future",
        "stray",
        "other_month",
        "repeated",
        "less_than_spoiled",
        "corrected",
    ),
    *("cards_negative", "cards_broken", "cards_unclear", "cards_text", "day_no_such_day", "day_order"),
)
"""Troubles of rows that are days, whatever else is wrong with them."""


def foot_of(
    states: Mapping[int, RowRead], with_cards: Collection[int], worded: Collection[int], first_row: int
) -> dict[int, RowRead]:
    """The rows of the foot, by index.

    Args:
        states: What became of each row.
        with_cards: The rows that are days with cards or a balance.
        worded: Rows between the days that tell of cards in words; below the days they are footnotes.
        first_row: The first row below the headings.
    """
    last_day = max((at for at, row in states.items() if at in with_cards or _is_day(row)), default=-1)
    below = min((at for at, row in states.items() if row.state == "total" and at > last_day), default=None)
    joined_to_table = max(last_day, first_row - 1)
    found = {}
    for at, row in sorted(states.items()):
        if at <= last_day or row.state not in ("nothing", "trouble"):
            continue
        # A row with cards right below the last day is a day that was written wrongly, whatever stands there.
        is_next = row.state == "trouble" and at == joined_to_table + 1 and at not in worded
        joined_to_table = at if is_next else joined_to_table
        if (below is not None and at > below) or at in worded or not (is_next or _plausible(row)):
            found[at] = row._replace(state="foot", reason="")
    return found


def _is_day(row: RowRead) -> bool:
    return row.state in ("read", "hidden", "closed") or row.reason in _OF_DAYS


def _plausible(row: RowRead) -> bool:
    """Whether a row in trouble looks like a day that was not understood, and not like a signature."""
    if row.state == "nothing":
        return False
    return row.reason in ("no_date", "unsaved") or is_date_like(row.text) or row.reason.startswith("cards_")

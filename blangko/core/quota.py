"""Whether a quota holds: how long the cards last at it, beside the day on which more of them should be there."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.facts import Facts

PURPOSES_FROM = timedelta(days=90)
"""So many days back the purposes of prints tell what people usually come for."""


class StandingQuota(NamedTuple):
    """The quota in force and what becomes of it.

    The cards last in full through `lasts_until`, None where they last not even a day, or beyond the horizon.
    `expected_by` is the day on whose morning more should be there; `is_ordered` says that they are on order, else they
    would have to be asked for today. `proposed_cards` a day last until then; None where that rations nothing, since
    `usual_cards` are wanted on an average day; where a late delivery may find an empty shelf it is the quota itself.
    """

    cards: int
    holds: bool
    lasts_until: date | None
    expected_by: date
    is_ordered: bool
    proposed_cards: int | None
    usual_cards: int

    @property
    def rations_nothing(self) -> bool:
        """Whether it allows all that is wanted on an average day."""
        return self.cards >= self.usual_cards


def stretching_quota(on_hand_cards: int, workdays: int) -> int:
    """Cards a day that make the shelf last so many open days."""
    return max(on_hand_cards, 0) // max(workdays, 1)


def standing_quota(
    quota_cards: int,
    shelf_cards: int,
    workdays: Sequence[date],
    usual_cards: float,
    expected_by: date,
    is_ordered: bool,
) -> StandingQuota:
    """What becomes of a quota if every day gives out all that it allows.

    Args:
        quota_cards: The quota, at least one card a day.
        shelf_cards: Cards taken to be on the shelf.
        workdays: The open days ahead.
        usual_cards: The use of an average one; a quota that is no less rations nothing.
        expected_by: The day on whose morning more cards should be there.
        is_ordered: Whether they are on order.
    """
    lasted, needed = max(shelf_cards, 0) // quota_cards, bisect_left(workdays, expected_by)
    proposed = stretching_quota(shelf_cards, needed)
    return StandingQuota(
        cards=quota_cards,
        holds=lasted >= needed or quota_cards >= usual_cards <= proposed,
        lasts_until=workdays[lasted - 1] if 0 < lasted <= len(workdays) else None,
        expected_by=expected_by,
        is_ordered=is_ordered,
        proposed_cards=proposed if proposed < usual_cards else None,
        usual_cards=round(usual_cards),
    )


def quota_since(facts: Facts) -> date:
    """The day on which the quota in force was stated first, without another in between."""
    marked = [(day.day, day.quota) for day in facts.days if day.quota is not None]
    since = facts.as_of
    for day, quota in sorted([*marked, *facts.quotas], key=lambda each: each[0], reverse=True):
        if quota != facts.quota_cards:
            break
        since = day
    return since


def unrationed_days(facts: Facts) -> tuple[date, date]:
    """The first and the last of the days that tell for what cards are usually printed."""
    last = quota_since(facts) if facts.quota_cards else facts.as_of
    return last - PURPOSES_FROM, last

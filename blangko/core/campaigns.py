"""What was announced: recordings at the schools, a month of first-time voters, as entries and as cards of days."""

from collections.abc import Iterable
from datetime import date

from blangko.core.columns import EXTRA
from blangko.core.entry import Entry
from blangko.core.facts import Campaign
from blangko.core.workdays import LONGEST_CLOSURE_DAYS, each_day
from blangko.errors import BackwardsPeriod


def campaign_stated(said_on: date, cards_per_workday: int, first: date, last: date, reason: str) -> Entry:
    """A statement of so many cards on top of the usual on each open day from `first` to `last`, said on `said_on`.

    Raises:
        BackwardsPeriod: `last` comes before `first`, or more than a year after it.
    """
    if not 0 <= (last - first).days < LONGEST_CLOSURE_DAYS:
        raise BackwardsPeriod(first=first, last=last)
    return Entry("campaign", said_on, cards_per_workday, subject=EXTRA, due_on=first, until_on=last, note=reason)


def extra_cards(campaigns: Iterable[Campaign]) -> dict[date, float]:
    """The cards announced on top of the usual for each day; on a day of several campaigns they add up."""
    extra: dict[date, float] = {}
    for campaign in campaigns:
        for day in each_day(campaign.first, campaign.last):
            extra[day] = extra.get(day, 0.0) + campaign.cards_per_workday
    return extra


def not_over(campaigns: Iterable[Campaign], today: date) -> tuple[Campaign, ...]:
    """The campaigns that last until today or longer, in the order in which they begin."""
    return tuple(sorted((each for each in campaigns if each.last >= today), key=lambda each: each.first))

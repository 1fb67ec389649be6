"""What was announced: recordings at the schools, a month of first-time voters, as entries and as cards of days."""

from datetime import date

from blangko.core.columns import EXTRA
from blangko.core.entry import Entry
from blangko.core.workdays import LONGEST_CLOSURE_DAYS
from blangko.errors import BackwardsPeriod


def campaign_stated(said_on: date, cards_per_workday: int, first: date, last: date, reason: str) -> Entry:
    """A statement of so many cards on top of the usual on each open day from `first` to `last`, said on `said_on`.

    Raises:
        BackwardsPeriod: `last` comes before `first`, or more than a year after it.
    """
    if not 0 <= (last - first).days < LONGEST_CLOSURE_DAYS:
        raise BackwardsPeriod(first=first, last=last)
    return Entry("campaign", said_on, cards_per_workday, subject=EXTRA, due_on=first, until_on=last, note=reason)

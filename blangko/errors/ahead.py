"""What is refused of the days ahead: a ration, a target, and what is supposed."""

from __future__ import annotations

from datetime import date

from blangko.errors import Refused, WrongUsage


class RationDayPassed(Refused):
    """Cards cannot be made to last until a day that is over, or today."""

    until: date
    today: date


class RationBeyondHorizon(Refused):
    """The day until which cards are to last lies beyond the days that are forecast."""

    until: date
    last: date


class NoPopulation(Refused):
    """A target is a share of figures of the population that nobody has stated yet."""


class NotACoverage(Refused):
    """The text is no share in per cent above 0 and up to 100."""

    text: str


class TargetDayPassed(Refused):
    """A target cannot be reached by a day that is over, or today."""

    by: date
    today: date


class SupposedPast(Refused):
    """Something is supposed of a day before today: what happened is known."""

    day: date
    today: date


class SupposedFarAhead(Refused):
    """Something is supposed of a day so far ahead that nothing is forecast for it."""

    day: date
    last: date


class NoWorkdaySupposed(Refused):
    """On none of the days meant is the office open."""

    first: date
    last: date


class SupposedRequestClosed(Refused):
    """A request is supposed for a day on which the office or the giver is closed."""

    day: date
    next_day: date


class NothingToReach(WrongUsage):
    """A day or teams without the target that they are for."""


class LeastBeyondCards(Refused):
    """The least that all must be given together is more than the cards that are shared out."""

    cards: int
    least_cards: int


class UnknownSharer(Refused):
    """Nobody of that name, or code, shares in the allocation, but those of `names`."""

    name: str
    names: tuple[str, ...]


class NobodyToShare(Refused):
    """No cards were ever sent to a print point, and none was named."""


class NotEnoughToShare(Refused):
    """More cards are to be shared out than are probably on the shelf."""

    cards: int
    there_cards: int

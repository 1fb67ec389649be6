"""People who were sent home come back: the cards that they will still want, as far as the days tell.

Of what a rationed or empty day hid, most joins a queue that nobody sees, and that fades. Later use beyond the
expected is first taken from it, so that the weeks after a drought, when the counter prints twice the usual day, are
not taken for the demand. Nothing is foretold of it before somebody came, and a queue that nobody comes from is soon
given up.
"""

from typing import NamedTuple

JOINS = 0.9
"""Of the people sent home, so many will ask again."""
FADES = 0.975
"""What is left of the queue after a day: some go elsewhere, some come once more for nothing and give up."""
ABSENT = 0.3
"""What is left of it after a day on which everybody could have come and no more came than on other days."""
SURELY, STILL = 1.9, 0.75
"""So many deviations beyond the expected, a day shows that people come back; fewer do once they are coming."""
A_DAY = 0.15
"""No more than this share of the queue is foretold to come on a day: nobody knows how long it really is."""


class ComingBack(NamedTuple):
    """Cards wanted by people who were sent home, and how many of them a day were printed for such people lately."""

    cards: float = 0.0
    per_day: float = 0.0

    def ahead(self, days: int) -> list[float]:
        """The cards that they will want on each of the coming open days, if they come as lately."""
        left, found = self.cards, []
        for _ in range(days):
            found.append(min(self.per_day, A_DAY * left))
            left = FADES * (left - found[-1])
        return found


class Returning:
    """The unseen queue, followed day by day."""

    def __init__(self) -> None:
        self.cards = 0.0
        self.per_day = 0.0

    def evening(self, sent_home_cards: float) -> None:
        """A day is over on which so many cards were wanted and not printed."""
        self.cards = FADES * self.cards + JOINS * sent_home_cards

    def came_back(self, beyond: float, deviation: float, in_want: bool) -> float:
        """Of the cards of a day, those printed for people who had been sent home before.

        Args:
            beyond: Cards of the day beyond those that were expected, negative where there were fewer.
            deviation: By how much such days differ, in cards.
            in_want: More was wanted on this day than was printed: that few came back says nothing.
        """
        come = beyond > (STILL if self.per_day else SURELY) * deviation
        if not come and not in_want:
            self.cards, self.per_day = ABSENT * self.cards, 0.0
            return 0.0
        taken = min(max(beyond, 0.0), self.cards)
        self.cards -= taken
        if not in_want:
            self.per_day = (self.per_day + taken) / 2 if self.per_day else taken
        return taken

    def coming(self) -> ComingBack:
        """What the queue promises for the days ahead."""
        return ComingBack(self.cards, self.per_day)

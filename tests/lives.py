"""Random books for the laws of the answer: an office, what it used, what it asked for, and what became of that."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from blangko.core.calendar import days_stated
from blangko.core.entry import Entry, movement
from blangko.core.facts import Facts, facts_of
from tests.books import NO_NATIONAL_DAYS

TODAY = date(2026, 10, 9)
"""A Friday."""


class Asked(NamedTuple):
    """A request: how many days ago it was made, for how many days of use, and what became of it.

    Of the days of use so many were granted (None: nothing was said), promised for so many days after the request, and
    so many came after so many days. `more` says of a receipt that more comes.
    """

    days_ago: int
    asked: float
    granted: float | None = None
    promised_after: int | None = None
    came: float | None = None
    came_after: int = 0
    more: bool = False


class Closure(NamedTuple):
    """The office, the source or the printing stands still for so many days, from so many days after today on."""

    subject: str
    begins: int
    days: int


class Life(NamedTuple):
    """One office. `shelf` and the amounts of its requests are in days of use; a day's use is about `rate` cards."""

    rate: float
    scatter: float
    days: int
    shelf: float
    requests: tuple[Asked, ...] = ()
    closures: tuple[Closure, ...] = ()
    silent_days: int = 0
    settings: tuple[tuple[str, str], ...] = ()
    prr: int | None = None
    seed: int = 0
    use_times: float = 1.0
    shelf_times: float = 1.0


def facts(life: Life) -> Facts:
    """What the book of this office says on the evening of `TODAY`."""
    return facts_of(entries(life), TODAY, NO_NATIONAL_DAYS)


def entries(life: Life) -> list[Entry]:
    """The book: the same shelf today, however many cards were used before."""
    drafts = [*_asked(life), *_used(life), *_said(life)]
    left = round(life.rate * life.shelf * life.shelf_times)
    taken = sum(_on_shelf(draft) for draft in drafts)
    opened_on = min([draft.occurred_on for draft in drafts], default=TODAY)
    opening = movement("opening", opened_on, max(left - taken, 0))
    numbered = []
    for number, draft in enumerate([opening, *drafts], start=1):
        answers = draft.request_no
        # Drafts count their request from the first draft on; the opening stands before them.
        numbered.append(draft._replace(entry_no=number, batch_no=number, request_no=answers and answers + 1))
    return numbered


def _on_shelf(draft: Entry) -> int:
    return {"receive": 1, "print": -1}.get(draft.kind, 0) * (draft.cards or 0)


def _asked(life: Life) -> list[Entry]:
    drafts: list[Entry] = []
    for request in life.requests:
        on = TODAY - timedelta(days=request.days_ago)
        drafts.append(Entry("request", on, _cards(life, request.asked)))
        number = len(drafts)
        if request.granted is not None:
            due = None if request.promised_after is None else on + timedelta(days=request.promised_after)
            drafts.append(Entry("grant", on, _cards(life, request.granted), request_no=number, due_on=due))
        if request.came is not None:
            came_on = min(on + timedelta(days=request.came_after), TODAY)
            subject = "more" if request.more else None
            drafts.append(movement("receive", came_on, _cards(life, request.came), request_no=number, subject=subject))
    return drafts


def _cards(life: Life, days_of_use: float) -> int:
    return max(round(life.rate * days_of_use), 1)


def _used(life: Life) -> list[Entry]:
    dice, written = Random(life.seed), []
    day = TODAY
    while len(written) < life.days + life.silent_days:
        if day.weekday() < 5:
            written.append(day)
        day -= timedelta(days=1)
    uses = [max(dice.gauss(life.rate, life.rate * life.scatter), 0) for _ in written]
    return [
        movement("print", day, round(use * life.use_times))
        for day, use in list(zip(written, uses, strict=True))[life.silent_days :]
    ]


def _said(life: Life) -> list[Entry]:
    said = [Entry("setting", TODAY, subject=name, value=value) for name, value in life.settings]
    if life.prr is not None:
        said.append(Entry("backlog", TODAY, subject="prr", value=str(life.prr)))
    for closure in life.closures:
        first = TODAY + timedelta(days=closure.begins)
        last = first + timedelta(days=closure.days - 1)
        said.append(days_stated(TODAY, closure.subject, first, last, "closed"))
    return said


def requests_made(days_ago: st.SearchStrategy[int], **facts: st.SearchStrategy[object]) -> st.SearchStrategy[Asked]:
    """Requests made so many days ago, with what else is said of them."""
    return st.fixed_dictionaries({"days_ago": days_ago, "asked": days_of_use, **facts}).map(lambda said: Asked(**said))


days_of_use = st.floats(0.5, 40)
answered = requests_made(st.integers(20, 200), came=days_of_use, came_after=st.integers(0, 60))
waiting = requests_made(st.integers(0, 60))
promised = requests_made(st.integers(0, 30), granted=days_of_use, promised_after=st.integers(0, 40))
partial = requests_made(
    st.integers(0, 60),
    granted=st.one_of(st.none(), days_of_use),
    came=st.floats(0.1, 3),
    came_after=st.integers(0, 30),
    more=st.booleans(),
)
histories = st.lists(answered, max_size=4)
orders = st.lists(st.one_of(waiting, promised, partial), max_size=3)
closures = st.lists(
    st.builds(Closure, st.sampled_from(["closed", "source", "printing"]), st.integers(-20, 20), st.integers(1, 14)),
    max_size=2,
)
settings = st.fixed_dictionaries(
    {},
    optional={
        "accepted_risk": st.sampled_from(["0.01", "0.05", "0.1", "0.3"]),
        "lead_high_days": st.sampled_from(["3", "5", "10", "21"]),
        "batch_cards": st.sampled_from(["500", "2000"]),
        "lot_cards": st.just("500"),
        "most_per_request": st.sampled_from(["500", "2000"]),
        "print_capacity": st.sampled_from(["100", "250", "700"]),
    },
).map(lambda chosen: tuple(chosen.items()))


def _lives(
    shelf: st.SearchStrategy[float], orders: st.SearchStrategy[list[Asked]], **said: object
) -> st.SearchStrategy[Life]:
    usual = {
        "rate": st.floats(20, 800),
        "scatter": st.floats(0.02, 0.6),
        "days": st.integers(5, 40),
        "shelf": shelf,
        "requests": st.tuples(histories, orders).map(lambda both: tuple(both[0] + both[1])),
        "closures": closures.map(tuple),
        "silent_days": st.sampled_from([0, 0, 0, 0, 1, 3, 6]),
        "settings": settings,
        "prr": st.one_of(st.none(), st.none(), st.integers(0, 20_000)),
        "seed": st.integers(0, 2**32),
    }
    return st.fixed_dictionaries(usual | said).map(lambda chosen: Life(**chosen))


lives = _lives(st.floats(0, 30), orders)
calm_lives = _lives(
    st.floats(3, 20),
    st.lists(st.one_of(requests_made(st.integers(0, 12)), promised, partial), min_size=1, max_size=2),
    scatter=st.floats(0.02, 0.3),
    silent_days=st.sampled_from([0, 0, 1]),
)
"""Offices with cards on order that are mostly not in need, so that many answers are quiet."""
quiet_books = _lives(st.floats(0.2, 30), st.just([]), closures=st.just(()), silent_days=st.just(0))
"""Offices of which every day is written, and that have asked for nothing yet."""


def books_with(orders: st.SearchStrategy[Asked], min_size: int) -> st.SearchStrategy[Life]:
    """Offices with so many orders of a kind, or up to two more."""
    return _lives(st.floats(0, 30), st.lists(orders, min_size=min_size, max_size=min_size + 2))

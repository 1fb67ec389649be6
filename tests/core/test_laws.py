"""The laws of the answer, over random books: it is quiet only while it may be, and never calmer for worse news."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from blangko.core.answer import Answer, answer
from blangko.core.status import Status
from tests import dice, lives
from tests.lives import Asked, Closure, Life

NEAR = 0.03
ABOUT = 0.02
CALM_FIRST = {"ok": 0, "soon": 1, "unknown": 2, "now": 3, "empty": 3}
seeds = st.integers(0, 2**32)


def _agrees_with_dice(life: Life, seed: int) -> None:
    known = answer(lives.facts(life))
    if known.ahead is None:
        return
    status, thrower = known.status, Random(seed)
    before_delivery = dice.before_delivery(known, thrower)
    if before_delivery is None or status.risk_before_delivery is None:
        assert before_delivery is status.risk_before_delivery is None
    else:
        assert status.risk_before_delivery == pytest.approx(before_delivery, abs=NEAR)
    if status.on_hand_cards > 0:
        today = dice.before_a_request(known, status.as_of, thrower)
        assert status.risk_if_requested_today == pytest.approx(today, abs=NEAR)


def _is_quiet_only_while_it_may_be(life: Life, seed: int) -> None:
    known = answer(lives.facts(life))
    if known.status.level == "ok":
        chance = _chance_of_an_empty_shelf(known, Random(seed))
        assert chance <= known.status.risk_allowed + NEAR


def _chance_of_an_empty_shelf(known: Answer, thrower: Random) -> float:
    """The chance of an empty shelf before the next cards come: those on order, or those asked for on the day told."""
    on_order = dice.before_delivery(known, thrower)
    if on_order is not None:
        return on_order
    if known.status.request_by is None:
        return 0.0
    return dice.before_a_request(known, known.status.request_by, thrower)


@settings(max_examples=25)
@given(lives.lives, seeds)
def test_the_chances_agree_with_throwing_dice(life, seed):
    _agrees_with_dice(life, seed)


@pytest.mark.heavy
@settings(max_examples=200)
@given(lives.lives, seeds)
def test_the_chances_agree_with_throwing_dice_in_200_situations(life, seed):
    _agrees_with_dice(life, seed)


@settings(max_examples=120)
@given(lives.calm_lives, seeds)
def test_it_is_quiet_only_while_the_chance_of_an_empty_shelf_is_small(life, seed):
    _is_quiet_only_while_it_may_be(life, seed)


@pytest.mark.heavy
@settings(max_examples=1_000)
@given(st.one_of(lives.lives, lives.calm_lives), seeds)
def test_it_is_quiet_only_while_the_chance_of_an_empty_shelf_is_small_in_1000_books(life, seed):
    _is_quiet_only_while_it_may_be(life, seed)


# --- Worse news is never calmer -------------------------------------------------------------------

RISKS = ("risk_before_delivery", "risk_if_requested_today")
books = st.one_of(lives.lives, lives.calm_lives)


def _status(life: Life) -> Status:
    return answer(lives.facts(life)).status


def _never_calmer(before: Status, after: Status, risks: tuple[str, ...] = RISKS) -> None:
    assert CALM_FIRST[after.level] >= CALM_FIRST[before.level], (before.reasons, after.reasons)
    for name in risks:
        chance, worse = getattr(before, name), getattr(after, name)
        assert chance is None or worse is None or worse >= chance - ABOUT, name


@settings(max_examples=40)
@given(books, st.floats(1, 3))
def test_more_use_on_all_days_is_never_calmer(life, times):
    before, after = _status(life), _status(life._replace(use_times=times))
    # A shelf that is emptied on most of its few days hides the use, and an office whose use nobody knows is told so.
    assume((before.cards_per_workday is None) == (after.cards_per_workday is None))

    _never_calmer(before, after)


@settings(max_examples=40)
@given(books, st.floats(0, 1))
def test_fewer_cards_on_the_shelf_are_never_calmer(life, share):
    _never_calmer(_status(life), _status(life._replace(shelf_times=share)))


@settings(max_examples=40)
@given(
    lives.books_with(st.one_of(lives.promised, lives.partial), min_size=1), st.floats(0.01, 1)
)  # fmt: skip
def test_a_smaller_grant_is_never_calmer(life, share):
    smaller = [each._replace(granted=each.granted and each.granted * share) for each in life.requests]

    _never_calmer(_status(life), _status(life._replace(requests=tuple(smaller))))


@settings(max_examples=40)
@given(books, st.integers(1, 10), st.integers(1, 14))
def test_a_closure_of_the_source_in_the_days_ahead_is_never_calmer(life, begins, days):
    before = _status(life)
    after = _status(life._replace(closures=(*life.closures, Closure("source", begins, days))))

    # With cards on order the evenings before they are expected are no matter of the next request: the later they are,
    # the fewer evenings it answers for.
    _never_calmer(before, after, RISKS if before.risk_before_delivery is None else RISKS[:1])


usual_leads = st.lists(
    lives.requests_made(st.integers(30, 200), came=lives.days_of_use, came_after=st.integers(0, 12)), max_size=4
)


@settings(max_examples=40)
@given(lives.quiet_books, usual_leads, st.integers(0, 60), st.integers(1, 30))
def test_a_longer_wait_that_ends_beyond_the_longest_usual_lead_is_never_calmer(life, answers, wait, more):
    """Within the stated range a day of waiting may calm: what must come by the tenth day is near on the ninth.

    The later the cards on order are expected, the fewer evenings the next request answers for: of it nothing is said.
    """
    waits = [life._replace(requests=(*answers, Asked(days_ago, 10))) for days_ago in (wait, wait + more)]
    before, after = map(_status, waits)

    if after.longest_wait_workdays > after.lead_time.high:
        _never_calmer(before, after, RISKS[:1])

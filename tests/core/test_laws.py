"""The laws of the answer, over random books: it is quiet only while it may be, and never calmer for worse news."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.answer import Answer, answer
from tests import dice, lives
from tests.lives import Life

NEAR = 0.03
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


@settings(max_examples=60)
@given(lives.lives, seeds)
def test_it_is_quiet_only_while_the_chance_of_an_empty_shelf_is_small(life, seed):
    _is_quiet_only_while_it_may_be(life, seed)


@pytest.mark.heavy
@settings(max_examples=1_000)
@given(lives.lives, seeds)
def test_it_is_quiet_only_while_the_chance_of_an_empty_shelf_is_small_in_1000_books(life, seed):
    _is_quiet_only_while_it_may_be(life, seed)

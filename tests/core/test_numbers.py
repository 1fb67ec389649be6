"""Whole numbers as people type them; half a card does not exist."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blangko.core.numbers import cards, whole_number
from blangko.errors import NotWholeNumber, NumberOutOfRange


@pytest.mark.parametrize("text", ["2000", "2.000", "2,000", " 2000 "])
def test_two_thousand_is_typed_in_three_ways(text):
    assert whole_number(text) == 2000


@pytest.mark.parametrize("text", ["12.5", "1.04", "1,5", "2.00", "1.000,5", "1,000.000", "", "dua", "1e3", "1 000"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(NotWholeNumber):
        whole_number(text)


@pytest.mark.parametrize("text", ["-1", "−5", "- 2.000", "100000001", "999.999.999"])
def test_cards_are_between_none_and_a_hundred_million(text):
    with pytest.raises(NumberOutOfRange):
        cards(text)


def test_a_delivery_has_at_least_one_card():
    assert cards("1", least=1) == 1
    with pytest.raises(NumberOutOfRange):
        cards("0", least=1)


@given(st.integers(0, 100_000_000))
def test_every_number_is_read_back_as_either_language_writes_it(number):
    english = f"{number:,}"

    assert whole_number(str(number)) == whole_number(english) == whole_number(english.replace(",", ".")) == number

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
    with pytest.raises(NotWholeNumber) as refused:
        whole_number(text)

    assert refused.value.facts == {"text": text}


def test_thirty_digits_are_the_most_that_is_read_as_a_number():
    assert whole_number("1" * 30) == int("1" * 30)
    with pytest.raises(NotWholeNumber):
        whole_number("1" * 31)


@pytest.mark.parametrize(
    ("text", "number"),
    [("-1", "-1"), (" −5 ", "−5"), ("- 2.000", "- 2.000"), ("–1,5", "–1,5"), ("100000001", 100_000_001),
     ("999.999.999", 999_999_999)],
)  # fmt: skip
def test_cards_are_between_none_and_a_hundred_million(text, number):
    assert (cards("0"), cards("100.000.000")) == (0, 100_000_000)
    with pytest.raises(NumberOutOfRange) as refused:
        cards(text)

    assert refused.value.facts == {"number": number, "low": 0, "high": 100_000_000}


def test_a_delivery_has_at_least_one_card():
    assert cards("1", least=1) == 1
    for text, number in (("0", 0), ("-3", "-3")):
        with pytest.raises(NumberOutOfRange) as refused:
            cards(text, least=1)
        assert refused.value.facts == {"number": number, "low": 1, "high": 100_000_000}


@given(st.integers(0, 100_000_000))
def test_every_number_is_read_back_as_either_language_writes_it(number):
    english = f"{number:,}"

    assert whole_number(str(number)) == whole_number(english) == whole_number(english.replace(",", ".")) == number

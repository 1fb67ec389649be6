"""Dates as people type them; today is Wednesday 18 October 2017."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blangko.errors import NotADate
from blangko.words.typed import typed_date

TODAY = date(2017, 10, 18)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2017-10-18", date(2017, 10, 18)),
        ("2017-06-05", date(2017, 6, 5)),
        ("5/6/2017", date(2017, 6, 5)),
        ("18/10/2017", date(2017, 10, 18)),
        ("18-10-2017", date(2017, 10, 18)),
        ("18.10.2017", date(2017, 10, 18)),
        ("18/10/17", date(2017, 10, 18)),
        ("18 Okt 2017", date(2017, 10, 18)),
        ("18 oktober 2017", date(2017, 10, 18)),
        ("18 October 2017", date(2017, 10, 18)),
        ("Rabu, 18 Oktober 2017", date(2017, 10, 18)),
        ("1 Agustus 2017", date(2017, 8, 1)),
        ("20 Mei 2017", date(2017, 5, 20)),
        ("3 Nopember 2016", date(2016, 11, 3)),
        ("28 Des", date(2016, 12, 28)),
        ("today", TODAY),
        ("hari ini", TODAY),
        ("kemarin", date(2017, 10, 17)),
        ("Yesterday", date(2017, 10, 17)),
        ("senin", date(2017, 10, 16)),
        ("monday", date(2017, 10, 16)),
        ("rabu", TODAY),
        ("kamis", date(2017, 10, 12)),
        ("jum'at", date(2017, 10, 13)),
        ("  18   Okt   2017 ", date(2017, 10, 18)),
        ("29/02/2016", date(2016, 2, 29)),
    ],
)
def test_a_clerk_means_the_day(text, meant):
    assert typed_date(text, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("senin", date(2017, 10, 23)), ("28 Des", date(2017, 12, 28)), ("3 Jan", date(2018, 1, 3)), ("rabu", TODAY)],
)
def test_a_promise_lies_ahead(text, meant):
    assert typed_date(text, TODAY, ahead=True) == meant


@pytest.mark.parametrize(
    "text",
    ["", "31/02/2017", "29/02/2017", "10/18/2017", "2017-13-01", "18 Foo 2017", "someday", "0", "20171018", "٣/٤/٢٠١٧"],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(NotADate):
        typed_date(text, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_understood_as_iso_and_as_day_month_year(day):
    assert typed_date(day.isoformat(), TODAY) == day
    assert typed_date(f"{day.day}/{day.month}/{day.year}", TODAY) == day


@given(st.text(max_size=40))
def test_no_text_is_worse_than_refused(text):
    with suppress(NotADate):
        assert isinstance(typed_date(text, TODAY), date)

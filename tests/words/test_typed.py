"""Dates as people type them; today is Wednesday 18 October 2017."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blangko.errors import NotADate
from blangko.errors.files import NotAMonth, NotAWeek
from blangko.words.typed import typed_date, typed_month, typed_week

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
        ("18/10", TODAY),
        ("5/11", date(2016, 11, 5)),
        ("5-9", date(2017, 9, 5)),
        ("29/2", date(2016, 2, 29)),
        ("29 Feb", date(2016, 2, 29)),
        ("senin lalu", date(2017, 10, 16)),
        ("Last Monday", date(2017, 10, 16)),
        ("rabu lalu", date(2017, 10, 11)),
        ("kamis yang lalu", date(2017, 10, 12)),
        ("hari senin", date(2017, 10, 16)),
        ("hari minggu lalu", date(2017, 10, 15)),
        ("minggu", date(2017, 10, 15)),
        ("jumat minggu lalu", date(2017, 10, 13)),
        ("senin minggu ini", date(2017, 10, 16)),
        ("2 hari lalu", date(2017, 10, 16)),
        ("2 hari yang lalu", date(2017, 10, 16)),
        ("2 days ago", date(2017, 10, 16)),
        ("seminggu lalu", date(2017, 10, 11)),
        ("a week ago", date(2017, 10, 11)),
    ],
)
def test_a_clerk_means_the_day(text, meant):
    assert typed_date(text, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("senin", date(2017, 10, 23)),
        ("28 Des", date(2017, 12, 28)),
        ("3 Jan", date(2018, 1, 3)),
        ("rabu", TODAY),
        ("5/11", date(2017, 11, 5)),
        ("18/10", TODAY),
        ("17/10", date(2018, 10, 17)),
        ("29/2", date(2020, 2, 29)),
        ("senin depan", date(2017, 10, 23)),
        ("next wednesday", date(2017, 10, 25)),
        ("kamis minggu depan", date(2017, 10, 26)),
        ("3 hari lagi", date(2017, 10, 21)),
        ("senin lalu", date(2017, 10, 16)),
    ],
)
def test_a_promise_lies_ahead(text, meant):
    assert typed_date(text, TODAY, ahead=True) == meant


@pytest.mark.parametrize(
    "text",
    [
        "minggu lalu",
        "last week",
        "last senin lalu",
        "31/2",
        "13/13",
        "5.11",
        "0/1",
        "lalu",
        "999 minggu lalu x",
        "",
        "31/02/2017",
        "29/02/2017",
        "10/18/2017",
        "2017-13-01",
        "18 Foo 2017",
        "someday",
        "0",
        "20171018",
        "٣/٤/٢٠١٧",
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(NotADate):
        typed_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2017-10", date(2017, 10, 1)),
        ("2017-9", date(2017, 9, 1)),
        ("9/2017", date(2017, 9, 1)),
        ("Oktober", date(2017, 10, 1)),
        ("november", date(2016, 11, 1)),
        ("okt 2017", date(2017, 10, 1)),
        ("Okt-2016", date(2016, 10, 1)),
        ("bulan agustus", date(2017, 8, 1)),
        ("bulan lalu", date(2017, 9, 1)),
        ("this month", date(2017, 10, 1)),
    ],
)
def test_a_month_without_its_year_is_the_last_that_has_begun(text, first):
    assert typed_month(text, TODAY) == first


@pytest.mark.parametrize("text", ["", "2017-13", "10", "okt 17", "octember", "0000-01", "18 Okt", "minggu lalu"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(NotAMonth):
        typed_month(text, TODAY)


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2017-W43", date(2017, 10, 23)),
        ("2017-M42", date(2017, 10, 16)),
        ("W42", date(2017, 10, 16)),
        ("42", date(2017, 10, 16)),
        ("43", date(2016, 10, 24)),
        ("minggu ke-41", date(2017, 10, 9)),
        ("week 41", date(2017, 10, 9)),
        ("minggu ini", date(2017, 10, 16)),
        ("minggu lalu", date(2017, 10, 9)),
        ("Last week", date(2017, 10, 9)),
    ],
)
def test_a_week_without_its_year_is_the_last_that_has_begun(text, monday):
    assert typed_week(text, TODAY) == monday


@pytest.mark.parametrize("text", ["", "60", "2017-W54", "0000-W01", "W", "senin", "bulan lalu", "0"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(NotAWeek):
        typed_week(text, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_understood_as_iso_and_as_day_month_year(day):
    assert typed_date(day.isoformat(), TODAY) == day
    assert typed_date(f"{day.day}/{day.month}/{day.year}", TODAY) == day


@given(st.text(max_size=40))
def test_no_text_is_worse_than_refused(text):
    with suppress(NotADate):
        assert isinstance(typed_date(text, TODAY), date)

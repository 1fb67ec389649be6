"""What one cell means: cards, or a day; today is Friday 27 October 2017."""

from datetime import date, datetime, timedelta

import pytest

from blangko.exchange.figures import Doubt, Unclear, cards_in, day_in, doubts

TODAY = date(2017, 10, 27)


def weekdays_only(day):
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (187, 187),
        (187.0, 187),
        ("187", 187),
        (" 187 ", 187),
        ("187 kpg", 187),
        ("187kpg.", 187),
        ("187 keping", 187),
        ("187 lbr", 187),
        ("1.043", 1043),
        ("1,043", 1043),
        ("1 043", 1043),
        ("1 043 kpg", 1043),
        ("120\u00a0150", 120150),
        ("2\u202f000", 2000),
        (1043.0, 1043),
        ("1043.0", 1043),
        ("1.043,00", 1043),
        ("1,043.00", 1043),
        ("+2.000", 2000),
        ("'187", 187),
        ("0", 0),
        (0, 0),
        ("nihil", 0),
        ("Nihil", 0),
        ("-", None),
        ("–", None),
        ("—", None),
        ("", None),
        (" ", None),
        (None, None),
    ],
)
def test_a_clerk_means_so_many_cards(cell, meant):
    assert cards_in(cell) == meant


@pytest.mark.parametrize("cell", ["180*", "180 **", "180*)", "180 kpg¹"])
def test_a_footnote_mark_is_read_past(cell):
    assert cards_in(cell) == 180


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("(12)", "negative"),
        ("(12) kpg", "negative"),
        (-12, "negative"),
        (-12.0, "negative"),
        ("-12", "negative"),
        ("−12", "negative"),
        ("12-", "negative"),
        (12.5, "broken"),
        ("12.5", "broken"),
        ("12,5 kpg", "broken"),
        ("1.04", "broken"),
        (float("inf"), "broken"),
        ("±180", "unclear"),
        ("180/2", "unclear"),
        ("180-190", "unclear"),
        ("180+7", "unclear"),
        ("120 150", "unclear"),
        ("1 043 200 7", "unclear"),
        ("180 1)", "unclear"),
        ("1.043.0", "unclear"),
        ("١٢", "unclear"),
        (True, "truth"),
        (False, "truth"),
        (date(1900, 7, 5), "date"),
        (datetime(2017, 10, 2), "date"),  # noqa: DTZ001
        ("#REF!", "error"),
        ("#DIV/0!", "error"),
        ("Err:502", "error"),
        ("pita habis", "text"),
        ("100000001", "too_many"),
        (1e15, "too_many"),
    ],
)
def test_what_is_no_number_of_cards_says_why(cell, code):
    with pytest.raises(Unclear) as said:
        cards_in(cell)

    assert said.value.code == code


@pytest.mark.parametrize(
    "cell",
    [
        date(2017, 10, 2),
        datetime(2017, 10, 2, 8, 15),  # noqa: DTZ001
        43010,
        43010.75,
        "43010",
        "2/10/2017",
        "02/10/17",
        "2-10-2017",
        "2.10.2017",
        "2017-10-02",
        "2017-10-02 00:00:00",
        "2017/10/2",
        "20171002",
        20171002,
        "2 Okt 17",
        "2-Okt-17",
        "2 Oktober 2017",
        "October 2, 2017",
        "Senin, 2 Oktober 2017",
        "SENIN 2/10/2017",
        "Senin/2-10-2017",
        "Senin Pon, 2 Oktober 2017",
        "Tgl. 2 Oktober 2017",
    ],
)
def test_all_these_are_the_second_of_october(cell):
    assert day_in(cell, "dmy", TODAY) == date(2017, 10, 2)


@pytest.mark.parametrize("name", ["Jum’at", "Jum'at", "Jumat", "Jum‘at", "JUM`AT", "Jum"])
def test_friday_is_written_in_many_ways(name):
    assert day_in(f"{name}, 6 Oktober 2017", "dmy", TODAY) == date(2017, 10, 6)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("3", date(2017, 10, 3)),
        (3, date(2017, 10, 3)),
        (3.0, date(2017, 10, 3)),
        ("Selasa, 3", date(2017, 10, 3)),
        ("Minggu, 1", date(2017, 10, 1)),
        ("2 Okt", date(2017, 10, 2)),
        ("2/10", date(2017, 10, 2)),
    ],
)
def test_below_a_title_with_month_and_year_the_number_of_the_day_is_enough(cell, meant):
    assert day_in(cell, "dmy", TODAY, year=2017, month=10) == meant


@pytest.mark.parametrize("cell", ["", None, "-", " – "])
def test_an_empty_cell_is_no_day(cell):
    assert day_in(cell, "dmy", TODAY) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("29/2/2017", "no_such_day"),
        ("29 Feb 2017", "no_such_day"),
        ("31 Apr 2017", "no_such_day"),
        ("30/30/2017", "no_such_day"),
        ("10/13/2017", "order"),
        ("2 Okt", "no_year"),
        ("2/10", "no_year"),
        ("3", "no_month"),
        (3, "no_month"),
        ("Senin, 3 Oktober 2017", "weekday"),
        ("Senin, 10/2/2017", "weekday"),
        (date(1900, 1, 3), "year"),
        (date(2117, 10, 2), "year"),
        ("2/10/0217", "year"),
        (True, "truth"),
        ("#VALUE!", "error"),
        ("Senin", "text"),
        ("kemarin", "text"),
        ("Jumlah", "text"),
        ("Minggu 1", "text"),
        ("Minggu ke-1", "text"),
        ("2-6 Oktober 2017", "text"),
        ("s/d 6 Oktober 2017", "text"),
        ("sampai 6 Oktober 2017", "text"),
        (187, "text"),
        (3.5, "text"),
    ],
)
def test_what_is_no_day_says_why(cell, code):
    with pytest.raises(Unclear) as said:
        day_in(cell, "dmy", TODAY)

    assert said.value.code == code


@pytest.mark.parametrize(
    ("cell", "code"), [("31", "no_such_day"), ("Selasa, 3", "weekday"), ("1/7", "text"), ("1-7", "text")]
)
def test_below_a_title_what_does_not_fit_it_is_no_day(cell, code):
    """September 2017 had thirty days, its third was a Sunday, and 1-7 is its first week."""
    with pytest.raises(Unclear) as said:
        day_in(cell, "dmy", TODAY, year=2017, month=9)

    assert said.value.code == code


def test_month_first_is_read_when_it_is_told():
    assert day_in("10/2/2017", "mdy", TODAY) == date(2017, 10, 2)
    assert day_in("10/2", "mdy", TODAY, year=2017) == date(2017, 10, 2)


def test_what_an_american_excel_understood_is_turned_back_and_what_it_left_is_read_as_typed():
    """It took 2/10/2017 for the tenth of February, and 13/10/2017 for a text."""
    assert day_in(date(2017, 2, 10), "mdy", TODAY) == date(2017, 10, 2)
    assert day_in(date(2017, 10, 13), "mdy", TODAY) == date(2017, 10, 13)
    assert day_in("13/10/2017", "mdy", TODAY) == date(2017, 10, 13)
    assert day_in("2017-10-02", "mdy", TODAY) == date(2017, 10, 2)


def plausible(cells, order="dmy"):
    days = [(place, day_in(cell, order, TODAY)) for place, cell in enumerate(cells)]
    return doubts(days, weekdays_only, TODAY)


def test_a_month_of_working_days_is_plausible():
    days = [date(2017, 10, 2) + timedelta(days=number) for number in range(26)]

    assert plausible([day for day in days if weekdays_only(day)]) == []
    assert plausible([day for day in reversed(days) if weekdays_only(day)]) == []
    assert plausible([f"{day:%d/%m/%Y}" for day in days if weekdays_only(day)]) == []
    assert plausible([]) == []


def test_dates_that_an_american_excel_has_turned_jump_from_month_to_month():
    """2 to 6 October, taken for the tenth of February to June."""
    turned = [date(2017, month, 10) for month in (2, 3, 4, 5, 6)]

    assert plausible(turned) == [Doubt("swapped", 0, date(2017, 2, 10))]
    assert plausible(turned, "mdy") == []


def test_texts_with_the_month_first_jump_too():
    cells = ["10/2/2017", "10/3/2017", "10/4/2017", "10/5/2017"]

    assert plausible(cells) == [Doubt("swapped", 0, date(2017, 2, 10))]
    assert plausible(cells, "mdy") == []


def test_work_on_sundays_that_would_be_open_days_the_other_way_round_is_doubted():
    """2 July 2017 was a Sunday, 7 February a Tuesday; 6 August 2017 was a Sunday and 8 June a Thursday."""
    assert plausible([date(2017, 7, 2)]) == [Doubt("swapped", 0, date(2017, 7, 2))]
    assert plausible([date(2017, 8, 6)]) == [Doubt("swapped", 0, date(2017, 8, 6))]
    assert plausible([date(2017, 8, 10)]) == []


def test_offices_that_work_on_every_day_are_not_doubted():
    assert plausible([date(2017, 10, 1) + timedelta(days=number) for number in range(27)]) == []


def test_deliveries_far_from_each_other_are_plausible():
    assert plausible([date(2017, 8, 21), date(2017, 9, 4), date(2017, 9, 25), date(2017, 10, 23)]) == []


def test_a_day_with_the_wrong_month_is_told_and_not_the_days_around_it():
    cells = ["25/10/2017", "26/8/2017", "27/10/2017"]

    assert plausible(cells) == [Doubt("stray", 1, date(2017, 8, 26))]


def test_a_day_before_the_one_above_it_is_told():
    cells = ["16/10/2017", "17/10/2017", "16/10/2017", "18/10/2017"]

    assert plausible(cells) == [Doubt("backwards", 2, date(2017, 10, 16))]


def test_a_day_that_has_not_come_is_told():
    assert plausible(["26/10/2017", "27/10/2017", "30/10/2017"]) == [Doubt("future", 2, date(2017, 10, 30))]


def test_years_in_front_are_not_taken_for_days():
    assert plausible(["14/10/17", "15/10/17", "16/10/17"]) == []
    assert plausible(["08/10/13", "08/10/14", "08/10/15"]) == [Doubt("jump", 1, date(2014, 10, 8))]

"""Offices as the press told of them, with their numbers: each is a way in which a stock was misread."""

from datetime import date, timedelta

import pytest


def begin(office, day, opening, **options):
    """A new book, begun on the day before `day` or on it."""
    office.today(day)
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    office.did("init", "--office", "Disdukcapil", "--opening", opening, "--on", day, *words)


def evening(office, day):
    office.today(day)
    return office.json("status")


def days_between(first, last):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return [first + timedelta(days) for days in range((last - first).days + 1)]


# --- Blora, January to 14 February 2020: 22,000 in, 19,084 printed ------------------------------


def test_blora_keeps_every_card_it_received_in_the_identity(nobody):
    begin(nobody, "2020-01-01", 0)
    for day, cards in (("2020-01-02", 8000), ("2020-01-20", 6000), ("2020-02-03", 8000)):
        nobody.today(day)
        nobody.did("receive", cards, "--ref", f"BAST {day}")
    for day, cards in (("2020-01-10", 5000), ("2020-01-24", 7000), ("2020-02-14", 7084)):
        nobody.today(day)
        nobody.did("print", cards, "--yes")

    screen = " ".join(nobody.did("status").split())

    # 8,000 + 6,000 + 8,000 = 22,000; 5,000 + 7,000 + 7,084 = 19,084; 22,000 - 19,084 = 2,916.
    assert nobody.json("status")["on_hand_cards"] == 2916
    assert "opening 0 + received 22,000 + adjusted 0 = 22,000" in screen
    assert "on hand 2,916 + spoiled held 0 + printed 19,084 + destroyed 0 + sent 0 + lost 0 = 22,000" in screen


# --- Klaten, 25 September to 3 October 2017: the count that was 325 short -----------------------


@pytest.fixture
def klaten(nobody):
    """1,300 + 2,000 + 2,000 - 275 - 7 x 600 = 825, and 500 on the shelf."""
    begin(nobody, "2017-09-25", 1300)
    for day in days_between("2017-09-25", "2017-10-03"):
        if day.weekday() > 4:
            continue
        nobody.today(day.isoformat())
        if (day.month, day.day) in ((9, 25), (10, 2)):
            nobody.did("receive", 2000)
        if day.day == 26:
            nobody.did("send", 275, "--to", "lima kecamatan")
        nobody.did("print", 600)
    return nobody


def test_klaten_book_says_825(klaten):
    assert klaten.json("status")["on_hand_cards"] == 825


def test_klaten_count_states_the_difference_and_changes_nothing(klaten):
    said = " ".join(klaten.did("count", 500).split())

    assert "−325" in said
    status = klaten.json("status")
    assert status["on_hand_cards"] == 825
    counted = status["last_count"]
    assert (counted["occurred_on"], counted["counted_cards"], counted["discrepancy_cards"]) == ("2017-10-03", 500, -325)


def test_klaten_difference_stays_open_on_later_days(klaten):
    klaten.did("count", 500)
    status = evening(klaten, "2017-10-06")

    assert "count_open" in status["reasons"]
    assert status["last_count"]["discrepancy_cards"] == -325


def test_klaten_difference_closes_with_an_adjustment_and_a_reason(klaten):
    klaten.did("count", 500)
    assert klaten("count", 500, "--adjust") == 1
    assert "reason" in klaten.err
    # 325 of 825 are more than a tenth, so the book asks.
    assert klaten("count", 500, "--adjust", "--reason", "handed out without an entry on 2 October") == 1
    klaten.did("count", 500, "--adjust", "--reason", "handed out without an entry on 2 October", "--yes")

    status = klaten.json("status")
    assert status["on_hand_cards"] == 500
    assert "count_open" not in status["reasons"]
    assert "adjusted −325" in klaten.did("status")


# --- Penajam, July 2019: 500 in after two empty weeks -------------------------------------------


def test_penajam_knows_that_500_last_four_days_and_not_two_weeks(nobody):
    begin(nobody, "2019-06-17", 0, daily=125)
    nobody.today("2019-07-01")
    nobody.did("receive", 500)

    status = nobody.json("status")

    # 500 : 125 = 4.
    assert status["workdays_of_supply"]["p50"] == 4
    assert "2019-07-04" <= status["run_out_on"]["p50"] <= "2019-07-08"


def test_penajam_empty_days_do_not_lower_the_rate(nobody):
    begin(nobody, "2019-05-06", 3000)
    used = [120, 110, 130, 100, 150, 125, 115, 140, 120, 130]
    open_days = [day for day in days_between("2019-05-06", "2019-05-21") if day.weekday() < 5 and day.day != 20]
    for day, cards in zip(open_days, used, strict=False):
        nobody.today(day.isoformat())
        nobody.did("print", cards)
    nobody.did("count", 3000 - sum(used[: len(open_days)]))
    nobody.today("2019-06-17")
    nobody.did("send", nobody.json("status")["on_hand_cards"], "--to", "Provinsi", "--back")
    for day in (18, 19, 20, 21, 24, 25, 26, 27, 28):
        nobody.today(f"2019-06-{day}")
        nobody.did("print", 0, "--cause", "no-blanks")
    nobody.today("2019-07-01")
    nobody.did("receive", 500)
    status = nobody.json("status")

    # 124 a day were printed, half of them while few came after the vote of 17 April; on 1 July some still come after
    # Lebaran: 134 on an ordinary day, a twentieth more in the days that 500 cards last.
    assert status["use"]["cards_per_workday"] == pytest.approx(134 * 1.06, rel=0.02)
    assert status["workdays_of_supply"]["p50"] in (3, 4)


# --- Sukabumi, 2 May 2025: 3,902 for "one month" ------------------------------------------------


@pytest.mark.parametrize(("daily", "workdays"), [(150, 26), (175, 22), (200, 19)])
def test_sukabumi_counts_working_days_and_skips_the_holidays_of_may_and_june(nobody, daily, workdays):
    begin(nobody, "2025-05-02", 3902, daily=daily)
    status = nobody.json("status")

    # 3,902 : 150 = 26.01; : 175 = 22.3; : 200 = 19.5.
    assert abs(status["workdays_of_supply"]["p50"] - workdays) <= 1
    assert date.fromisoformat(status["run_out_on"]["p50"]) == nth_open_day(status["workdays_of_supply"]["p50"] + 1)


def nth_open_day(number):
    """The nth open day after 2 May 2025; closed are weekends, Waisak, Ascension, Pancasila, Idul Adha and the leave."""
    closed = {(5, 12), (5, 13), (5, 29), (5, 30), (6, 1), (6, 6), (6, 9), (6, 27)}
    days = days_between("2025-05-03", "2025-07-31")
    return [day for day in days if day.weekday() < 5 and (day.month, day.day) not in closed][number - 1]


# --- Sanggau, Friday 27 October 2017: a week's cards, and a week to fetch more ------------------


@pytest.fixture
def sanggau(nobody):
    begin(nobody, "2017-10-27", 1040, code="61.03", daily=200)
    return nobody


def test_sanggau_has_five_working_days_and_should_have_asked(sanggau):
    status = sanggau.json("status")

    assert status["workdays_of_supply"]["p50"] == 5
    assert status["request_by"] <= "2017-10-27"
    assert status["level"] == "now"
    assert status["reasons"][0] == "late"


def test_sanggau_alert_is_critical_and_says_how_likely_an_empty_shelf_is(sanggau):
    code = sanggau("alert")

    assert code == 2
    line = sanggau.out
    chance = round(100 * sanggau.json("status")["risk_if_requested_today"])
    assert 5 < chance < 50
    assert line.startswith(f"BLANGKO CRITICAL - 1,040 cards, 5 workdays, empty before a delivery: {chance} %")


# --- Lebaran 2026 and the turn of the year ------------------------------------------------------


def test_a_forecast_over_lebaran_2026_counts_no_closed_day(nobody):
    begin(nobody, "2026-03-13", 2400, daily=200)
    days = [row["day"] for row in nobody.json("forecast")["rows"]]

    assert days[:3] == ["2026-03-16", "2026-03-17", "2026-03-25"]
    assert not [day for day in days if "2026-03-18" <= day <= "2026-03-24"]


def test_a_forecast_over_the_turn_of_the_year_counts_no_closed_day(nobody):
    begin(nobody, "2025-12-22", 2400, daily=200)
    days = [row["day"] for row in nobody.json("forecast")["rows"]]

    # Christmas and its joint leave on Thursday and Friday, New Year on Thursday.
    assert days[:6] == ["2025-12-23", "2025-12-24", "2025-12-29", "2025-12-30", "2025-12-31", "2026-01-02"]


def test_a_closure_of_one_office_moves_the_dates_of_that_office_only(nobody, tmp_path):
    begin(nobody, "2026-04-06", 2000, daily=200)
    other = ("--db", tmp_path / "other.db")
    nobody.did(*other, "init", "--office", "Lain", "--opening", 2000, "--daily", 200)
    before = nobody.json("status")
    nobody.did("closed", "2026-04-08", "--until", "2026-04-09", "--reason", "moving house")
    after, elsewhere = nobody.json("status"), nobody.json(*other, "status")

    assert elsewhere["run_out_on"] == before["run_out_on"]
    assert elsewhere["request_by"] == before["request_by"]
    assert after["run_out_on"]["p50"] > before["run_out_on"]["p50"]
    days = [row["day"] for row in nobody.json("forecast")["rows"]]
    assert "2026-04-08" not in days and "2026-04-09" not in days


# --- Semarang, December: a quota of 60 ----------------------------------------------------------


@pytest.fixture
def semarang(nobody):
    """1,500 cards, 450 wanted a day, 5,000 promised for Monday 31 December 2018; 60 a day from December on."""
    begin(nobody, "2018-11-30", 1500, daily=450)
    nobody.did("print", 0, "--cause", "server")
    nobody.did("request", 5000, "--due", "2018-12-31")
    nobody.did("settings", "quota", 60)
    return nobody


def test_semarang_quota_of_60_holds_until_the_promised_day(semarang):
    screen = " ".join(semarang.did("status").split())

    # 1,500 : 60 = 25 open days from 3 December, Christmas and the leave before it and New Year not among them: until
    # 9 January.
    assert (
        "At 60 a day the cards last until Wed 9 Jan; the delivery is expected by Mon 31 Dec: the quota holds." in screen
    )
    assert "or give out at most" not in screen
    assert "the quota holds." in " ".join(semarang.did("plan").split())
    quota = semarang.json("status")["quota"]
    # 18 open days: 1,500 : 18 = 83.
    assert (quota["cards"], quota["holds"], quota["lasts_until"], quota["proposed_cards"]) == (
        60,
        True,
        "2019-01-09",
        83,
    )


def test_semarang_quota_that_is_raised_too_far_is_told_every_morning(semarang):
    semarang.today("2018-12-03")
    semarang.did("print", 60)
    semarang.did("settings", "quota", 100)
    screen = " ".join(semarang.did("status").split())

    # 1,440 : 100 = 14 days; 1,440 : 17 = 84.
    assert (
        "At 100 a day the cards last until Fri 21 Dec; the delivery is expected by Mon 31 Dec: take 84 a day." in screen
    )


def test_semarang_quota_above_the_use_rations_nothing(semarang):
    semarang.did("settings", "quota", 500)

    screen = " ".join(semarang.did("status").split())
    assert "A quota of 500 rations nothing, since about 450 a day are wanted" in screen
    # 1,500 : 500 = 3 days is no answer to how long they last, where nobody asks for 500.
    assert "at 500 a day" not in screen


def test_semarang_quota_can_be_lifted_once_the_cards_are_there(semarang):
    semarang.today("2018-12-31")
    semarang.did("receive", 30_000)

    screen = " ".join(semarang.did("status").split())
    assert "nothing need be rationed (blangko settings quota 0)." in screen
    semarang.did("settings", "quota", 0)
    assert semarang.json("status")["quota"] is None

"""The planner at the desk: its screen, its data, and what is told of a plan that makes no sense."""

import json

import pytest

PLAN_KEYS = """
    schema office as_of on_hand_cards request_by request_cards level waiting_cards capacity_cards supply clear_on target
    ration rows
""".split()  # noqa: SIM905


@pytest.fixture
def sanggau(nobody):
    """The founding story on its Saturday: cards for a week, 36,646 waiting, two statements of the population."""
    nobody.today("2017-10-28")
    nobody.did(
        "init", "--office", "Disdukcapil Sanggau", "--code", "61.03", "--opening", 1040, "--daily", 200,
        "--on", "2017-10-27",
    )  # fmt: skip
    nobody.did("population", "--recorded", 231595, "--on", "2016-10-28", "--yes")
    nobody.did("population", "--eligible", 354753, "--recorded", 254635, "--printed", 217989)
    nobody.did("backlog", "--prr", 36646)
    return nobody


def planned(office, *words) -> dict:
    return json.loads(office.did("plan", *words, "-f", "json"))


def test_a_plan_as_data_has_the_names_of_the_contract(sanggau):
    found = planned(sanggau, "--coverage", "80", "--by", "2017-11-30")

    assert found["schema"] == "blangko.plan/1"
    assert not set(PLAN_KEYS) - found.keys()
    assert found["waiting_cards"] == 36_646
    aim = found["target"]
    assert (aim["recordings_needed"], aim["cards_needed"], aim["batches"]) == (29_168, 65_814, 33)
    assert (aim["reachable"], aim["reached_on"]) == (False, "2019-02-01")


def test_the_days_of_a_plan_are_open_days_with_what_waits_and_what_is_left(sanggau):
    rows = planned(sanggau)["rows"]

    assert rows[0]["day"] == "2017-10-30"
    assert rows[0]["use_cards"] == 200
    assert rows[0]["stock_cards"]["p10"] <= rows[0]["stock_cards"]["p50"] == 840 <= rows[0]["stock_cards"]["p90"]
    # 1,040 cards, of which nobody knows whether more come: on the sixth day 40 are left to be used.
    assert [row["use_cards"] for row in rows[:7]] == [200, 200, 200, 200, 200, 40, 0]
    # 96 are recorded a day and wait with the others: 36,646 + 6 * 96 - 1,040 = 36,182, and 96 more on the day after.
    assert [row["waiting_cards"] for row in rows[5:7]] == [36_182, 36_278]


def test_plan_does_not_call_a_ration_needless_where_status_tells_of_an_empty_shelf(sanggau):
    seen = " ".join(sanggau.did("plan").split())
    risk = f"{100 * json.loads(sanggau.did('status', '-f', 'json'))['risk_if_requested_today']:.0f} %"

    assert f"Ration not needed yet; {risk} that the shelf is empty before then" in seen
    assert "in case the cards come late" in seen
    assert "the cards last until then" not in seen


def test_a_ration_is_not_needed_yet_beside_what_is_supposed_either(sanggau):
    seen = " ".join(sanggau.did("plan", "--if-receive", "20000@2017-10-30").split())

    # Of 21,040 cards no more than a few thousand are used until any delivery.
    assert "Ration not needed yet not needed" in seen


def test_a_target_that_is_reached_is_no_sum_that_does_not_add_up(sanggau):
    seen = " ".join(sanggau.did("plan", "--coverage", "60", "--by", "2017-11-30").split())

    # 60 % of 354,753 are 212,851.8.
    assert "none: 60 % of 354,753 = 212,852, and 254,635 are recorded" in seen
    assert "= 0 recordings" not in seen


def test_the_rows_are_the_table_of_a_spreadsheet(sanggau):
    first, second = sanggau.did("plan", "-f", "csv").splitlines()[:2]

    assert first == "day,use_cards,waiting_cards,stock_p10,stock_p50,stock_p90"
    # 36,646 + 96 - 200 = 36,542.
    assert second.startswith("2017-10-30,200,36542,")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--by", "2017-11-30"), 2, "--coverage"),
        (("--teams", "3"), 2, "--coverage"),
        (("--coverage", "0", "--by", "2017-11-30"), 1, "above 0 and up to 100"),
        (("--coverage", "101"), 1, "above 0 and up to 100"),
        (("--coverage", "-5"), 1, "above 0 and up to 100"),
        (("--coverage", "many"), 1, "above 0 and up to 100"),
        (("--coverage", "80", "--by", "2017-10-27"), 1, "since today is"),
        (("--coverage", "80", "--by", "2017-10-28"), 1, "since today is"),
        (("--coverage", "80", "--by", "soon"), 1, "soon"),
        (("--coverage", "80", "--teams", "0"), 1, "1"),
        (("--coverage", "80", "--per-team", "0"), 1, "1"),
        (("--ration-until", "2017-10-28"), 1, "since today is"),
    ],
)
def test_a_plan_that_makes_no_sense_is_told_in_a_sentence(sanggau, words, code, told):
    assert sanggau("plan", *words) == code
    assert told in sanggau.err
    assert len(sanggau.err.splitlines()) <= 4


def test_a_target_without_the_population_says_how_to_state_it(nobody):
    nobody.did("init", "--office", "Disdukcapil Uji", "--opening", 1000)

    assert nobody("plan", "--coverage", "80") == 1
    assert "blangko population --eligible" in nobody.err


@pytest.mark.parametrize("typed", ["80", "80%", "80 %", "80,0", "80.0"])
def test_a_share_is_typed_as_people_write_it(sanggau, typed):
    assert planned(sanggau, "--coverage", typed)["target"]["goal"] == 283_803


@pytest.fixture
def klaten(nobody):
    """10,000 cards, 250 printed a day, and 18,542 waiting; 100 come a day."""
    nobody.today("2017-04-25")
    nobody.did("init", "--office", "Disdukcapil Klaten", "--opening", 10000, "--daily", 100)
    nobody.did("settings", "capacity", 250)
    nobody.did("backlog", "--prr", 18542)
    return nobody


def flat(text: str) -> str:
    return " ".join(text.split())


def test_klaten_reads_how_far_its_cards_reach_and_who_still_waits_then(klaten):
    assert "10,000 cards at 250 a day = 40 working days" in flat(klaten.did("plan"))
    assert "18,542 \u2212 10,000 = 8,542 still waiting" in flat(klaten.did("plan"))
    assert planned(klaten)["queue"]["left_cards"] == 8_542


def test_klaten_reads_it_in_indonesian(klaten):
    klaten.speaks("id")

    assert "10.000 keping dengan 250 per hari = 40 hari kerja" in flat(klaten.did("rencana"))
    assert "18.542 \u2212 10.000 = 8.542 masih menunggu" in flat(klaten.did("rencana"))


def test_the_head_of_office_reads_what_to_tell_of_the_target(sanggau):
    words = ("plan", "--coverage", "80", "--by", "2017-11-30")
    told = flat(sanggau.did(*words, "--teams", "2"))

    assert "cannot be reached at the pace so far, 96 a day. It would be reached on Fri 1 Feb 2019." in told
    assert "It takes 1,215 a day: 608 from each of 2 teams." in told
    assert "36,646 waiting + 29,168 = 65,814 cards = 33 batches of 2,000" in told
    assert "65,814 : 200 = 330 working days, Wed 13 Mar 2019" in told
    three = flat(sanggau.did(*words, "--teams", "3", "--per-team", "150"))
    assert "It would be reached on Thu 1 Feb 2018. It takes 1,215 a day: 9 teams of 150 a day." in three
    assert "254,635 + 24 working days × 450 = 265,435 recorded, 74.8 %" in three


def test_a_target_already_reached_is_told_so(sanggau):
    told = flat(sanggau.did("plan", "--coverage", "70", "--by", "2017-11-30"))

    assert "The target is reached: 254,635 of 354,753 are recorded, 71.8 %." in told
    assert "cannot" not in told


@pytest.mark.parametrize("spoken", ["en", "id"])
@pytest.mark.parametrize("words", [(), ("--coverage", "80", "--by", "2018-06-27", "--teams", "2")])
def test_the_screen_keeps_to_eighty_columns(sanggau, spoken, words):
    sanggau.did("settings", "capacity", 250)
    sanggau.did("request", 4000)
    sanggau.speaks(spoken)
    lines = sanggau.did("plan", *words).splitlines()

    assert max(map(len, lines)) <= 80
    assert len(lines) <= 50


def test_an_empty_book_still_has_a_plan(nobody):
    nobody.did("init", "--office", "Disdukcapil Uji")

    assert "The book has no opening yet" in flat(nobody.did("plan"))
    assert planned(nobody)["rows"] == []


# --- What if --------------------------------------------------------------------------------------


def test_what_if_shows_queue_target_and_ration_as_they_are_and_as_they_would_be(sanggau):
    sanggau.did("settings", "capacity", 250)
    entries = sanggau.last_entry()
    words = ("plan", "--coverage", "80", "--by", "2018-06-27", "--if-receive", "2000@2017-11-06", "--if-quota", "100")
    found = json.loads(sanggau.did(*words, "-f", "json"))

    # 36,646 at 250 a day are 147 working days, at 100 a day 367.
    assert (found["before"]["queue"]["workdays_to_serve"], found["queue"]["workdays_to_serve"]) == (147, 367)
    # 65,814 cards: 264 and 659 working days.
    assert (found["before"]["target"]["printed_on"], found["target"]["printed_on"]) == ("2018-12-04", "2020-07-14")
    assert found["ration"]["until"] == "2017-11-06"
    assert [each["what"] for each in found["supposed"]] == ["receive", "quota"]
    assert [row["use_cards"] for row in found["rows"][:3]] == [100, 100, 100]
    assert sanggau.last_entry() == entries


@pytest.mark.parametrize("spoken", ["en", "id"])
def test_what_if_says_that_nothing_is_written(sanggau, spoken):
    sanggau.did("settings", "capacity", 250)
    sanggau.speaks(spoken)
    lines = sanggau.did(
        "plan", "--coverage", "80", "--by", "2018-06-27", "--if-receive", "2000@2017-11-06", "--if-quota", "100"
    ).splitlines()

    assert {"en": "not written down", "id": "tidak dicatat"}[spoken] in flat("\n".join(lines))
    assert max(map(len, lines)) <= 80


def test_cards_supposed_to_come_are_on_the_shelf_from_their_morning_on(sanggau):
    sanggau.did("settings", "capacity", 250)
    rows = planned(sanggau, "--if-receive", "2000@2017-11-06")["rows"]

    # 1,040 cards at 250 a day: 40 are left on Friday 3 November, and 2,000 come on Monday.
    assert [(row["day"][5:], row["use_cards"], row["stock_cards"]["p50"]) for row in rows[3:6]] == [
        ("11-02", 250, 40),
        ("11-03", 40, 0),
        ("11-06", 250, 1_750),
    ]

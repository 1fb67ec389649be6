"""What else to do now, on the screens of `status` and `plan`."""

import pytest


@pytest.fixture
def short(nobody):
    """400 cards of 200 a day, nothing on order, 200 lent to a neighbour; prints marked with their purpose."""
    nobody.today("2017-10-27")
    nobody.did("init", "--office", "Contoh", "--opening", 900, "--daily", 200, "--on", "2017-10-26")
    nobody.did("print", 100, "--for", "first", "--on", "2017-10-26")
    nobody.did("print", 60, "--for", "lost")
    nobody.did("print", 140, "--for", "change", "--yes")
    nobody.did("send", 200, "--to", "Sekadau", "--loan")
    return nobody


def said(office, *words):
    return " ".join(office.did(*words).split())


def test_status_says_the_first_three_things_to_do(short):
    lines = short.did("status").split("On hand")[0]

    assert "- Ask for what was lent: Sekadau 200." in lines
    assert "- Borrow from a neighbour until they come" in lines
    assert "- Give out on Mon 30 Oct: 92 cards, for 46 % of those who come" in lines
    assert "suket" not in lines


def test_plan_says_all_of_it_and_who_comes_first(short):
    assert "Say who is served first: blangko settings serve_first" in said(short, "plan")
    short.did("settings", "serve_first", "prr, hilang, perubahan")

    # 92 cards of 200 wanted: of 300 printed, 60 were for lost cards, so 40 a day are; changes take the other 52.
    screen = said(short, "plan")
    assert "- Serve first: lost 40, change 52." in screen
    assert "Give whoever is turned away a temporary letter (suket)" in screen
    assert "Dahulukan: hilang 40, perubahan 52." in said(short, "--lang", "id", "rencana")


def test_the_advice_is_data_too(short):
    codes = ["take_back", "borrow", "ration", "order", "letters"]

    assert short.json("status")["advice"] == codes
    short.did("settings", "serve_first", "lost,first")
    shown = short.json("plan")
    assert shown["advice"] == codes
    assert shown["ration"]["serves"] == [{"purpose": "lost", "cards": 40}, {"purpose": "first", "cards": 52}]


def test_an_office_with_plenty_is_told_nothing_more(nobody):
    nobody.today("2017-10-27")
    nobody.did("init", "--office", "Contoh", "--opening", 9000, "--daily", 200)

    assert nobody.json("status")["advice"] == []


def test_cards_cannot_be_made_to_last_until_yesterday_or_for_years(short):
    assert short("plan", "--ration-until", "2017-10-26") == 1
    assert "since today is Fri 27 Oct 2017" in " ".join(short.err.split())
    assert short("plan", "--ration-until", "2027-10-26") == 1
    assert "is too far away; days are forecast until" in " ".join(short.err.split())


def test_a_quota_that_is_supposed_does_not_make_the_people_fewer(short):
    supposed = short.json("plan", "--if-quota", 60, "--ration-until", "2017-11-10")

    # 400 cards for nine days of 200: 44 a day, 22 % of those who come.
    assert supposed["ration"]["cards_per_day"] == 44
    assert supposed["ration"]["served_share"] == pytest.approx(400 / 1800, rel=0.01)
    assert supposed["quota"]["usual_cards"] == 200


def test_an_empty_shelf_is_told_as_empty_by_the_ration(short):
    short.did("send", 400, "--to", "Provinsi", "--back", "--yes")

    assert "Ration none: the shelf is empty" in said(short, "plan")

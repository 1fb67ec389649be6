"""Kalender: days are clicked on the page of a year, and said to be closed or open, the giver's too."""

import re
from html import unescape

import pytest


def day(page, said):
    """The day that is read aloud so: how it looks, and where a click leads."""
    found = re.search(rf'<a class="([^"]*)" href="([^"]*)" title="{re.escape(said)}"', page)
    assert found, said
    return found[1].split(), unescape(found[2])


def test_a_year_shows_its_open_days_as_the_calendar_command_counts_them(office, visit):
    page = visit().get("/calendar?lang=en")
    counted = office.json("calendar")["open_days"]

    assert re.findall(r"(\d+) open days</caption>", page) == [str(number) for number in counted]
    assert f"{sum(counted)} open days" in page


def test_two_clicks_choose_the_days_and_the_form_closes_them(office, visit):
    at_the_desk = visit()
    page = at_the_desk.get("/calendar?lang=en")
    _looks, first = day(page, "Monday, 6 November 2017, open")
    _looks, last = day(at_the_desk.get(first.split("#")[0]), "Wednesday, 8 November 2017, open")
    page = at_the_desk.get(last.split("#")[0])
    assert 'value="2017-11-06"' in page and 'value="2017-11-08"' in page
    assert "picked" in day(page, "Tuesday, 7 November 2017, open")[0]

    form = {"from": "2017-11-06", "until": "2017-11-08"}
    page = at_the_desk.send("/calendar?year=2017", subject="closed", reason="moving house", **form)

    assert at_the_desk.code == 200 and "Mon 6 Nov to Wed 8 Nov 2017 closed (moving house)" in page
    looks, _click = day(page, "Tuesday, 7 November 2017, closed, said by the office: moving house")
    assert {"shut", "told"} <= set(looks)
    assert office.json("calendar")["open_days"][10] == 19


def test_a_day_on_which_nothing_can_be_printed_stays_open_and_says_so(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/calendar?lang=en")
    page = at_the_desk.send("/calendar?year=2017", subject="printing", reason="no ribbon", **{"from": "20 Nov 2017"})

    looks, _click = day(page, "Monday, 20 November 2017, open, nothing can be printed")
    assert "told" in looks and "shut" not in looks


def test_the_giver_has_a_calendar_of_its_own(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/calendar?lang=en&of=giver")
    form = {"from": "2017-12-04", "until": "2017-12-29"}
    at_the_desk.send("/calendar?year=2017&of=giver", subject="source", reason="closing the year", **form)

    said = "Monday, 4 December 2017, closed, said by the office: closing the year"
    assert "shut" in day(at_the_desk.get("/calendar?of=giver"), said)[0]
    assert "shut" not in day(at_the_desk.get("/calendar"), "Monday, 4 December 2017, open")[0]
    assert "the giver is closed (closing the year)" in at_the_desk.text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"from": "2017-11-06", "reason": ""}, "Reason is missing"),
        ({"from": "", "reason": "moving"}, "First day is missing"),
        ({"from": "2017-11-08", "until": "2017-11-06", "reason": "moving"}, "6 Nov 2017"),
        ({"from": "32/11/2017", "reason": "moving"}, "32/11/2017"),
    ],
)
def test_what_is_missing_or_wrong_is_told_beside_the_form(office, visit, form, told):
    at_the_desk = visit()
    at_the_desk.get("/calendar?lang=en")
    page = at_the_desk.send("/calendar?year=2017", **form)

    assert at_the_desk.code in (400, 409) and told in page.split("<form")[0]
    assert office.last_entry() == 3


def test_what_was_said_of_a_day_leads_to_its_entry_and_is_gone_when_taken_back(office, visit):
    office.did("closed", "2017-11-06", "--reason", "moving house")
    at_the_desk = visit()
    assert '<a href="/book/4">no. 4</a>' in at_the_desk.get("/calendar?lang=en")

    office.did("undo", "4", "--reason", "not moving")
    assert "moving house" not in at_the_desk.get("/calendar?lang=en")


@pytest.mark.parametrize(
    "address", ["/calendar?year=1950", "/calendar?year=x", "/calendar?from=never", "/calendar?year=9999"]
)
def test_an_address_typed_wrong_is_told_and_no_accident(office, visit, address):
    at_the_desk = visit()
    at_the_desk.get(address)

    assert at_the_desk.code in (200, 409)


def test_whoever_only_reads_has_nothing_to_click_and_no_form(office, visit):
    page = visit(read_only=True).get("/calendar?lang=en")

    assert 'action="/calendar' not in page and "<td><a" not in page
    assert 'title="Monday, 6 November 2017, open"' in page

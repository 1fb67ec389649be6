"""A clerk's week, written in the browser from Monday to Friday."""

from __future__ import annotations

import pytest

from tests.web.browser.people import MARKS, served

pytestmark = MARKS
MONDAY, WEDNESDAY, THURSDAY, FRIDAY = "2017-10-23", "2017-10-25", "2017-10-26", "2017-10-27"
NEXT_MONDAY = "2017-10-30"


@pytest.fixture
def begun(nobody):
    """An office that begins on that Monday with 1,000 cards."""
    nobody.did("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", 1000, "--on", MONDAY)
    return nobody


def test_a_clerk_s_week(begun, look, way):
    def on_hand():
        return begun.json("status")["on_hand_cards"]

    with served(begun.place, MONDAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.fill(printed=187, spoiled=3)
        clerk.enter()
    assert on_hand() == 1000 - 187 - 3

    # Tuesday was forgotten: its day is one click away on Wednesday.
    with served(begun.place, WEDNESDAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.follow("?on=2017-10-24")
        assert clerk.field("on").get_attribute("value") == "2017-10-24" and clerk.has_focus("printed")
        clerk.send("/print", printed=150)
        clerk.send("/print", printed=160, cause="printer")
        assert not clerk.leads_to("?on=2017-10-24")
    assert on_hand() == 810 - 150 - 160

    # A nought too many is refused, a six instead of a five is taken back, and the day written once more.
    with served(begun.place, THURSDAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.send("/print", printed=1660)
        assert clerk.field("printed").get_attribute("value") == "1660" and on_hand() == 500
        clerk.send("/print", printed=166)
        clerk.send("/undo")
        assert on_hand() == 500
        clerk.send("/print", printed=156)
    assert on_hand() == 500 - 156

    # On Friday the same is sent twice, and Tuesday, which was another office's sheet, is taken back in the book.
    with served(begun.place, FRIDAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.fill(printed=44)
        clerk.enter()
        clerk.fill(printed=44)
        clerk.enter()
        assert clerk.path == "/print"
        clerk.follow("/")
        assert on_hand() == 344 - 44
        clerk.follow("/requests")
        clerk.send("/requests/ask", cards=2000, reference="470/88")
        clerk.follow("/book")
        clerk.follow("/book/6")
        clerk.send("/book/6/undo", reason="lembar kantor lain")
    assert on_hand() == 300 + 150

    # The cards come on the next Monday, at once and whole.
    begun.today(NEXT_MONDAY)
    with served(begun.place, NEXT_MONDAY) as address:
        clerk = look(address, way)
        clerk.open("/requests?do=receive")
        clerk.send("/requests/receive", cards=2000, reference="BAST-014")
    assert on_hand() == 450 + 2000
    assert begun.json("summary")["requests"][-1]["received_cards"] == 2000
    assert begun.json("verify")["ok"]

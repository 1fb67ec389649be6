"""A clerk's week, written in the browser from Monday to Friday."""

from __future__ import annotations

import pytest

from blangko.words.language import _, language, speak
from tests.web.browser.people import MARKS, served

pytestmark = MARKS
MONDAY, WEDNESDAY, THURSDAY, FRIDAY = "2017-10-23", "2017-10-25", "2017-10-26", "2017-10-27"


@pytest.fixture
def begun(nobody):
    """An office that begins on that Monday with 1,000 cards."""
    nobody.did("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", 1000, "--on", MONDAY)
    return nobody


def test_a_clerk_s_week(begun, look, way):
    def on_hand():
        # A command speaks the language of the command line from then on.
        said = language()
        cards = begun.json("status")["on_hand_cards"]
        speak(said)
        return cards

    with served(begun.place, MONDAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.fill(_("Printed"), 187)
        clerk.fill(_("Spoiled"), 3)
        clerk.enter()
    assert on_hand() == 1000 - 187 - 3

    # Tuesday was forgotten: its day is one click away on Wednesday.
    with served(begun.place, WEDNESDAY) as address:
        clerk = look(address, way)
        assert _("Not written yet") in clerk.open()
        clerk.follow({"id": "Sel 24 Okt 2017", "en": "Tue 24 Oct 2017"}[way.language])
        assert clerk.field(_("Day")).get_attribute("value") == "2017-10-24"
        clerk.fill(_("Printed"), 150)
        clerk.press(_("Write"))
        clerk.fill(_("Printed"), 160)
        clerk.fill(_("Why less"), {"id": "printer rusak", "en": "printer out of order"}[way.language])
        clerk.press(_("Write"))
        assert _("Not written yet") not in clerk.text
    assert on_hand() == 810 - 150 - 160

    # A nought too many is refused, a six instead of a five is taken back, and the day written once more.
    with served(begun.place, THURSDAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.fill(_("Printed"), 1660)
        clerk.press(_("Write"))
        assert clerk.field(_("Printed")).get_attribute("value") == "1660" and on_hand() == 500
        clerk.fill(_("Printed"), 166)
        clerk.press(_("Write"))
        clerk.press(_("Take it back"))
        assert on_hand() == 500
        clerk.fill(_("Printed"), 156)
        clerk.press(_("Write"))
    assert on_hand() == 500 - 156

    # On Friday the same is sent twice, and Tuesday, which was another office's sheet, is taken back in the book.
    with served(begun.place, FRIDAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.fill(_("Printed"), 44)
        clerk.enter()
        clerk.fill(_("Printed"), 44)
        clerk.enter()
        assert _("Nothing has been written yet.") in clerk.text
        clerk.follow(_("No, back"))
        assert on_hand() == 344 - 44
        clerk.follow(_("Book"))
        clerk.follow("6")
        clerk.fill(_("Reason"), "lembar kantor lain")
        clerk.press(_("Take it back"))
    assert on_hand() == 300 + 150
    assert begun.json("verify")["ok"]

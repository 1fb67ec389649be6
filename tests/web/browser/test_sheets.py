"""A clerk's sheet, from the file on the desk to the book, by clicks."""

from __future__ import annotations

import pytest

from blangko.words.language import _, language, speak
from tests.web.browser.people import MARKS, served
from tests.web.browser.test_barriers import WITH_SCRIPT, strange

pytestmark = MARKS
DAY = "2017-10-27"
# What went out is not said to be printed; the book has 32 on the second and 33 on the third, and no delivery.
SHEET = "Tanggal;Masuk;Keluar\n2/10/2017;;40\n3/10/2017;2.000;33\n"
PRINTED = {"id": "Keluar: keping cetak", "en": "Keluar: cards printed"}
WRITTEN = {"id": "batal", "en": "taken back"}


@pytest.fixture
def sheet(used):
    path = used.folder / "oktober.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_sheet_is_read_asked_about_compared_and_written_by_clicks(used, sheet, look, way):
    before = used.json("status")["on_hand_cards"]
    with served(used.place, DAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.follow(_("Import"))
        clerk.field(_("The sheet: choose it, or drop it here")).send_keys(str(sheet))
        clerk.press(_("Read it"))
        clerk.field(PRINTED[way.language]).click()
        clerk.press(_("Send the answers"))
        assert _("What is not certain") not in clerk.text
        clerk.field(_("The sheet is right: take the book's entries of these days back")).click()
        clerk.press(_("Write these rows"))

        assert WRITTEN[way.language] in clerk.text
        assert clerk.field(_("The sheet: choose it, or drop it here")).is_displayed()
    said = language()
    # Eight more on the second, and the delivery of the third.
    assert used.json("status")["on_hand_cards"] == before - 8 + 2000
    speak(said)


@pytest.mark.parametrize("way", WITH_SCRIPT, ids=str)
def test_no_part_of_the_way_of_a_sheet_bars_anybody(used, sheet, look, way):
    with served(used.place, DAY) as address:
        clerk = look(address, way)
        clerk.open("/import")
        clerk.field(_("The sheet: choose it, or drop it here")).send_keys(str(sheet))
        clerk.press(_("Read it"))
        asked = strange(clerk)
        clerk.field(PRINTED[way.language]).click()
        clerk.press(_("Send the answers"))
        compared = strange(clerk)

    assert (asked, compared) == ([], [])

"""A clerk's sheet, from the file on the desk to the book, by clicks."""

from __future__ import annotations

import pytest

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
        clerk.follow("/import")
        clerk.field("sheet").send_keys(str(sheet))
        clerk.send("/import")
        clerk.choose(PRINTED[way.language])
        clerk.send("/import/answers")
        clerk.field("replace").click()
        clerk.send("/import/write")

        assert WRITTEN[way.language] in clerk.text
        assert clerk.field("sheet").is_displayed()
    # Eight more on the second, and the delivery of the third.
    assert used.json("status")["on_hand_cards"] == before - 8 + 2000


@pytest.mark.parametrize("way", WITH_SCRIPT, ids=str)
def test_no_part_of_the_way_of_a_sheet_bars_anybody(used, sheet, look, way):
    with served(used.place, DAY) as address:
        clerk = look(address, way)
        clerk.open("/import")
        clerk.field("sheet").send_keys(str(sheet))
        clerk.send("/import")
        asked = strange(clerk)
        clerk.choose(PRINTED[way.language])
        clerk.send("/import/answers")
        compared = strange(clerk)

    assert (asked, compared) == ([], [])

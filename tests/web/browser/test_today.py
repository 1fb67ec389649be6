"""Hari ini in a browser: the clerk writes with keys alone, and no click writes twice."""

from __future__ import annotations

import time

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.web.browser.people import MARKS, PATIENCE_SECONDS, Way, served

pytestmark = MARKS
DAY = "2017-10-27"
AT_THE_DESK = Way("desktop", "id")


def test_a_day_is_written_with_keys_alone(office, look, way):
    with served(office.place, DAY) as address:
        clerk = look(address, way)
        clerk.open()
        assert clerk.has_focus("printed")
        clerk.type("187" + Keys.TAB + "3")
        clerk.enter()
        said = clerk.text

    assert {"id": "187 keping tercetak", "en": "187 cards printed"}[way.language] in said
    assert office.json("status")["on_hand_cards"] == 810


def test_a_double_click_writes_once(office, look, way):
    with served(office.place, DAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.send_twice("/print", printed=187)
        clerk.open()

    assert [row["kind"] for row in office.json("card")["rows"]] == ["opening", "print"]


def test_a_reload_and_the_way_back_write_nothing(office, look, way):
    with served(office.place, DAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.send("/print", printed=187)
        clerk.driver.refresh()
        clerk.driver.back()
        clerk.open()

    assert office.json("status")["on_hand_cards"] == 813


def test_the_weekday_of_a_date_is_said_back_while_it_is_typed(office, look):
    with served(office.place, DAY) as address:
        clerk = look(address, AT_THE_DESK)
        clerk.open()
        clerk.fill(on="18/10/2017")
        said = clerk.driver.find_element(By.CLASS_NAME, "weekday")
        end = time.monotonic() + PATIENCE_SECONDS
        while said.text != "Rabu, 18 Oktober 2017":
            assert time.monotonic() < end, said.text
            time.sleep(0.02)


def test_the_language_of_the_browser_is_spoken_until_another_is_chosen(office, look):
    with served(office.place, DAY) as address:
        clerk = look(address, AT_THE_DESK)
        assert "Jumat, 27 Oktober 2017" in clerk.open()
        clerk.follow("lang=en")
        assert "Friday, 27 October 2017" in clerk.text
        assert "Friday, 27 October 2017" in clerk.open()


def test_a_phone_gets_a_picture_that_is_drawn_for_it(used, look):
    with served(used.place, DAY) as address:
        reader = look(address, Way("phone", "id"))
        reader.open()
        picture = reader.driver.find_element(By.CSS_SELECTOR, ".chart img")

        assert "narrow=1" in str(picture.get_property("currentSrc"))
        # Drawn 340 wide, and shown so but for the margins: its letters are those of the page.
        assert 320 <= int(picture.get_property("width")) <= 340 and picture.get_property("complete")
        assert not reader.is_cut_off()

"""A month of the head of office in the browser: the answer, a what-if, the plan, and the papers of the month."""

from __future__ import annotations

import time
from urllib.request import urlopen

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.web.browser.people import MARKS, PATIENCE_SECONDS, Way, served

pytestmark = MARKS
DAY, FIRST_OF_NOVEMBER = "2017-10-27", "2017-11-01"


def answer(head):
    return head.driver.find_element(By.ID, "answer").text


def test_a_month_of_the_head_of_office(used, look, way):
    before = used.last_entry()
    with served(used.place, DAY) as address:
        head = look(address, way)
        head.open()
        verdict = head.driver.find_element(By.CLASS_NAME, "verdict").text
        head.follow("/forecast")
        assert verdict in answer(head)
        head.send("/forecast", quota=25)
        assert "quota=25" in head.path and head.field("quota").get_attribute("value") == "25"
        assert head.driver.find_element(By.CLASS_NAME, "supposed").is_displayed()
        head.follow("/plan")
        head.send("/plan", ration_until="30/11/2017")
        assert "ration_until" in head.path
    # Whoever looks and supposes writes nothing.
    assert used.last_entry() == before

    with served(used.place, FIRST_OF_NOVEMBER) as address:
        head = look(address, way)
        head.open("/reports?paper=month&month=2017-10")
        head.open("/reports?paper=letter")
        head.send("/reports/letter")
        # The second step says what the paper will be; only then is it issued.
        assert used.last_entry() == before
        head.send("/reports/letter")
    used.today(FIRST_OF_NOVEMBER)
    assert used.last_entry() == before + 1
    assert used.json("verify")["ok"]


@pytest.mark.parametrize("form", ["pdf", "png", "xlsx"])
def test_a_paper_of_the_month_is_a_file_of_its_kind(used, form):
    with served(used.place, DAY) as address, urlopen(f"{address}/reports/summary/{form}") as answered:
        begins = answered.read(4)

    assert begins == {"pdf": b"%PDF", "png": b"\x89PNG", "xlsx": b"PK\x03\x04"}[form]


def test_a_slider_moved_by_keys_shows_the_answer_anew(used, look):
    with served(used.place, DAY) as address:
        head = look(address, Way("desktop", "id"))
        head.open("/forecast")
        old = answer(head)
        slider = head.driver.find_element(By.CSS_SELECTOR, "input[type=range]")
        slider.send_keys(Keys.ARROW_RIGHT * 5)
        assert head.field("quota").get_attribute("value") == "25"
        end = time.monotonic() + PATIENCE_SECONDS
        while answer(head) == old:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert head.driver.find_element(By.CLASS_NAME, "supposed").is_displayed()

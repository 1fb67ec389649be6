"""Perkiraan in a browser: a slider is moved with keys, and what would be is shown while it moves."""

from __future__ import annotations

import time

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.web.browser.people import MARKS, PATIENCE_SECONDS, Way, served

pytestmark = MARKS
DAY = "2017-10-27"


def test_a_slider_that_moves_shows_what_would_be(office, look):
    for day in range(16, 28):
        if day not in (21, 22):
            office.did("print", 40, "--on", f"2017-10-{day}", "--yes")
    with served(office.place, DAY) as address:
        head = look(address, Way("desktop", "en"))
        assert "Supposed" not in head.open("/forecast")
        head.driver.find_element(By.CSS_SELECTOR, "#quota ~ input[type=range]").send_keys(Keys.ARROW_RIGHT * 4)
        end = time.monotonic() + PATIENCE_SECONDS
        while "quota=20" not in head.driver.current_url:
            assert time.monotonic() < end, head.driver.current_url
            time.sleep(0.05)

        assert head.field("quota").get_property("value") == "20"
        assert "Supposed, and not written down: at most 20 given out a day." in head.text

"""A province's morning in the browser: who is in need, what the figures are made of, and cards shared out."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.web.browser.people import ON_A_SERVER, served
from tests.web.browser.test_barriers import WITH_SCRIPT, strange
from tests.web.test_province import granted

pytestmark = ON_A_SERVER
DAY = "2017-10-27"


def offices(desk):
    """The codes of the offices in the order in which they stand."""
    return [each.text for each in desk.driver.find_elements(By.CSS_SELECTOR, "tbody th[scope=row] a")]


def test_a_province_s_morning(province, look, way):
    with served(province, DAY) as address:
        desk = look(address, way)
        desk.open("/overview")
        assert offices(desk) == ["62.01", "61.01", "61.02", "61.03"]
        desk.fill(q="sambas")
        desk.enter()
        assert offices(desk) == ["61.01"]
        desk.driver.find_element(By.CSS_SELECTOR, "details summary").click()
        assert desk.driver.find_element(By.CSS_SELECTOR, "details table").is_displayed()
        desk.follow("#steps")
        assert "Kab. Sambas" in desk.text and "office=61.01" in desk.path

        desk.open("/overview")
        desk.follow("/allocate")
        desk.fill(n=4000)
        desk.enter()
        assert sum(granted(province).values()) == 0
        desk.send("/allocate/record")
        assert sum(granted(province).values()) == 4000, (granted(province), desk.text)
        desk.driver.refresh()
        desk.driver.back()
        desk.open("/overview")

    assert sum(granted(province).values()) == 4000


@pytest.mark.parametrize("way", WITH_SCRIPT, ids=str)
def test_no_page_of_a_province_bars_anybody(province, look, way):
    with served(province, DAY) as address:
        desk = look(address, way)
        found = {}
        for path in ("/overview", "/allocate", "/allocate?n=4000", "/?office=61.01"):
            desk.open(path)
            found[path] = strange(desk)

    assert not any(found.values()), {path: lines for path, lines in found.items() if lines}

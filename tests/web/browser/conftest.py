"""One browser for all who click, each of whom begins without a cookie of anybody before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from blangko.store.postgres import add_office
from tests.web.browser.people import WAYS, Reader, Way, new_browser
from tests.web.test_province import ON_HAND, begun


@pytest.fixture(scope="session")
def browser():
    driver = new_browser()
    yield driver
    driver.quit()


@pytest.fixture
def look(browser) -> Iterator[Callable[[str, Way], Reader]]:
    """`look(address, way)` is somebody at the page; what the browser complains of fails the test."""
    browser.get_log("browser")
    readers = []

    def reader(address: str, way: Way) -> Reader:
        readers.append(Reader(browser, address, way))
        return readers[-1]

    yield reader
    assert readers[-1].complaints() == []


@pytest.fixture(params=WAYS, ids=str)
def way(request) -> Way:
    """Each of the ways to look at the page."""
    return request.param


@pytest.fixture
def used(office):
    """The office after four weeks of work, with a delivery, a request under way, people waiting and a closed day."""
    for day in (*range(2, 7), *range(9, 14), *range(16, 21), *range(23, 27)):
        office.did("print", 30 + day, "--spoiled", day % 3, "--on", f"2017-10-{day:02}")
    office.did("receive", 500, "--ref", "BAST-014", "--on", "2017-10-16")
    office.did("request", 2000, "--ref", "470/88", "--on", "2017-10-20")
    office.did("backlog", "--prr", 120, "--on", "2017-10-23")
    office.did("closed", "2017-10-30", "--reason", "listrik padam")
    return office


@pytest.fixture
def province(databases):
    """Four offices at a use of 100 cards a day, one of which is empty in four days and one that fell silent."""
    with databases.fresh() as place:
        for code, on_hand in ON_HAND.items():
            add_office(place, code, begun(code, on_hand))
        yield place

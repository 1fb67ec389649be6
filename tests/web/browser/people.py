"""Somebody before a browser, and the server that the browser speaks to, in a process of its own.

The browser is Debian's `chromium` with its `chromium-driver`. It reaches nothing but this machine, and what looks for
barriers in the page, axe-core, comes with the package axe-core-python.
"""

from __future__ import annotations

import os
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests import postgres
from tests.web.browser import ABSENT, BROWSER, DRIVER
from tests.web.served import serving

SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--font-render-hinting=none", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
WIDTHS = {"phone": (360, 740), "desktop": (1200, 900)}
"""What is seen at once, in pixels."""

PATIENCE_SECONDS = 60
"""How long a page may take to come; all these tests together have eight minutes."""


class Way(NamedTuple):
    """How somebody looks at the page: on which screen, in which language, with script or without."""

    screen: str
    language: str
    has_script: bool = True

    def __str__(self) -> str:
        return f"{self.screen}-{self.language}{'' if self.has_script else '-no_script'}"


# Every two of screen, language and script meet in one of them.
WAYS = (Way("phone", "id"), Way("phone", "en", False), Way("desktop", "id", False), Way("desktop", "en"))


MARKS = [
    pytest.mark.skipif(not (BROWSER and DRIVER), reason=ABSENT),
    pytest.mark.browser,
    pytest.mark.file,
    # One browser for all of them: each worker would start its own.
    pytest.mark.xdist_group("browser"),
]
ON_A_SERVER = [
    *[mark for mark in MARKS if mark.name != "file"],
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]


def new_browser() -> webdriver.Chrome:
    """A browser that keeps nothing from before; whoever asked for it lets it go with `quit`."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # A machine whose date is two years on is tried with the program, and not with the browser.
    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    return webdriver.Chrome(options, Service(DRIVER, env=environment))


@contextmanager
def served(place: str, day: str, *words: str) -> Iterator[str]:
    """`blangko serve` over a book on that day at half past four; its address, until the block ends."""
    with TemporaryDirectory() as folder, serving(place, Path(folder), *words, today=f"{day}T16:30") as server:
        yield f"http://127.0.0.1:{server.port}"


class Reader:
    """Somebody who reads and writes the page with its fields, buttons and links: `send("/print", printed=187)`.

    Args:
        driver: The browser, which is used by one after another.
        address: Where the page is served.
        way: How it is looked at.
    """

    def __init__(self, driver: webdriver.Chrome, address: str, way: Way) -> None:
        self.driver, self.address, self.way = driver, address, way
        self._command("Network.enable")
        self._command("Network.clearBrowserCookies")
        width, height = WIDTHS[way.screen]
        self._command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                      mobile=way.screen == "phone")  # fmt: skip
        self._command("Emulation.setScriptExecutionDisabled", value=not way.has_script)
        self._command("Network.setExtraHTTPHeaders", headers={"Accept-Language": way.language})

    def _command(self, name: str, **values: Any) -> Any:
        return self.driver.execute_cdp_cmd(name, values)

    def open(self, path: str = "/") -> str:
        self.driver.get(self.address + path)
        return self.text

    @property
    def text(self) -> str:
        """What can be read between the head of the page and its end."""
        return self.driver.find_element(By.TAG_NAME, "main").text

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.address)

    def complaints(self) -> list[str]:
        """What the browser says of the page to those who build it; an answer that refuses a form is none.

        Nor is it one that somebody typed before the first field took the keys by itself.
        """
        logged = [each for each in self.driver.get_log("browser") if each["source"] != "network"]
        return [each["message"] for each in logged if "Autofocus processing was blocked" not in each["message"]]

    def fetched(self) -> set[str]:
        """The addresses of all that the page brought with it, from this server or from elsewhere."""
        return set(self.driver.execute_script("return performance.getEntriesByType('resource').map(each => each.name)"))

    def is_cut_off(self) -> bool:
        """Whether the page is wider than the screen."""
        return bool(self.driver.execute_script("return document.documentElement.scrollWidth > innerWidth"))

    def has_focus(self, name: str) -> bool:
        """Whether keys go to the field of that name."""
        return self.driver.switch_to.active_element.get_attribute("name") == name

    def picture(self, highest: int, quality_percent: int) -> bytes:
        """The whole page as it is seen, down to `highest` pixels, as WebP."""
        self.driver.execute_async_script(
            "Promise.all([...document.images].map(each => each.decode())).then(arguments[0])"
        )
        size = self._command("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": WIDTHS[self.way.screen][0], "height": min(size["height"], highest), "scale": 1}
        shot = self._command("Page.captureScreenshot", format="webp", quality=quality_percent, clip=clip,
                             captureBeyondViewport=True)  # fmt: skip
        return b64decode(shot["data"])

    def pages(self) -> list[str]:
        """The ways that stand at the head of the page."""
        links = self.driver.find_elements(By.CSS_SELECTOR, "header nav a")
        return [str(link.get_attribute("href")).removeprefix(self.address) for link in links]

    def field(self, name: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, f"main [name='{name}']:not([type='hidden'])")

    def fill(self, **fields: object) -> None:
        """Type into the fields of those names what is to stand there, or choose it."""
        for name, value in fields.items():
            field = self.field(name)
            if field.tag_name == "select":
                field.find_element(By.CSS_SELECTOR, f"option[value='{value}']").click()
            else:
                field.clear()
                field.send_keys(str(value))

    def choose(self, word: str) -> None:
        """Click the label that says so."""
        self.driver.find_element(By.XPATH, f"//main//label[normalize-space()='{word}']").click()

    def type(self, keys: str) -> None:
        """Keys for whatever has the focus."""
        self.driver.switch_to.active_element.send_keys(keys)

    def send(self, action: str, **fields: object) -> None:
        """Fill the form that goes to `action`, and press its button."""
        self.fill(**fields)
        self._leave(self._button(action))

    def send_twice(self, action: str, **fields: object) -> None:
        """The same with two clicks, as fast as an impatient hand."""
        self.fill(**fields)
        old = self.driver.find_element(By.TAG_NAME, "html")
        ActionChains(self.driver, duration=0).double_click(self._button(action)).perform()
        self._comes_after(old)

    def follow(self, address: str) -> None:
        """Click the first way to an address that ends so."""
        self._leave(self.driver.find_element(By.CSS_SELECTOR, f"a[href$='{address}']"))

    def leads_to(self, address: str) -> bool:
        return bool(self.driver.find_elements(By.CSS_SELECTOR, f"a[href$='{address}']"))

    def enter(self) -> None:
        """Send the form in whose field the keys go."""
        old = self.driver.find_element(By.TAG_NAME, "html")
        self.type(Keys.ENTER)
        self._comes_after(old)

    def _button(self, action: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, f"form[action$='{action}'] button[type=submit]")

    def _leave(self, element: WebElement) -> None:
        old = self.driver.find_element(By.TAG_NAME, "html")
        element.click()
        self._comes_after(old)

    def _comes_after(self, old: WebElement) -> None:
        """Wait until the page is another one."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                old.is_enabled()
            except WebDriverException:
                return
            time.sleep(0.02)
        raise AssertionError("no other page came")

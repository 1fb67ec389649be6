"""Nothing bars anybody from a page: axe-core looks at each, at a desk and on a phone, in both languages."""

from __future__ import annotations

from importlib.resources import files
from itertools import product
from typing import Any

import pytest

from tests.web.browser.people import MARKS, Reader, Way, served

pytestmark = MARKS
DAY = "2017-10-27"
SERIOUS = ("serious", "critical")
WITH_SCRIPT = [Way(*each) for each in product(("phone", "desktop"), ("id", "en"))]


def barriers(reader: Reader) -> list[str]:
    """What axe-core finds serious on the page that is shown: the rule, and the first place."""
    reader.driver.execute_script(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = reader.driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert found["passes"], "axe-core looked at nothing"
    serious = [each for each in found["violations"] if each["impact"] in SERIOUS]
    return [f"{each['help']}: {each['nodes'][0]['html']}" for each in serious]


def strange(reader: Reader) -> list[str]:
    """What is wrong with the page that is shown: barriers, too wide for the screen, something from outside."""
    outside = [each for each in reader.fetched() if not each.startswith(reader.address)]
    return barriers(reader) + outside + (["wider than the screen"] if reader.is_cut_off() else [])


@pytest.mark.parametrize("way", WITH_SCRIPT, ids=str)
def test_no_page_of_an_office_bars_anybody(used, look, way):
    with served(used.place, DAY) as address:
        reader = look(address, way)
        reader.open()
        found = {}
        for path in reader.pages():
            reader.open(path)
            found[path] = strange(reader)

    assert found and not any(found.values()), {path: lines for path, lines in found.items() if lines}


@pytest.mark.parametrize("way", WITH_SCRIPT, ids=str)
def test_no_answer_to_a_form_bars_anybody(used, look, way):
    with served(used.place, DAY) as address:
        clerk = look(address, way)
        clerk.open()
        clerk.send("/print", printed=20_000)
        refused = strange(clerk)
        clerk.send("/print", printed=56, spoiled=2, on="26/10/2017")
        asked = strange(clerk)
        clerk.send("/print")
        written = strange(clerk)
        clerk.open("/nowhere")
        lost = strange(clerk)

    assert {"refused": refused, "asked": asked, "written": written, "lost": lost} == {
        "refused": [], "asked": [], "written": [], "lost": [],
    }  # fmt: skip

"""What every page looks like, kept as pictures that somebody has looked at.

A page whose look has changed is drawn into the folder of the test, which the failure names. Look at it; when it is as
it should be, it goes among the kept ones: `KEEP_PICTURES=1 pytest tests/web/browser/test_pictures.py`.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from pathlib import Path

import pytest

from tests.web.browser.people import MARKS, Reader, Way, served

FONT = "DejaVu Sans"
NO_FONT = f"the pages are kept in {FONT}, which is not installed here: apt-get install fonts-dejavu-core"
OTHER_BROWSER = "the pages are kept as chromium {kept} draws them, and here is {found}"
pytestmark = MARKS
DAY = "2017-10-27"
KEPT = Path(__file__).parent / "pictures"
MADE_WITH = KEPT / "chromium.txt"
QUALITY_PERCENT = 55
HIGHEST = 1800
"""A page is drawn down to there, in pixels."""
TOLERANCE = 0.006
"""The share of the places of 4 × 4 pixels that may have another shade: the edges of letters, a number of a process."""
LOOKS = (Way("phone", "id"), Way("desktop", "en"))

# Both pictures are shrunk to a quarter, which forgives how letters are smoothed; then the places are counted whose
# shade differs by more than an eighth of that between black and white. Pictures of other sizes differ everywhere.
DIFFERENCE = """
const [first, second, done] = arguments;
const shades = address => new Promise(found => {
  const picture = new Image();
  picture.onload = () => {
    const width = Math.ceil(picture.width / 4), height = Math.ceil(picture.height / 4);
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, width, height);
    found([picture.width + ' x ' + picture.height, pen.getImageData(0, 0, width, height).data]);
  };
  picture.src = address;
});
Promise.all([shades(first), shades(second)]).then(([[size, one], [other_size, other]]) => {
  if (size !== other_size) { done(1); return; }
  let places = 0;
  for (let at = 0; at < one.length; at += 4) {
    if ([0, 1, 2].some(colour => Math.abs(one[at + colour] - other[at + colour]) > 32)) { places += 1; }
  }
  done(places / (one.length / 4));
});
"""


def has_the_font(reader: Reader) -> bool:
    """Whether letters come out otherwise where the font is asked for than where none is."""
    return reader.driver.execute_script(
        """const pen = new OffscreenCanvas(9, 9).getContext('2d');
        const widths = ['monospace', 'serif'].map(other => {
          pen.font = `40px "${arguments[0]}", ${other}`;
          return pen.measureText('iiiiWWWW').width;
        });
        return widths[0] === widths[1];""",
        FONT,
    )


def refuse_other_browser(reader: Reader) -> None:
    """Compare only what the same major version draws: the next one may set letters otherwise."""
    found = str(reader.driver.capabilities["browserVersion"]).partition(".")[0]
    if "KEEP_PICTURES" in os.environ:
        MADE_WITH.write_text(f"{found}\n", encoding="utf-8")
    kept = MADE_WITH.read_text(encoding="utf-8").strip()
    if found != kept:
        pytest.skip(OTHER_BROWSER.format(kept=kept, found=found))


def drawn(reader: Reader) -> bytes:
    """The page that is shown, in letters that other machines have too."""
    reader.driver.execute_script(f"document.documentElement.style.fontFamily = '{FONT}'; document.activeElement.blur()")
    return reader.picture(HIGHEST, QUALITY_PERCENT)


def name_of(path: str, way: Way) -> str:
    return f"{re.sub('[^a-z]+', '_', path.partition('?')[0].strip('/')) or 'today'}-{way}.webp"


def difference(reader: Reader, first: bytes, second: bytes) -> float:
    """The share of places in which two pictures differ, in [0, 1]."""
    addresses = [f"data:image/webp;base64,{b64encode(each).decode()}" for each in (first, second)]
    reader.driver.get("about:blank")
    return float(reader.driver.execute_async_script(DIFFERENCE, *addresses))


def check(reader: Reader, name: str, now: bytes, folder: Path) -> str:
    """What is to be said of a page that does not look as it was kept; nothing when it does."""
    if "KEEP_PICTURES" in os.environ:
        KEPT.joinpath(name).write_bytes(now)
    kept = KEPT / name
    share = difference(reader, kept.read_bytes(), now) if kept.exists() else 1.0
    if share <= TOLERANCE:
        return ""
    folder.joinpath(name).write_bytes(now)
    return f"{folder / name}: {share:.1%} is other than kept"


def unlike(reader: Reader, folder: Path) -> list[str]:
    """Which of the pages do not look as they were kept; the new looks are in the folder."""
    reader.open()
    if not has_the_font(reader):
        pytest.skip(NO_FONT)
    refuse_other_browser(reader)
    pictures = {}
    for path in reader.pages():
        reader.open(path)
        pictures[name_of(path, reader.way)] = drawn(reader)
    return [said for name, now in pictures.items() if (said := check(reader, name, now, folder))]


@pytest.mark.parametrize("way", LOOKS, ids=str)
def test_every_page_of_an_office_looks_as_it_was_looked_at(used, look, way, tmp_path):
    with served(used.place, DAY) as address:
        assert unlike(look(address, way), tmp_path) == []


def test_a_page_with_one_other_sentence_is_told_from_the_kept_one(used, look):
    with served(used.place, DAY) as address:
        reader = look(address, LOOKS[0])
        reader.open()
        before = drawn(reader)
        reader.driver.execute_script("document.querySelector('.verdict').textContent = 'Cukup.'")
        after = drawn(reader)

    assert difference(reader, before, after) > TOLERANCE
    assert difference(reader, before, before) == 0

"""The pictures of the README are what the program shows today."""

import re
import sys

import pytest

from tests.readme import README


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal to draw is opened as on Unix")
def test_the_pictures_of_the_readme_are_what_the_program_shows(tmp_path):
    from tests.pictures import FOLDER, pictures

    made = pictures(tmp_path)

    shown = re.findall(r"!\[.+\]\((.+)\)", README.read_text(encoding="utf-8"))
    assert {README.parent / path for path in shown} == {FOLDER / name for name in made}
    for name, picture in made.items():
        assert (FOLDER / name).read_bytes() == picture, f"{name}: python -m tests.pictures, then look at it"

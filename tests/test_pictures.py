"""The pictures of the README are what the program shows today."""

import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal to draw is opened as on Unix")
def test_the_pictures_of_the_readme_are_what_the_program_shows(tmp_path):
    from tests.pictures import FOLDER, pictures

    made = pictures(tmp_path)

    assert {path.name for path in FOLDER.iterdir() if path.suffix in (".svg", ".png")} == set(made)
    for name, picture in made.items():
        assert (FOLDER / name).read_bytes() == picture, f"{name}: python -m tests.pictures, then look at it"

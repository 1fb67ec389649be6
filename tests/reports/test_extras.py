"""A package that only some answers need is named when it is missing, in one sentence, with the line to run."""

import os
import subprocess
import sys

import pytest

from blangko.words.extras import install_line
from tests import PATIENCE_SECONDS

WITHOUT = """
import sys
for name in sys.argv[1].split(","):
    sys.modules[name] = None
from blangko.cli.app import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    ("missing", "words", "extra"),
    [
        ("typst", "summary -o page.pdf", "report"),
        ("jinja2", "summary -o page.html", "report"),
        ("typst", "plan -o page.png", "report"),
        ("jinja2", "plan -o page.html", "report"),
        ("segno", "plan -o page.pdf", "report"),
        ("xlsxwriter", "plan -o plan.xlsx", "excel"),
        ("xlsxwriter", "card -o card.xlsx", "excel"),
        ("xlsxwriter", "template -o sheet.xlsx", "excel"),
        ("python_calamine", "import sheet.xlsx", "excel"),
        ("docxtpl", "letter -o letter.docx", "word"),
        ("segno", "letter -o letter.docx", "word"),
        ("segno", "letter -o letter.pdf", "report"),
        ("segno", "summary -o page.html", "report"),
        ("num2words", "letter", "word"),
        ("icalendar", "calendar -o days.ics", "notify"),
    ],
)
def test_a_missing_extra_is_named_and_nothing_is_left_behind(office, missing, words, extra):
    (office.folder / "sheet.xlsx").write_bytes(b"PK")
    before = sorted(os.listdir(office.folder))
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, missing, *words.split()],
        cwd=office.folder,
        env=dict(os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )

    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[1] == f"Install them with: {install_line(extra)}"
    assert sorted(os.listdir(office.folder)) == before


def test_the_shipped_template_of_letters_is_the_one_that_its_maker_makes():
    from importlib.resources import files

    from blangko.reports.word import make_template

    assert files("blangko.reports.templates").joinpath("letter.docx").read_bytes() == make_template()

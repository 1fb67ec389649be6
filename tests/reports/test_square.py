"""The square with the check code: what is on the paper is the seal, and two books never share one."""

import io
import re
import zipfile

import pytest
import segno

from blangko.core.codes import read_check_code
from blangko.reports.square import square_png, square_svg

CODE = "0123456789abcdef" * 4 + "-17"


def spots(svg):
    """The black spots of a square as it is drawn: rows of (left, right), without the white around it."""
    drawn = re.search(r'class="qrline" d="([^"]+)"', svg) or re.search(r' d="([^"]+)"', svg)
    x, y, black = 0.0, 0.0, set()
    for command, words in re.findall(r"([Mmh])([-\d. ]+)", drawn[1]):
        steps = [float(word) for word in re.findall(r"-?[\d.]+", words)]
        if command == "h":
            black |= {(int(x) + step, int(y)) for step in range(int(steps[0]))}
            x += steps[0]
        else:
            x, y = (steps[0], steps[1]) if command == "M" else (x + steps[0], y + steps[1])
    return black


def test_the_square_that_is_drawn_is_that_of_the_whole_seal():
    wanted = segno.make(CODE.upper(), error="m", boost_error=False)
    black = {(x + 4, y + 4) for y, row in enumerate(wanted.matrix) for x, spot in enumerate(row) if spot}

    assert spots(square_svg(CODE, "HTML")) == black


def test_another_seal_and_another_entry_are_another_square():
    squares = {square_svg(code, "HTML") for code in (CODE, CODE.replace("f-", "e-"), CODE[:-1] + "8")}

    assert len(squares) == 3


def test_the_same_code_gives_the_same_square():
    assert square_png(CODE, "DOCX") == square_png(CODE, "DOCX")
    assert square_svg(CODE, "HTML") == square_svg(CODE, "HTML")
    assert square_svg("", "HTML") == ""


@pytest.fixture
def issued(office):
    """An office whose summary was handed out; the seal of the entry that its code names."""
    page = office.json("summary", "--issue")
    return office, page


def made(office, *words, name):
    office.did(*words, "-o", office.folder / name)
    return (office.folder / name).read_bytes()


def test_the_page_carries_the_whole_seal_of_the_entry_that_its_code_names(issued):
    office, page = issued
    digits, number = page["whole_code"].split("-")

    assert len(digits) == 64 and page["check_code"] == f"{digits[:32]}-{number}"
    assert square_svg(page["whole_code"], "HTML") in made(office, "summary", name="s.html").decode()
    assert office.json("verify", "--code", page["whole_code"])["is_weak"] is False
    assert (
        office(
            "verify", "--code", page["whole_code"].replace(digits[-1] + "-", ("0" if digits[-1] != "0" else "1") + "-")
        )
        == 1
    )


def test_what_is_written_after_the_paper_leaves_its_square_as_it_was(issued):
    office, page = issued
    office.did("print", 5, "--yes", "--on", "2017-10-09")
    office.today("2017-10-30")

    assert office.json("summary", "--week", "2017-W43")["whole_code"] == page["whole_code"]


def test_the_letter_in_word_carries_the_square_and_no_name_of_it_is_left(office):
    code = office.json("letter")["whole_code"]
    with zipfile.ZipFile(io.BytesIO(made(office, "letter", name="s.docx"))) as letter:
        pictures = [letter.read(name) for name in letter.namelist() if name.startswith("word/media/")]
        text = letter.read("word/document.xml").decode()

    assert pictures == [square_png(code, "DOCX")]
    assert "check_square" not in text and read_check_code(code)


def test_minutes_of_a_destruction_which_have_no_code_have_no_square(office):
    office.did("spoil", 5)
    with zipfile.ZipFile(io.BytesIO(made(office, "destroy", 3, "--ref", "BA 1", name="ba.docx"))) as minutes:
        assert not any(name.startswith("word/media/") for name in minutes.namelist())

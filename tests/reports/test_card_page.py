"""The stock card on paper: nothing is lost between two sheets, and everybody knows which sheet is whose."""

import io
import itertools
import re

import pytest
from pypdf import PdfReader

from blangko.core.card import Carried, carried

WORDS = {
    "en": ("Brought forward", "Carried forward", "Sum of the period", "Acknowledged by", "Initials"),
    "id": ("Pindahan", "Dipindahkan", "Jumlah", "Mengetahui,", "Paraf"),
}


def pages(office, *words):
    office.did("card", *words, "-o", office.folder / "card.pdf")
    return [
        " ".join(page.extract_text().split())
        for page in PdfReader(io.BytesIO((office.folder / "card.pdf").read_bytes())).pages
    ]


@pytest.fixture
def long(office):
    """A thousand cards at the beginning, and 15 days with five prints each of 1 to 5 cards."""
    for day in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23):
        for cards in (1, 2, 3, 4, 5):
            office.did("print", cards, "--on", f"2017-10-{day:02}", "--note", f"R{day}-{cards}", "--yes")
    return office


@pytest.mark.parametrize("language", ["en", "id"])
def test_each_sheet_carries_its_sums_to_the_next_and_bears_the_check_code(long, language):
    brought, forward, total, acknowledged, initials = WORDS[language]
    long.speaks(language)
    sheets = pages(long)
    code = re.search(r"[0-9a-f]{32}-\d+", sheets[0])

    assert len(sheets) == 3
    assert all(code[0] in sheet and initials in sheet for sheet in sheets)
    for before, after in itertools.pairwise(sheets):
        sums = re.search(rf"{forward} ([\d.,]+ [\d.,]+ [\d.,]+)", before)[1]
        assert f"{brought} {sums}" in after
    assert forward not in sheets[-1] and brought not in sheets[0]
    # 15 x 15 cards printed.
    assert f"{total} {'1,000 225 775' if language == 'en' else '1.000 225 775'}" in sheets[-1]
    assert [acknowledged in sheet for sheet in sheets] == [False, False, True]


def test_no_movement_is_lost_between_the_sheets(long):
    text = " ".join(pages(long))

    assert sorted(set(re.findall(r"R\d+-\d", text))) == sorted(
        f"R{day}-{cards}"
        for day in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23)
        for cards in (1, 2, 3, 4, 5)
    )


def test_the_signatures_never_stand_alone_on_a_sheet(long):
    for last in range(3, 24):
        sheets = pages(long, "--to", f"2017-10-{last:02}")
        assert re.search(r"R\d+-\d", sheets[-1]), last


def test_a_card_of_a_period_begins_with_what_was_left_before(long):
    (sheet,) = pages(long, "--from", "2017-10-20", "--to", "2017-10-23")

    # 13 days of 15 before it.
    assert "Left before 805" in sheet and "Sum of the period 0 30 775" in sheet
    assert "20 October 2017 to 23 October 2017" in sheet


def test_a_book_without_movements_has_a_card_that_says_so(nobody):
    nobody.did("init", "--office", "Disdukcapil Uji")
    (sheet,) = pages(nobody)

    assert "Nothing moved in this period." in sheet and "Sum of the period 0 0 0" in sheet


def test_long_texts_and_signs_of_the_typesetter_stay_text_in_their_column(office):
    office.did("receive", 5, "--ref", "X" * 90, "--from", '#eval("1") *tebal* $x^2$', "--note", "= judul " * 30)
    (sheet,) = pages(office)

    assert sheet.replace(" ", "").replace("\u200b", "").count("X" * 90) == 1
    assert '#eval("1") *tebal* $x^2$' in sheet


def test_running_sums_hold_what_came_and_went_so_far():
    rows = [{"in_cards": 5, "out_cards": 0}, {"in_cards": 0, "out_cards": 3}, {"in_cards": 1, "out_cards": 1}]

    assert carried(rows) == [Carried(5, 0), Carried(5, 3), Carried(6, 4)]

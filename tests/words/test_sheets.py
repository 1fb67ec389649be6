"""What is said of a clerk's sheet can be typed as it is said."""

from blangko.exchange.headings import NAMED
from blangko.words.language import speak
from blangko.words.sheets import as_typed


def test_every_meaning_of_a_column_is_understood_as_an_indonesian_office_is_told_it():
    speak("id")
    meanings = set(NAMED.values())
    told = {meaning: as_typed("--columns", meaning) for meaning in meanings}

    assert {meaning: NAMED[word] for meaning, word in told.items()} == {meaning: meaning for meaning in meanings}
    assert told["printed"] == "cetak" and len(set(told.values())) == len(meanings)


def test_the_headings_of_an_answer_stay_as_they_stand_in_the_sheet():
    speak("id")

    assert as_typed("--columns", "printed=Cetak, printed,spoiled=Gagal") == "cetak=Cetak, printed,rusak=Gagal"
    assert as_typed("--sheet", "read") == "read"

"""What the import makes of sheets as clerks keep them: most are read whole, none is read wrongly in silence."""

from tests.exchange import sheets_of_clerks, sheets_of_the_doubter, sheets_of_the_examiner
from tests.exchange.scorer import percent, scored, silent, table


def test_the_import_earns_eighty_of_a_hundred_points_and_is_never_wrong_in_silence():
    scores = scored(sheets_of_clerks.sheets())

    assert silent(scores) == [], table(silent(scores))
    assert percent(scores) >= 80, table(scores)


def test_sheets_in_other_words_and_odd_combinations_earn_eighty_of_a_hundred_points():
    scores = scored(sheets_of_the_examiner.sheets())

    assert silent(scores) == [], table(silent(scores))
    assert percent(scores) >= 80, table(scores)


def test_sheets_made_to_be_read_wrongly_are_asked_about_or_refused_and_ninety_of_a_hundred_points_are_earned():
    scores = scored(sheets_of_the_doubter.sheets())

    assert silent(scores) == [], table(silent(scores))
    assert percent(scores) >= 90, table(scores)

"""What the import makes of sheets as clerks keep them: most are read whole, none is read wrongly in silence."""

from tests.exchange import sheets_of_clerks
from tests.exchange.scorer import percent, scored, silent, table


def test_the_import_earns_eighty_of_a_hundred_points_and_is_never_wrong_in_silence():
    scores = scored(sheets_of_clerks.sheets())

    assert silent(scores) == [], table(silent(scores))
    assert percent(scores) >= 80, table(scores)

"""The published figures of Sanggau, September 2017, and what follows from them; worked out by hand."""

from datetime import date

from blangko.core.facts import Stated
from blangko.core.population import contradictions, not_printed, not_recorded, prr_to_state

SEPTEMBER, OCTOBER = date(2017, 9, 30), date(2017, 10, 20)
SANGGAU = {
    "residents": Stated(SEPTEMBER, 482_500),
    "eligible": Stated(SEPTEMBER, 354_753),
    "recorded": Stated(SEPTEMBER, 254_635),
    "printed": Stated(SEPTEMBER, 217_989),
}


def test_those_not_recorded_and_those_without_a_card_are_differences():
    assert not_recorded(SANGGAU) == (354_753, 254_635, SEPTEMBER)
    assert not_recorded(SANGGAU).people == 100_118
    assert not_printed(SANGGAU).people == 36_646


def test_a_difference_speaks_of_the_day_of_its_newer_figure():
    newer = SANGGAU | {"recorded": Stated(OCTOBER, 256_635)}

    assert not_recorded(newer) == (354_753, 256_635, OCTOBER)
    assert not_printed(newer) == (256_635, 217_989, OCTOBER)


def test_a_figure_alone_says_nothing_and_neither_do_two_that_cannot_both_be():
    assert not_recorded({"eligible": SANGGAU["eligible"]}) is None
    assert not_printed({}) is None
    assert not_printed(SANGGAU | {"printed": Stated(OCTOBER, 254_636)}) is None
    assert not_printed(SANGGAU | {"printed": Stated(OCTOBER, 254_635)}).people == 0


def test_those_without_a_card_are_offered_as_prr_until_the_book_says_as_much_or_something_newer():
    assert prr_to_state(SANGGAU, None).people == 36_646
    assert prr_to_state(SANGGAU, Stated(date(2017, 8, 31), 36_646)).people == 36_646
    assert prr_to_state(SANGGAU, Stated(SEPTEMBER, 36_000)).people == 36_646
    assert prr_to_state(SANGGAU, Stated(SEPTEMBER, 36_646)) is None
    assert prr_to_state(SANGGAU, Stated(OCTOBER, 30_000)) is None
    assert prr_to_state({}, None) is None


def test_each_figure_is_a_part_of_the_next_larger_one_that_is_known():
    assert list(contradictions({"residents": 10, "eligible": 10, "recorded": 10, "printed": 10})) == []
    assert list(contradictions({"eligible": 10, "recorded": 11})) == [("recorded", "eligible")]
    assert list(contradictions({"residents": 10, "printed": 11})) == [("printed", "residents")]
    assert list(contradictions({"residents": 10, "eligible": 12, "recorded": 11, "printed": 13})) == [
        ("eligible", "residents"),
        ("printed", "recorded"),
    ]

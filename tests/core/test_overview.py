"""All offices beside each other: whom to look at first, and what they hold together."""

from datetime import date

from blangko.core.answer import answer
from blangko.core.digest import answer_read, answer_text, nation
from blangko.core.overview import Heard, Row, overview
from tests import books

NATION = nation(books.NO_NATIONAL_DAYS)
FRIDAY = "2026-01-30"
PRINTS = "2026-01-06..2026-01-30 print 100"


def row(code, text):
    facts = books.facts(text, FRIDAY)._replace(office_code=code)
    return Row(answer_read(answer_text(answer(facts), NATION), NATION, None), Heard())


AMPLE = row("61.01", f"2026-01-05 opening 9000\n {PRINTS}")
SHORT = row("61.02", f"2026-01-05 opening 2100\n {PRINTS}")
SHORTER = row("61.03", f"2026-01-05 opening 2000\n {PRINTS}")
EMPTY = row("61.04", f"2026-01-05 opening 1900\n {PRINTS}")
SILENT = row("61.05", "2026-01-05 opening 9000\n 2026-01-06..2026-01-23 print 100")
NEW = row("61.06", "2026-01-05 setting office_name Baru")


def test_offices_that_are_behind_come_first_and_then_whoever_is_nearest_to_an_empty_shelf():
    shown = overview(date(2026, 1, 30), [AMPLE, SHORT, SILENT, EMPTY, SHORTER, NEW])

    assert [each.code for each in shown.rows] == ["61.05", "61.06", "61.04", "61.03", "61.02", "61.01"]
    assert [each.is_stale for each in shown.rows] == [True, True, False, False, False, False]


def test_all_offices_together_hold_the_sum_of_what_each_holds():
    shown = overview(date(2026, 1, 30), [AMPLE, SHORT, SHORTER, EMPTY]).totals

    # 19 working days of 100 cards were printed in each.
    assert shown.on_hand_cards == 7100 + 200 + 100 + 0
    assert shown.levels == {"empty": 1, "now": 2, "unknown": 0, "soon": 0, "ok": 1}
    assert (shown.offices, shown.stale_offices) == (4, 0)


def test_cards_that_lay_where_they_are_used_would_last_as_long_everywhere():
    shown = overview(date(2026, 1, 30), [AMPLE, SHORT, SHORTER, EMPTY]).totals

    assert shown.cards_per_workday == sum(each.cards_per_workday for each in (AMPLE, SHORT, SHORTER, EMPTY))
    assert shown.workdays_if_shared == 7400 // shown.cards_per_workday


def test_an_office_whose_use_nobody_knows_leaves_the_use_of_the_others_as_it_is():
    shown = overview(date(2026, 1, 30), [NEW]).totals

    assert (shown.cards_per_workday, shown.workdays_if_shared) == (None, None)


def test_the_risk_of_an_office_is_that_of_what_it_waits_for_and_else_of_asking_today():
    waiting = row("61.07", f"2026-01-05 opening 2100\n {PRINTS}\n 2026-01-30 request 2000")

    assert waiting.risk == waiting.told.row["risk_before_delivery"]
    assert SHORT.risk == SHORT.told.row["risk_if_requested_today"]

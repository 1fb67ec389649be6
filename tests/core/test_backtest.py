"""A replay of small books worked by hand: what is judged, by what came, and what nobody can know."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.backtest import NOTHING, NOTHING_MEASURED, StockOut, backtest, doubts_of
from blangko.core.entry import Entry, movement
from blangko.core.evenings import facts_by_evening
from blangko.core.hindsight import Left, hindsight
from blangko.core.replay import replay
from tests.books import NO_NATIONAL_DAYS, book, facts, status

BEGUN = date(2017, 10, 2)
LAST = date(2018, 3, 30)


def replayed(text, first=BEGUN, last=LAST, until=LAST):
    return backtest(book(text), first, last, until, NO_NATIONAL_DAYS)


STEADY = """
    2017-10-02              opening  600
    2017-10-02..2017-11-03  print     20
    2017-11-03              request  600
    2017-11-10              receive  600  request_no=27
    2017-11-06..2017-12-18  print     20
"""
"""Twenty cards a day on each of 56 days; the request is entry no. 27. The shelf of the delivery's evening, 600 cards,
would last 30 days; the book ends after 26 of them."""


def test_where_use_is_certain_every_shelf_ends_on_the_day_foretold():
    seen = replayed(STEADY)

    assert seen.days == 56
    assert seen.answer.run_out_error_workdays == seen.rule30.run_out_error_workdays == 0
    assert seen.answer.cover80 == 1
    assert (seen.answer.within_quarter_at_half_life, seen.answer.lives) == (1, 1)
    assert (seen.answer.stock_outs, seen.answer.fill_rate, seen.answer.ready_rate) == ((), 1, 1)


def test_a_shelf_that_the_book_does_not_live_to_see_the_end_of_is_known_to_have_lasted_so_long():
    last = replayed(STEADY).rows[-3]

    # On 14 December 120 cards were left; two days are written after it.
    assert (last.on_hand_cards, last.true_workdays, last.true_is_exact) == (120, 2, False)


RUNS_DRY = """
    2017-10-02              opening  400
    2017-10-02..2017-10-27  print     20
    2017-11-03              receive  600
    2017-11-06..2017-12-08  print     20
"""
"""Twenty days' cards and no request: empty on the evening of Friday 27 October, until a delivery a week later."""


def test_the_notice_of_an_empty_shelf_counts_from_the_first_warning():
    emptied = date(2017, 10, 27)
    seen = replayed(RUNS_DRY)
    (empty,) = seen.answer.stock_outs

    levels = {day: status(RUNS_DRY, str(day)).level for day in (empty.warned_on, empty.warned_on - timedelta(days=1))}
    assert levels == {date(2017, 10, 11): "soon", date(2017, 10, 10): "ok"}
    # From Wednesday 11 to Friday 27 October, Saturdays and Sundays closed.
    assert empty == StockOut(emptied, date(2017, 10, 11), 12)
    # At twenty a day the rule warns at 100 cards, the usual lead of five days: on Friday 20 October.
    assert seen.rule30.stock_outs == (StockOut(emptied, date(2017, 10, 20), 5),)


def test_the_day_that_emptied_a_shelf_is_its_end_and_nobody_knows_what_more_was_wanted():
    behind = hindsight(book(RUNS_DRY), LAST, NO_NATIONAL_DAYS)

    # On Friday 20 October 100 cards were left, and the fifth day after it used up the last of them.
    assert behind.left(behind.number(date(2017, 10, 20)), 100) == Left(5, exact=True)
    # Of 200 cards nobody can say: from the fifth day on people found nothing.
    assert behind.left(behind.number(date(2017, 10, 20)), 200) == Left(4, exact=False)


def test_an_empty_shelf_without_any_warning_is_told_as_such():
    lost = """
        2017-10-02              opening  900
        2017-10-02..2017-10-13  print     20
        2017-10-16              print     20
                                lose     680  BA-1
    """

    assert replayed(lost).answer.stock_outs == (StockOut(date(2017, 10, 16), None, 0),)
    assert replayed(lost).doubts == ("unwarned",)


def test_an_alarm_is_right_where_the_shelf_would_have_been_empty_without_what_was_asked_for():
    # The warning of 25 October brought the request of 3 November; without its 600 cards the last hundred were gone.
    assert (replayed(STEADY, last=date(2017, 11, 30)).answer.precision, replayed(STEADY).answer.alarms) == (1, 1)


def test_an_alarm_is_false_where_the_shelf_would_have_lasted_all_the_same():
    quiet = """
        2017-10-02              opening  600
        2017-10-02..2017-10-27  print     20
        2017-10-27              request  600
        2017-11-03              receive  600  request_no=22
        2017-10-30..2017-12-29  print      1
    """
    seen = replayed(quiet)

    # Hardly anybody came any more: the 200 cards left would have lasted the year.
    assert (seen.answer.precision, seen.answer.alarms) == (0, 1)


def test_a_rationed_day_hides_when_the_shelf_would_have_been_empty():
    behind = hindsight(
        book("""
            2017-10-02              opening  400
            2017-10-02..2017-10-06  print     20
            2017-10-09              print     10  quota_cards=10
            2017-10-10..2017-10-20  print     20
        """),
        LAST,
        NO_NATIONAL_DAYS,
    )
    friday = behind.number(date(2017, 10, 6))

    # 300 cards were left, but on Monday more may have been wanted than the ten that were given.
    assert behind.left(friday, 300) == Left(0, exact=False)
    assert behind.left(friday + 1, 60) == Left(4, exact=True)


def test_a_day_without_the_server_is_no_secret_the_cards_lay_on_the_shelf():
    behind = hindsight(
        book("""
            2017-10-02              opening  400
            2017-10-02..2017-10-06  print     20
            2017-10-09              print      0  cause=server
            2017-10-10..2017-10-20  print     20
        """),
        LAST,
        NO_NATIONAL_DAYS,
    )

    assert behind.left(behind.number(date(2017, 10, 6)), 50) == Left(4, exact=True)


def test_an_unwritten_day_hides_what_came_after_it():
    behind = hindsight(
        book("""
            2017-10-02              opening  400
            2017-10-02..2017-10-06  print     20
            2017-10-10..2017-10-20  print     20
        """),
        LAST,
        NO_NATIONAL_DAYS,
    )

    assert behind.left(behind.number(date(2017, 10, 5)), 30) == Left(1, exact=False)


def test_after_an_unwritten_day_the_shelf_that_the_answer_took_to_be_left_is_followed():
    forgotten = STEADY.replace("2017-10-02..2017-11-03", "2017-10-02..2017-10-19").replace(
        "2017-11-03  ", "2017-10-23..2017-11-03  print 20\n    2017-11-03  ", 1
    )
    (monday,) = [row for row in replayed(forgotten).rows if row.day == date(2017, 10, 23)]

    # Of the 300 cards in the book Friday has taken twenty that nobody wrote down: 280 last 14 days and not 15.
    assert (monday.on_hand_cards, monday.true_is_exact, monday.true_workdays) == (300, True, 14)


def test_a_shelf_that_was_empty_for_a_week_was_ready_on_the_other_evenings_only():
    seen = replayed(RUNS_DRY)

    # Empty on the evenings of 27 October and of Monday to Thursday after it; the delivery came on Friday.
    assert seen.days == 50
    assert seen.answer.ready_rate == seen.rule30.ready_rate == pytest.approx(45 / 50)


def told_off_by(answer, rule30):
    measured = [NOTHING_MEASURED._replace(run_out_error_workdays=error) for error in (answer, rule30)]
    return tuple(doubts_of(*measured))


def test_a_tenth_of_a_working_day_beside_the_rule_is_no_reason_for_doubt():
    assert told_off_by(answer=1.4, rule30=1.3) == ()
    assert told_off_by(answer=1.8, rule30=1.3) == ()
    assert told_off_by(answer=1.9, rule30=1.3) == ("error",)
    assert told_off_by(answer=0.9, rule30=0.1) == ()


def test_people_who_were_turned_away_did_not_get_their_card():
    seen = replayed("""
        2017-10-02              opening  900
        2017-10-02..2017-10-05  print     20
        2017-10-06              print     10  turned_away_cards=10
    """)

    # 90 of the 100 cards that people came for.
    assert seen.answer.fill_rate == seen.rule30.fill_rate == pytest.approx(0.9)


def test_a_book_without_use_tells_nothing():
    assert replayed("2017-10-02  opening  600") == NOTHING
    assert replayed(STEADY, first=date(2019, 1, 1), last=date(2019, 12, 31)).days == 0


def test_a_week_of_a_book_is_too_short_to_judge_by():
    week = """
        2017-10-02              opening  600
        2017-10-02..2017-10-06  print     20
    """
    seen = replayed(week)

    assert (seen.days, seen.judged, seen.verdict, seen.missing_workdays) == (5, 0, "too_short", 30)
    assert (seen.answer.cover80, seen.answer.run_out_error_workdays, seen.answer.precision) == (None, None, None)


def test_a_closure_counts_from_the_day_on_which_it_was_said():
    closed = """
        2017-10-02              opening   600
        2017-10-02..2017-10-13  print      20
        2017-10-12              calendar  closed  due_on=2017-10-16  until_on=2017-10-20  note=moved
        2017-10-23..2017-11-03  print      20
    """
    evenings = [date(2017, 10, 11), date(2017, 10, 12)]
    before, after = replay(book(closed), evenings, NO_NATIONAL_DAYS, {})

    # 440 and 420 cards are left: the next day uses 20 of them, so that one and the same day follows, but for the week.
    assert (after.run_out_on.p50 - before.run_out_on.p50).days == 7


def test_what_was_said_on_an_evening_is_the_answer_of_that_evening():
    evenings = [date(2017, 10, 20), date(2017, 11, 8), date(2017, 12, 8)]

    for evening in replay(book(STEADY), evenings, NO_NATIONAL_DAYS, {}):
        told = status(STEADY, str(evening.day))
        assert evening.run_out_on == told.run_out_on
        assert (evening.level, evening.reasons, evening.shelf_cards) == (
            told.level,
            tuple(told.reasons),
            told.shelf_cards,
        )


LIFE = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["print", "receive", "request", "closed"])), max_size=50)


def lived(life):
    """Day by day from the opening on: what was done, with its cards."""
    drafts = [movement("opening", BEGUN, 2000)]
    for number, (cards, kind) in enumerate(life):
        day = BEGUN + timedelta(days=number)
        if kind == "closed":
            said = day + timedelta(days=cards)
            drafts.append(Entry("calendar", day, subject="closed", due_on=said, until_on=said, note="moved"))
        elif kind == "request":
            drafts.append(Entry("request", day, 10 * cards))
        else:
            drafts.append(movement(kind, day, cards))
    return [draft._replace(entry_no=number) for number, draft in enumerate(drafts, start=1)]


@settings(max_examples=25, deadline=None)
@given(LIFE, LIFE, LIFE)
def test_nothing_that_came_later_changes_what_was_said_on_an_evening(past, one, other):
    evenings = [BEGUN + timedelta(days=number) for number in range(len(past))]

    said = replay(lived([*past, *one]), evenings, NO_NATIONAL_DAYS, {})
    assert list(said) == list(replay(lived([*past, *other]), evenings, NO_NATIONAL_DAYS, {}))


def test_the_facts_of_an_evening_are_those_of_the_whole_book_read_for_it():
    evenings = [date(2017, 10, 3) + timedelta(days=number) for number in range(60)]

    read = facts_by_evening(book(STEADY), evenings, NO_NATIONAL_DAYS)
    assert list(read) == [facts(STEADY, str(evening)) for evening in evenings]

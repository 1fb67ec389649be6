"""The storekeeper's tasks on a real book: what is refused, what is asked, what is taken back, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blangko.core.calendar import days_stated
from blangko.core.campaigns import campaign_stated
from blangko.core.columns import SPOILED
from blangko.core.entry import Entry, movement
from blangko.errors import BlangkoError, UnknownEntry, UnknownRequest
from blangko.errors.rules import (
    AlreadyReversed,
    FutureDate,
    KeyTaken,
    LastWasUndo,
    LongAgo,
    LooksLikeNik,
    NeedsYes,
    NoOpenRequest,
    NotEnoughCards,
    NothingToUndo,
    OpeningExists,
    ReasonNeeded,
    ReferenceNeeded,
    RequestClosed,
    ReversalOfReversal,
    TwinStands,
    UnusualUse,
)
from blangko.stockroom import look, open_book, tasks
from blangko.stockroom.desk import Desk
from blangko.stockroom.post import post
from blangko.stockroom.proof import examine

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2017, 10, day) for day in range(2, 7))


def desk(today=FRIDAY, **options):
    return Desk(today, f"{today}T09:00:00Z", "siti", **options)


@pytest.fixture
def book(empty_place):
    """Begun on Monday with 1,000 usable cards and 10 spoiled ones; it is Friday."""
    opening = tasks.opening_drafts(MONDAY, 1000, 10)
    tasks.start(empty_place, "61.03", desk(MONDAY), {"batch_cards": "2000"}, opening, 0o600)
    with open_book(empty_place) as opened:
        yield opened


def record(book, kind, on, cards, key=None, yes=True, **details):
    return post(book, desk(key=key, yes=yes), [movement(kind, on, cards, **details)])


def on_hand(book, on=FRIDAY):
    return look.balance_on(book, on).on_hand


def entries(book):
    return book.last()[0]


# --- Rules that refuse --------------------------------------------------------------------------


def test_no_more_is_printed_than_was_on_the_shelf(book):
    with pytest.raises(NotEnoughCards) as refused:
        record(book, "print", TUESDAY, 1001)

    assert refused.value.asked_cards == 1001
    assert refused.value.available_cards == 1000
    assert on_hand(book) == 1000


def test_a_back_dated_print_may_not_empty_a_later_day(book):
    record(book, "print", THURSDAY, 900)
    with pytest.raises(NotEnoughCards) as refused:
        record(book, "print", TUESDAY, 150)

    # 1,000 - 900 = 100 are left on Thursday: 150 on Tuesday would be 50 too many then.
    assert refused.value.short_on == THURSDAY
    assert refused.value.short_cards == 50
    assert refused.value.available_cards == 100


def test_a_delivery_of_a_later_day_does_not_cover_an_earlier_print(book):
    record(book, "receive", THURSDAY, 500)
    with pytest.raises(NotEnoughCards):
        record(book, "print", WEDNESDAY, 1200)


def test_no_more_is_destroyed_than_is_held_spoiled(book):
    with pytest.raises(NotEnoughCards):
        record(book, "destroy", TUESDAY, 11, reference="BA 1")


@pytest.mark.parametrize("kind", ["destroy", "lose"])
def test_what_leaves_for_good_needs_a_paper(book, kind):
    with pytest.raises(ReferenceNeeded):
        record(book, kind, TUESDAY, 1)


def test_tomorrow_is_not_written_today(book):
    with pytest.raises(FutureDate):
        record(book, "print", FRIDAY + timedelta(days=1), 1)


def test_a_citizens_number_stays_out_of_the_book(book):
    with pytest.raises(LooksLikeNik):
        record(book, "print", TUESDAY, 1, note="untuk 6103012345678901")


def test_a_refused_batch_writes_none_of_its_entries(book):
    before = entries(book)
    drafts = [movement("print", TUESDAY, 5), movement("print", TUESDAY, 5000)]
    with pytest.raises(NotEnoughCards):
        post(book, desk(yes=True), drafts)

    assert entries(book) == before


# --- Rules that ask -----------------------------------------------------------------------------


def doubts(book, *drafts, today=FRIDAY):
    with pytest.raises(NeedsYes) as asked:
        post(book, desk(today), list(drafts))
    return [type(question) for question in asked.value.questions]


def test_the_same_again_is_asked_about(book):
    record(book, "print", TUESDAY, 100)

    assert doubts(book, movement("print", TUESDAY, 100)) == [TwinStands]


def test_what_differs_in_number_day_or_paper_is_not_asked_about(book):
    record(book, "receive", TUESDAY, 100, reference="BAST 1")
    record(book, "receive", TUESDAY, 101, reference="BAST 1", yes=False)
    record(book, "receive", WEDNESDAY, 100, reference="BAST 1", yes=False)
    record(book, "receive", TUESDAY, 100, reference="BAST 2", yes=False)

    assert on_hand(book) == 1401


def test_three_times_the_usual_day_is_asked_about_once_five_days_are_known(book):
    for day, cards in zip((MONDAY, TUESDAY, WEDNESDAY, THURSDAY), (40, 50, 60, 50), strict=True):
        record(book, "print", day, cards, yes=False)
    record(book, "print", FRIDAY, 20, yes=False)
    # Of 20, 40, 50, 50 and 60 the median is 50; 151 are more than 3 x 50.
    assert doubts(book, movement("print", FRIDAY, 151)) == [UnusualUse]
    record(book, "print", FRIDAY, 150, yes=False)


def test_what_a_campaign_announced_is_usual_on_its_days(book):
    """Every day at the schools was asked about, though the book had been told of them."""
    record(book, "receive", MONDAY, 20_000)
    for day, cards in zip((MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY), (40, 50, 60, 50, 20), strict=True):
        record(book, "print", day, cards, yes=False)
    post(book, desk(), [campaign_stated(MONDAY, 150, THURSDAY, FRIDAY, "schools")])

    # The median is 50; on Friday 50 + 150 = 200 are usual, and 3 x 200 = 600. On Wednesday nothing was announced.
    record(book, "print", FRIDAY, 600, yes=False)
    assert doubts(book, movement("print", FRIDAY, 601)) == [UnusualUse]
    assert doubts(book, movement("print", WEDNESDAY, 200)) == [UnusualUse]
    # It is announced for two of the days from Tuesday to Friday: (150 + 150) / 4 = 75, and 4 x 3 x (50 + 75) = 1,500.
    assert UnusualUse not in doubts(book, movement("print", FRIDAY, 1500, due_on=TUESDAY))
    assert UnusualUse in doubts(book, movement("print", FRIDAY, 1504, due_on=TUESDAY))


def test_a_slip_that_was_written_does_not_make_the_next_one_usual(book):
    """After one day of 601 and one of 1,800 a third slip of 1,803 passed unasked."""
    record(book, "receive", MONDAY, 20_000)
    for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY):
        record(book, "print", day, 200, yes=False)
    record(book, "print", FRIDAY, 200, yes=False)
    record(book, "print", FRIDAY, 601)
    record(book, "print", THURSDAY, 1800)

    assert doubts(book, movement("print", FRIDAY, 1803)) == [UnusualUse]
    assert doubts(book, movement("print", FRIDAY, 1870)) == [UnusualUse]


def test_a_day_more_than_31_days_back_is_asked_about(book):
    assert doubts(book, movement("print", MONDAY, 5), today=MONDAY + timedelta(days=32)) == [LongAgo]


def test_statements_are_never_asked_about(book):
    for _ in range(2):
        post(book, desk(MONDAY + timedelta(days=60)), [Entry("backlog", MONDAY, subject="prr", value="5")])

    assert entries(book) == 5


# --- Keys ---------------------------------------------------------------------------------------


def test_a_retry_with_its_key_counts_once(book):
    first = record(book, "print", TUESDAY, 100, key="a")
    again = record(book, "print", TUESDAY, 100, key="a")

    assert (first.repeated, again.repeated) == (False, True)
    assert again.entries == first.entries
    assert on_hand(book) == 900


def test_a_key_is_not_used_for_something_else(book):
    record(book, "print", TUESDAY, 100, key="a")
    with pytest.raises(KeyTaken):
        record(book, "print", TUESDAY, 101, key="a")


# --- Undo ---------------------------------------------------------------------------------------


def test_undo_takes_back_the_whole_last_command_and_keeps_both(book):
    before = entries(book)
    post(book, desk(yes=True), [movement("print", TUESDAY, 187), movement("spoil", TUESDAY, 3)])
    posted = tasks.undo(book, desk(), None, "typed twice")

    assert [entry.cards for entry in posted.entries] == [187, 3]
    assert {entry.occurred_on for entry in posted.entries} == {TUESDAY}
    assert on_hand(book) == 1000
    assert entries(book) == before + 4


def test_an_entry_is_taken_back_once_only(book):
    number = record(book, "print", TUESDAY, 100).entries[0].entry_no
    tasks.undo(book, desk(), number, "wrong")
    with pytest.raises(AlreadyReversed):
        tasks.undo(book, desk(), number, "wrong")


def test_a_book_that_holds_only_its_office_s_name_has_nothing_to_undo(empty_place):
    tasks.start(empty_place, "61.03", desk(MONDAY), {"office_name": "Disdukcapil Uji"}, [], 0o600)

    with open_book(empty_place) as book, pytest.raises(NothingToUndo):
        tasks.undo(book, desk(), None, "wrong")


def test_an_undo_is_not_undone(book):
    record(book, "print", TUESDAY, 100)
    number = tasks.undo(book, desk(), None, "wrong").entries[0].entry_no
    with pytest.raises(ReversalOfReversal):
        tasks.undo(book, desk(), number, "wrong")
    with pytest.raises(LastWasUndo):
        tasks.undo(book, desk(), None, "wrong")


def test_a_delivery_whose_cards_were_printed_is_not_taken_back(book):
    number = record(book, "receive", TUESDAY, 500).entries[0].entry_no
    record(book, "print", WEDNESDAY, 1400)
    with pytest.raises(NotEnoughCards):
        tasks.undo(book, desk(), number, "wrong")


def test_an_unknown_entry_is_not_taken_back(book):
    with pytest.raises(UnknownEntry):
        tasks.undo(book, desk(), 99, "wrong")


def test_an_empty_book_has_nothing_to_take_back(empty_place):
    tasks.start(empty_place, "61.03", desk(), {}, [], 0o600)
    with open_book(empty_place) as empty, pytest.raises(NothingToUndo):
        tasks.undo(empty, desk(), None, "x")


def test_a_day_on_which_a_paper_was_issued_is_mended_today(book):
    record(book, "print", TUESDAY, 100)
    number = entries(book)
    post(book, desk(), [Entry("paper", THURSDAY, subject="summary", due_on=MONDAY, until_on=TUESDAY, value="x")])
    posted = tasks.undo(book, desk(), number, "wrong")

    assert posted.entries[0].occurred_on == FRIDAY


def test_a_wrong_opening_is_undone_and_written_again(book):
    with pytest.raises(OpeningExists):
        tasks.reopen(book, desk(), tasks.opening_drafts(MONDAY, 900, 0))
    tasks.undo(book, desk(), 2, "counted wrong")
    tasks.reopen(book, desk(), tasks.opening_drafts(MONDAY, 900, 0))

    assert look.balance_on(book, FRIDAY).on_hand == 900
    assert look.balance_on(book, FRIDAY).spoiled == 0


# --- Requests -----------------------------------------------------------------------------------


def ask(book, cards=None, on=MONDAY, **details):
    return tasks.ask(book, desk(), Entry("request", on, cards, **details)).entries[0].entry_no


def receive(book, cards, request_no=None, more=False, on=TUESDAY):
    return tasks.receive(book, desk(yes=True), movement("receive", on, cards), request_no, more).entries[0]


def test_a_request_without_a_number_asks_for_a_batch(book):
    assert look.request_of(book, ask(book)).asked_cards == 2000


def test_a_delivery_answers_the_oldest_open_request(book):
    first, second = ask(book, 2000), ask(book, 4000, on=TUESDAY)

    assert receive(book, 500, on=WEDNESDAY).request_no == first
    assert receive(book, 600, on=WEDNESDAY).request_no == second
    assert receive(book, 700, on=WEDNESDAY).request_no is None


def test_a_promise_keeps_a_request_open_until_it_is_kept(book):
    number = ask(book, 2000)
    tasks.answer_request(book, desk(), Entry("grant", MONDAY, 1000), None)
    receive(book, 400)
    assert look.request_of(book, number).on_order_cards == 600
    receive(book, 600)

    assert not look.request_of(book, number).is_open


def test_more_to_come_keeps_a_request_open_without_a_promise(book):
    number = ask(book, 2000)
    receive(book, 400, more=True)

    assert look.request_of(book, number).is_open


def test_a_loan_answers_no_request(book):
    number = ask(book, 2000)
    receive(book, 500, request_no=0)

    assert look.request_of(book, number).received_cards == 0


def test_a_closed_request_is_answered_no_more(book):
    number = ask(book, 2000)
    tasks.answer_request(book, desk(), Entry("close", TUESDAY, note="refused"), None)

    with pytest.raises(RequestClosed):
        receive(book, 500, request_no=number)
    with pytest.raises(NoOpenRequest):
        tasks.answer_request(book, desk(), Entry("grant", TUESDAY, 5), None)
    with pytest.raises(UnknownRequest):
        receive(book, 500, request_no=2)


# --- Counts -------------------------------------------------------------------------------------


def test_a_count_states_and_an_adjustment_brings_the_book_to_it(book):
    tasks.count(book, desk(), TUESDAY, 990, False, None)
    assert on_hand(book) == 1000
    with pytest.raises(ReasonNeeded):
        tasks.count(book, desk(), WEDNESDAY, 990, True, None)
    tasks.count(book, desk(), WEDNESDAY, 990, True, "ten stuck together")

    assert on_hand(book) == 990
    assert look.balance_on(book, FRIDAY).adjusted == -10


def test_a_count_above_the_book_adds_cards(book):
    tasks.count(book, desk(), TUESDAY, 1005, True, "five found in the drawer")

    assert look.balance_on(book, FRIDAY).adjusted == 5


def test_a_count_looks_at_the_evening_of_its_day(book):
    record(book, "print", THURSDAY, 100)
    tasks.count(book, desk(), TUESDAY, 1000, True, "as it was on Tuesday")

    assert on_hand(book) == 900


# --- As of a day, settings, calendar ------------------------------------------------------------


def test_a_replay_sees_only_what_happened_up_to_its_day(book):
    record(book, "print", TUESDAY, 100)
    record(book, "print", THURSDAY, 200)

    assert [on_hand(book, day) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)] == [1000, 900, 900, 700]


def test_a_setting_is_an_entry_with_who_and_when(book):
    tasks.change_setting(book, desk(), FRIDAY, "batch_cards", "500")
    stated = [each for each in look.setting_statements(book) if each.subject == "batch_cards"][-1]

    assert (stated.value, stated.recorded_by, stated.occurred_on) == ("500", "siti", FRIDAY)
    assert look.settings_on(book).batch_cards == 500


def test_an_office_closes_and_opens_days_over_the_national_ones(book):
    post(book, desk(), [days_stated(FRIDAY, "closed", date(2017, 10, 9), date(2017, 10, 10), "x")])
    post(book, desk(), [days_stated(FRIDAY, "opened", date(2017, 10, 14), date(2017, 10, 14), "x")])
    calendar = look.calendar_on(book, FRIDAY)

    assert [calendar.is_open(date(2017, 10, day)) for day in (9, 10, 11, 14, 15)] == [False, False, True, True, False]


# --- What always holds --------------------------------------------------------------------------

DAYS = st.sampled_from([MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY])
CARDS = st.integers(0, 600)
MOVES = st.sampled_from([("receive", {}), ("print", {}), ("spoil", {}), ("send", {}), ("send", {"from_place": SPOILED}),
                         ("destroy", {"reference": "BA"}), ("lose", {"reference": "LP"}),
                         ("lose", {"reference": "LP", "from_place": SPOILED})])  # fmt: skip
COMMANDS = st.one_of(
    st.tuples(st.just("move"), MOVES, DAYS, CARDS),
    st.tuples(st.just("undo"), st.integers(1, 30)),
    st.tuples(st.just("count"), DAYS, CARDS),
)


def attempt(book, command):
    name, *words = command
    if name == "move":
        (kind, details), day, cards = words
        record(book, kind, day, cards, **details)
    elif name == "undo":
        tasks.undo(book, desk(), words[0], "x")
    else:
        tasks.count(book, desk(), words[0], words[1], True, "x")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(COMMANDS, max_size=25))
def test_whatever_is_tried_the_identity_holds_and_nothing_is_ever_below_zero(empty_places, commands):
    with empty_places() as place:
        tasks.start(place, "61.03", desk(MONDAY), {}, tasks.opening_drafts(MONDAY, 500, 20), 0o600)
        with open_book(place) as book:
            for command in commands:
                before = book.last()
                try:
                    attempt(book, command)
                except BlangkoError:
                    assert book.last() == before
            total = look.balance_on(book, FRIDAY)
            seen = examine(book, FRIDAY)
            rows, _ = look.card(book, MONDAY, FRIDAY)

    assert total.came_in == total.accounted_for
    assert [finding for finding in seen.findings if finding.severity == "error"] == []
    last_of_day = {row["occurred_on"]: row for row in rows}
    assert all(row["balance_cards"] >= 0 and row["spoiled_cards"] >= 0 for row in last_of_day.values())
    assert (
        rows[-1]["balance_cards"]
        == total.on_hand
        == 500 + sum((row["in_cards"] or 0) - (row["out_cards"] or 0) for row in rows[1:])
    )

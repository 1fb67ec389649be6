"""An allocation written into the books of several offices, and of a shelf over its print points."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import NamedTuple

import pytest

from blangko.core.entry import Entry, movement
from blangko.core.sharing import Terms
from blangko.errors.ahead import NobodyToShare, NotEnoughToShare
from blangko.errors.rules import KeyTaken
from blangko.stockroom import Book, look, open_book, tasks
from blangko.stockroom.allocation import Grant, among_offices, among_points, record_grants, sends_of
from blangko.stockroom.desk import Desk
from blangko.stockroom.post import post
from blangko.stockroom.proof import examine
from blangko.store.pushes import PUSHED

FRIDAY = date(2017, 10, 27)
KEY = "allocate 2017-10-27 4000"
GRANT = Grant(FRIDAY, date(2017, 11, 3), "500/1", "the province's own request")
TERMS = Terms(4000)


class End(NamedTuple):
    code: str


class Books:
    """Books in files of their own, seen as the offices of one database."""

    def __init__(self, places: dict[str, str]) -> None:
        self.open = ExitStack()
        self.pushed: list[str] = []
        self.books = {code: self.open.enter_context(open_book(place)) for code, place in places.items()}

    def offices(self) -> list[End]:
        return [End(code) for code in sorted(self.books)]

    def book(self, code: str) -> Book:
        return self.books[code]

    def rows(self, sql: str) -> list[tuple[str]]:
        assert sql == PUSHED
        return [(code,) for code in self.pushed]


def desk(**options) -> Desk:
    return Desk(FRIDAY, f"{FRIDAY}T09:00:00Z", "province", **options)


@pytest.fixture
def province(tmp_path) -> Iterator[Books]:
    """Three offices with 100 cards a day each: 500, 0 and 1,500 cards on Friday."""
    places = {}
    for code, cards in (("61.01", 500), ("61.02", 0), ("61.03", 1500)):
        places[code] = str(tmp_path / f"{code}.db")
        chosen = {"office_name": f"Office {code}", "typical_daily_use": "100"}
        tasks.start(places[code], code, desk(), chosen, tasks.opening_drafts(FRIDAY, cards, 0), 0o600)
    books = Books(places)
    yield books
    books.open.close()


def requests_of(province: Books, code: str):
    return look.requests_on(province.book(code), FRIDAY)


def ask(province: Books, code: str, cards: int) -> None:
    post(province.book(code), desk(yes=True), [Entry("request", FRIDAY, cards)])


def allocated(province: Books, key: str = KEY, terms: Terms = TERMS):
    return among_offices(province, FRIDAY, terms, key)


def recorded(province: Books, key: str = KEY) -> list[str]:
    found = allocated(province, key)
    return [share.holding.code for share in record_grants(province, desk(key=key), found, GRANT)]


def given(found) -> list[int]:
    return [share.given_cards for share in found.shared.shares]


def test_all_offices_run_out_together(province):
    # 6,000 cards at 300 a day are 20 days, 2,000 cards for each.
    assert given(allocated(province)) == [1500, 2000, 500]


def test_an_office_that_asked_is_granted_its_request_and_the_request_stays_open_for_it(province):
    ask(province, "61.01", 4000)

    assert recorded(province) == ["61.01", "61.02", "61.03"]

    (request,) = requests_of(province, "61.01")
    assert (request.asked_cards, request.granted_cards, request.on_order_cards) == (4000, 1500, 1500)
    assert request.due_on == date(2017, 11, 3)


def test_an_office_that_did_not_ask_gets_a_request_of_the_provinces_own_that_says_so(province):
    recorded(province)

    (request,) = requests_of(province, "61.02")
    assert (request.asked_cards, request.granted_cards) == (2000, 2000)
    written = province.book("61.02").entries(look.queries.BATCH, batch_no=request.request_no)
    assert [(each.kind, each.note, each.recorded_by) for each in written] == [
        ("request", "the province's own request", "province"),
        ("grant", None, "province"),
    ]


def test_a_second_grant_stands_beside_the_first_and_does_not_replace_it(province):
    ask(province, "61.01", 4000)
    tasks.answer_request(province.book("61.01"), desk(), Entry("grant", FRIDAY, 1000), None)

    # With those there are 1,500, 0 and 1,500: 2,000 for each, and the two lots that are left make it 25 days for two.
    assert given(allocated(province)) == [1000, 2500, 500]
    recorded(province)

    (request,) = requests_of(province, "61.01")
    assert (request.granted_cards, request.on_order_cards) == (2000, 2000)


def test_of_two_open_requests_the_one_without_an_answer_is_granted(province):
    ask(province, "61.01", 4000)
    tasks.answer_request(province.book("61.01"), desk(), Entry("grant", FRIDAY, 1000), None)
    ask(province, "61.01", 3000)

    recorded(province)

    assert [each.granted_cards for each in requests_of(province, "61.01")] == [1000, 1000]


def test_the_same_allocation_again_writes_nothing_and_tells_the_same(province):
    before = allocated(province)
    recorded(province)
    last = [province.book(code).last() for code in province.books]

    assert recorded(province) == []
    assert [province.book(code).last() for code in province.books] == last
    again = allocated(province)
    assert given(again) == given(before)
    assert again.written == {"61.01", "61.02", "61.03"}


def test_an_allocation_that_was_cut_off_goes_on_where_it_stopped(province):
    found = allocated(province)
    writing = record_grants(province, desk(key=KEY), found, GRANT)
    next(writing)
    writing.close()

    assert allocated(province).written == {"61.01"}
    assert recorded(province) == ["61.02", "61.03"]
    assert [sum(each.on_order_cards for each in requests_of(province, code)) for code in province.books] == given(found)


def test_a_part_that_has_come_already_is_not_counted_twice(province):
    found = allocated(province)
    recorded(province)
    came = movement("receive", FRIDAY, 1500, party="Provinsi")
    tasks.receive(province.book("61.01"), desk(yes=True), came, None, False)

    again = allocated(province)
    assert given(again) == given(found)
    assert [each.cards_after for each in again.shared.shares] == [2000, 2000, 2000]


def test_another_allocation_counts_what_the_first_one_promised(province):
    recorded(province)

    # Each has 2,000 now. 1,000 more for each, and the two lots that are left for two.
    assert given(allocated(province, key="the second lorry")) == [1500, 1500, 1000]


def test_a_part_that_was_taken_back_is_not_written_once_more(province):
    recorded(province)
    tasks.undo(province.book("61.02"), desk(), None, "typed wrong")

    found = allocated(province)
    assert found.written == {"61.01", "61.02", "61.03"}
    assert given(found)[1] == 0
    assert recorded(province) == []


def test_a_key_under_which_something_else_stands_is_refused(province):
    post(province.book("61.02"), desk(key=KEY), [Entry("request", FRIDAY, 500)])

    with pytest.raises(KeyTaken):
        allocated(province)


def test_into_a_book_that_its_office_pushes_nothing_is_written(province):
    province.pushed = ["61.02"]

    assert allocated(province).elsewhere == {"61.02"}
    assert recorded(province) == ["61.01", "61.03"]
    assert requests_of(province, "61.02") == []


def test_the_seals_hold_after_an_allocation(province):
    recorded(province)

    assert all(examine(province.book(code), FRIDAY).ok for code in province.books)


# --- Print points ---------------------------------------------------------------------------------


@pytest.fixture
def district(tmp_path) -> Iterator[Book]:
    """3,000 cards on the shelf; Kapuas was sent 200 on 9 October and 200 on 23 October: ten open days, 20 a day."""
    place = str(tmp_path / "book.db")
    opened = date(2017, 10, 2)
    tasks.start(place, "61.03", desk(), {"typical_daily_use": "100"}, tasks.opening_drafts(opened, 3400, 0), 0o600)
    with open_book(place) as book:
        for day in (9, 23):
            sent = movement("send", date(2017, 10, day), 200, party="Kec. Kapuas")
            post(book, desk(yes=True), [sent])
        tasks.count(book, desk(yes=True), FRIDAY, 3000, False, None)
        yield book


def test_a_shelf_is_shared_between_the_counter_and_its_print_points(district):
    shared = among_points(district, FRIDAY, Terms(1000, lot_cards=100), {"Kec. Meliau": 30})

    counter, kapuas, meliau = shared.shares
    # 24 to 27 October are four open days: 200 - 80 = 120 are left. The counter keeps 2,000 without the 1,000: 20 days.
    assert (counter.holding.there_cards, kapuas.holding.there_cards, meliau.holding.there_cards) == (2000, 120, 0)
    # 3,120 cards at 150 a day are 20.8 days. Kapuas at 20 a day gets 300 (21 days), Meliau at 30 a day 600 (20 days);
    # the counter has 20 as well. The last 100 are 21 days for it and 23 for Meliau, and go where they last longer.
    assert (counter.workdays_before, kapuas.workdays_before, meliau.workdays_before) == (20, 6, 0)
    assert (counter.given_cards, kapuas.given_cards, meliau.given_cards) == (0, 300, 700)


def test_what_the_points_get_leaves_the_shelf_as_cards_sent_and_what_the_counter_gets_stays(district):
    shared = among_points(district, FRIDAY, Terms(1000, lot_cards=100), {"Kec. Meliau": 30})

    drafts = sends_of(shared, FRIDAY, "BA 7")
    post(district, desk(yes=True), drafts)

    assert [(each.kind, each.cards, each.party, each.reference) for each in drafts] == [
        ("send", 300, "Kec. Kapuas", "BA 7"),
        ("send", 700, "Kec. Meliau", "BA 7"),
    ]
    assert look.balance_on(district, FRIDAY).on_hand == 2000


def test_no_more_is_shared_out_than_is_on_the_shelf(district):
    with pytest.raises(NotEnoughToShare) as refused:
        among_points(district, FRIDAY, Terms(3010, lot_cards=10), {})

    assert refused.value.there_cards == 3000


def test_loans_and_what_goes_back_make_no_print_point_of_a_neighbour(tmp_path):
    place = str(tmp_path / "book.db")
    tasks.start(place, "61.03", desk(), {}, tasks.opening_drafts(FRIDAY, 3000, 0), 0o600)
    with open_book(place) as book:
        post(book, desk(yes=True), [movement("send", FRIDAY, 200, party="Kab. Sekadau", purpose="loan")])
        post(book, desk(yes=True), [movement("send", FRIDAY, 100, party="Provinsi", purpose="back")])

        with pytest.raises(NobodyToShare):
            among_points(book, FRIDAY, Terms(100, lot_cards=10), {})

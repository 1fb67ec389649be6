"""What the book says is the same whether the database sums it or its entries are gone through one by one."""

from contextlib import contextmanager, suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blangko.core.book import days
from blangko.core.calendar import days_stated
from blangko.core.campaigns import campaign_stated
from blangko.core.columns import POPULATION
from blangko.core.entry import Entry, movement, shelf_change
from blangko.core.evenings import facts_by_evening
from blangko.core.facts import Campaign, Count, Stated, facts_of, reversed_numbers
from blangko.errors import BlangkoError
from blangko.stockroom import look, open_book, tasks
from blangko.stockroom.desk import Desk
from blangko.stockroom.post import post
from blangko.store import queries
from blangko.store.national_days import national_days
from tests.books import facts

BEGUN = date(2017, 10, 2)
DAYS = st.integers(0, 30).map(lambda days: BEGUN + timedelta(days=days))
CARDS = st.integers(1, 400)


def desk(today):
    return Desk(today, f"{today}T09:00:00Z", "siti", yes=True)


def do(book, task, today, on, cards):
    """One thing that a clerk does; what the book refuses is not done."""
    at = desk(today)
    drafts = {
        "print": lambda: post(book, at, [movement("print", on, cards, quota_cards=cards if cards % 3 == 0 else None)]),
        "stop": lambda: post(book, at, [movement("print", on, 0, cause="server")]),
        "spoil": lambda: post(book, at, [movement("spoil", on, cards)]),
        "slow": lambda: post(book, at, [movement("print", on, cards, cause="ribbon", purpose="prr")]),
        "destroy": lambda: post(book, at, [movement("destroy", on, cards % 7, reference="BA 1")]),
        "lose": lambda: post(book, at, [movement("lose", on, cards, reference="LP 1")]),
        "turned away": lambda: post(book, at, [movement("print", on, cards, turned_away_cards=cards // 2)]),
        "total": lambda: post(
            book, at, [movement("print", on, cards, due_on=on - timedelta(days=cards % 9), until_on=on)]
        ),
        "lend": lambda: post(book, at, [movement("send", on, cards, party="Kab. Sekadau", purpose="loan")]),
        "borrow": lambda: tasks.receive(
            book, at, movement("receive", on, cards, party="Kab. Sekadau", purpose="loan"), None, False
        ),
        "give back": lambda: post(book, at, [movement("send", on, cards, party="Provinsi", purpose="back")]),
        "grant more": lambda: tasks.answer_request(book, at, Entry("grant", on, cards=cards, subject="more"), None),
        "source": lambda: post(book, at, [days_stated(on, "source", on, on + timedelta(days=3), "leave")]),
        "printing": lambda: post(book, at, [days_stated(on, "printing", on, on, "no ribbon")]),
        "quota": lambda: tasks.change_setting(book, at, on, "quota_cards", str(cards % 4 * 50)),
        "send": lambda: post(book, at, [movement("send", on, cards, party="UPT 1")]),
        "receive": lambda: tasks.receive(book, at, movement("receive", on, cards), None, cards % 2 == 0),
        "request": lambda: tasks.ask(book, at, Entry("request", on, cards=cards)),
        "grant": lambda: tasks.answer_request(book, at, Entry("grant", on, cards=cards), None),
        "close": lambda: tasks.answer_request(book, at, Entry("close", on, note="refused"), None),
        "count": lambda: tasks.count(book, at, on, cards, cards % 2 == 0, "counted"),
        "backlog": lambda: post(book, at, [Entry("backlog", on, subject="prr", value=str(cards))]),
        "population": lambda: post(
            book, at, [Entry("population", on, subject=POPULATION[cards % 4], value=str(cards))]
        ),
        "campaign": lambda: post(
            book, at, [campaign_stated(on, cards, on, on + timedelta(days=cards % 20), "Ramadan")]
        ),
        "setting": lambda: tasks.change_setting(book, at, on, "floor_cards", str(cards)),
        "closed": lambda: post(book, at, [days_stated(on, "closed", on, on, "moved")]),
        # What stands on a paper is taken back on a later day than it happened.
        "paper": lambda: post(book, at, [Entry("paper", on, subject="summary", due_on=on, until_on=on, value="x")]),
        "undo": lambda: tasks.undo(book, at, cards % book.last()[0] + 1, "wrong"),
    }
    with suppress(BlangkoError):
        drafts[task]()


TASKS = (
    "print", "stop", "turned away", "total", "spoil", "send", "lend", "borrow", "give back", "receive", "request",
    "grant", "grant more", "close", "count", "backlog", "population", "campaign",
    "setting", "quota", "closed", "source", "printing", "undo",
)  # fmt: skip


LIVES = st.lists(st.tuples(st.sampled_from(TASKS), DAYS, CARDS), max_size=25)
some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def lived(empty_places):
    """`lived(life)` is the open book of an office to which all that happened, with its entries."""

    @contextmanager
    def begin(life):
        opening = tasks.opening_drafts(BEGUN, 1000, 5)
        with empty_places() as place:
            tasks.start(place, "61.03", desk(BEGUN), {"office_name": "Uji"}, opening, 0o600)
            with open_book(place) as book:
                for task, on, cards in life:
                    do(book, task, BEGUN + timedelta(days=31), on, cards)
                with book.reading():
                    yield book, book.entries(queries.WHOLE_BOOK)

    return begin


@some
@given(LIVES, DAYS)
def test_a_book_in_memory_says_what_the_book_on_disk_says(lived, life, as_of):
    with lived(life) as (book, entries):
        assert facts_of(entries, as_of, national_days()) == look.facts(book, as_of)


@some
@given(LIVES, st.sets(DAYS).map(sorted))
def test_a_book_read_evening_by_evening_says_what_the_whole_of_it_says(lived, life, evenings):
    with lived(life) as (_, entries):
        read = list(facts_by_evening(entries, evenings, national_days()))

        assert read == [facts_of(entries, evening, national_days()) for evening in evenings]


@some
@given(LIVES, st.tuples(DAYS, DAYS).map(sorted))
def test_the_days_of_a_period_are_the_same_summed_by_the_database_and_entry_by_entry(lived, life, period):
    first, as_of = period
    with lived(life) as (book, entries):
        known = sorted((e for e in entries if e.occurred_on <= as_of), key=lambda e: (e.occurred_on, e.entry_no))
        moves = [entry for entry in known if entry.is_movement and entry.occurred_on >= first]
        evening = sum(map(shelf_change, known))
        morning = evening - sum(map(shelf_change, moves))

        assert look.days(book, first, as_of, evening) == days(moves, morning, reversed_numbers(known))


def test_an_empty_list_of_entries_is_a_book_without_anything():
    seen = facts_of([], BEGUN, national_days())

    assert (seen.balance.on_hand, seen.days, seen.opened_on, seen.last_entry_no) == (0, [], None, 0)


LIFE = """
    2017-10-02  opening  1000
                opening     5  to_place=spoiled
    2017-10-02  request  2000  S-12
    2017-10-03  print     187  quota_cards=200
                spoil       3
    2017-10-04  grant    1500  request_no=3
    2017-10-05  receive   600  BAST-1  request_no=3
    2017-10-05  print     150
    2017-10-06  reverse     8
    2017-10-06  count    1400
    2017-10-06  backlog  prr   300
    2017-10-06  setting  floor_cards 250
"""


@pytest.mark.parametrize(
    ("as_of", "on_hand", "on_order", "floor", "backlog"),
    [("2017-10-03", 810, 2000, 0, {}), ("2017-10-05", 1260, 900, 0, {}), ("2017-10-09", 1410, 900, 250, {"prr": 300})],
)
def test_a_book_says_what_was_known_on_each_evening(as_of, on_hand, on_order, floor, backlog):
    seen = facts(LIFE, as_of)

    assert seen.balance.on_hand == on_hand
    assert sum(request.on_order_cards for request in seen.requests) == on_order
    assert seen.settings.floor_cards == floor
    assert {name: level.number for name, level in seen.backlog.items()} == backlog


def test_a_count_is_told_with_what_the_book_held_and_the_print_taken_back_is_no_use():
    seen = facts(LIFE, "2017-10-09")

    # 1,000 - 187 - 3 + 600 are on the shelf; ten fewer were seen, and nobody has explained them.
    assert seen.last_count == Count(date(2017, 10, 6), 1400, -10, -10)
    assert [(day.day.day, day.use) for day in seen.days] == [(2, 0), (3, 190), (5, 0), (6, 0)]


def test_a_book_knows_the_campaigns_that_were_announced_and_the_population_last_stated():
    life = """
        2017-10-02  opening     1000
        2017-10-03  campaign    150  due_on=2017-11-03 until_on=2017-11-14 note="first-time voters"
        2017-10-03  campaign    80   due_on=2017-10-05 until_on=2017-10-06
        2017-10-04  population  eligible 364579
        2017-10-05  population  eligible 364580
        2017-10-05  population  recorded 262487
        2017-10-06  reverse     3
    """

    before, after = facts(life, "2017-10-05"), facts(life, "2017-10-06")

    voters = Campaign(150, date(2017, 11, 3), date(2017, 11, 14), "first-time voters")
    assert before.campaigns == (voters, Campaign(80, date(2017, 10, 5), date(2017, 10, 6)))
    assert after.campaigns == (voters,)
    assert after.population == {
        "eligible": Stated(date(2017, 10, 5), 364580),
        "recorded": Stated(date(2017, 10, 5), 262487),
    }


def test_what_is_taken_back_on_a_later_day_does_not_lie_ahead():
    life = """
        2017-10-02  opening  1000
        2017-10-02  print      40
        2017-10-03  reverse     2
    """

    assert facts(life, "2017-10-02").entries_after == 0


RATIONED = [("stop", BEGUN, 0), ("print", BEGUN, 60), ("slow", BEGUN, 40), ("print", BEGUN, 90), ("spoil", BEGUN, 7)]
"""One day: nothing for want of the server, 60 under a quota of 60, 40 with a worn ribbon, 90 under a quota of 90."""
BEFORE = 3
"""Entries that begin the book: its opening, spoiled cards held, its name."""


@pytest.mark.parametrize(
    ("taken_back", "use", "cause", "quota"),
    [(None, 197, "server", 60), (1, 197, "ribbon", 60), (2, 137, "server", 90), (3, 157, "server", 60)],
)
def test_a_day_tells_its_first_cause_and_quota_without_what_was_taken_back(lived, taken_back, use, cause, quota):
    undone = [] if taken_back is None else [("undo", BEGUN, BEFORE + taken_back - 1)]

    with lived([*RATIONED, *undone]) as (book, _):
        (day,) = look.facts(book, BEGUN).days

    assert (day.use, day.cause, day.quota) == (use, cause, quota)


@some
@given(LIVES, st.tuples(DAYS, DAYS).map(sorted))
def test_a_week_of_the_card_is_that_week_of_the_auditors_view(lived, life, period):
    columns = ", ".join(queries.CARD_COLUMNS)
    with lived(life) as (book, _):
        week = f"SELECT {columns} FROM stock_card WHERE occurred_on BETWEEN :first AND :last"
        seen = book.rows(f"{week} ORDER BY occurred_on, entry_no", first=period[0], last=period[1])
        rows, _ = look.card(book, *period)

    assert [(*row.values(),) for row in rows] == [(row[0], date.fromisoformat(row[1]), *row[2:]) for row in seen]

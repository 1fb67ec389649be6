"""Printing is not demand: what a day teaches, and what it hides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blangko.core.book import Day
from blangko.core.demand import DayUse, observed_use, unwritten
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, OfficeDay

MONDAY = date(2017, 10, 2)


def calendar(*closed: date) -> Calendar:
    """Monday to Friday, but for these days."""
    return Calendar(MONDAY_TO_FRIDAY, {}, {day: OfficeDay(False, "") for day in closed}, date(2030, 12, 31))


def october(number: int) -> date:
    """A day of October 2017; the 2nd is a Monday."""
    return date(2017, 10, number)


def printed(number: int, cards: int = 100, **facts) -> Day:
    return Day(**{"day": october(number), "opening": 5000, "closing": 4900, "use": cards, "logged": True, **facts})


def learnt(*days: Day, quotas=(), closed=()) -> dict[int, float]:
    """The cards taught by each day of October, with a lower bound shown as a negative number."""
    uses = observed_use(days, october(31), calendar(*closed), quotas)
    return {use.day.day: -use.cards if use.is_lower_bound else use.cards for use in uses}


def taught(**facts):
    day = Day(**{"day": MONDAY, "opening": 1000, "closing": 900, "use": 100, "logged": True, **facts})
    return [(use.cards, use.is_lower_bound) for use in observed_use([day], MONDAY, calendar())]


@pytest.mark.parametrize(
    ("facts", "learnt"),
    [
        ({}, [(100, False)]),
        ({"use": 0, "closing": 1000}, [(0, False)]),
        ({"quota": 100}, [(100, True)]),
        ({"closing": 0}, [(100, True)]),
        ({"opening": 0, "use": 0, "closing": 0}, [(0, True)]),
        ({"opening": 0, "closing": 400, "received": 500}, [(100, True)]),
        ({"opening": 1, "closing": 401, "received": 500}, [(100, False)]),
        ({"closing": 1}, [(100, False)]),
        ({"cause": "server"}, [(100, True)]),
        ({"cause": "server", "use": 1, "closing": 999}, [(1, True)]),
        ({"cause": "server", "use": 0, "closing": 1000}, []),
        ({"cause": "ribbon", "use": 0, "closing": 1000}, []),
        ({"cause": "no-blanks", "use": 0, "opening": 0, "closing": 0}, [(0, True)]),
        ({"logged": False}, []),
        ({"quota": 100, "turned_away": 40}, [(140, False)]),
        ({"closing": 0, "turned_away": 40}, [(140, False)]),
        ({"cause": "server", "use": 0, "closing": 1000, "turned_away": 40}, [(40, False)]),
    ],
    ids=["ordinary", "nobody came", "rationed", "ended empty", "began empty", "began empty and cards came",
         "began with one card", "ended with one card", "stopped half-way", "stopped after one card", "no server",
         "no ribbon", "no blanks", "not written down", "rationed and the rest counted", "empty and the rest counted",
         "no server and the people counted"],
)  # fmt: skip
def test_a_day_teaches(facts, learnt):
    assert taught(**facts) == learnt


def test_what_happens_later_is_not_known_yet():
    days = [printed(number) for number in (2, 3, 4)]

    assert observed_use(days, october(3), calendar()) == [DayUse(october(number), 100) for number in (2, 3)]


def test_the_last_400_days_that_teach_are_learnt_from():
    always = Calendar(frozenset(range(7)), {}, {}, date(2030, 12, 31))
    days = [Day(MONDAY + timedelta(days=number), 9_000, 8_000, use=number, logged=True) for number in range(401)]

    learnt = observed_use(days, days[-1].day, always)

    assert [use.cards for use in learnt] == list(range(1, 401))


def test_cards_of_a_saturday_session_are_used_up_by_the_next_open_day():
    assert learnt(printed(6, 150), printed(7, 50), printed(8, 10), printed(9, 150)) == {6: 150, 9: 210}


def test_five_saturday_sessions_teach_160_a_day_and_not_133():
    weeks = [printed(monday + day, 150 if day < 5 else 50) for monday in (2, 9, 16, 23) for day in range(6)]

    uses = learnt(*weeks, printed(30, 150)).values()

    # From the second Monday on each week uses 5 * 150 + 50 = 800 cards in its five days.
    assert list(uses) == [*[150] * 5, *[200, 150, 150, 150, 150] * 3, 200]
    assert sum(list(uses)[5:20]) / 15 == 160


def test_a_session_is_carried_past_a_day_without_the_server_to_the_next_that_teaches():
    assert learnt(printed(7, 50), printed(9, 0, cause="server"), printed(10, 150)) == {10: 200}


def test_a_session_after_the_last_open_day_waits_for_the_next_entry():
    assert learnt(printed(6, 150), printed(7, 50)) == {6: 150}


def test_cards_spoiled_on_a_day_without_prints_count_with_the_next_prints():
    assert learnt(printed(3, 5, spoiled=5, logged=False), printed(4, 150)) == {4: 155}


def test_a_rationed_saturday_does_not_make_a_lower_bound_of_monday():
    assert learnt(printed(7, 50, quota=50), printed(9, 150)) == {9: 200}


def test_one_total_for_a_month_is_shared_among_its_open_days():
    # October 2017 has 22 open days: 1,540 / 22 = 70 each.
    days = observed_use([printed(31, 1540, since=october(1), total=1540)], october(31), calendar())

    assert len(days) == 22
    assert {(use.cards, use.is_lower_bound, use.is_share) for use in days} == {(70, False, True)}


def test_a_total_up_to_a_sunday_is_shared_among_the_five_days_before_it():
    assert learnt(printed(8, 500, since=october(2), total=500)) == dict.fromkeys(range(2, 7), 100)


def test_a_total_of_closed_days_only_is_carried_to_the_next_open_day():
    assert learnt(printed(8, 60, since=october(7), total=60), printed(9, 150)) == {9: 210}


def test_a_day_with_an_entry_of_its_own_within_the_period_of_a_total_has_both():
    uses = observed_use(
        [printed(3, 30), printed(6, 520, since=october(2), total=500)], october(31), calendar()
    )  # fmt: skip

    assert [use.cards for use in uses] == [100, 130, 100, 100, 120]
    assert all(use.is_share for use in uses)


def test_people_turned_away_in_a_week_with_one_total_wanted_cards_as_well():
    assert learnt(printed(6, 500, since=october(2), total=500, turned_away=50)) == dict.fromkeys(range(2, 7), 110)


def test_a_day_printed_at_the_quota_of_the_week_is_a_lower_bound_though_nobody_said_so():
    week = [printed(2, 60, quota=60), printed(3, 60), printed(4, 61), printed(5, 0), printed(6, 60, turned_away=90)]

    assert learnt(*week) == {2: -60, 3: -60, 4: 61, 5: 0, 6: 150}


def test_the_day_before_the_first_marked_one_was_under_the_quota_too_if_it_printed_no_more():
    assert learnt(printed(2, 60), printed(3, 60, quota=60)) == {2: -60, 3: -60}
    assert learnt(printed(2, 61), printed(3, 60, quota=60)) == {2: 61, 3: -60}
    assert learnt(printed(2, 60), printed(3, 200), printed(4, 60, quota=60)) == {2: 60, 3: 200, 4: -60}


def test_spoiled_cards_and_cards_sent_away_are_beside_the_quota():
    week = [printed(2, 60, quota=60), printed(3, 64, spoiled=4), printed(4, 90, spoiled=4, sent=25)]

    assert learnt(*week) == {2: -60, 3: -64, 4: 90}


def test_a_quota_of_the_settings_stands_until_it_is_lifted():
    days = [printed(number, 60) for number in (2, 3, 4, 5, 6)]

    assert learnt(*days, quotas=[(october(3), 60), (october(5), 0)]) == {2: 60, 3: -60, 4: -60, 5: 60, 6: 60}
    assert learnt(*days, quotas=[(october(3), 60), (october(4), None)]) == {2: 60, 3: -60, 4: 60, 5: 60, 6: 60}


def test_the_settings_lift_the_quota_that_a_day_named():
    days = [printed(2, 60, quota=60), printed(3, 60), printed(4, 60)]

    assert learnt(*days, quotas=[(october(4), 0)]) == {2: -60, 3: -60, 4: 60}


def test_a_week_total_is_held_against_five_times_the_quota():
    weeks = [printed(2, 60, quota=60), printed(9, 300, since=october(3), total=300)]

    assert learnt(*weeks) == dict.fromkeys((3, 4, 5, 6, 9), -60) | {2: -60}


def test_a_day_printed_at_capacity_while_people_waited_is_marked():
    week = [printed(2, 250), printed(3, 250)]

    uses = observed_use(week, october(31), calendar(), at_capacity={october(3)})

    assert [(use.is_lower_bound, use.is_drain) for use in uses] == [(False, False), (True, True)]


@given(
    st.lists(st.integers(0, 300), min_size=31, max_size=31), st.sets(st.integers(1, 31)), st.sets(st.integers(1, 31))
)
def test_no_card_printed_before_the_last_day_that_teaches_is_lost(uses, unlogged, dead):
    days = [
        printed(
            number,
            0 if number in dead else cards,
            logged=number not in unlogged,
            cause="server" if number in dead else None,
        )
        for number, cards in enumerate(uses, start=1)
    ]

    found = observed_use(days, october(31), calendar())

    last = max((use.day for use in found), default=date.min)
    assert sum(use.cards for use in found) == sum(day.use for day in days if day.day <= last)
    assert all(use.day.weekday() < 5 for use in found)


def test_the_week_that_nobody_wrote_down_is_not_forgotten():
    # 1 October 2026 is a Thursday: the 2nd and the 5th to the 8th have no entry.
    days = [Day(date(2026, 10, day), 2_000, 1_800, use=200, logged=True) for day in (1, 9)]

    found = unwritten(days, calendar(), since=date(2026, 9, 30), until=date(2026, 10, 9))

    assert found == [date(2026, 10, day) for day in (2, 5, 6, 7, 8)]


def gaps(*days: Day, since: int = 1, until: int, closed=(), stopped=()) -> list[int]:
    found = unwritten(days, calendar(*closed), october(since), october(until), stopped)
    return [day.day for day in found]


def test_days_since_the_last_entry_are_unwritten_like_those_before_it():
    assert gaps(printed(2), printed(4), until=6) == [3, 5, 6]
    assert gaps(printed(2), printed(4), until=4) == [3]
    assert gaps(until=4) == [2, 3, 4]


def test_a_total_written_today_speaks_of_the_days_before_it():
    assert gaps(printed(2), printed(6, 400, since=october(4), total=400), until=5) == [3]


def test_a_count_tells_what_is_left_so_the_days_before_it_need_no_guess():
    assert gaps(printed(2), printed(6), since=4, until=6) == [5]
    assert gaps(printed(2), since=6, until=6) == []
    assert gaps(printed(2), since=20, until=6) == []


def test_closed_days_and_days_on_which_nothing_could_be_printed_are_not_unwritten():
    assert gaps(printed(2), printed(10), closed=[october(4)], stopped=[october(5)], until=10) == [3, 6, 9]


def test_the_days_that_a_total_covers_are_written():
    assert gaps(printed(2), printed(10, 400, since=october(5), total=400), until=10) == [3, 4]


def test_nothing_was_used_while_the_shelf_was_empty():
    days = [printed(2, closing=0), Day(october(5), 0, 500, received=500), printed(9)]

    # The 3rd and 4th passed with nothing on the shelf; on the 5th cards came, and the 6th nobody wrote down.
    assert gaps(*days, until=9) == [5, 6]
    assert gaps(printed(2, closing=0), until=9) == []


def test_a_movement_that_leaves_the_shelf_empty_is_not_a_day_forgotten():
    days = [printed(2, closing=0), Day(october(3), 0, 0), printed(5, closing=0), printed(6)]

    assert gaps(*days, until=6) == []

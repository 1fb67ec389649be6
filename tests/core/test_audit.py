"""What an auditor's look at the entries finds, and at which entry."""

from datetime import date, timedelta

import pytest

from blangko.core.answer import answer
from blangko.core.audit import audit_entries, audit_settings, notices, overdue
from blangko.core.book import Balance
from blangko.core.facts import Count, Facts
from blangko.core.settings import Settings
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar
from tests.books import book

MONDAY, TUESDAY, WEDNESDAY = (date(2017, 10, day) for day in (2, 3, 4))


def whole():
    """1,000 at the opening; 2,000 asked for, 500 came; 200 printed, 10 spoiled, 5 destroyed, 3 lost, 4 too few."""
    return book("""
        2017-10-02  opening  1000
                    opening     2  to_place=spoiled
        2017-10-02  request  2000
        2017-10-03  receive   500  request_no=3
        2017-10-03  print     200
                    spoil      10
        2017-10-04  destroy     5  BA
        2017-10-04  lose        3  LP
        2017-10-04  count    1283
                    adjust      4  note=x
        2017-10-04  reverse     5
    """)


END = whole()[-1].seal


def found(entries, last_no=None, seal=None):
    number = len(entries) if last_no is None else last_no
    seen = audit_entries(entries, number, entries[-1].seal if seal is None else seal)
    return [(each.code, each.entry_no) for each in seen]


def with_entry(entries, number, **changes):
    return [entry._replace(**changes) if entry.entry_no == number else entry for entry in entries]


def test_in_a_whole_book_nothing_is_found():
    assert found(whole()) == []


def test_a_book_without_any_entry_has_lost_them():
    """A book begins with its settings; an empty one was emptied."""
    assert found([], last_no=0, seal="0" * 64) == [("head", 0)]


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        (4, {"request_no": 1}, "request_link"),
        (4, {"request_no": 99}, "request_link"),
        (11, {"reverses_no": 6}, "reversal_link"),
        (11, {"reverses_no": 99}, "reversal_link"),
        (11, {"cards": 199}, "reversal_link"),
        (11, {"subject": "spoil"}, "reversal_link"),
        (11, {"from_place": "spoiled"}, "reversal_link"),
        (6, {"batch_no": 4}, None),
        (6, {"batch_no": 2}, "batch_link"),
        (6, {"batch_no": None}, "batch_link"),
        (6, {"batch_no": 99}, "batch_link"),
        (5, {"to_place": "lost"}, "way"),
        (3, {"from_place": "outside", "to_place": "shelf"}, "way"),
        (3, {"kind": "gift"}, "way"),
        (9, {"kind": "print"}, "way"),
    ],
)
def test_a_wrong_link_or_way_is_found_at_its_entry(number, changes, code):
    expected = {(code, number)} if code else set()

    assert expected <= set(found(with_entry(whole(), number, **changes)))
    assert code or found(with_entry(whole(), number, **changes)) == []


@pytest.mark.parametrize(
    ("number", "changes", "facts"),
    [
        (4, {"request_no": 99}, {"linked_no": 99}),
        (11, {"reverses_no": 99}, {"linked_no": 99}),
        (11, {"reverses_no": None}, {"linked_no": None}),
        (6, {"batch_no": 99}, {"linked_no": 99}),
        (3, {"kind": "gift"}, {"kind": "gift"}),
    ],
)
def test_a_finding_carries_what_its_sentence_needs(number, changes, facts):
    (finding,) = audit_entries(with_entry(whole(), number, **changes), 11, END)[:1]

    assert (finding.severity, finding.entry_no, finding.facts) == ("error", number, facts)


def test_a_gap_and_a_lost_end_say_which_number_was_due():
    entries = [entry for entry in whole() if entry.entry_no not in (4, 7)]
    seen = audit_entries(entries, 11, END)

    assert [(each.entry_no, each.facts) for each in seen if each.code == "gap"] == [(5, {"expected": 4})]
    assert [(each.entry_no, each.facts) for each in audit_entries(whole()[:10], 11, END) if each.code == "head"] == [
        (10, {"expected": 11})
    ]
    changed = with_entry(with_entry(whole(), 1, seal="c" * 64), 10, seal="d" * 64)
    assert found(with_entry(changed, 2, seal="e" * 64)) == []


def test_a_missing_entry_shows_as_a_gap_at_the_next_one():
    entries = [entry for entry in whole() if entry.entry_no != 7]

    assert ("gap", 8) in found(entries, last_no=11)


def test_entries_cut_off_at_the_end_show_at_the_last_that_is_left():
    assert ("head", 10) in found(whole()[:10], last_no=11)
    assert ("head", 11) in found(whole(), seal="b" * 64)
    assert ("head", 0) in found([], last_no=3, seal=END)


def test_the_two_sides_of_a_day_are_compared_day_by_day():
    # A spoil of 10 that is called a print counts 10 printed and 10 spoiled against 10 from the shelf.
    (finding,) = [
        each for each in audit_entries(with_entry(whole(), 6, kind="print"), 11, END) if each.code == "identity"
    ]

    assert (finding.facts["day"], finding.facts["came_in"], finding.facts["accounted_for"]) == (TUESDAY, 500, 510)


def test_a_shelf_below_zero_is_found_on_its_first_evening_at_the_last_entry_that_took():
    # 1,000 on Monday; 1,500 printed and 10 spoiled on Tuesday, against 500 received: 10 too few.
    entries = with_entry(whole(), 5, cards=1500)
    (finding,) = [each for each in audit_entries(entries[:10], 10, END) if each.code == "below_zero"]

    assert finding.entry_no == 6
    assert (finding.facts["day"], finding.facts["on_hand"], finding.facts["evenings"]) == (TUESDAY, -10, 2)


def test_a_spoiled_pile_below_zero_is_found_too():
    # 2 at the opening and 10 on Tuesday are held; 13 destroyed on Wednesday is one too many.
    entries = with_entry(whole(), 7, cards=13)
    (finding,) = [each for each in audit_entries(entries, 11, END) if each.code == "below_zero"]

    assert (finding.entry_no, finding.facts["spoiled"]) == (7, -1)


def test_an_empty_shelf_beside_a_short_pile_is_not_what_is_short():
    entries = book("""
        2017-10-02  opening  5
                    opening  2  to_place=spoiled
        2017-10-02  destroy  3  BA
        2017-10-02  print    5
    """)

    assert found(entries) == [("below_zero", 3)]


def test_a_shelf_that_is_empty_is_not_below_zero():
    assert found(book("2017-10-02 opening 5\n 2017-10-02 print 5")) == []


@pytest.mark.parametrize(("minutes", "is_told"), [(59, False), (60, True), (60 * 24 * 730, True), (-60, False)])
def test_a_clock_set_back_by_an_hour_is_told_at_the_entry_that_shows_it(minutes, is_told):
    from datetime import datetime

    later = datetime(2017, 10, 3, 9, 0) - timedelta(minutes=minutes)  # noqa: DTZ001 (UTC, as the book's texts are)
    entries = book(f"""
        2017-10-02  opening  1000  recorded_at=2017-10-03T09:00:00Z
        2017-10-02  print       5  recorded_at={later:%Y-%m-%dT%H:%M:%SZ}
    """)

    assert found(entries) == ([("clock_back", 2)] if is_told else [])
    if is_told:
        (finding,) = audit_entries(entries, 2, entries[-1].seal)
        assert (finding.severity, finding.facts) == ("notice", {"recorded_at": entries[1].recorded_at})


def test_every_clock_set_back_is_told_and_not_the_first_alone():
    entries = book("""
        2017-10-02  opening  1000  recorded_at=2017-10-02T09:00:00Z
        2017-10-02  print       5  recorded_at=2017-10-02T08:00:00Z
        2017-10-02  print       6  recorded_at=2017-10-02T08:01:00Z
        2017-10-02  print       7  recorded_at=2017-10-02T06:00:00Z
    """)

    assert found(entries) == [("clock_back", 2), ("clock_back", 4)]


def test_an_entry_that_names_a_later_one_is_told():
    """Whoever wrote it could not know of it: no command names what is not in the book yet."""
    entries = book("""
        2017-10-02  opening  1000
        2017-10-02  receive     5  request_no=3
        2017-10-02  request    10
    """)

    assert found(entries) == [("request_link", 2)]


def test_an_instant_that_is_none_is_left_to_the_seals():
    assert found(with_entry(whole(), 5, recorded_at="2017-10-99T09:00:00Z")) == []


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ({"accepted_risk": "0.05", "batch_cards": "2000", "unknown_to_this_program": "7"}, []),
        ({"accepted_risk": "0.9"}, ["accepted_risk"]),
        ({"batch_cards": "2.000"}, ["batch_cards"]),
        ({"lead_low_days": "12", "lead_high_days": "4"}, ["lead_low_days"]),
        ({"lead_low_days": "4", "lead_high_days": "4"}, []),
        ({"language": "fr", "work_week": "funday"}, ["language", "work_week"]),
    ],
)
def test_settings_out_of_range_are_named(stated, names):
    seen = audit_settings(stated)

    assert [each.facts["name"] for each in seen] == names
    assert {(each.severity, each.code, each.entry_no) for each in seen} <= {("error", "setting", None)}


def test_a_setting_out_of_range_is_told_with_its_value():
    assert audit_settings({"accepted_risk": "0.9"})[0].facts == {"name": "accepted_risk", "value": "0.9"}
    assert audit_settings({"lead_low_days": "12", "lead_high_days": "4"})[0].facts == {
        "name": "lead_low_days",
        "value": 12,
    }


# --- What deserves a look -------------------------------------------------------------------------

FRIDAY = date(2017, 10, 27)
CALENDAR = Calendar(MONDAY_TO_FRIDAY, {}, {}, date(2017, 12, 31))


def office(**others):
    """Friday 27 October 2017; begun on the 25th with 1,000 cards, nothing printed yet, unless `others` say so."""
    plain = Facts(
        "61.03", FRIDAY, Balance(opening=1000, on_hand=1000), [], date(2017, 10, 25), Settings(), CALENDAR,
        CALENDAR, [], None, {}, 3, END,
    )  # fmt: skip
    return plain._replace(**others)


def told(facts):
    return [(each.severity, each.code, each.facts) for each in notices(answer(facts).status)]


def test_a_day_without_an_entry_is_told():
    assert told(office()) == [("notice", "missing_days", {"days": [date(2017, 10, 26)]})]


def test_an_office_that_has_just_begun_is_told_nothing():
    assert told(office(opened_on=FRIDAY)) == []
    assert overdue(office(opened_on=None), None) == []


def test_a_count_that_nothing_explains_is_told():
    seen = Count(FRIDAY, 996, -4, -4)

    assert told(office(opened_on=FRIDAY, last_count=seen)) == [("notice", "count_open", {"day": FRIDAY, "cards": -4})]
    assert told(office(opened_on=FRIDAY, last_count=seen._replace(open_cards=0))) == []


@pytest.mark.parametrize(("known_until", "is_told"), [(FRIDAY, False), (date(2017, 10, 26), True)])
def test_a_calendar_that_is_over_is_told_also_where_nothing_is_forecast(known_until, is_told):
    facts = office(opened_on=FRIDAY, calendar=CALENDAR._replace(known_until=known_until))

    assert told(facts) == ([("notice", "calendar_ends", {"day": known_until})] if is_told else [])


def test_a_forecast_that_runs_beyond_the_known_days_is_told():
    known = answer(office(opened_on=FRIDAY)).status._replace(reasons=["calendar_ends"])

    assert [(each.code, each.facts) for each in notices(known)] == [("calendar_ends", {"day": date(2017, 12, 31)})]


def test_entries_dated_after_today_are_told():
    assert told(office(opened_on=FRIDAY, entries_after=2)) == [("notice", "clock", {"entries": 2, "today": FRIDAY})]


def due(facts, last_backup):
    return [(each.severity, each.code, each.facts) for each in overdue(facts, last_backup)]


def test_a_count_is_due_after_the_days_that_the_office_chose():
    # Chosen are 92 days: from 27 July to 27 October they are just over, from the 26th on the count is due.
    seen = Count(date(2017, 7, 27), 990, 0, 0)

    assert due(office(last_count=seen), FRIDAY) == []
    late = seen._replace(occurred_on=date(2017, 7, 26))
    assert due(office(last_count=late), FRIDAY) == [("notice", "count_overdue", {"day": date(2017, 7, 26)})]
    assert due(office(opened_on=date(2017, 7, 26)), FRIDAY) == [("notice", "count_overdue", {"day": date(2017, 7, 26)})]


def test_a_copy_is_due_after_a_week():
    assert due(office(), date(2017, 10, 20)) == []
    assert due(office(), date(2017, 10, 19)) == [("notice", "old_backup", {"day": date(2017, 10, 19)})]
    assert due(office(opened_on=date(2017, 10, 20)), None) == []
    assert due(office(opened_on=date(2017, 10, 19)), None) == [("notice", "no_backup", {})]

"""What an auditor's look at the entries finds, and at which entry."""

from datetime import date, timedelta

import pytest

from blangko.core.audit import audit_entries, audit_settings, evenings
from blangko.core.entry import Entry, mirror, movement

MONDAY, TUESDAY, WEDNESDAY = (date(2017, 10, day) for day in (2, 3, 4))
SEAL = "a" * 64


def book(*commands):
    """The entries of commands, each a list of drafts, numbered from 1 and recorded at nine on their day."""
    entries = []
    for command in commands:
        first = len(entries) + 1
        for draft in command:
            stamp = draft.recorded_at or f"{draft.occurred_on}T09:00:00Z"
            entries.append(draft._replace(entry_no=len(entries) + 1, batch_no=first, recorded_at=stamp, seal=SEAL))
    return entries


def whole():
    """1,000 at the opening; 2,000 asked for, 500 came; 200 printed, 10 spoiled, 5 destroyed, 3 lost, 4 too few."""
    prints = movement("print", TUESDAY, 200)
    return book(
        [movement("opening", MONDAY, 1000), movement("opening", MONDAY, 2, to_place="spoiled")],
        [Entry("request", MONDAY, 2000)],
        [movement("receive", TUESDAY, 500, request_no=3)],
        [prints, movement("spoil", TUESDAY, 10)],
        [movement("destroy", WEDNESDAY, 5, reference="BA")],
        [movement("lose", WEDNESDAY, 3, reference="LP")],
        [Entry("count", WEDNESDAY, 1283), movement("adjust", WEDNESDAY, 4, note="x")],
        [mirror(prints._replace(entry_no=5), WEDNESDAY, "wrong")],
    )


def found(entries, last_no=None, seal=SEAL):
    seen = audit_entries(entries, len(entries) if last_no is None else last_no, seal)
    return [(each.code, each.entry_no) for each in seen]


def with_entry(entries, number, **changes):
    return [entry._replace(**changes) if entry.entry_no == number else entry for entry in entries]


def test_in_a_whole_book_nothing_is_found():
    assert found(whole()) == []


def test_an_empty_book_is_whole_too():
    assert audit_entries([], 0, "0" * 64) == []


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


def test_a_missing_entry_shows_as_a_gap_at_the_next_one():
    entries = [entry for entry in whole() if entry.entry_no != 7]

    assert ("gap", 8) in found(entries, last_no=11)


def test_entries_cut_off_at_the_end_show_at_the_last_that_is_left():
    assert ("head", 10) in found(whole()[:10], last_no=11)
    assert ("head", 11) in found(whole(), seal="b" * 64)
    assert ("head", 0) in found([], last_no=3)


def test_the_two_sides_of_a_day_are_compared_day_by_day():
    # A spoil of 10 that is called a print counts 10 printed and 10 spoiled against 10 from the shelf.
    (finding,) = [
        each for each in audit_entries(with_entry(whole(), 6, kind="print"), 11, SEAL) if each.code == "identity"
    ]

    assert (finding.facts["day"], finding.facts["came_in"], finding.facts["accounted_for"]) == (TUESDAY, 500, 510)


def test_a_shelf_below_zero_is_found_on_its_first_evening_at_the_last_entry_that_took():
    # 1,000 on Monday; 1,500 printed and 10 spoiled on Tuesday, against 500 received: 10 too few.
    entries = with_entry(whole(), 5, cards=1500)
    (finding,) = [each for each in audit_entries(entries[:10], 10, SEAL) if each.code == "below_zero"]

    assert finding.entry_no == 6
    assert (finding.facts["day"], finding.facts["on_hand"], finding.facts["evenings"]) == (TUESDAY, -10, 2)


def test_a_spoiled_pile_below_zero_is_found_too():
    # 2 at the opening and 10 on Tuesday are held; 13 destroyed on Wednesday is one too many.
    entries = with_entry(whole(), 7, cards=13)
    (finding,) = [each for each in audit_entries(entries, 11, SEAL) if each.code == "below_zero"]

    assert (finding.entry_no, finding.facts["spoiled"]) == (7, -1)


def test_a_shelf_that_is_empty_is_not_below_zero():
    assert next((level.day, level.on_hand) for level in evenings(whole())) == (MONDAY, 1000)
    assert found(book([movement("opening", MONDAY, 5)], [movement("print", MONDAY, 5)])) == []


@pytest.mark.parametrize(("minutes", "is_told"), [(59, False), (60, True), (60 * 24 * 730, True), (-60, False)])
def test_a_clock_set_back_by_an_hour_is_told_at_the_entry_that_shows_it(minutes, is_told):
    from datetime import datetime

    later = datetime(2017, 10, 3, 9, 0) - timedelta(minutes=minutes)  # noqa: DTZ001 (UTC, as the book's texts are)
    entries = book(
        [movement("opening", MONDAY, 1000, recorded_at="2017-10-03T09:00:00Z")],
        [movement("print", MONDAY, 5, recorded_at=later.strftime("%Y-%m-%dT%H:%M:%SZ"))],
    )

    assert found(entries) == ([("clock_back", 2)] if is_told else [])


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
    assert [each.facts["name"] for each in audit_settings(stated)] == names

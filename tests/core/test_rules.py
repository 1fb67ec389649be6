"""The rules that refuse, and those that ask, each at its edge."""

from datetime import date, timedelta

import pytest

from blangko.core.book import Level
from blangko.core.columns import MAX_CARDS
from blangko.core.entry import Entry, mirror, movement
from blangko.core.rules import LONGEST_TEXT, Known, questions, refuse_impossible, refuse_reversal, refuse_shortage
from blangko.errors import BackwardsPeriod, NumberOutOfRange
from blangko.errors.rules import (
    AlreadyReversed,
    ClockBehind,
    FutureDate,
    LongAgo,
    LooksLikeNik,
    NotEnoughCards,
    NotText,
    ReferenceNeeded,
    ReversalOfReversal,
    TextTooLong,
    UnusualUse,
)

TODAY = date(2017, 10, 27)
TOMORROW = TODAY + timedelta(days=1)
NIK = "6103012345678901"
# A woman born on 8 May 1990: her day counts forty more.
WRITTEN_NIKS = ["6103014805900001", "61.03.01.480590.0001", "6103 0148 0590 0001", "61-03-01-48-05-90-0001",
                "610301 480590 0001", "6103\u200b0148\u200b0590\u200b0001", "610301\u00ad4805900001",
                "6\u20601\u20600\u20603\u20600148\ufe0f05900001", "6103\u00a00148\u00a00590\u00a00001",
                "6103–0148–0590–0001", "6103\t0148\n0590 0001", "6103\u3164014805900001",
                "３１７３０１３１１２９９０００１"]  # fmt: skip


def prints(**details):
    return movement("print", TODAY, 187, recorded_at="2017-10-27T09:00:00Z", recorded_by="siti", **details)


# --- What no book could hold ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "draft",
    [
        prints(),
        prints()._replace(cards=0),
        prints()._replace(cards=MAX_CARDS, quota_cards=MAX_CARDS),
        prints(quota_cards=0),
        Entry("request", TODAY, 2000, due_on=TODAY),
        Entry("calendar", TODAY, due_on=TODAY - timedelta(days=9)),
        movement("destroy", TODAY, 5, reference="BA"),
        prints(note="x" * LONGEST_TEXT),
        mirror(prints()._replace(occurred_on=TOMORROW, entry_no=4), TOMORROW, "the clock ran ahead"),
    ],
)
def test_what_a_clerk_may_write_is_not_refused(draft):
    assert refuse_impossible(draft, TODAY) is None


OUT_OF_RANGE = {"low": 0, "high": MAX_CARDS}
YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("draft", "refusal", "facts"),
    [
        (prints()._replace(occurred_on=TOMORROW), FutureDate, {"occurred_on": TOMORROW, "today": TODAY}),
        (prints()._replace(cards=-1), NumberOutOfRange, {"number": -1, **OUT_OF_RANGE}),
        (prints()._replace(cards=MAX_CARDS + 1), NumberOutOfRange, {"number": MAX_CARDS + 1, **OUT_OF_RANGE}),
        (prints(quota_cards=-1), NumberOutOfRange, {"number": -1, **OUT_OF_RANGE}),
        (prints(quota_cards=MAX_CARDS + 1), NumberOutOfRange, {"number": MAX_CARDS + 1, **OUT_OF_RANGE}),
        (Entry("request", TODAY, 2000, due_on=YESTERDAY), BackwardsPeriod, {"first": TODAY, "last": YESTERDAY}),
        (Entry("grant", TODAY, 2000, due_on=YESTERDAY), BackwardsPeriod, {"first": TODAY, "last": YESTERDAY}),
        (movement("destroy", TODAY, 5), ReferenceNeeded, {"kind": "destroy"}),
        (movement("lose", TODAY, 5), ReferenceNeeded, {"kind": "lose"}),
        (movement("lose", TODAY, 5, reference=""), ReferenceNeeded, {"kind": "lose"}),
        (prints(note="x" * (LONGEST_TEXT + 1)), TextTooLong, {"field": "note", "limit": LONGEST_TEXT}),
        (prints(party="\0"), NotText, {"field": "party"}),
        (prints(key="\udc80"), NotText, {"field": "key"}),
        (prints()._replace(recorded_by="\ud800"), NotText, {"field": "recorded_by"}),
        (prints(reference="\udfff"), NotText, {"field": "reference"}),
    ],
)
def test_what_no_book_could_hold_is_refused_with_what_was_asked(draft, refusal, facts):
    with pytest.raises(refusal) as refused:
        refuse_impossible(draft, TODAY)

    assert refused.value.facts == facts


@pytest.mark.parametrize("field", ["note", "party", "reference", "recorded_by", "value", "key"])
@pytest.mark.parametrize("number", WRITTEN_NIKS)
def test_a_citizens_number_is_refused_however_it_is_written(field, number):
    with pytest.raises(LooksLikeNik) as refused:
        refuse_impossible(prints()._replace(**{field: f"untuk {number}, dicetak"}), TODAY)

    assert refused.value.facts == {"field": field}


def test_the_fingerprint_of_a_sheet_is_no_citizen():
    digits = f"{WRITTEN_NIKS[0]}abcdefabcdefabcd"

    assert refuse_impossible(prints(key=f"import {digits}"), TODAY) is None
    assert refuse_impossible(prints(key=f"import {digits} 2"), TODAY) is None
    with pytest.raises(LooksLikeNik):
        refuse_impossible(prints(key=f"import {WRITTEN_NIKS[0]}"), TODAY)


@pytest.mark.parametrize("number", ["1000200030004000", "9999999999999999", NIK])
def test_sixteen_digits_in_one_piece_are_no_note_whatever_they_mean(number):
    for field in ("note", "party"):
        with pytest.raises(LooksLikeNik):
            refuse_impossible(prints()._replace(**{field: number}), TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "470/1234/DKCS/2017",
        "BAST 470.13/11176/SJ tgl 29 Okt 2018",
        "1000 2000 3000 4000",
        "19650312 199003 1 001",
        "196503121990031001",
        "610301480590000",
        "61030148059000012",
        "telp. 0812-3456-7890",
        "2017-10-18 s.d. 2017-10-27",
    ],
)
def test_numbers_that_are_no_citizens_stay_in_the_note(text):
    assert refuse_impossible(prints(note=text, reference=text), TODAY) is None


@pytest.mark.parametrize("number", ["1000200030004000", "6103010005900001", "6103013213900001", "0103014805900001"])
def test_a_document_number_may_be_as_long_as_a_citizens_when_it_cannot_be_one(number):
    assert refuse_impossible(prints(reference=number), TODAY) is None


def test_a_key_that_a_program_made_may_be_any_digits_but_a_citizens():
    assert refuse_impossible(prints(key="1000200030004000"), TODAY) is None


# --- Below zero -----------------------------------------------------------------------------------


def test_a_shortage_names_the_day_the_place_and_what_is_there_to_be_had():
    evenings = [Level(TODAY, 30, 0), Level(TOMORROW, -37, 0)]
    with pytest.raises(NotEnoughCards) as refused:
        refuse_shortage([prints()], evenings)

    # 187 were asked for; 37 too many are gone by tomorrow, so that 150 can be had.
    assert refused.value.facts == {
        "kind": "print", "place": "shelf", "asked_cards": 187, "available_cards": 150, "occurred_on": TODAY,
        "short_on": TOMORROW, "short_cards": 37,
    }  # fmt: skip


def test_a_spoiled_pile_that_falls_short_is_named():
    draft = movement("destroy", TODAY, 5, reference="BA")
    with pytest.raises(NotEnoughCards) as refused:
        refuse_shortage([draft], [Level(TODAY, 100, -2)])

    assert (refused.value.place, refused.value.available_cards) == ("spoiled", 3)


def test_a_shelf_that_comes_to_nothing_is_no_shortage():
    refuse_shortage([prints()], [Level(TODAY, 0, 0)])


def test_what_a_back_dated_opening_would_leave_short_counts_from_what_it_takes():
    # Taking the opening of 500 back while 187 were printed leaves 187 too few; nothing of the 500 can be had.
    opened = mirror(movement("opening", TODAY, 500)._replace(entry_no=1), TODAY, "x")
    with pytest.raises(NotEnoughCards) as refused:
        refuse_shortage([opened], [Level(TODAY, -187, 0)])

    assert (refused.value.kind, refused.value.available_cards) == ("reverse", 313)


def test_a_shortage_counts_only_what_the_command_takes_from_that_place_until_that_day():
    # 7 spoiled ones go away and 40 are printed today, 60 more tomorrow; by tonight 10 are too many.
    drafts = [
        movement("send", TODAY, 7, from_place="spoiled"),
        prints()._replace(cards=40),
        prints()._replace(cards=60, occurred_on=TOMORROW),
    ]
    with pytest.raises(NotEnoughCards) as refused:
        refuse_shortage(drafts, [Level(TODAY, -10, 0)])

    refusal = refused.value
    assert (refusal.kind, refusal.asked_cards, refusal.available_cards) == ("print", 40, 30)


def test_a_shortage_of_what_the_command_does_not_take_itself_can_be_met_with_nothing():
    with pytest.raises(NotEnoughCards) as refused:
        refuse_shortage([movement("receive", TODAY, 5)], [Level(TODAY, -10, 0)])

    assert (refused.value.asked_cards, refused.value.available_cards) == (0, 0)
    assert refused.value.kind == "receive"


# --- Taking back ------------------------------------------------------------------------------------


def test_an_entry_is_taken_back_once_and_a_taking_back_never():
    refuse_reversal(prints()._replace(entry_no=4), None)
    with pytest.raises(AlreadyReversed) as again:
        refuse_reversal(prints()._replace(entry_no=4), 7)
    with pytest.raises(ReversalOfReversal) as twice:
        refuse_reversal(mirror(prints()._replace(entry_no=4), TODAY, "x")._replace(entry_no=7), None)

    assert again.value.facts == {"entry_no": 4, "reversed_by": 7}
    assert twice.value.facts == {"entry_no": 7}


# --- Questions --------------------------------------------------------------------------------------


def asked(drafts, **known):
    return [type(each) for each in questions(drafts, TODAY, Known(**known))]


def test_a_use_is_unusual_above_three_times_the_usual():
    # 187 printed and 5 spoiled are 192, three times 64.
    drafts = [prints(), movement("spoil", TODAY, 5)]

    assert asked(drafts, usual_use=64) == []
    assert asked(drafts, usual_use=63) == [UnusualUse]
    assert asked(drafts, usual_use=None) == []
    assert asked([movement("receive", TODAY, 5000)], usual_use=63) == []
    assert asked([movement("print", TODAY, 0), *drafts], usual_use=64) == []
    assert questions(drafts, TODAY, Known(usual_use=63))[0].facts == {"cards": 192, "usual": 63}


def test_a_movement_of_more_than_31_days_ago_is_asked_about():
    assert asked([prints()._replace(occurred_on=TODAY - timedelta(days=31))]) == []
    assert asked([prints()._replace(occurred_on=TODAY - timedelta(days=32))]) == [LongAgo]
    assert asked([Entry("count", TODAY - timedelta(days=99), 5)]) == []
    long_ago = TODAY - timedelta(days=40)
    (question,) = questions([prints(), prints()._replace(occurred_on=long_ago)], TODAY, Known())
    assert question.facts == {"occurred_on": long_ago, "days": 40}


def test_a_twin_is_told_with_its_number():
    (question,) = questions([prints()], TODAY, Known(twins=[prints()._replace(entry_no=4)]))

    assert question.facts == {"entry_no": 4, "kind": "print", "cards": 187}


@pytest.mark.parametrize(
    ("last_recorded_at", "is_asked"),
    [
        (None, False),
        ("2017-10-26T23:59:59Z", False),
        ("2017-10-27T09:00:59Z", False),
        ("2017-10-28T00:00:00Z", True),
        ("2019-10-27T09:00:00Z", True),
    ],
)
def test_a_clock_that_stands_before_the_last_entry_is_asked_about(last_recorded_at, is_asked):
    assert asked([prints()], last_recorded_at=last_recorded_at) == ([ClockBehind] if is_asked else [])
    assert asked([mirror(prints(), TODAY, "x")], last_recorded_at=last_recorded_at) == []
    assert asked([Entry("count", TODAY, 5)], last_recorded_at=last_recorded_at) == []


def test_the_question_about_the_clock_says_both_times():
    (question,) = questions([prints()], TODAY, Known(last_recorded_at="2019-10-27T09:00:00Z"))

    assert question.facts == {"recorded_at": "2019-10-27T09:00:00Z", "now": "2017-10-27T09:00:00Z"}

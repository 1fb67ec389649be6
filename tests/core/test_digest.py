"""The digest of a book: it says the same as the book, this evening and on later ones."""

import json
from datetime import date, time, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blangko.core import digest as digests
from blangko.core.answer import answer, demand_model
from blangko.core.digest import answer_read, answer_text, demand_later, digest, facts_later, facts_read, nation
from blangko.core.facts import facts_of
from blangko.core.workdays import NationalDays
from blangko.store.national_days import national_days
from tests import books, lives

NATION = nation(national_days())
DAY = timedelta(days=1)

BUSY = """
    2026-01-05              opening  4000
                            opening  40  to_place=spoiled
                            setting  office_name "Kantor Contoh"
                            setting  print_capacity 260
                            setting  accepted_risk 0.1
                            setting  remind_at 16:30
                            setting  work_week mon,tue,wed,thu,fri,sat
    2026-01-06..2026-01-30  print    180
    2026-01-12              spoil    7  cause=print
    2026-01-13              request  2000  party=Provinsi
    2026-01-14              calendar closed due_on=2026-01-22 until_on=2026-01-23 note="Pindah kantor"
                            calendar source due_on=2026-02-16 until_on=2026-02-20
                            calendar printing due_on=2026-02-10 until_on=2026-02-10
                            calendar public "Regional Day" due_on=2026-02-27 until_on=2026-02-27 note="Hari Daerah"
                            calendar workday due_on=2026-02-17 until_on=2026-02-17
    2026-01-15              grant    1500  request_no=28  due_on=2026-01-20
    2026-01-20              receive  1000  request_no=28  party=Provinsi
    2026-01-26              send     50   party="Kecamatan Kapuas"
    2026-01-27              send     100  party=Sintang  purpose=loan
    2026-01-28              backlog  prr 900
                            backlog  suket 300
                            population recorded 120000
    2026-01-29              count    250
    2026-01-30              campaign 40   due_on=2026-02-02 until_on=2026-02-13 note=Sekolah
    2026-01-31              print    60
    2026-02-02              print    100  quota_cards=100  turned_away_cards=30
                            request  4000
    2026-02-06              print    300  due_on=2026-02-03
"""


def known(text, as_of, clock=None):
    return books.facts(text, as_of, NATION.national)._replace(clock=clock)


def test_the_facts_of_a_digest_are_those_of_the_book():
    facts = known(BUSY, "2026-02-06")

    kept = digest(facts, NATION)
    read, learnt = facts_read(kept.facts, NATION)

    assert read == facts
    assert learnt.model == demand_model(facts)._replace(course=None)


def test_the_facts_of_a_book_without_a_single_entry_can_be_kept():
    facts = facts_of([], date(2026, 1, 5), NATION.national)

    assert facts_read(digest(facts, NATION).facts, NATION) == (facts, None)


def test_the_answer_of_a_digest_is_that_of_the_book():
    facts = known(BUSY, "2026-02-06")

    told = answer_read(digest(facts, NATION).answer, NATION, None)

    assert told.row["on_hand_cards"] == facts.balance.on_hand
    assert told.row["office"] == {"code": books.OFFICE, "name": "Kantor Contoh"}
    assert told.past[-1] == facts.balance.on_hand


def test_a_digest_answers_a_later_morning_as_the_book_would():
    facts, later_on = known(BUSY, "2026-02-06"), date(2026, 2, 12)
    read, learnt = facts_read(digest(facts, NATION).facts, NATION)

    later = facts_later(read, later_on)
    taught = demand_later(read, later, learnt)

    assert answer_text(answer(later, taught), NATION) == answer_text(answer(known(BUSY, "2026-02-12")), NATION)


@given(lives.lives, st.sampled_from([10, 60, 430]), st.sampled_from([1, 3, 40, 700]))
def test_books_of_all_kinds_are_kept_and_answered_on_later_mornings(life, days, ahead):
    entries = lives.entries(life._replace(days=days))
    facts = facts_of(entries, lives.TODAY, NATION.national)
    kept = digest(facts, NATION)
    morning = facts_of(entries, lives.TODAY + ahead * DAY, NATION.national)

    read, learnt = facts_read(kept.facts, NATION)
    later = facts_later(read, morning.as_of)
    taught = demand_later(read, later, learnt)

    assert answer_text(answer(read), NATION) == kept.answer
    assert answer_text(answer(later, taught), NATION) == answer_text(answer(morning), NATION)


def test_a_day_that_was_not_written_in_time_is_told_again_when_its_hour_has_come():
    facts = known(BUSY, "2026-02-05", clock=time(9, 0))
    kept = digest(facts, NATION)

    assert answer_read(kept.answer, NATION, time(16, 29)) is not None
    assert answer_read(kept.answer, NATION, time(16, 30)) is None


def test_a_digest_over_other_national_days_is_made_again():
    kept = digest(known(BUSY, "2026-02-06"), NATION)
    fewer = dict(list(NATION.national.days.items())[:-1])
    other = nation(NationalDays(fewer, NATION.national.known_until))

    assert facts_read(kept.facts, other) is None
    assert answer_read(kept.answer, other, None) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"made_by":0}', '{"made_by":1'])
def test_a_digest_that_is_damaged_or_of_another_program_is_made_again(text):
    assert facts_read(text, NATION) is None
    assert answer_read(text, NATION, None) is None


def test_only_requests_that_still_teach_are_kept():
    asked = "\n".join(
        f"2026-01-05 request {3000 if number == 3 else 500}\n 2026-01-05 receive 500 request_no={2 * number + 2}"
        for number in range(100)
    )
    facts = known("2026-01-05 opening 100\n" + asked, "2026-01-05")

    read, _ = facts_read(digest(facts, NATION).facts, NATION)

    assert len(read.requests) == 31
    assert max(each.asked_cards for each in read.requests) == 3000
    assert answer(read).status._replace(requests=[]) == answer(facts)._replace().status._replace(requests=[])


def test_whoever_changes_how_answers_are_made_lets_all_digests_be_made_again():
    kept = digest(known(BUSY, "2026-02-06"), nation(NationalDays({}, date(2026, 12, 31))))
    # What was learnt has all its digits, the last of which differ from machine to machine.
    told = json.dumps([{**json.loads(kept.facts), "model": None}, json.loads(kept.answer)])

    # When this fails because answers, or their texts, have changed: raise MADE_BY by one, and tell both here anew.
    assert (digests.MADE_BY, sha256(told.encode()).hexdigest()[:16]) == (1, "537a87e1d687a3ba")

"""A book goes to the province as messages: once is enough, twice is once, and what differs is found where it parts."""

import sqlite3
from datetime import date

import pytest

from blangko.core.columns import SEALED
from blangko.core.entry import movement
from blangko.core.message import sealed_message
from blangko.core.seal import FIRST_SEAL
from blangko.errors import BrokenBook, DamagedBook, LockedBook
from blangko.errors.province import EntriesLacking, Forked, MessageOfAnother
from blangko.stockroom import open_book
from blangko.stockroom.copies import restore
from blangko.stockroom.proof import examine
from blangko.stockroom.province import as_snapshot, message_from, take_in
from blangko.store.files import create_book
from tests.cli.test_care import forge

DAY = date(2017, 10, 2)
TODAY = date(2017, 10, 27)


DEPTHS = range(1, 1001, 37)


def printed(cards, by="siti"):
    return movement("print", DAY, cards, recorded_at="2017-10-02T09:00:00Z", recorded_by=by)


def begun(place, prints, code="61.03", by="siti"):
    """A book of a million cards and so many prints, the n-th of n cards; one command each."""
    opening = movement("opening", DAY, 1_000_000, recorded_at="2017-10-02T08:00:00Z", recorded_by=by)
    create_book(str(place), code, [[opening], *([printed(number, by)] for number in range(1, prints + 1))])
    return str(place)


def write(place, *drafts):
    with open_book(place) as book, book.writing():
        for draft in drafts:
            book.append([draft])


def message(place, *words):
    with open_book(place) as book:
        return message_from(book, *words)


def values_of(message):
    """The entries of a message as names and values, without their seals."""
    return [dict(zip(SEALED, row, strict=False)) for row in message.rows]


def receive(place, message):
    with open_book(place) as book:
        return take_in(book, message)


def end(place):
    with open_book(place) as book:
        return book.last()


def copied(place, source):
    """The book at `place`, made of the whole of another."""
    restore(str(place), source, as_snapshot(message(source)), TODAY, "2017-10-27T09:00:00Z")
    return str(place)


@pytest.fixture
def office(tmp_path):
    return begun(tmp_path / "office.db", 5)


@pytest.fixture
def province(tmp_path, office):
    """The province's copy, as the office's book was with five prints."""
    return copied(tmp_path / "province.db", office)


def test_what_came_is_the_same_book_to_the_last_seal(office, province):
    assert end(province) == end(office)
    with open_book(province) as book:
        seen = examine(book, TODAY)
    assert seen.ok and seen.entries == 6


def test_the_next_message_goes_on_where_the_last_one_ended(office, province):
    write(office, printed(10), printed(20))

    done = receive(province, message(office, 7))

    assert (done.entry_no, done.added) == (8, 2)
    assert end(province) == end(office)


def test_the_same_message_twice_is_one(office, province):
    write(office, printed(10))
    sent = message(office, 7)

    assert [receive(province, sent).added for _ in range(3)] == [1, 0, 0]
    assert end(province) == end(office)


def test_an_old_message_after_a_newer_one_changes_nothing(office, province):
    old = message(office)
    write(office, printed(10))
    receive(province, message(office))

    done = receive(province, old)

    assert (done.entry_no, done.added) == (6, 0)
    assert end(province) == end(office)


def test_messages_that_overlap_are_put_together(office, province):
    write(office, printed(10), printed(20))

    assert receive(province, message(office, 3)).added == 2


def test_a_message_that_comes_before_the_one_before_it_is_refused(office, province):
    write(office, printed(10), printed(20))

    with pytest.raises(EntriesLacking) as refused:
        receive(province, message(office, 8))
    assert (refused.value.from_no, refused.value.held_no) == (8, 6)
    assert end(province)[0] == 6


def test_months_offline_come_in_one_message(tmp_path, office, province):
    write(office, *(printed(1) for _ in range(400)))

    assert receive(province, message(office, 7)).added == 400
    assert end(province) == end(office)


def test_a_message_may_be_only_a_part(office):
    assert message(office, 2, 3).last_no == 4
    assert message(office, 7).rows == []


def test_another_offices_message_is_refused(tmp_path, province):
    other = begun(tmp_path / "other.db", 7, code="61.04")

    with pytest.raises(MessageOfAnother) as refused:
        receive(province, message(other))
    assert (refused.value.office_code, refused.value.own_code) == ("61.04", "61.03")
    assert end(province)[0] == 6


def test_a_book_with_a_broken_seal_is_not_sent(office):
    forge(office, "UPDATE entry SET cards = 99 WHERE entry_no = 4")

    with pytest.raises(BrokenBook) as refused:
        message(office)
    assert refused.value.reason == "seal 4"
    with pytest.raises(DamagedBook):
        message(office, 9)


def test_a_province_whose_own_end_was_changed_takes_nothing_in(office, province):
    write(office, printed(10))
    forge(province, f"UPDATE office SET last_seal = '{'1' * 64}'")

    with pytest.raises(DamagedBook):
        receive(province, message(office))


def test_an_entry_that_the_database_refuses_leaves_nothing_of_the_message(office, province):
    sent = message(office)
    names = values_of(sent)[-1]
    good = [names | {"entry_no": 7, "batch_no": 7}, names | {"entry_no": 8, "batch_no": 8, "kind": "eaten"}]
    forged = sealed_message("61.03", 7, sent.last_seal, [[row[name] for name in SEALED] for row in good])

    with pytest.raises(DamagedBook):
        receive(province, forged)
    assert end(province)[0] == 6


def test_two_who_bring_the_same_message_wait_for_each_other(office, province):
    sent = message(office)
    other = sqlite3.connect(province, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_book(province, wait_ms=50) as book, pytest.raises(LockedBook):
        take_in(book, sent)
    other.execute("COMMIT")

    assert receive(province, sent).added == 0


# --- Two books under one number -------------------------------------------------------------------


def fork(tmp_path, source, at):
    """Another book of the same office that says the same before entry `at`, and something else from there on."""
    place = str(tmp_path / f"fork-{at}.db")
    kept = message(source, 1, at - 1)
    with_others = restore_of(place, kept)
    write(with_others, *(printed(number, by="budi") for number in range(1, end(source)[0] - at + 3)))
    return with_others


def restore_of(place, kept):
    restore(place, "kept", as_snapshot(kept), TODAY, "2017-10-27T09:00:00Z")
    return place


@pytest.mark.parametrize("at", range(2, 7))
def test_a_fork_is_refused_and_located(tmp_path, office, province, at):
    other = fork(tmp_path, office, at)

    with pytest.raises(Forked) as refused:
        receive(province, message(other))
    assert (refused.value.entry_no, refused.value.located) == (at, True)
    assert end(province) == end(office)


def test_a_fork_before_the_message_begins_is_told_as_such(tmp_path, office, province):
    other = fork(tmp_path, office, 3)

    with pytest.raises(Forked) as refused:
        receive(province, message(other, 6))
    # Entry 5 differs already, and what stands before it is not in the message.
    assert (refused.value.entry_no, refused.value.located) == (5, False)


def test_a_fork_is_found_in_a_message_that_ends_before_the_book_does(tmp_path, office, province):
    other = fork(tmp_path, office, 3)
    write(office, printed(10), printed(20))
    receive(province, message(office))

    with pytest.raises(Forked) as refused:
        receive(province, message(other, 1, 4))
    assert refused.value.entry_no == 3


def test_a_fork_is_located_however_deep_it_lies(tmp_path):
    """One book of 1,001 entries; another writer parts from it, at one depth after another."""
    source = begun(tmp_path / "office.db", 1000)
    own = message(source)
    values = [list(row[:-1]) for row in own.rows]
    who = SEALED.index("recorded_by")
    found = []
    with open_book(copied(tmp_path / "province.db", source)) as book:
        for at in DEPTHS:
            before = own.seal_of(at - 1) if at > 1 else FIRST_SEAL
            others = [[*row[:who], "budi", *row[who + 1 :]] for row in values[at - 1 :]]
            forged = sealed_message("61.03", at, before, others)
            whole = own._replace(rows=[*own.rows[: at - 1], *forged.rows])
            with pytest.raises(Forked) as refused:
                take_in(book, whole)
            found.append((refused.value.entry_no, refused.value.located))

    assert found == [(at, True) for at in DEPTHS]
    assert end(str(tmp_path / "province.db")) == end(source)

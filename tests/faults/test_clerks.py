"""Several clerks at once, a clerk who is killed, a copy that is made meanwhile: nothing is lost, nothing doubled.

WRITTEN says how many commands the clerks write, KILLS how many are killed, FAULT_SEED when.
"""

import json
import os
import random
import time

import pytest

from blangko.core.entry import movement
from blangko.errors import BookMoved
from blangko.stockroom import look, open_book
from blangko.stockroom.copies import backup, restore
from blangko.stockroom.post import post
from blangko.store.address import with_office
from tests import PATIENCE_SECONDS, postgres
from tests.faults.kills import judged
from tests.faults.office import DAY, DESK, begun, clerk, command, entries

KILLS = int(os.environ.get("KILLS", "40"))
SEED = int(os.environ.get("FAULT_SEED", "20171027"))
WRITTEN = int(os.environ.get("WRITTEN", "200"))
"""Commands of two entries each, however many clerks share them."""
heavy = pytest.mark.heavy


@pytest.mark.parametrize("clerks", [2, pytest.param(4, marks=heavy), pytest.param(8, marks=heavy)])
def test_clerks_who_write_at_once_lose_nothing_and_number_without_gaps(empty_place, clerks):
    place = begun(empty_place)
    each = WRITTEN // clerks
    working = [clerk(place, f"clerk {number}", each) for number in range(clerks)]
    said = [one.communicate(timeout=PATIENCE_SECONDS)[0].decode().count("written") for one in working]

    assert said == [each] * clerks
    assert entries(place) == 1 + 2 * WRITTEN
    with open_book(place) as book:
        counted = book.rows("SELECT recorded_by, COUNT(*) FROM entry GROUP BY 1")
        # Beside the name stands the account.
        by_whom = {name.partition(" (")[0]: entries for name, entries in counted}
        numbers = [number for (number,) in book.rows("SELECT entry_no FROM entry ORDER BY 1")]
        assert look.balance_on(book, DAY).on_hand == 10_000 - 2 * WRITTEN
    assert numbers == list(range(1, 2 + 2 * WRITTEN))
    assert [by_whom[f"clerk {number}"] for number in range(clerks)] == [2 * each] * clerks


@heavy
def test_a_command_that_is_killed_stands_whole_or_not_at_all_and_counts_once_when_repeated(tmp_path):
    tally = judged(tmp_path, KILLS, SEED)

    assert tally.is_clean and tally.tries == KILLS
    # Neither all too early nor all too late: else nothing was killed in the middle.
    assert 0 < tally.acknowledged < KILLS


def test_a_clerk_killed_in_the_middle_of_many_commands_loses_none_that_was_acknowledged(empty_place):
    place = begun(empty_place)
    chance, acknowledged = random.Random(SEED), 0
    for round_no in range(6):
        working = clerk(place, "siti", 1000)
        working.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        working.kill()
        acknowledged += 1 + working.communicate()[0].decode().count("written")
        commands = (entries(place) - 1) / 2

        # In each round one more command may stand whose acknowledgement did not get out any more.
        assert acknowledged <= commands <= acknowledged + round_no + 1 and commands.is_integer()


def test_a_copy_made_while_clerks_write_is_a_whole_book_of_one_moment(tmp_path):
    place = begun(tmp_path / "book.db")
    working = [clerk(place, name, 100) for name in ("siti", "budi")]
    copied = []
    with open_book(place) as book:
        while any(one.poll() is None for one in working):
            copied.append(backup(book, str(tmp_path / f"{len(copied)}.db"), DAY))
    said = [one.communicate(timeout=PATIENCE_SECONDS)[0].decode().count("written") for one in working]

    assert said == [100, 100] and entries(place) == 401
    assert copied == sorted(copied) and len(set(copied)) > 1
    # A command of two entries is in a copy whole or not at all.
    assert all(number % 2 == 1 for number in copied)


def test_a_clerk_writes_and_another_reads_in_the_middle_of_a_copy(tmp_path):
    place = begun(tmp_path / "book.db")
    during = []

    def in_the_middle(done, pages):
        if not during:
            reader = command(place, "status", "-f", "json")
            during.append(json.loads(reader.communicate(timeout=PATIENCE_SECONDS)[0])["on_hand_cards"])
            during.append(command(place, "print", "7", "--yes"))

    with open_book(place) as book:
        copied = backup(book, str(tmp_path / "copy.db"), DAY, in_the_middle)

    assert during[0] == 10_000 and during[1].wait(timeout=PATIENCE_SECONDS) == 0
    assert (copied, entries(place)) == (1, 2)


def test_a_clerk_waits_for_another_who_is_writing_and_is_told_nothing_of_it(empty_place):
    place = begun(empty_place)
    with open_book(place) as book, book.writing():
        waiting = command(place, "print", "7", "--yes")
        time.sleep(1)
        assert waiting.poll() is None

    assert (waiting.communicate(timeout=PATIENCE_SECONDS)[1], waiting.returncode) == (b"", 0)
    assert entries(place) == 2


@pytest.mark.postgres
@pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT)
def test_clerks_of_two_offices_in_one_database_do_not_wait_for_each_other(databases):
    with databases.fresh() as place:
        one, other = (begun(with_office(place, code), code=code) for code in ("61.03", "61.04"))
        with open_book(one) as book, book.writing():
            said, _ = clerk(other, "budi", 20).communicate(timeout=PATIENCE_SECONDS)
        working = [clerk(each, "siti", WRITTEN // 2) for each in (one, other)]
        at_once = [one.communicate(timeout=PATIENCE_SECONDS)[0].decode().count("written") for one in working]

        assert said.decode().count("written") == 20 and at_once == [WRITTEN // 2] * 2
        assert (entries(one), entries(other)) == (1 + WRITTEN, 1 + 2 * 20 + WRITTEN)


def test_a_reader_sees_the_book_of_one_moment_while_others_write(empty_place):
    place = begun(empty_place)
    with open_book(place) as reader, reader.reading():
        before = reader.last()
        waiting = command(place, "print", "7", "--yes")
        time.sleep(0.3)
        assert reader.last() == before

    assert waiting.wait(timeout=PATIENCE_SECONDS) == 0
    assert entries(place) == 2


def test_a_command_that_waits_while_a_copy_is_brought_back_is_not_acknowledged_into_the_book_that_goes(tmp_path):
    """The clerk's program has the old file open when the restore gives the name to another one."""
    place = begun(tmp_path / "book.db")
    with open_book(place) as book:
        backup(book, str(tmp_path / "copy.db"), DAY)
        restore(place, str(tmp_path / "copy.db"), None, DAY, "2017-10-27T09:00:00Z")
        with pytest.raises(BookMoved):
            post(book, DESK, [movement("print", DAY, 7)])

    assert entries(place) == 1

"""A folder of messages at the province: a new database takes all books at once, and one that is refused stops none."""

import json

import pytest

from blangko.core.columns import NAMES, SEALED
from blangko.core.message import sealed_message
from blangko.core.seal import FIRST_SEAL
from blangko.exchange.push import message_bytes
from tests import postgres
from tests.benchmarks.nation import codes, office_book
from tests.faults.office import entries
from tests.faults.server import a_server, new_database, said

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("server_folder"),
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]


@pytest.fixture(scope="module")
def server():
    with a_server() as server:
        yield server


@pytest.fixture
def place(server, monkeypatch, tmp_path):
    """An empty database of a province, whose key lies apart."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return new_database(server)


@pytest.fixture
def folder(tmp_path):
    """The messages of three offices, each with its whole book."""
    folder = tmp_path / "messages"
    folder.mkdir()
    for code in codes(3):
        (folder / f"{code}.blangko").write_bytes(whole_book(code))
    return folder


def whole_book(code, fortnights=4, **changed):
    rows = [[row[NAMES.index(name)] for name in SEALED] for row in office_book(code, fortnights).rows]
    for name, value in changed.items():
        rows[-1][SEALED.index(name)] = value
    return message_bytes(sealed_message(code, 1, FIRST_SEAL, rows))


def offices_in(place):
    return {
        each["code"]: each["last_entry_no"] for each in json.loads(said(place, "offices", "-f", "json").out)["rows"]
    }


def test_an_empty_database_takes_all_books_of_a_folder_at_once_and_each_gets_its_receipt(place, folder, monkeypatch):
    from blangko.store import bulk

    loads, real = [], bulk.first_load
    monkeypatch.setattr(bulk, "first_load", lambda *words: loads.append(real(*words)) or loads[-1])

    answer = said(place, "pull", str(folder))

    held = {code: len(office_book(code, 4).rows) for code in codes(3)}
    assert answer.is_done, answer
    assert f"3 messages, {sum(held.values())} new entries" in " ".join(answer.out.split())
    assert loads == [sum(held.values())]
    assert offices_in(place) == held
    assert all(entries(f"{place}#{code}") == held[code] for code in held)
    assert len(list(folder.glob("*.receipt"))) == 3


def test_the_same_folder_again_brings_nothing_and_the_same_receipts(place, folder):
    said(place, "pull", str(folder))
    before = offices_in(place)

    answer = said(place, "pull", str(folder))

    assert answer.is_done and "3 messages, 0 new entries" in " ".join(answer.out.split())
    assert offices_in(place) == before


def test_a_book_that_no_guard_lets_in_is_refused_and_the_others_of_the_folder_stand(place, folder):
    (folder / "11.02.blangko").write_bytes(whole_book("11.02", note="NIK 6103010101900001"))

    answer = said(place, "pull", str(folder))

    assert answer.code == 1 and "Refused, as told above: 1." in answer.out
    assert sorted(offices_in(place)) == ["11.01", "11.03"]
    assert not (folder / "11.02.blangko.receipt").exists()


def test_a_message_that_was_cut_off_is_told_by_its_name_and_the_others_stand(place, folder):
    (folder / "11.02.blangko").write_bytes(whole_book("11.02")[:-200])

    answer = said(place, "pull", str(folder))

    assert answer.code == 1 and "11.02.blangko" in answer.err
    assert sorted(offices_in(place)) == ["11.01", "11.03"]


def test_of_two_messages_of_an_office_the_longer_one_stands_whichever_comes_first(place, folder):
    (folder / "0.blangko").write_bytes(whole_book("11.01", fortnights=4))
    shorter = office_book("11.01", 4).rows[:20]
    rows = [[row[NAMES.index(name)] for name in SEALED] for row in shorter]
    (folder / "00.blangko").write_bytes(message_bytes(sealed_message("11.01", 1, FIRST_SEAL, rows)))

    assert said(place, "pull", str(folder)).is_done
    assert offices_in(place)["11.01"] == len(office_book("11.01", 4).rows)


def test_a_folder_without_a_message_is_told(place, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("x", encoding="utf-8")

    answer = said(place, "pull", str(tmp_path / "empty"))

    assert answer.is_told and str(tmp_path / "empty") in answer.err

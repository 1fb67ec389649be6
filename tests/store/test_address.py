"""A book's place: a file, or a server's address with the office behind it; a password is never shown."""

import pytest

from blangko import config
from blangko.store.address import lasting, parted, shown, with_office


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("postgresql://siti:rahasia@server/blangko", "postgresql://siti@server/blangko"),
        ("postgresql://siti:ra@ha:si/a@server/blangko#61.03", "postgresql://siti@server/blangko#61.03"),
        ("postgresql://siti@server/blangko", "postgresql://siti@server/blangko"),
        ("postgresql://server/blangko?password=rahasia", "postgresql://server/blangko"),
        ("postgresql://server/blangko?user=siti&password=rahasia#61.03", "postgresql://server/blangko?user=siti#61.03"),
        ("postgresql://server/b?sslpassword=rahasia&user=siti", "postgresql://server/b?user=siti"),
        ("postgresql://postgres:@/b?host=/tmp/x", "postgresql://postgres@/b?host=/tmp/x"),
        ("mysql://siti:rahasia@server/blangko", "mysql://siti@server/blangko"),
        ("/home/siti/a:b@c.db", "/home/siti/a:b@c.db"),
    ],
)
def test_a_place_is_shown_without_its_password(place, seen):
    assert shown(place) == seen


@pytest.mark.parametrize(
    ("place", "address", "office"),
    [
        ("postgresql://server/blangko#61.03", "postgresql://server/blangko", "61.03"),
        ("postgresql://server/blangko", "postgresql://server/blangko", None),
        ("postgresql://server/blangko#", "postgresql://server/blangko", None),
        # Here it belongs to the password.
        ("postgresql://siti:a#b@server/blangko", "postgresql://siti:a#b@server/blangko", None),
        ("postgresql://siti:a#b@server/blangko#61.03", "postgresql://siti:a#b@server/blangko", "61.03"),
    ],
)
def test_the_office_stands_behind_the_address(place, address, office):
    assert parted(place) == (address, office)


def test_another_office_takes_the_place_of_the_first():
    assert with_office("postgresql://server/blangko#61.03", "61.04") == "postgresql://server/blangko#61.04"
    assert with_office("/srv/blangko.db", "61.04") == "/srv/blangko.db"


def test_a_scheduler_keeps_the_whole_path_of_a_file_and_no_password_of_a_server(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert lasting("kas.db") == str(tmp_path / "kas.db")
    assert lasting("postgresql://siti:rahasia@server/b#61.03") == "postgresql://siti@server/b#61.03"


def test_the_office_that_was_named_goes_behind_a_server_and_not_behind_a_file(monkeypatch):
    monkeypatch.setenv("BLANGKO_OFFICE", "61.03")

    assert config.book_place("postgresql://server/b") == "postgresql://server/b#61.03"
    assert config.book_place("postgresql://server/b", "61.04") == "postgresql://server/b#61.04"
    assert config.book_place("postgresql://siti:a#b@server/b#61.05", "61.04") == "postgresql://siti:a#b@server/b#61.04"
    assert config.book_place("/srv/blangko.db", "61.04") == "/srv/blangko.db"

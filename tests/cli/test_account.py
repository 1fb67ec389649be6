"""Who may log in to the page: accounts are added and taken away at the command line, on both engines."""

import io
import json
import os
import stat
import sys

import pytest

from blangko import config
from blangko.core.accounts import is_passphrase
from blangko.stockroom.accounts import Keeping, all_accounts

PASSPHRASE = "kuda hijau empat"


@pytest.fixture
def desk(office, monkeypatch, tmp_path):
    """The office, with accounts of its own and a passphrase piped in wherever one is asked for."""
    monkeypatch.setenv("BLANGKO_ACCOUNTS", str(tmp_path / "page" / "accounts.json"))

    def with_passphrase(*words, typed=PASSPHRASE):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
        return office(*words)

    office.pipes = with_passphrase
    return office


def kept(desk):
    return all_accounts(Keeping(desk.place, config.accounts_place()))


def test_somebody_who_is_let_in_is_listed_without_the_passphrase(desk):
    assert desk.did("account") == "Nobody has an account yet.\n"
    assert desk.pipes("account", "add", "Siti", "--role", "clerk") == 0
    assert desk.out == "Account siti may log in to the page as clerk, for 61.03.\n"

    listed = desk.json("account")
    assert listed == {
        "schema": "blangko.accounts/1",
        "rows": [{"name": "siti", "role": "clerk", "office": "61.03"}],
    }


def test_a_passphrase_is_kept_so_that_it_can_be_proved_and_not_be_read(desk):
    desk.pipes("account", "add", "siti", "--role", "clerk")
    desk.pipes("account", "add", "budi", "--role", "head")
    siti, budi = kept(desk)["siti"], kept(desk)["budi"]

    assert siti.passphrase != budi.passphrase and PASSPHRASE not in siti.passphrase
    assert is_passphrase(PASSPHRASE, siti.passphrase)
    assert not is_passphrase("kuda hijau lima", siti.passphrase)


def test_whoever_is_taken_away_is_there_no_more(desk):
    desk.pipes("account", "add", "siti", "--role", "clerk")

    assert desk("account", "remove", "SITI") == 0
    assert kept(desk) == {}
    assert desk("account", "remove", "siti") == 1 and "there is no account siti" in desk.err


def test_another_passphrase_takes_the_place_of_the_first(desk):
    desk.pipes("account", "add", "siti", "--role", "clerk")

    assert desk.pipes("account", "passphrase", "siti", typed="meja biru delapan") == 0
    assert is_passphrase("meja biru delapan", kept(desk)["siti"].passphrase)
    assert not is_passphrase(PASSPHRASE, kept(desk)["siti"].passphrase)


@pytest.mark.parametrize(
    ("words", "typed", "code", "why"),
    [
        (("add", "siti", "--role", "clerk"), "short", 1, "10 to 200 letters"),
        (("add", "siti.aminah", "--role", "clerk"), "siti.aminah", 1, "not the account's own name"),
        (("add", "siti (uid 0 root)", "--role", "clerk"), PASSPHRASE, 1, "cannot be the name"),
        (("add", "siti"), PASSPHRASE, 2, "--role"),
        (("add", "siti", "--role", "king"), PASSPHRASE, 2, "king"),
        (("add", "--role", "clerk"), PASSPHRASE, 2, "[NAME]"),
        (("remove", "siti", "--role", "clerk"), PASSPHRASE, 2, "--role"),
        (("add", "siti", "--role", "clerk", "-f", "json"), PASSPHRASE, 2, "--format"),
        (("passphrase", "budi"), PASSPHRASE, 1, "there is no account budi"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_makes_no_account_is_refused_with_the_reason(desk, words, typed, code, why):
    assert desk.pipes("account", *words, typed=typed) == code
    assert why in desk.err
    assert kept(desk) == {}


def test_a_name_is_given_once(desk):
    desk.pipes("account", "add", "siti", "--role", "clerk")

    assert desk.pipes("account", "add", "Siti", "--role", "auditor") == 1
    assert "there is an account siti already" in desk.err
    assert kept(desk)["siti"].role == "clerk"


@pytest.mark.file
def test_at_a_terminal_the_passphrase_is_asked_for_twice_and_never_shown(desk, monkeypatch):
    answers = iter([PASSPHRASE, PASSPHRASE, PASSPHRASE, "something else"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    desk.answers_on_terminal("")

    assert desk("account", "add", "siti", "--role", "petugas") == 0
    assert PASSPHRASE not in desk.out + desk.err
    assert desk("account", "add", "budi", "--role", "kepala") == 1
    assert "the second time it was another passphrase" in desk.err
    assert list(kept(desk)) == ["siti"]


@pytest.mark.file
@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the files of an account to it by other means")
def test_the_file_of_accounts_is_for_its_owner_alone(desk):
    desk.pipes("account", "add", "siti", "--role", "clerk")
    place = config.accounts_place()

    assert stat.S_IMODE(os.stat(place).st_mode) == 0o600
    os.chmod(place, 0o644)
    assert desk("account") == 1 and "others than its owner may read it" in desk.err


@pytest.mark.file
@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"schema": "blangko.accounts-kept/1", "accounts": [{"name": 1}]}']
)
def test_a_file_that_holds_something_else_lets_nobody_in(desk, tmp_path, content):
    place = tmp_path / "page" / "accounts.json"
    place.parent.mkdir()
    place.touch(mode=0o600)
    place.write_text(content)

    assert desk("account") == 1 and "it holds no accounts" in desk.err
    assert desk.pipes("account", "add", "siti", "--role", "clerk") == 1
    assert place.read_text() == content


@pytest.mark.file
def test_an_account_of_another_office_is_refused_at_a_file(desk):
    assert desk.pipes("account", "add", "siti", "--role", "clerk", "--office", "61.04") == 1
    assert "the book is of office 61.03" in desk.err
    assert desk.pipes("account", "add", "maria", "--role", "province", "--office", "61") == 0
    assert json.loads(desk.did("account", "-f", "json"))["rows"][0]["office"] == "61"


def test_several_offices_on_a_server_have_a_clerk_each(desk, engine):
    if engine != "server":
        pytest.skip("a file holds one office")
    desk.did("init", "--office", "Dukcapil Sekadau", "--code", "61.04")

    assert desk.pipes("account", "add", "siti", "--role", "clerk") == 1 and "61.03, 61.04" in desk.err
    assert desk.pipes("account", "add", "siti", "--role", "clerk", "--office", "61.04") == 0
    assert desk.pipes("account", "add", "budi", "--role", "clerk", "--office", "61.05") == 3
    assert desk.pipes("account", "add", "maria", "--role", "province", "--office", "61") == 0
    assert desk.pipes("account", "add", "rina", "--role", "auditor") == 0
    assert {name: each.office_code for name, each in kept(desk).items()} == {
        "siti": "61.04",
        "maria": "61",
        "rina": None,
    }
    # The table that came with the first account is nothing that was added to the book from outside.
    assert desk("--office", "61.03", "verify") == 0

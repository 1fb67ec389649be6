"""The way in where the page is open to others: accounts, sessions that end, and passphrases that cannot be guessed."""

import pytest

from blangko import config
from blangko.stockroom import accounts
from blangko.stockroom.accounts import Keeping
from blangko.web.accounts import Accounts

PASSPHRASE = "kuda hijau empat"
HOUR = 3600


class Clock:
    """Seconds that pass when somebody says so."""

    def __init__(self):
        self.now = 1_500_000_000.0

    def __call__(self):
        return self.now

    def passes(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keeping(office, monkeypatch, tmp_path):
    monkeypatch.setenv("BLANGKO_ACCOUNTS", str(tmp_path / "accounts.json"))
    return Keeping(office.place, config.accounts_place())


@pytest.fixture
def let_in(keeping):
    """`let_in("siti", "clerk")` gives somebody an account."""
    return lambda name, role="clerk", office=None: accounts.add(keeping, name, role, office, PASSPHRASE)


@pytest.fixture
def door(visit, keeping, clock, let_in):
    """`door()` is a stranger before a page with accounts, where siti is a clerk."""
    let_in("siti")
    known = Accounts(keeping, None, clock)
    return lambda: visit(alone=None, find_person=known.person, let_in=known.let_in, clock=clock)


def logs_in(stranger, name="siti", passphrase=PASSPHRASE, at="/?lang=en"):
    stranger.get(at)
    stranger.send("/login", name=name, passphrase=passphrase)
    return stranger


def test_a_stranger_sees_the_way_in_and_nothing_of_the_book(door):
    stranger = door()

    assert "Passphrase" in stranger.get("/?lang=en") and "Disdukcapil" not in stranger.text
    assert "Kata sandi" in stranger.get("/?lang=id")
    assert stranger.client.get("/picture.svg").status_code == 303
    assert stranger.client.get("/nowhere").status_code == 404


def test_who_logs_in_goes_on_to_the_page_that_was_asked_for_and_writes_under_the_account(office, door):
    siti = logs_in(door(), at="/?lang=en&on=2017-10-26")

    assert siti.code == 200 and 'value="2017-10-26"' in siti.text and ">siti<" in siti.text
    siti.send("/print", printed="187")
    assert office.json("card")["rows"][-1]["recorded_by"] == "siti (page account siti)"


@pytest.mark.parametrize(("name", "passphrase"), [("siti", "kuda hijau lima"), ("budi", PASSPHRASE), ("", "")])
def test_a_wrong_passphrase_and_a_name_that_is_not_there_get_the_same_answer(door, name, passphrase):
    stranger = logs_in(door(), name, passphrase)

    assert stranger.code == 403 and "There is no such account with that passphrase." in stranger.text
    assert stranger.client.get("/").status_code == 303


def test_who_logs_out_is_out_even_with_a_copy_of_the_cookie(door):
    siti = logs_in(door())
    copied = siti.client.get_cookie("blangko").value
    siti.send("/logout")

    assert "You are logged out." in siti.text
    siti.client.set_cookie("blangko", copied)
    assert siti.client.get("/").status_code == 303


def test_a_session_ends_after_two_hours_of_nothing_and_after_a_working_day_in_any_case(door, clock):
    siti = logs_in(door())
    for _ in range(6):
        clock.passes(1.9 * HOUR)
        assert siti.client.get("/").status_code == 200
    clock.passes(1.9 * HOUR)
    assert siti.client.get("/").status_code == 303

    siti = logs_in(door())
    clock.passes(2 * HOUR)
    assert siti.client.get("/").status_code == 303


def test_what_comes_after_the_end_of_the_session_is_not_written_and_said_so(office, door, clock):
    siti = logs_in(door())
    clock.passes(3 * HOUR)
    siti.send("/print", printed="187")

    assert "What was on its way was not written" in siti.text
    assert office.last_entry() == 3


def test_a_session_ends_with_the_account_and_with_its_passphrase(door, keeping, clock):
    siti = logs_in(door())
    accounts.change_passphrase(keeping, "siti", "meja biru delapan")
    clock.passes(6)
    assert siti.client.get("/").status_code == 303

    siti = logs_in(door(), passphrase="meja biru delapan")
    assert siti.code == 200
    accounts.remove(keeping, "siti")
    clock.passes(6)
    assert siti.client.get("/").status_code == 303


def test_a_session_planted_before_the_login_is_another_one_after_it(door):
    siti = door()
    siti.get("/")
    with siti.client.session_transaction() as planted:
        before = planted["token"]
    planted_cookie = siti.client.get_cookie("blangko").value
    logs_in(siti)
    with siti.client.session_transaction() as session:
        assert session["token"] != before
    thief = door()
    thief.client.set_cookie("blangko", planted_cookie)
    assert thief.client.get("/").status_code == 303


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/a\r\nSet-Cookie: x=1"]
)
def test_the_way_on_after_the_login_leads_to_no_other_site(door, to):
    stranger = door()
    stranger.get("/login?lang=en")
    form = {**stranger.hidden("/login"), "to": to, "name": "siti", "passphrase": PASSPHRASE}
    answer = stranger.client.post("/login", data=form)

    assert answer.status_code == 303 and answer.headers["Location"] == "/"


def test_wrong_passphrases_are_slowed_and_a_right_one_waits_too(door, clock):
    stranger = door()
    codes = [logs_in(stranger, passphrase="wrong wrong wrong").code for _ in range(6)]
    assert codes == [403] * 5 + [429]

    assert logs_in(stranger).code == 429 and "Wait a little" in stranger.text
    clock.passes(1)
    assert logs_in(stranger).code == 200


def test_somebody_with_an_account_does_not_try_the_passphrases_of_others_at_leisure(door, let_in, clock):
    let_in("budi", "auditor")
    stranger, found = door(), []
    for name in [f"siti{n}" for n in range(30)]:
        found.append(logs_in(stranger, name, "wrong wrong wrong").code)
        if logs_in(stranger, "budi").code == 200:
            stranger.send("/logout")

    assert found == [403] * 20 + [429] * 10


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(door):
    stranger = door()
    answer = stranger.client.get("/login")
    cookie = answer.headers["Set-Cookie"]

    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_over_https_the_cookie_goes_by_no_other_line_and_belongs_to_no_other_name(visit):
    stranger = visit(alone=None, is_secure=True)
    answer = stranger.client.get("/login", base_url="https://localhost")

    assert answer.headers["Set-Cookie"].startswith("__Host-blangko=") and "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    assert stranger.client.get("/login").status_code == 421


def test_whoever_is_alone_at_the_page_needs_no_login(visit):
    alone = visit()

    assert alone.client.get("/login").headers["Location"] == "/"
    assert "/logout" not in alone.get("/")

"""The page served in earnest: open to others only when it is guarded, over HTTPS, and ended without losing an entry."""

import http.client
import io
import signal
import socket
import sqlite3
import ssl
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests import PATIENCE_SECONDS
from tests.web.served import Caller, free_port, serving

pytestmark = [pytest.mark.file, pytest.mark.skipif(sys.platform == "win32", reason="signals there are others")]
PASSPHRASE = "kuda hijau empat"


@pytest.fixture(scope="module")
def pem(tmp_path_factory):
    """The files of a certificate for this machine: with its key, without it, and the key of another."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption
    from cryptography.hazmat.primitives.serialization import PrivateFormat as Form

    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "blangko.lan")])
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate = built.public_bytes(Encoding.PEM)
    folder = tmp_path_factory.mktemp("pem")
    for file, content in {
        "whole.pem": certificate + key.private_bytes(Encoding.PEM, Form.PKCS8, NoEncryption()),
        "certificate.pem": certificate,
        "other.pem": other.private_bytes(Encoding.PEM, Form.PKCS8, NoEncryption()),
        "locked.pem": key.private_bytes(Encoding.PEM, Form.PKCS8, BestAvailableEncryption(b"x")),
    }.items():
        (folder / file).write_bytes(content)
    return folder


@pytest.fixture
def guarded(office, monkeypatch, tmp_path):
    """The office, with an account for siti."""
    monkeypatch.setenv("BLANGKO_ACCOUNTS", str(tmp_path / "accounts.json"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
    office.did("account", "add", "siti", "--role", "clerk")
    return office


# --- Open to others -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--host", "::"), ("--host", "192.0.2.1")])
def test_the_page_is_not_opened_to_others_without_encryption(guarded, words):
    assert guarded("serve", "--port", free_port(), *words) == 1
    assert "over a line on which everybody reads the passphrases" in guarded.err


def test_the_page_is_not_opened_to_others_without_an_account(office, pem, monkeypatch, tmp_path):
    monkeypatch.setenv("BLANGKO_ACCOUNTS", str(tmp_path / "none.json"))

    assert office("serve", "--host", "0.0.0.0", "--tls-cert", pem / "whole.pem") == 1
    assert "nobody has an account" in office.err
    assert office("serve", "--behind-proxy") == 1
    assert "nobody has an account" in office.err


def test_an_account_of_another_book_opens_no_page(guarded, pem, monkeypatch, tmp_path):
    other = str(tmp_path / "other.db")
    guarded.did("--db", other, "init", "--office", "Dukcapil Sekadau", "--code", "61.04")

    assert guarded("--db", other, "serve", "--host", "0.0.0.0", "--tls-cert", pem / "whole.pem") == 1
    assert "nobody has an account" in guarded.err


@pytest.mark.parametrize(
    ("certificate", "key", "why"),
    [
        ("nowhere.pem", None, "no such file or directory"),
        ("certificate.pem", None, "it holds no certificate with its key"),
        ("other.pem", None, "it holds no certificate with its key"),
        ("certificate.pem", "other.pem", "the key is that of another certificate"),
        ("certificate.pem", "locked.pem", "its key needs a password"),
    ],
)
def test_a_certificate_that_cannot_be_used_is_told_before_anybody_calls(guarded, pem, certificate, key, why):
    words = ["--tls-cert", pem / certificate, *(["--tls-key", pem / key] if key else [])]

    assert guarded("serve", "--host", "0.0.0.0", *words) == 1
    assert why in guarded.err


class SecureCaller(Caller):
    """siti, who calls over HTTPS by the name that the certificate bears, and logs in."""

    def __init__(self, port, pem):
        super().__init__(port)
        trusted = ssl.create_default_context(cafile=str(pem / "certificate.pem"))
        self._line = http.client.HTTPSConnection("localhost", port, timeout=PATIENCE_SECONDS, context=trusted)
        self._origin = f"https://localhost:{port}"

    def logs_in(self):
        self.get("/login?lang=en")
        self.send("/login", name="siti", passphrase=PASSPHRASE)
        self.get("/?lang=en")
        return self


@pytest.fixture
def secure(guarded, pem, tmp_path):
    words = ("--host", "0.0.0.0", "--tls-cert", str(pem / "whole.pem"))
    with serving(guarded.place, tmp_path / "state", *words) as server:
        yield server


def test_a_page_is_read_and_written_over_https(secure, guarded, pem):
    siti = SecureCaller(secure.port, pem).logs_in()

    assert "Disdukcapil Uji" in siti.text
    siti.send("/print", printed="187")
    assert guarded.json("card")["rows"][-1]["recorded_by"] == "siti (page account siti)"


def test_a_form_of_many_pieces_comes_in_whole_over_https(secure, pem):
    siti = SecureCaller(secure.port, pem).logs_in()
    siti.send("/print", printed="2000", note="x" * 300_000)

    assert 'value="2000"' in siti.text


def test_who_begins_to_speak_and_says_no_more_keeps_nobody_waiting(secure, pem):
    silent = [socket.create_connection(("127.0.0.1", secure.port)) for _ in range(20)]
    for line in silent[:10]:
        line.sendall(b"\x16\x03\x01\x02\x00\x01")
    siti = SecureCaller(secure.port, pem).logs_in()

    assert "Disdukcapil Uji" in siti.text and siti.seconds < 10
    for line in silent:
        line.close()


def test_who_speaks_plainly_to_a_secure_page_gets_nothing_and_it_stays_there(secure, pem):
    with socket.create_connection(("127.0.0.1", secure.port), timeout=PATIENCE_SECONDS) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with suppress(ConnectionResetError):
            assert b"HTTP" not in plain.recv(1000)

    assert "Disdukcapil Uji" in SecureCaller(secure.port, pem).logs_in().text


def test_behind_a_web_server_only_what_that_hands_on_over_https_is_answered(guarded, tmp_path):
    words = ("--behind-proxy", "--name", "blangko.sanggau.go.id")
    handed_on = {"Host": "blangko.sanggau.go.id", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    with serving(guarded.place, tmp_path / "state", *words) as server:
        caller = Caller(server.port)
        caller.call("GET", "/login", headers=handed_on)
        assert caller.code == 200 and "passphrase" in caller.text
        for changed in ({"X-Forwarded-Proto": "http"}, {"Host": "evil.example"}):
            caller.call("GET", "/login", headers={**handed_on, **changed})
            assert caller.code == 421
        caller.get("/login")
        assert caller.code == 421


# --- The end --------------------------------------------------------------------------------------


@pytest.fixture
def alone(office, tmp_path):
    with serving(office.place, tmp_path / "state") as server:
        yield server


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_page_ends_when_it_is_told_to(alone, how):
    caller = Caller(alone.port)
    caller.get("/")

    assert alone.end(how) == (0, "Ended.\n")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_entry_under_way_is_written_and_answered_before_the_page_ends(office, alone, how):
    caller = Caller(alone.port)
    caller.get("/?lang=en")
    other = sqlite3.connect(office.book, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = threading.Thread(target=lambda: caller.send("/print", printed="187"))
    writing.start()
    time.sleep(1)
    alone.process.send_signal(how)
    time.sleep(0.5)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", alone.port))
    other.execute("ROLLBACK")
    other.close()
    code = alone.process.wait(timeout=PATIENCE_SECONDS)
    writing.join()

    assert (code, caller.code) == (0, 303)
    assert office.json("status")["on_hand_cards"] == 813

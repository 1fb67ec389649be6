"""The alert told to people, over real mail and real web servers on this machine."""

import json
import os
import socket
import subprocess
import sys
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from blangko.exchange import sending
from blangko.words.extras import install_line
from tests import PATIENCE_SECONDS

SECRET = "s3cr3t-TOKEN"


class Webhook:
    """A web server on this machine; `came` are the messages that it was sent, and `answers` what it says to them."""

    def __init__(self):
        self.came, self.answers, self.may_answer = [], 200, threading.Event()
        self.may_answer.set()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                hook.came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                hook.may_answer.wait(PATIENCE_SECONDS)
                self.send_response(hook.answers)
                self.end_headers()

            def log_message(self, *_):
                """Say nothing on stderr."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"json://127.0.0.1:{self.server.server_port}/{SECRET}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def subjects(self):
        return [each["title"] for each in self.came]

    def close(self):
        self.may_answer.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def webhook():
    made = Webhook()
    yield made
    made.close()


class Letters:
    """What a mail server is handed; `came` are the letters."""

    def __init__(self):
        self.came = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.came.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@pytest.fixture
def mail():
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=free_port())
    server.start()
    letters.address = f"mailto://127.0.0.1:{server.port}?from=blangko@kantor.example&to=kepala@kantor.example"
    yield letters
    server.stop()


@pytest.fixture
def watched(nobody, monkeypatch):
    """An office of 1,040 cards and 200 prints a day, which should have asked yesterday: CRITICAL."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(nobody.folder / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(nobody.folder / "state"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    nobody.did("init", "--office", "Disdukcapil Sanggau", "--code", "61.03", "--opening", 1040, "--daily", 200,
               "--on", "2017-10-26")  # fmt: skip
    nobody.did("print", 0, "--cause", "server")
    nobody.addresses = nobody.folder / "config" / "blangko" / "addresses.txt"
    return nobody


def tells(office, *addresses):
    """Write the file of addresses, for its owner alone."""
    office.addresses.parent.mkdir(parents=True, exist_ok=True)
    office.addresses.write_text("".join(f"{each}\n" for each in addresses), encoding="utf-8")
    office.addresses.chmod(0o600)


# --- Once for every change ------------------------------------------------------------------------


def test_a_letter_says_how_urgent_it_is_where_and_what_to_do(watched, mail):
    tells(watched, mail.address)

    assert watched("alert", "--notify") == 2

    ((to, letter),) = mail.came
    body = letter.get_body(("plain", "html")).get_content()
    assert to == ["kepala@kantor.example"]
    assert letter["Subject"] == "BLANGKO CRITICAL: Disdukcapil Sanggau (61.03)"
    assert "1,040 cards, 5 workdays, " in body and "Ask for 6,000 cards today" in body
    assert "Friday, 27 October 2017" in body
    assert watched.err == ""


def test_two_alerts_that_are_started_at_the_same_instant_tell_a_change_once(watched, webhook):
    tells(watched, webhook.address)
    webhook.may_answer.clear()
    both = [
        subprocess.Popen([sys.executable, "-m", "blangko", "alert", "--notify"], stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        # Neither ends while the server holds the first message back: one of them sends, the other waits for it.
        both[0].wait(3)
    webhook.may_answer.set()

    assert [each.wait(PATIENCE_SECONDS) for each in both] == [2, 2]
    assert len(webhook.came) == 1


def test_every_change_is_told_once_and_that_all_is_well_again_too(watched, webhook):
    tells(watched, webhook.address)

    assert [watched("alert", "--notify") for _ in range(2)] == [2, 2]
    watched.did("receive", 9000)
    assert [watched("alert", "--notify") for _ in range(2)] == [0, 0]
    watched.did("request", 4000, "--on", "2017-10-26", "--due", "2017-10-26")
    assert watched("alert", "--notify") == 1

    assert webhook.subjects == [
        f"BLANGKO {level}: Disdukcapil Sanggau (61.03)" for level in ("CRITICAL", "OK", "WARNING")
    ]
    assert [each["type"] for each in webhook.came] == ["failure", "success", "warning"]
    assert "All is well again." in webhook.came[1]["message"]


def test_a_book_that_was_always_well_is_no_news(watched, webhook):
    watched.did("receive", 9000)
    tells(watched, webhook.address)

    assert watched("alert", "--notify") == 0
    assert webhook.came == []


def test_a_further_reason_is_told_at_the_same_level_and_one_that_is_gone_is_not(watched, webhook):
    tells(watched, webhook.address)
    watched("alert", "--notify")
    watched.did("settings", "floor", 2000)
    watched("alert", "--notify")
    watched.did("settings", "floor", 0)
    watched("alert", "--notify")

    assert len(webhook.came) == 2
    assert "below the floor of 2,000" in webhook.came[1]["message"]


def test_with_repeat_it_is_told_every_time_and_quietly_only_while_it_is_not_well(watched, webhook):
    tells(watched, webhook.address)
    for _ in range(2):
        assert watched("alert", "--notify", "--repeat") == 2
    watched.did("receive", 9000)
    for _ in range(2):
        assert watched("alert", "--notify", "--repeat", "--quiet") == 0
    assert watched("alert", "--notify", "--repeat") == 0

    assert [subject.split()[1] for subject in webhook.subjects] == ["CRITICAL:", "CRITICAL:", "OK:", "OK:"]


def test_each_day_that_nobody_writes_down_is_told(watched, webhook):
    watched.did("receive", 9000)
    watched.did("settings", "remind_at", "16:30")
    tells(watched, webhook.address)
    for moment in ("2017-10-30T16:00", "2017-10-30T17:00", "2017-10-30T18:00", "2017-10-31T08:00", "2017-10-31T17:00"):
        watched.today(moment)
        watched("alert", "--notify")

    assert [each["message"].split(", ")[2] for each in webhook.came] == [
        "Mon 30 Oct not written down",
        "2 workdays not written down",
    ]


@pytest.mark.file
def test_a_book_that_cannot_be_read_is_told_with_the_office_it_was(watched, webhook):
    tells(watched, webhook.address)
    watched("alert", "--notify")
    watched.book.write_bytes(b"not a book any more")

    assert watched("alert", "--notify") == 3
    assert watched("alert", "--notify") == 3
    assert webhook.subjects[1:] == ["BLANGKO UNKNOWN: Disdukcapil Sanggau (61.03)"]
    assert str(watched.book) in webhook.came[1]["message"]


def test_a_broken_seal_is_told_without_the_figures_of_the_book(watched, webhook, monkeypatch):
    tells(watched, webhook.address)
    monkeypatch.setattr("blangko.stockroom.seals.proved_seals", lambda *_: None)

    assert watched("alert", "--notify") == 3
    assert "a seal is broken" in webhook.came[0]["message"] and "1,040" not in webhook.came[0]["message"]


@pytest.mark.file
def test_a_book_that_is_only_read_tells_as_well(watched, webhook):
    tells(watched, webhook.address)
    before = watched.book.read_bytes()
    watched.book.chmod(0o400)

    assert [watched("alert", "--notify") for _ in range(2)] == [2, 2]
    assert len(webhook.came) == 1 and watched.book.read_bytes() == before


def test_two_books_of_one_account_are_told_apart(watched, webhook):
    tells(watched, webhook.address)
    other = watched.folder / "other.db"
    watched.did("--db", other, "init", "--office", "Disdukcapil Sekadau", "--code", "61.09", "--opening", 900,
                "--daily", 200, "--on", "2017-10-26")  # fmt: skip
    for _ in range(2):
        watched("alert", "--notify")
        watched("--db", other, "alert", "--notify")

    assert webhook.subjects == [
        "BLANGKO CRITICAL: Disdukcapil Sanggau (61.03)",
        "BLANGKO CRITICAL: Disdukcapil Sekadau (61.09)",
    ]


@pytest.mark.file
def test_another_offices_book_in_the_same_place_is_told_anew(watched, webhook):
    tells(watched, webhook.address)
    watched("alert", "--notify")
    watched.book.unlink()
    watched.did("init", "--office", "Disdukcapil Sekadau", "--code", "61.09", "--opening", 900, "--daily", 200,
                "--on", "2017-10-26")  # fmt: skip
    watched("alert", "--notify")

    assert len(webhook.came) == 2


def test_in_indonesian_the_letter_is_indonesian(watched, mail):
    watched.speaks(None)
    watched.did("settings", "language", "id")
    tells(watched, mail.address)

    assert watched("cek", "--beritahu") == 2
    ((_, letter),) = mail.came
    body = letter.get_body(("plain", "html")).get_content()
    assert letter["Subject"] == "BLANGKO GENTING: Disdukcapil Sanggau (61.03)"
    assert "1.040 keping, 5 hari kerja" in body and "Ajukan 6.000 keping hari ini" in body
    assert "Jumat, 27 Oktober 2017" in body


# --- A trial --------------------------------------------------------------------------------------


def test_a_trial_is_marked_as_one_and_changes_nothing_of_what_was_told(watched, mail, webhook):
    tells(watched, mail.address, webhook.address)

    assert watched("alert", "--notify", "--test") == 2
    assert watched.err == "The trial was sent to 2 addresses.\n"
    assert mail.came[0][1]["Subject"] == "TRIAL - BLANGKO CRITICAL: Disdukcapil Sanggau (61.03)"
    assert webhook.came[0]["message"].startswith("This is a trial of the addresses.")
    assert not (watched.folder / "state").exists()

    assert watched("alert", "--notify") == 2
    assert len(webhook.came) == 2


def test_an_indonesian_trial_is_an_uji_coba(watched, webhook):
    tells(watched, webhook.address)
    watched.speaks("id")

    assert watched("cek", "--beritahu", "--uji-coba") == 2
    assert webhook.subjects == ["UJI COBA - BLANGKO GENTING: Disdukcapil Sanggau (61.03)"]
    assert watched.err == "Uji coba dikirim ke 1 alamat.\n"


@pytest.mark.parametrize("option", [["--test"], ["--repeat"], ["--addresses", "x"]])
def test_what_belongs_to_a_message_needs_one(watched, option):
    assert watched("alert", *option) == 3
    assert "--notify is missing" in watched.out


# --- What goes wrong ------------------------------------------------------------------------------


def test_a_server_that_refuses_is_told_and_tried_again_without_telling_the_others_twice(watched, webhook, mail):
    webhook.answers = 500
    tells(watched, mail.address, "# the office's own", webhook.address)

    assert watched("alert", "--notify") == 2
    assert watched.err == (
        "Not everybody was told, and the next alert tries again: line 3 (json) could not be reached or refused it.\n"
    )
    assert SECRET not in watched.out + watched.err
    webhook.answers = 200
    assert watched("alert", "--notify") == 2
    assert watched.err == ""

    assert len(mail.came) == 1 and len(webhook.came) == 2


def test_nobody_behind_the_address_changes_no_exit_code(watched):
    watched.did("receive", 9000)
    watched.did("request", 4000, "--on", "2017-10-26", "--due", "2017-10-26")
    closed = f"127.0.0.1:{free_port()}"
    tells(watched, f"mailto://kepala:{SECRET}@{closed}?to=kepala@kantor.example&from=b@kantor.example",
          f"json://{closed}/{SECRET}")  # fmt: skip

    assert watched("alert", "--notify") == 1
    assert "line 1 (mailto) could not be reached or refused it; line 2 (json) could" in watched.err
    assert SECRET not in watched.err and len(watched.err.splitlines()) == 1


def test_a_server_that_never_answers_is_given_up(watched, webhook, monkeypatch):
    monkeypatch.setattr(sending, "LONGEST_SECONDS", 2)
    webhook.may_answer.clear()
    tells(watched, webhook.address)

    assert watched("alert", "--notify") == 2
    assert watched.err == "Not everybody was told, and the next alert tries again: line 1 (json) took too long.\n"


def test_a_sender_that_never_ends_is_ended(watched, webhook, monkeypatch):
    webhook.may_answer.clear()
    monkeypatch.setattr(sending, "SPARE_SECONDS", -sending.LONGEST_SECONDS + 2)
    tells(watched, webhook.address)

    assert watched("alert", "--notify") == 2
    assert "line 1 (json) could not be reached or refused it" in watched.err


def test_what_is_no_address_is_named_by_its_line_and_the_others_are_told(watched, webhook):
    tells(watched, SECRET, f"nonsense://{SECRET}", webhook.address)

    assert watched("alert", "--notify") == 2
    assert "line 1 (?) is no address that can be used here; line 2 (nonsense) is no address" in watched.err
    assert SECRET not in watched.err and len(webhook.came) == 1


def test_without_a_file_of_addresses_it_is_said_which_line_to_write(watched):
    assert watched("alert", "--notify") == 2
    assert watched.err.splitlines() == [
        f"Nobody was told: there is no file of addresses at {watched.addresses}.",
        "Make it with a line for each address, mailtos://NAME:PASSWORD@gmail.com?to=WHO or tgram://TOKEN/CHAT, and "
        "keep it to yourself: chmod 600 FILE",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_file_of_addresses_that_others_can_open_is_not_used(watched, webhook, mode):
    tells(watched, webhook.address)
    watched.addresses.chmod(mode)

    assert watched("alert", "--notify") == 2
    assert watched.err == (
        f"Nobody was told: the passwords in {watched.addresses} are open to others on this machine; "
        f"close it with: chmod 600 {watched.addresses}\n"
    )
    assert webhook.came == []


@pytest.mark.parametrize(("content", "reason"), [(b"# nobody yet\n\n", "it holds no address"), (b"\xff\xfe", "")])
def test_a_file_without_an_address_is_said_to_be_one(watched, content, reason):
    tells(watched)
    watched.addresses.write_bytes(content)

    assert watched("alert", "--notify") == 2
    assert watched.err.startswith(
        f"Nobody was told: the file of addresses {watched.addresses} cannot be used: {reason}"
    )


def test_another_file_of_addresses_is_named_by_an_option_or_by_the_surroundings(watched, webhook, monkeypatch):
    tells(watched, webhook.address)
    elsewhere = watched.addresses.rename(watched.folder / "alamat")

    assert watched("cek", "--beritahu", "--alamat", elsewhere, "--ulangi") == 2
    monkeypatch.setenv("BLANGKO_ADDRESSES", str(elsewhere))
    assert watched("alert", "--notify", "--repeat") == 2

    assert len(webhook.came) == 2


def test_a_remark_may_stand_behind_an_address_and_a_byte_mark_before_all(watched, webhook):
    tells(watched, f"{webhook.address}#part   # the head of the office")
    watched.addresses.write_bytes(b"\xef\xbb\xbf" + watched.addresses.read_bytes())

    watched("alert", "--notify")

    assert len(webhook.came) == 1 and watched.err == ""


def test_what_was_told_cannot_be_kept_so_it_is_told_again(watched, webhook):
    tells(watched, webhook.address)
    (watched.folder / "state").write_text("a file where the folder should be")

    assert [watched("alert", "--notify") for _ in range(2)] == [2, 2]
    assert watched.err.startswith(f"Nothing was saved at {watched.folder / 'state'}")
    assert len(webhook.came) == 2


@pytest.mark.parametrize("held", ["", "{}", "[1]", '{"schema": "blangko.told/1", "addresses": 5}', "\ud800"])
def test_a_broken_memory_of_what_was_told_costs_a_message_and_nothing_else(watched, webhook, held):
    tells(watched, webhook.address)
    watched("alert", "--notify")
    (kept,) = (watched.folder / "state" / "blangko").glob("*.json")
    kept.write_text(held, encoding="utf-8", errors="surrogatepass")

    assert [watched("alert", "--notify") for _ in range(2)] == [2, 2]
    assert len(webhook.came) == 2


def test_what_is_kept_is_the_owners_alone_and_holds_no_address(watched, webhook):
    tells(watched, webhook.address)
    watched("alert", "--notify")
    (kept,) = (watched.folder / "state" / "blangko").glob("*.json")

    assert kept.stat().st_mode & 0o777 == 0o600
    assert SECRET not in kept.read_text(encoding="utf-8")


WITHOUT = """
import sys
sys.modules["apprise"] = None
from blangko.cli.app import main
sys.exit(main(sys.argv[1:]))
"""


def test_without_the_extra_the_alert_answers_and_says_which_line_to_run(watched, webhook):
    tells(watched, webhook.address)
    done = subprocess.run([sys.executable, "-c", WITHOUT, "alert", "--notify"], capture_output=True, text=True,
                          timeout=PATIENCE_SECONDS)  # fmt: skip

    assert done.returncode == 2 and done.stdout.startswith("BLANGKO CRITICAL - ")
    assert done.stderr.splitlines()[1] == f"Install them with: {install_line('notify')}"


def test_an_office_name_cannot_forge_the_letter(watched, mail):
    watched.did("settings", "office_name", "Dinas\\nBcc: everybody@example.com\\n\\n<b>&")
    tells(watched, mail.address)
    watched("alert", "--notify")

    ((to, letter),) = mail.came
    assert to == ["kepala@kantor.example"] and letter["Bcc"] is None
    assert letter["Subject"].startswith("BLANGKO CRITICAL: Dinas Bcc: everybody@example.com")


@pytest.mark.parametrize(
    ("printed", "outcomes"),
    [(b'a word of thanks\n["sent"]', ["sent"]), (b"a word of thanks", ["failed"]), (b"", ["failed"])],
)
def test_what_a_service_prints_is_not_taken_for_an_answer(monkeypatch, printed, outcomes):
    monkeypatch.setattr(sending, "made_apart", lambda *_: printed)

    assert sending.send(["json://127.0.0.1/"], "subject", "body", "info") == outcomes

"""The edge of the program: words it does not know, files it cannot read, languages, exit codes."""

import os
import random
import re
import sqlite3
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest
import typer

import blangko.cli
from blangko.cli.commands import COMMANDS
from tests import PATIENCE_SECONDS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("printt", 5), "Did you mean print?"),
        (("nothing-like-it",), "blangko --help"),
        (("--bogus",), "no option --bogus"),
        (("print", "--bogus"), "blangko print --help"),
        (("print", 5, 7), '"7" is more'),
        (("print", "--on"), "needs a value"),
        (("send", 5), "--to is missing"),
        (("close",), "--reason is missing"),
        (("receive",), "N is missing"),
        (("--lang", "fr", "status"), "en, id"),
        (("--db",), "needs a value"),
        (("print", 5, "(x)"), '"(x)" is more'),
    ],
)
def test_wrong_usage_is_told_in_words_and_ends_with_2(office, words, said):
    assert office(*words) == 2
    assert said in office.err and not office.out
    assert office.last_entry() == 3


def test_every_command_is_called_by_both_its_names(nobody):
    for command in COMMANDS:
        assert nobody(command.name, "--help") == 0
        page = nobody.out
        assert nobody(command.alias, "-h") == 0
        assert nobody.out == page
        assert page.startswith(f"blangko {command.name}: ") and "Examples" in page
        assert max(map(len, page.splitlines())) <= 80


def test_the_help_names_every_command_in_groups(nobody):
    nobody.did("--help")

    assert all(f"{command.name} ({command.alias})" in nobody.out for command in COMMANDS)
    assert max(map(len, nobody.out.splitlines())) <= 80


def test_indonesian_is_spoken_throughout(office):
    office.speaks("id")

    said = office.did("stok")
    assert "1.000 keping" in said
    assert office("cetak", "abc") == 1
    assert office("cetak", 99999) == 1
    assert "99.999 keping" in office.err


def _random(path):
    path.write_bytes(os.urandom(8192))


def _empty(path):
    path.write_bytes(b"")


def _foreign(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.commit()


def _torn(path):
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 4000)


@pytest.mark.file
@pytest.mark.parametrize("spoil", [_random, _empty, _foreign, _torn])
@pytest.mark.parametrize("words", [("status",), ("print", 5), ("card",), ("verify",), ("settings",), ()])
def test_a_file_that_is_no_book_is_told_in_three_lines_and_left_alone(nobody, spoil, words):
    spoil(nobody.book)
    before = nobody.book.read_bytes()

    assert nobody(*words) == 3
    assert 1 <= len(nobody.err.splitlines()) <= 3
    assert nobody.book.read_bytes() == before


def test_a_missing_book_is_named_and_not_made(nobody):
    for words in ((), ("print", 5), ("forecast",), ("undo", "--reason", "x")):
        assert nobody(*words) == 3
        assert nobody.place in nobody.err and "blangko init" in nobody.err
    assert list(nobody.folder.iterdir()) == [] and not nobody.has_a_book()


@pytest.mark.file
def test_a_damaged_page_is_told_without_a_traceback(office):
    for day in range(2, 28):
        office.did("print", 1, "--on", f"2017-10-{day:02}", "--yes")
    damaged = bytearray(office.book.read_bytes())
    damaged[4096 : len(damaged)] = random.Random(20171027).randbytes(len(damaged) - 4096)
    office.book.write_bytes(damaged)

    for words in (("status",), ("print", 5), ("card",), ("verify",)):
        assert office(*words) == 3, office.err
        assert len(office.err.splitlines()) <= 3


def test_a_server_is_not_opened_and_its_password_is_not_shown(nobody):
    assert nobody("--db", "postgresql://u:secret@host/db", "status") == 3
    assert "secret" not in nobody.err and "host/db" in nobody.err


ADDRESS = "postgresql://u:secret@host/db"


@pytest.mark.parametrize(
    "words",
    [("init", "--office", "X", "--opening", 10), ("demo", "--keep", ADDRESS), ("restore", "copy.db", "--yes")],
    ids=["init", "demo", "restore"],
)
def test_a_server_s_address_made_folders_and_a_book_named_after_it(office, words):
    office.did("backup", "-o", office.folder / "copy.db")
    office.chdir(office.folder)
    before = sorted(office.folder.iterdir())

    assert office("--db", ADDRESS, *words) == 3
    assert "host/db" in office.err and "secret" not in office.err + office.out
    assert sorted(office.folder.iterdir()) == before


@pytest.mark.file
def test_a_book_that_stays_locked_is_told_so(office, monkeypatch):
    monkeypatch.setattr("blangko.store.sqlite.BUSY_TIMEOUT_MS", 100)
    other = sqlite3.connect(office.book, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    assert office("print", 5) == 3
    assert "in use" in office.err
    other.execute("ROLLBACK")
    office.did("print", 5)


def run(*words: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "blangko", *words], capture_output=True, timeout=PATIENCE_SECONDS, **options
    )


def test_output_in_other_encodings_and_a_reader_that_leaves_do_no_harm(tmp_path):
    surroundings = {**os.environ, "BLANGKO_DB": str(tmp_path / "b.db"), "BLANGKO_LANG": "id"}
    for more in ({"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        done = run("demo", env={**surroundings, **more})
        assert done.returncode == 0 and not done.stderr
    left = subprocess.run(
        f"{sys.executable} -m blangko demo | head -1",
        shell=True,
        capture_output=True,
        env=surroundings,
        timeout=PATIENCE_SECONDS,
    )
    assert left.returncode == 0 and not left.stderr


def test_a_full_disk_behind_the_screen_is_told_in_words(tmp_path):
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "blangko", "demo"], stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS
        )
    assert done.returncode == 1 and b"Traceback" not in done.stderr and done.stderr


def test_the_version_is_told(nobody):
    assert nobody.did("--version").startswith("blangko ")


def test_the_book_and_the_language_are_named_after_the_command_as_well_as_before(nobody):
    other = nobody.folder / "other.db"
    nobody.did("init", "--office", "X", "--opening", 700, "--db", other, "--lang", "id")

    assert nobody.did("status", f"--db={other}", "--lang=id") == nobody.did("--db", other, "--lang", "id", "status")
    assert "700 keping" in nobody.out
    assert not nobody.has_a_book()


def test_a_book_named_without_a_command_shows_its_status(office):
    assert office.did("--lang", "id", "--db", office.place) == office.did("status", "--lang", "id")


@pytest.mark.parametrize("option", ["--db", "--lang"])
def test_an_option_at_the_end_that_lacks_its_value_is_told_so(office, option):
    assert office("status", option) == 2
    assert f"{option} needs a value after it" in office.err
    assert office("alert", option) == 3
    assert office.out.startswith("BLANGKO UNKNOWN - ")


def test_the_version_is_told_after_a_command_too(office):
    assert office.did("print", "5", "--version") == office.did("--version")
    assert office.last_entry() == 3


def test_a_word_behind_two_dashes_is_no_option(office):
    assert office("import", "--", "--db") == 1
    assert "Nothing was read from --db" in office.err


@pytest.mark.parametrize("lang", ["xx", ""])
def test_a_language_nobody_speaks_is_refused_wherever_it_is_named(office, lang):
    assert office("status", "--lang", lang) == 2
    assert "--lang" in office.err


ALL_THAT_WRITE = {"--on", "--note", "--by", "--key", "--yes"}
HEEDED = {
    "upgrade": set(),
    "pull": {"--yes"},
    "restore": {"--yes"},
    "import": {"--note", "--by", "--yes"},
    "init": ALL_THAT_WRITE - {"--key"},
    "undo": ALL_THAT_WRITE - {"--on"},
    "letter": ALL_THAT_WRITE - {"--on"},
    "allocate": ALL_THAT_WRITE - {"--on"},
    "summary": {"--note", "--by", "--yes"},
    "report": {"--note", "--by", "--yes"},
    "settings": ALL_THAT_WRITE,
    # There it names the day of the target.
    "plan": {"--by"},
}
READS = {"backtest", "status", "card", "forecast", "alert", "calendar", "notice", "verify", "overview"}
FREE = {
    *("demo", "guide", "help", "completion", "template", "export"),
    *("backup", "schedule", "offices", "push", "serve", "account"),
}


@pytest.mark.file
@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_a_command_shows_the_options_that_it_heeds_and_no_other(nobody, name):
    page = nobody.did(name, "--help")
    shown = set(re.findall(r"--[a-z-]+(?=\s[A-Z]|\s\(|  )", page)) & ALL_THAT_WRITE

    assert shown == (set() if name in READS | FREE else HEEDED.get(name, ALL_THAT_WRITE))


@pytest.mark.parametrize(
    ("words", "unused"),
    [
        (("undo", "--reason", "x", "--on", "2017-10-20"), "--on"),
        (("summary", "--issue", "--key", "k"), "--key"),
        (("summary", "--note", "for the governor"), "--note"),
        (("report", "--by", "Siti"), "--by"),
        (("letter", "--key", "k"), "--key"),
        (("summary", "--week", "2017-W42", "--since-receipt"), "--week"),
        (("summary", "--week", "2017-W42", "--from", "2017-10-20"), "--from"),
        (("letter", "--template", "kop.docx", "-o", "surat.pdf"), "--template"),
        (("settings", "--on", "2017-10-20"), "--on"),
        (("settings", "daily", "200", "-f", "json"), "--format"),
        (("settings", "daily", "200", "-o", "daily.csv"), "--output"),
        (("upgrade", "--yes"), "--yes"),
        (("restore", "copy.db", "--note", "x"), "--note"),
        (("init", "--office", "X", "--key", "k"), "--key"),
        (("import", "days.csv", "--on", "2017-10-20"), "--on"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_an_option_that_would_change_nothing_is_refused(office, words, unused):
    before = office.last_entry()

    assert office(*words) == 2
    assert unused in office.err
    assert office.last_entry() == before


def test_every_command_is_registered_with_typer_by_the_module_that_the_register_names():
    modules = [import_module(f"blangko.cli.{each.name}") for each in iter_modules(blangko.cli.__path__)]
    found = {
        (info.name, module.__name__.rpartition(".")[2])
        for module in modules
        if isinstance(getattr(module, "commands", None), typer.Typer)
        for info in module.commands.registered_commands
    }

    assert found == {(command.name, command.module) for command in COMMANDS}


ANSWERING = "status card forecast calendar plan summary report letter notice settings verify"


@pytest.mark.parametrize("name", ANSWERING.split())
def test_the_help_of_o_names_every_ending_that_the_command_can_make_and_no_other(office, name):
    office.did("settings", "daily", 50)
    page = " ".join(office.did(name, "--help").split())
    shown = re.search(r"into a file: ((?:\.\w+ ?)+)", page)[1].split()

    known = [".txt", ".json", ".csv", ".md", ".html", ".xlsx", ".pdf", ".png", ".docx", ".ics"]
    made = [ending for ending in known if office(name, "-o", office.folder / f"x{ending}") == 0]
    assert sorted(shown) == sorted(made)


def test_an_ending_that_is_none_is_answered_with_those_that_are(office):
    assert office("calendar", "-o", "days.pdf") == 2
    assert '".pdf"' in office.err and ".txt .json .csv .md .xlsx .ics" in office.err
    assert office("summary", "-o", "week.doc") == 2
    assert '".doc"' in office.err and ".html .pdf .png" in office.err

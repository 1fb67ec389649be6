"""The alert is 3 whatever goes wrong: a scheduler that reads a 0 over a failure sleeps while the shelf runs empty."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import blangko

pytestmark = pytest.mark.file

SECONDS = 60
"""No alert may hang; it waits 20 s for a lock, and never for anything else."""
PACKAGE = Path(blangko.__file__).parent


@pytest.fixture
def short(office):
    """An office whose shelf is empty: its alert is CRITICAL, 2."""
    office.did("print", 1000, "--yes")
    assert office("alert") == 2
    return office


def alert(*words, before="", stdout=subprocess.PIPE, stderr=subprocess.PIPE, **env):
    """The alert in a process of its own, as a scheduler runs it; `before` is what the machine does to it first."""
    command = [sys.executable, "-m", "blangko"] if not before else [sys.executable, "-c", f"{before}\n{RUN}"]
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    surroundings.update({name: str(value) for name, value in env.items()})
    return subprocess.run(
        [*command, *(words or ["alert"])], stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, timeout=SECONDS,
        env={name: value for name, value in surroundings.items() if value},
    )  # fmt: skip


RUN = "import sys; sys.argv[0] = 'blangko'; from blangko.__main__ import main; main()"


def test_nobody_who_reads_the_alert_is_not_all_is_well(short):
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "w") as unread:
        ended = alert(stdout=unread)

    assert ended.returncode == 3


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("both", [False, True], ids=["the answer", "and the complaint"])
def test_an_alert_that_cannot_be_written_is_unknown(short, both):
    with open("/dev/full", "w") as full:
        ended = alert(stdout=full, stderr=full if both else subprocess.PIPE)

    assert ended.returncode == 3


def test_an_account_without_home_and_name_still_gets_an_answer():
    nobody = "import os, pwd\ndef none(*_): raise KeyError('no such account')\npwd.getpwuid = pwd.getpwnam = none"
    ended = alert(before=nobody, HOME="", XDG_DATA_HOME="", BLANGKO_DB="")

    assert ended.returncode == 3 and ended.stdout.startswith(b"BLANGKO UNKNOWN - ")


@pytest.mark.parametrize("words", [["alert"], ["cek"], ["--lang", "id", "--db", "x", "alert"], ["--lang=en", "cek"]])
@pytest.mark.parametrize(
    "fault", ["raise ImportError('broken')", "import no_such_module", "1 +", "raise SystemExit(0)"]
)
def test_a_program_that_cannot_be_loaded_is_unknown(tmp_path, words, fault):
    (tmp_path / "typer.py").write_text(fault)
    ended = alert(*words, PYTHONPATH=tmp_path)

    assert ended.returncode == 3 and ended.stdout.startswith(b"BLANGKO UNKNOWN - ")


@pytest.mark.parametrize("name", ["typer", "sqlite3", "gettext", "json", "locale", "platformdirs", "typing"])
def test_a_broken_module_of_another_program_is_unknown(short, name, tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / f"{name}.py").write_text("raise RuntimeError('broken | by an update')")
    ended = alert(PYTHONPATH=folder, BLANGKO_DB=short.book if name != "platformdirs" else "")

    assert ended.returncode == 3
    assert ended.stdout.startswith(b"BLANGKO UNKNOWN - ") and ended.stdout.count(b"\n") == 1


def test_a_program_that_cannot_be_loaded_says_so_as_any_other_command(tmp_path):
    (tmp_path / "typer.py").write_text("raise ImportError('broken')")

    ended = alert("status", PYTHONPATH=tmp_path)
    assert ended.returncode == 1 and b"ImportError: broken" in ended.stderr and ended.stdout == b""


@pytest.mark.parametrize(
    "held",
    [b"", b"garbage", b"\xde\x12\x04\x95" + b"\xff" * 60, bytes(range(256))],
    ids=["empty", "a word", "a catalogue that ends at once", "every byte"],
)
def test_a_damaged_catalogue_is_unknown_and_told(short, held, tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "blangko", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "db", tmp_path / "blangko" / "db", dirs_exist_ok=True)
    (tmp_path / "blangko/locale/id/LC_MESSAGES/blangko.mo").write_bytes(held)
    short.chdir(tmp_path)
    ended = alert("--lang", "id", "alert", PYTHONPATH=tmp_path)

    assert ended.returncode == 3 and ended.stdout.startswith(b"BLANGKO UNKNOWN - ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("which", ["book", "journal", "mark"])
def test_a_pipe_in_the_place_of_a_file_is_unknown_and_never_waited_for(short, which):
    pipe = {"book": short.book, "journal": Path(f"{short.book}-journal"), "mark": short.folder / "mark"}[which]
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)

    words = ["alert", "--mark", pipe] if which == "mark" else ["alert"]
    assert alert(*words).returncode == 3


def test_a_device_is_no_mark(short):
    assert alert("alert", "--mark", "/dev/zero").returncode == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")
def test_an_alert_that_somebody_stops_is_unknown(short):
    stopped = f"import blangko.config, os\nblangko.config.today = lambda: os.kill(os.getpid(), {int(signal.SIGINT)})"
    ended = alert(before=stopped)

    assert ended.returncode == 3 and ended.stdout.startswith(b"BLANGKO UNKNOWN - KeyboardInterrupt")


def test_an_error_that_cannot_tell_itself_is_unknown(tmp_path):
    (tmp_path / "typer.py").write_text(
        "class Silent(Exception):\n    def __str__(self):\n        raise Silent\nraise Silent"
    )

    assert alert(PYTHONPATH=tmp_path).returncode == 3


def test_a_note_that_names_the_alert_is_none(tmp_path):
    (tmp_path / "typer.py").write_text("raise ImportError('broken')")

    assert alert("print", "5", "--note", "alert", PYTHONPATH=tmp_path).returncode == 1

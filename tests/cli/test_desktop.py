"""The icon on the desktop opens the book that it was made for, whatever its path holds, and is written over nothing."""

import os
import re
import subprocess
import sys

import pytest

from blangko.cli.desktop import batch_file, desktop_file
from tests import PATIENCE_SECONDS


@pytest.fixture
def desktop(nobody, monkeypatch):
    """The folder of an account's desktop."""
    folder = nobody.folder / "Desktop"
    folder.mkdir()
    monkeypatch.setattr("platformdirs.user_desktop_dir", lambda: str(folder))
    return folder


def test_a_new_book_gets_an_icon_when_it_is_asked_for(nobody, desktop):
    said = nobody.did("init", "--office", "X", "--opening", 1000, "--desktop")

    (icon,) = desktop.iterdir()
    assert str(icon) in said.replace("\n", "") and nobody.place in icon.read_text(encoding="utf-8")
    assert os.access(icon, os.X_OK)


def test_without_being_asked_for_there_is_none(nobody, desktop):
    nobody.did("init", "--office", "X", "--opening", 1000)

    assert list(desktop.iterdir()) == []


@pytest.mark.file
def test_an_icon_that_stands_there_stays_and_the_new_one_gets_a_number(nobody, desktop):
    ending = ".bat" if sys.platform == "win32" else ".desktop"
    (desktop / f"blangko{ending}").write_text("mine", encoding="utf-8")
    nobody.did("init", "--office", "X", "--desktop")
    nobody.book.unlink()
    nobody.did("init", "--office", "X", "--desktop")

    # The second time it says the same already.
    assert sorted(path.name for path in desktop.iterdir()) == [f"blangko-2{ending}", f"blangko{ending}"]
    assert (desktop / f"blangko{ending}").read_text(encoding="utf-8") == "mine"


def test_an_account_without_a_desktop_finds_it_at_home(nobody, monkeypatch):
    monkeypatch.setattr("platformdirs.user_desktop_dir", lambda: str(nobody.folder / "nowhere"))
    monkeypatch.setattr("pathlib.Path.home", lambda: nobody.folder)

    nobody.did("init", "--office", "X", "--desktop")

    assert list(nobody.folder.glob("blangko.*"))


def test_a_desktop_that_takes_nothing_leaves_the_book_begun(nobody, desktop, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("blangko.cli.desktop.being_made", refused)
    nobody.did("init", "--office", "X", "--opening", 1000, "--desktop")

    assert "Permission denied".lower() in nobody.err and nobody.has_a_book() and list(desktop.iterdir()) == []


def test_on_windows_a_path_with_a_space_a_percent_sign_and_an_ampersand_is_taken_as_it_is():
    made = batch_file([r"C:\Program Files\R&D\blangko.exe"], r"D:\100% kartu\buku & stok é.db")

    assert made.split("\r\n") == [
        "@echo off",
        "setlocal DisableDelayedExpansion",
        "chcp 65001 >nul",
        "title blangko",
        r'set "BLANGKO_DB=D:\100%% kartu\buku & stok é.db"',
        r'"C:\Program Files\R&D\blangko.exe"',
        "echo.",
        "pause",
        "",
    ]


NASTY = ["a b", "100%", "R&D", "it's", 'say "x"', "$HOME", "`id`", "back\\slash", "%f", "semi;colon"]


@pytest.mark.skipif(sys.platform == "win32", reason="a .desktop file is for Linux")
@pytest.mark.parametrize("name", NASTY)
def test_on_linux_the_icon_starts_the_menu_of_its_book_whatever_the_path_is_called(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "blangko"
    program.write_text('#!/bin/sh\nprintf "%s|%s" "$BLANGKO_DB" "$#"\n', encoding="utf-8")
    program.chmod(0o755)

    words = launched(desktop_file([str(program)], str(folder / "book.db")))
    done = subprocess.run(words, input="\n", capture_output=True, text=True, timeout=PATIENCE_SECONDS)

    assert done.stdout.startswith(f"{folder}/book.db|0\n") and done.stderr == ""


def launched(file):
    """The words of the Exec line, read by the rules of the Desktop Entry Specification."""
    line = re.search(r"^Exec=(.*)$", file, re.MULTILINE)[1]
    line = re.sub(r"\\(.)", lambda found: {"s": " ", "n": "\n", "t": "\t", "r": "\r"}.get(found[1], found[1]), line)
    before, quoted = re.fullmatch(r'(sh -c )"(.*)"', line, re.DOTALL).groups()
    assert not re.search(r"(?<!%)(?:%%)*%(?!%)", quoted)
    return [*before.split(), re.sub(r'\\(["`$\\])', r"\1", quoted).replace("%%", "%")]


@pytest.mark.skipif(sys.platform == "win32", reason="a .desktop file is for Linux")
def test_the_window_stays_to_be_read_when_the_menu_is_left_by_ctrl_c(tmp_path):
    program = tmp_path / "blangko"
    # A terminal sends the signal to the shell around the menu too.
    program.write_text("#!/bin/sh\necho Cancelled\nkill -INT $PPID\nexit 130\n", encoding="utf-8")
    program.chmod(0o755)

    words = launched(desktop_file([str(program)], str(tmp_path / "book.db")))
    done = subprocess.run(words, input="\n", capture_output=True, text=True, timeout=PATIENCE_SECONDS)

    assert done.stdout.startswith("Cancelled") and "Press Enter to close." in done.stdout

"""An office with its own book, whose commands run in this process."""

import io
import json
import sys
from pathlib import Path

import pytest

from blangko.cli.app import main


class Office:
    """`office("print", 5)` runs a command and returns its exit code; `out` and `err` are what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.folder, self.book = folder, folder / "book.db"
        self._patch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""
        monkeypatch.setenv("BLANGKO_DB", str(self.book))
        monkeypatch.setenv("BLANGKO_LANG", "en")
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        self.today("2017-10-27")

    def today(self, day: str) -> None:
        self._patch.setenv("BLANGKO_TODAY", day)

    def chdir(self, folder: Path) -> None:
        self._patch.chdir(folder)

    def speaks(self, language: str | None) -> None:
        if language:
            self._patch.setenv("BLANGKO_LANG", language)
        else:
            self._patch.delenv("BLANGKO_LANG")

    def answers_on_terminal(self, text: str) -> None:
        terminal = io.StringIO(text)
        terminal.isatty = lambda: True  # type: ignore[method-assign]
        self._patch.setattr(sys, "stdin", terminal)

    def __call__(self, *words: object) -> int:
        code = main([str(word) for word in words])
        self.out, self.err = self._capsys.readouterr()
        return code

    def did(self, *words: object) -> str:
        """Run a command that must succeed; what it said."""
        code = self(*words)
        assert code == 0, self.err
        return self.out

    def json(self, *words: object) -> dict:
        return json.loads(self.did(*words, "-f", "json"))

    def last_entry(self) -> int:
        return self.json("status")["last_entry_no"]


@pytest.fixture
def nobody(monkeypatch, capsys, tmp_path) -> Office:
    """A desk without a book."""
    return Office(monkeypatch, capsys, tmp_path)


@pytest.fixture
def office(nobody) -> Office:
    """An office that began on Monday 2 October 2017 with 1,000 cards; it is Friday 27 October."""
    nobody.did("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", 1000, "--on", "2017-10-02")
    return nobody

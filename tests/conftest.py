"""The clock of every test, and an office with its own book, whose commands run in this process."""

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from blangko import config
from blangko.cli.app import main

DAY = "2017-10-27"
AFTERNOON = f"{DAY}T09:00:00Z"
"""Friday 27 October 2017; four in the afternoon in Pontianak, when the day is written down."""

# Random input is the same on every machine, however slow it is; a FAULT_SEED stands for `--hypothesis-seed`, with which
# `python -m tests.faults` tries others.
settings.register_profile(
    "office",
    database=None,
    deadline=None,
    derandomize="FAULT_SEED" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("office")


@pytest.fixture(scope="session", autouse=True)
def _the_same_afternoon_every_day() -> Iterator[None]:
    """No test asks the machine what time it is, so that none can fail on another day.

    A command in a process of its own is told the day only: the instant that it records is the machine's, and nothing
    that a test looks at may rest on it. `.ci/run` holds that with a machine whose date is two years on.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("BLANGKO_")]:
            patch.delenv(name)
        patch.setattr(config, "_now", lambda: datetime.fromisoformat(AFTERNOON))
        patch.setenv("BLANGKO_TODAY", DAY)
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`clock("2026-11-26 02:00")` sets the clock of this process to that instant in UTC."""

    def set_to(text: str) -> None:
        instant = datetime.fromisoformat(text).replace(tzinfo=UTC)
        monkeypatch.setattr(config, "_now", lambda: instant)

    return set_to


class Office:
    """`office("print", 5)` runs a command and returns its exit code; `out` and `err` are what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.folder, self.book = folder, folder / "book.db"
        self._patch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""
        monkeypatch.setenv("BLANGKO_DB", str(self.book))
        monkeypatch.setenv("BLANGKO_LANG", "en")
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        self.today(DAY)

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
        self._patch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        # A terminal that shows letters only, so that an answer reads as it does elsewhere.
        self._patch.setenv("TERM", "dumb")

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

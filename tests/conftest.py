"""The clock of every test, and an office with its own book, whose commands run in this process.

What can be done with a book is done with one in a file and, where a server is installed, with one on PostgreSQL. A test
that is about the file is marked `file`, and runs with that alone.
"""

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from blangko import config
from blangko.cli.app import main
from blangko.store.postgres import open_database
from tests import postgres
from tests.web import browser

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one sentence that there was no browser, where tests were left out for that."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(browser.ABSENT in str(each.longrepr) for each in skipped):
        terminalreporter.write_line(browser.ABSENT)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`clock("2026-11-26 02:00")` sets the clock of this process to that instant in UTC."""

    def set_to(text: str) -> None:
        instant = datetime.fromisoformat(text).replace(tzinfo=UTC)
        monkeypatch.setattr(config, "_now", lambda: instant)

    return set_to


# --- The engines ----------------------------------------------------------------------------------

FILE, SERVER = "file", "server"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Everything that needs a place for a book is tried on both engines, but for what is about the file."""
    is_about_the_file = metafunc.definition.get_closest_marker("file")
    if "engine" in metafunc.fixturenames and postgres.is_installed() and not is_about_the_file:
        metafunc.parametrize("engine", [FILE, pytest.param(SERVER, marks=pytest.mark.postgres)], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """What keeps the books of this test."""
    return getattr(request, "param", FILE)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Databases]:
    """Databases on the server that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    with postgres.shared_server(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as address:
        databases = postgres.Databases(address)
        yield databases
        databases.close()


@pytest.fixture
def empty_places(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], AbstractContextManager[str]]:
    """`with empty_places() as place`: each time another place where nobody keeps a book yet."""
    if engine == SERVER:
        return request.getfixturevalue("databases").fresh
    return lambda: nullcontext(str(tmp_path_factory.mktemp("office") / "book.db"))


@pytest.fixture
def empty_place(engine: str, empty_places: Callable[[], AbstractContextManager[str]], tmp_path: Path) -> Iterator[str]:
    """A place where nobody keeps a book yet; that of a file is in the folder of the test."""
    with empty_places() if engine == SERVER else nullcontext(str(tmp_path / "book.db")) as place:
        yield place


# --- An office ------------------------------------------------------------------------------------


class Office:
    """`office("print", 5)` runs a command and returns its exit code; `out` and `err` are what it said.

    Args:
        monkeypatch: Takes back what the office changes.
        capsys: Hears what commands say.
        folder: Where its people keep their papers.
        place: Where its book is.
    """

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, place: str
    ) -> None:
        self.folder, self.place = folder, place
        self._patch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""
        monkeypatch.setenv("BLANGKO_DB", place)
        monkeypatch.setenv("BLANGKO_LANG", "en")
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        self.today(DAY)

    @property
    def book(self) -> Path:
        """The file of the book; a test that looks at it is about the file."""
        assert "://" not in self.place, "this test is about the file: mark it so"
        return Path(self.place)

    def has_a_book(self) -> bool:
        """Whether its book was begun."""
        if "://" not in self.place:
            return self.book.exists()
        with open_database(self.place) as database:
            return database.offices() != []

    def papers(self) -> set[str]:
        """The names of the files in its folder, but for its book and what lies beside that."""
        return {path.name for path in self.folder.iterdir() if not path.name.startswith("book.db")}

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
def nobody(monkeypatch, capsys, empty_place, tmp_path) -> Office:
    """A desk without a book."""
    return Office(monkeypatch, capsys, tmp_path, empty_place)


@pytest.fixture
def office(nobody) -> Office:
    """An office that began on Monday 2 October 2017 with 1,000 cards; it is Friday 27 October."""
    nobody.did("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", 1000, "--on", "2017-10-02")
    return nobody

"""A long answer comes page by page to whoever sits at a terminal, and to nobody else."""

import io
import os
import sys

import pytest

from blangko.cli import pager
from tests.cli.test_colour import Terminal

LONG = "a line\n" * 24


class Seat:
    """A window of 80 columns: what was written to it, and what the reader's pager got instead."""

    def __init__(self, monkeypatch, folder):
        self.patch, self.kept = monkeypatch, folder / "paged"
        keep = folder / "keep.py"
        keep.write_text("import sys; open(sys.argv[1], 'w').write(sys.stdin.read())")
        monkeypatch.delenv("BLANGKO_PAGER", raising=False)
        monkeypatch.setenv("PAGER", f"'{sys.executable}' '{keep}' '{self.kept}'")
        self.stdin, self.stdout = Terminal(), Terminal()

    def sees(self, action, *words, rows=24):
        """What the action writes to the window itself."""
        with self.patch.context() as patch:
            patch.setattr("sys.stdin", self.stdin)
            patch.setattr("sys.stdout", self.stdout)
            patch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((80, rows)))
            action(*words)
        return self.stdout.getvalue()

    @property
    def paged(self):
        return self.kept.read_text() if self.kept.exists() else None


@pytest.fixture
def seat(monkeypatch, tmp_path):
    return Seat(monkeypatch, tmp_path)


def test_what_is_longer_than_the_window_goes_through_the_readers_pager(seat):
    assert seat.sees(pager.show, LONG) == ""
    assert seat.paged == LONG


@pytest.mark.parametrize("text", ["a line\n" * 23, "x" * 80 * 23 + "\n"], ids=["lines", "a folded line"])
def test_what_fits_above_the_prompt_is_written_at_once(seat, text):
    assert seat.sees(pager.show, text) == text
    assert seat.paged is None


def test_a_line_that_the_window_folds_counts_for_all_its_rows(seat):
    seat.sees(pager.show, "x" * 80 * 24 + "\n")

    assert seat.paged


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_a_pipe_meets_no_pager(seat, stream):
    setattr(seat, stream, io.StringIO())

    assert seat.sees(pager.show, LONG) == LONG
    assert seat.paged is None


@pytest.mark.parametrize(
    ("name", "value"), [("BLANGKO_PAGER", ""), ("BLANGKO_PAGER", "cat"), ("PAGER", "cat"), ("PAGER", "no-such-pager")]
)
def test_without_a_pager_all_is_written(seat, name, value):
    seat.patch.setenv(name, value)

    assert seat.sees(pager.show, LONG) == LONG
    assert seat.paged is None


def test_a_pager_that_is_left_early_ends_the_answer_quietly(seat):
    seat.patch.setenv("PAGER", f"'{sys.executable}' -c pass")

    assert seat.sees(pager.show, "a line\n" * 100_000) == ""


def test_a_long_calendar_is_paged_and_the_status_never(office, seat):
    seat.sees(office, "calendar")
    assert "2017" in seat.paged

    seat.kept.unlink()
    assert "Disdukcapil Uji" in seat.sees(office, "status", rows=5)
    assert seat.paged is None

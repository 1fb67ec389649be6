"""A call that fails leaves the book as before or as after, says so, and a retry counts once.

CALLS says how many failing calls are tried, FAULT_SEED which ones; `python -m tests.faults` tries every one.
"""

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.faults.calls import FAULTS, Fault, Office, faults, judged
from tests.faults.power import COMMANDS

pytestmark = [
    pytest.mark.heavy,
    # One process makes the offices once, for all of these tests.
    pytest.mark.xdist_group("failing calls"),
    pytest.mark.skipif(not shutil.which("strace"), reason="strace makes the calls fail"),
]
TRIES = int(os.environ.get("CALLS", "24"))
SEED = int(os.environ.get("FAULT_SEED", "20171027"))


@pytest.fixture(scope="module")
def offices():
    with tempfile.TemporaryDirectory() as place:
        yield {command: Office(command, Path(place, str(index))) for index, command in enumerate(COMMANDS)}


def test_a_failing_call_loses_damages_doubles_and_misleads_nothing(offices):
    every = list(faults(list(offices.values())))
    tried = random.Random(SEED).sample(every, min(TRIES, len(every)))
    tallies = {fault: judged(offices[fault.command], fault) for fault in tried}

    assert sum(tally.refused for tally in tallies.values()) > TRIES // 3
    assert [fault for fault, tally in tallies.items() if not tally.is_clean] == []


def test_what_a_command_calls_is_seen(offices):
    """Without this the tests above could go on failing calls that nobody makes."""
    made = {command: {call for call, numbers in office.calls.items() if numbers} for command, office in offices.items()}

    assert {"pwrite64", "fdatasync", "ftruncate", "openat"} <= made["print"]
    assert {"fsync", "rename"} <= made["backup"] & made["restore"]
    assert {call for call, _ in FAULTS} >= set().union(*made.values())


def test_an_entry_that_was_told_and_is_not_there_would_be_found(offices, monkeypatch):
    """The judge is judged: a command that says it has written, and has not, is told as lost."""
    office = offices["print"]
    number = office.calls["openat"][-1]
    monkeypatch.setattr(Office, "run", _says_that_it_has_written(office))

    assert judged(office, Fault("print", "openat", "EIO", number)).lost


def _says_that_it_has_written(office):
    from subprocess import CompletedProcess

    def run(self, before=()):
        (office.place / "trace").write_text("(INJECTED)")
        return CompletedProcess([], 0, b"Written", b"")

    return run

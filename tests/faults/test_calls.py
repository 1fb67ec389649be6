"""A call that fails leaves the book as before or as after, says so, and a retry with the same key counts once."""

import shutil

import pytest

from tests.faults.calls import judged

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace makes the calls fail")


@pytest.mark.parametrize(("calls", "error"), [("fsync,fdatasync", "EIO"), ("ftruncate", "EIO"), ("openat", "EIO")])
def test_a_failing_call_loses_damages_and_doubles_nothing(calls, error):
    outcome = judged("print", calls, error)

    assert outcome.refused > 0
    assert (outcome.lost, outcome.damaged, outcome.doubled, outcome.tracebacks) == (0, 0, 0, 0)

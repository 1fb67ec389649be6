"""The lines on which browsers call: who waits for whom, and who is cut."""

import time
from types import SimpleNamespace

import pytest
from waitress.adjustments import Adjustments

from blangko.web import lines
from blangko.web.lines import GRACE_SECONDS, SLOWEST_BYTES_PER_SECOND, Counters, Request
from tests import PATIENCE_SECONDS


@pytest.fixture
def seconds(monkeypatch):
    """`seconds(5)` sets the clock that lines look at."""
    now = [0.0]
    monkeypatch.setattr(lines, "monotonic", lambda: now[0])
    return lambda value: now.__setitem__(0, value)


def test_a_request_that_dribbles_is_too_slow_when_the_grace_is_over(seconds):
    request = Request(Adjustments())
    request.received(b"POST /print HTTP/1.1\r\n")
    seconds(GRACE_SECONDS)
    assert not request.is_too_slow()
    seconds(GRACE_SECONDS + 1)

    assert request.is_too_slow()


def test_a_large_sheet_over_a_slow_line_is_not_too_slow(seconds):
    request = Request(Adjustments())
    request.received(b"POST /import HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n")
    request.received(b"x" * 60 * SLOWEST_BYTES_PER_SECOND)
    seconds(GRACE_SECONDS + 59)

    assert not request.is_too_slow()


class Waiting:
    """A line with one request, which is served until somebody lets it go."""

    def __init__(self, command):
        self.requests = [SimpleNamespace(command=command, error=None)]
        self.is_served = self.may_go = False

    def service(self):
        self.is_served = True
        _until(lambda: self.may_go)

    def cancel(self):
        self.may_go = True


def _until(holds):
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_who_reads_does_not_stand_behind_those_who_write_and_wait_for_the_book():
    counters = Counters(readers=1, writers=2)
    writers, reader = [Waiting("POST") for _ in range(5)], Waiting("GET")
    for each in (*writers, reader):
        counters.add_task(each)
    try:
        _until(lambda: reader.is_served)
        _until(lambda: sum(each.is_served for each in writers) == 2)
    finally:
        for each in (*writers, reader):
            each.may_go = True
        counters.shutdown()

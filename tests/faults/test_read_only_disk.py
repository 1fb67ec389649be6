"""A book on a disk that takes nothing, in the middle of a write that was cut off there."""

import os
import shutil
import subprocess
import sys

import pytest

from tests import PATIENCE_SECONDS
from tests.faults.planted import journal_of

pytestmark = pytest.mark.file

MOUNTED = """
import subprocess, sys
folder, *command = sys.argv[1:]
for words in (["--bind", folder, folder], ["-o", "remount,bind,ro", folder]):
    subprocess.run(["mount", *words], check=True)
sys.exit(subprocess.run(command, stdin=subprocess.DEVNULL).returncode)
"""


def may_mount():
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(["unshare", "-m", "mount", "--bind", "/tmp", "/tmp"], capture_output=True)
    return tried.returncode == 0


@pytest.mark.skipif(sys.platform != "linux" or not may_mount(), reason="only root on Linux makes a disk read-only")
@pytest.mark.parametrize(
    ("words", "is_cut_off", "code"),
    [("status", True, 3), ("print 5", True, 3), ("status", False, 0), ("print 5", False, 1)],
)
def test_on_a_read_only_disk_a_cut_off_write_is_a_book_that_cannot_be_read(office, words, is_cut_off, code):
    """Nobody can bring it back there, so nothing that stands in it may be believed; without one it still answers."""
    kept = journal_of(office.book)
    if is_cut_off:
        office.did("print", 5)
        (office.folder / "book.db-journal").write_bytes(kept)
    program = [sys.executable, "-m", "blangko", *words.split()]
    done = subprocess.run(
        ["unshare", "-m", sys.executable, "-c", MOUNTED, str(office.folder), *program],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )

    assert done.returncode == code, done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3 and "Traceback" not in done.stderr

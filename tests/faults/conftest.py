"""What the tests of the faults begin with."""

import os

import pytest

from tests.faults.office import begun
from tests.faults.server import a_server


@pytest.fixture
def given_away(tmp_path):
    """A book of another account, in a folder that this account can reach."""
    place = begun(tmp_path / "office" / "book.db")
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(folder.stat().st_mode | 0o055)
    os.chmod(tmp_path / "office", 0o755)
    os.chmod(place, 0o644)
    return tmp_path / "office" / "book.db"


@pytest.fixture(scope="module")
def server():
    """A server of the module's own, which is stopped, cut off and filled up."""
    with a_server() as server:
        yield server
